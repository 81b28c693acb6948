import { defined } from '../../base/defined.ts';
import { t } from '../../base/l10n.ts';
import { factLine, inARow } from '../../base/lists.ts';
import { priceOfJob } from '../../jobs/order-kinds.ts';
import type { Take } from '../../jobs/takes.ts';
import type { Money } from '../../money/money.ts';
import type { SceneNode } from '../../script/parse/parsed-script.ts';
import { formatMoment, formatMoney, formatSeconds } from '../ui/format.ts';
import type { SceneClip } from './scene-clips.ts';

/** A take of a scene, as commands tell of it: plain data. */
export interface TakeShown {
  /** From 1. */
  readonly take: number;
  /** `here`: whole and on disk. `over`: it has ended without a clip, or the clip is gone. */
  readonly state: Take['state'];
  /** Whether the script says that it counts. */
  readonly chosen: boolean;
  /** Whether it is the clip of the scene now: the chosen one if it is here, else the newest that is. */
  readonly counts: boolean;
  /** Whether it shows something else than the scene says by now. */
  readonly stale: boolean;
  /** Absolute path; only where it is on disk. */
  readonly file?: string;
  readonly poster?: string;
  /** Length of the clip itself. */
  readonly seconds?: number;
  readonly studio?: string;
  readonly model?: string;
  readonly seed?: number;
  readonly instruction?: string;
  /** By the list that it was ordered by. */
  readonly price?: Money;
  /** When it was ordered, in milliseconds since the epoch. */
  readonly at?: number;
  /** As it was sent. */
  readonly prompt?: string;
  /** Id of its job; absent for a clip that nobody here has ordered. */
  readonly job?: string;
}

/** The takes of a scene, the first first. */
export function takeList(node: SceneNode, clip: SceneClip): readonly TakeShown[] {
  return clip.takes.map(({ take, state, file, job }) => ({
    take,
    state,
    chosen: node.take === take,
    counts: clip.take === take,
    stale: clip.staleTakes?.includes(take) === true,
    ...defined({
      file,
      poster: job?.poster,
      seconds: job?.clipSeconds,
      studio: job?.studio,
      model: job?.terms?.model,
      seed: job?.choices?.seed,
      instruction: job?.instruction,
      price: job && priceOfJob(job),
      at: job?.createdAt,
      prompt: job?.prompt,
      job: job?.id,
    }),
  }));
}

/** All that there is to say of a take in one line: `counts, stale · 8 s · $3.20 · veo-3.1 · seed 7 · 14:02`. */
export function takeLine(shown: TakeShown): string {
  return factLine([takeState(shown), takeFacts(shown)]);
}

/** How a take stands, in a few words: `counts, stale`. */
export function takeState({ state, chosen, counts, stale }: TakeShown): string {
  return inARow([
    counts ? (chosen ? t('chosen') : t('counts')) : undefined,
    state === 'coming' ? t('on its way') : undefined,
    state === 'over' ? t('no clip') : undefined,
    state === 'here' && stale ? t('stale') : undefined,
  ]);
}

/** What is known of how a take was made: `8 s · $3.20 · veo-3.1 · seed 7 · 14:02`. */
export function takeFacts(shown: TakeShown): string {
  const { state, seconds, price, model, studio, seed, at } = shown;
  return factLine([
    seconds === undefined ? undefined : formatSeconds(seconds),
    price && formatMoney(price),
    model ?? studio,
    seed === undefined ? undefined : t('seed {0}', seed),
    // It was ordered then; while it is on its way that reads as if it was made.
    at === undefined || state === 'coming' ? undefined : formatMoment(at),
  ]);
}
