import type * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import { isInside } from '../../base/inside.ts';
import { lazily } from '../../base/lazily.ts';
import { lookOnce } from '../../base/look-once.ts';
import type { JobView } from '../../jobs/job.ts';
import { priceOfJob } from '../../jobs/order-kinds.ts';
import { picturesBeside } from '../../jobs/beside-clip.ts';
import type { Money } from '../../money/money.ts';
import { priceOf } from '../../money/price.ts';
import { workspaceRoot, type ClipState } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import type { OpenScripts } from '../script/open-scripts.ts';

/** How a scene stands on its way from plan to clip. */
export type CardState = 'unwritten' | ClipState;

/** What can be done with a scene where its card is shown. */
export type CardAction = 'choose' | 'write' | 'render' | 'fetch' | 'follow' | 'decide';

/**
 * A scene at one glance, wherever it is shown: above its prompt in the preview, on hover, in an editor.
 * Plain data; the words in it may be anybody's. Files are absolute paths, are there, and lie in the
 * script's workspace folder by the look of their paths.
 */
export interface SceneCard {
  /** The scene's number in the document, from 1. */
  readonly number: number;
  readonly title: string;
  /** The length that the script asks for. */
  readonly seconds: number;
  readonly state: CardState;
  /** Its video. */
  readonly clip?: string;
  /** A picture of it, such as the poster of its clip. */
  readonly picture?: string;
  /** How many clips there are of it. */
  readonly takes: number;
  /** The take that shows the scene as it reads now; absent where none does. */
  readonly current?: number;
  /** What its clip costs by the list that it was ordered by. */
  readonly price?: Money;
  /** What its next clip would cost, where it needs one and that is known. */
  readonly priceToCome?: Money;
  /** The job that its state comes from. */
  readonly job?: JobView;
  /** The one thing to do next; absent where there is nothing. */
  readonly next?: CardAction;
}

export interface CardTools {
  readonly scripts: Pick<OpenScripts, 'read'>;
  readonly clips: Pick<ScriptClips, 'of'>;
  /** A job as it stands at this moment. */
  readonly view: (job: string) => JobView | undefined;
  readonly studio: Pick<KnownStudio, 'priceOf'>;
}

/**
 * Makes the cards of a script's scenes as they are at this moment; it is not to be kept.
 *
 * @returns what makes the card of a scene by its number in the document, from 1; `undefined` where the
 * document has no such scene
 */
export function cardMaker(
  { scripts, clips, view, studio }: CardTools,
  document: vscode.TextDocument,
): (number: number) => SceneCard | undefined {
  const script = scripts.read(document);
  const root = workspaceRoot(document.uri);
  const isOurs = (file: string): boolean => isInside(root, file);
  const { has: isThere } = lookOnce();
  const pricesNow = lazily(() => studio.priceOf(script));
  return (number) => {
    const node = script.scenes[number - 1];
    const found = clips.of(document)[number - 1];
    if (node === undefined || found === undefined) return undefined;
    const { title, seconds } = node.scene;
    const { file, job, news = job } = found;
    const state: CardState = node.written ? found.state : 'unwritten';
    const shown = news && view(news.id);
    const clip = file !== undefined && isOurs(file) ? file : undefined;
    const pictures = [job?.poster, ...(clip === undefined ? [] : picturesBeside(clip))];
    // A take that shows the scene as it reads is here; it only was not chosen.
    const isOnlyUnchosen = state === 'stale' && found.current !== undefined;
    const next = isOnlyUnchosen ? 'choose' : nextOf(state, shown);
    return defined({
      number,
      title,
      seconds,
      state,
      clip,
      picture: pictures.find((one) => one !== undefined && isOurs(one) && isThere(one)),
      takes: found.takes.filter((take) => take.state === 'here').length,
      current: found.current?.take,
      price: job && priceOfJob(job),
      priceToCome: next === 'render' ? priceOf(pricesNow(), seconds) : undefined,
      job: shown,
      next,
    });
  };
}

/** What is missing for the scene to have a clip that shows it as it reads now. */
function nextOf(state: CardState, job: JobView | undefined): CardAction | undefined {
  switch (state) {
    case 'unwritten':
      return 'write';
    case 'none':
    case 'stale':
      return 'render';
    case 'running':
      return 'follow';
    case 'failed':
      // A second order of what may have been taken is for the writer alone to decide, on its row.
      if (job?.state === 'unclear') return 'decide';
      return job?.stage === 'poll' || job?.stage === 'download' ? 'fetch' : 'render';
    case 'current':
      return undefined;
  }
}
