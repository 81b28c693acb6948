import { systemClock } from '../base/clock.ts';
import type { Clock } from '../base/clock.ts';
import type { Event } from '../base/events.ts';
import { cancelledError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { WriterModel } from '../models/writer-model.ts';
import type { SceneMaterial } from '../models/writer-tasks.ts';
import type { Beat, Bible, Brief, Scene, SceneId } from '../script/script-model.ts';
import { beatOf } from '../script/story-order.ts';
import { askForScene } from './run/ask-for-scene.ts';
import { AdaptiveConcurrency } from './requests/adaptive-concurrency.ts';
import { RequestDispatcher } from './requests/request-dispatcher.ts';
import type { CostMeter } from './run-cost.ts';
import type { WritingEvent } from './writing-events.ts';
import { RetryRules } from './requests/retry-rules.ts';

export interface RewriteOptions {
  readonly brief: Brief;
  readonly title: string;
  readonly bible: Bible;
  readonly outline: readonly Beat[];
  /** The script's written scenes in document order, as they stand there. */
  readonly scenes: readonly Scene[];
  /** Ids of those to rewrite; one that is not among the scenes is left out. */
  readonly chosen: readonly SceneId[];
  /** What the writer wants changed; empty for simply another go at it. */
  readonly instruction: string;
  readonly model: WriterModel;
  readonly signal: AbortSignal;
  /** So many at once at most, or as many as the service takes. */
  readonly batchSize: number | 'auto';
  /** What the requests cost is added up here, and every one is asked for here before it is sent. */
  readonly cost?: CostMeter;
  /** As for runs; see {@link WriteOptions.patienceMs}. */
  readonly patienceMs?: number;
  /** Fires when the writer does not want to wait for a service that answers nobody. */
  readonly onTryNow?: Event<void>;
  /** Told of what the rewrite waits for. */
  readonly tell?: (event: WritingEvent) => void;
  readonly clock?: Clock;
  /** From 0 up to 1; spreads retries. */
  readonly random?: () => number;
}

/**
 * Write scenes anew: those that go on without a cut from another of them behind it, the others side by side.
 * Each is held to the contract of its beat, to the scenes that stay, and to those that are rewritten before it.
 * Their ids, lengths, places, times and casts stay as the document has them.
 *
 * @param options of a selection that is not empty
 * @returns a promise for each; it rejects with a ScenewrightError after three attempts at most, or when the
 *   service has answered nobody for long, and leaves the others as they are
 */
export function rewriteScenes(options: RewriteOptions): ReadonlyMap<SceneId, Promise<Scene>> {
  const { model, signal, cost } = options;
  const tell = (event: WritingEvent): void => {
    cost?.follow?.(event);
    options.tell?.(event);
  };
  const dispatcher = new RequestDispatcher({
    clock: options.clock ?? systemClock,
    signal,
    rules: new RetryRules(3, options.random ?? Math.random),
    concurrency: new AdaptiveConcurrency(options.chosen.length === 1 ? 1 : options.batchSize),
    traffic: model.traffic,
    cost,
    patienceMs: options.patienceMs,
    onTryNow: options.onTryNow,
    tell,
  });
  const attending = dispatcher.open();
  const rewritten = new Rewriting(options, dispatcher, tell).begin();
  void Promise.allSettled(rewritten.values()).then(async () => {
    dispatcher.close();
    await attending;
  });
  return rewritten;
}

class Rewriting {
  private readonly options: RewriteOptions;
  private readonly dispatcher: RequestDispatcher;
  private readonly tell: (event: WritingEvent) => void;
  /** Those that are rewritten already. */
  private readonly done = new Map<SceneId, Scene>();
  /** Those of which nobody knows yet what they will say. */
  private readonly pending: Set<SceneId>;

  constructor(
    options: RewriteOptions,
    dispatcher: RequestDispatcher,
    tell: (event: WritingEvent) => void,
  ) {
    this.options = options;
    this.dispatcher = dispatcher;
    this.tell = tell;
    this.pending = new Set(options.chosen);
  }

  begin(): ReadonlyMap<SceneId, Promise<Scene>> {
    const { scenes, outline } = this.options;
    const chosen = scenes.filter(({ id }) => this.pending.has(id));
    this.tell({ type: 'scheduled', batches: [chosen.map(({ id }) => id)] });
    const promises = new Map<SceneId, Promise<Scene>>();
    for (const scene of chosen) {
      const isGoingOn = outline.find(({ id }) => id === scene.id)?.contract.continues === true;
      const before = isGoingOn ? scenes[scenes.indexOf(scene) - 1] : undefined;
      promises.set(scene.id, this.rewrite(scene, before && promises.get(before.id)));
    }
    return promises;
  }

  /** @param before the scene that it goes on from, which may fail: then that stays as it was */
  private async rewrite(scene: Scene, before: Promise<Scene> | undefined): Promise<Scene> {
    const { signal, model, instruction } = this.options;
    try {
      await before?.catch(() => undefined);
      if (signal.aborted) throw cancelledError(t('The rewrite'));
      const written = await this.dispatcher.ask((asking) =>
        askForScene(model, this.materialFor(scene), asking, {
          scene,
          instruction,
          ...(this.isBesideOthers(scene) ? { areNeighboursOpen: true } : {}),
        }),
      );
      this.done.set(scene.id, written);
      this.tell({ type: 'sceneWritten', scene: written, reused: false, milliseconds: 0 });
      return written;
    } catch (error) {
      if (signal.aborted) throw cancelledError(t('The rewrite'));
      throw error;
    } finally {
      this.pending.delete(scene.id);
    }
  }

  private materialFor(scene: Scene): SceneMaterial {
    const { brief, title, bible, scenes } = this.options;
    const others = scenes.filter(({ id }) => id !== scene.id);
    return {
      brief,
      title,
      logline: '',
      bible,
      ...outlineWith(this.options.outline, scene, scenes),
      // What a scene says that is just being rewritten binds nobody; its contract does.
      finished: others.flatMap((other) => {
        const now = this.done.get(other.id);
        if (now !== undefined) return [now];
        return this.pending.has(other.id) ? [] : [other];
      }),
    };
  }

  /** Whether a neighbour is being rewritten at the same time. */
  private isBesideOthers(scene: Scene): boolean {
    const { scenes } = this.options;
    const at = scenes.indexOf(scene);
    return [scenes[at - 1], scenes[at + 1]].some(
      (other) => other !== undefined && this.pending.has(other.id),
    );
  }
}

/**
 * The outline with the scene's own line as the document has it now: what stands at the scene wins
 * over what the outline once said, and a scene that the outline lacks gets a place in it.
 */
function outlineWith(
  outline: readonly Beat[],
  scene: Scene,
  scenes: readonly Scene[],
): { outline: readonly Beat[]; beat: Beat } {
  const { id } = scene;
  const planned = outline.findIndex((beat) => beat.id === id);
  const known = outline[planned];
  const bare = beatOf(scene);
  const beat: Beat = {
    ...bare,
    summary: known?.summary ?? scene.title,
    contract: known?.contract ?? bare.contract,
  };
  if (known !== undefined) return { outline: outline.with(planned, beat), beat };
  const before = scenes.slice(
    0,
    Math.max(
      0,
      scenes.findIndex((other) => other.id === id),
    ),
  );
  const previous = before.findLast((other) => outline.some((entry) => entry.id === other.id));
  const position = outline.findIndex((entry) => entry.id === previous?.id) + 1;
  return { outline: outline.toSpliced(position, 0, beat), beat };
}
