import { systemClock } from '../base/clock.ts';
import type { Clock } from '../base/clock.ts';
import type { Event } from '../base/events.ts';
import { cancelledError } from '../base/errors.ts';
import type { WriterModel } from '../models/writer-model.ts';
import type { Beat, Bible, Brief, Scene } from '../script/script-model.ts';
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
  /** The script's scenes in document order; the one to rewrite may be among them. */
  readonly scenes: readonly Scene[];
  /** The scene as it stands in the document. */
  readonly scene: Scene;
  /** What the writer wants changed; empty for simply another go at it. */
  readonly instruction: string;
  readonly model: WriterModel;
  readonly signal: AbortSignal;
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
 * Write one scene anew. Its id, length, place, time and cast stay as the document has them.
 *
 * @throws ScenewrightError after three attempts at most, or when the service has answered nobody for long
 */
export async function rewriteScene(options: RewriteOptions): Promise<Scene> {
  const { brief, title, bible, scene, instruction, model, signal } = options;
  if (signal.aborted) throw cancelledError('The rewrite');
  const { outline, beat } = outlineWith(options.outline, scene, options.scenes);
  const material = {
    brief,
    title,
    logline: '',
    bible,
    outline,
    beat,
    finished: options.scenes.filter(({ id }) => id !== scene.id),
  };
  const dispatcher = new RequestDispatcher({
    clock: options.clock ?? systemClock,
    signal,
    rules: new RetryRules(3, options.random ?? Math.random),
    concurrency: new AdaptiveConcurrency(1),
    traffic: model.traffic,
    cost: options.cost,
    patienceMs: options.patienceMs,
    onTryNow: options.onTryNow,
    ...(options.tell === undefined ? {} : { tell: options.tell }),
  });
  const attending = dispatcher.open();
  const cancelled = (): boolean => signal.aborted;
  try {
    return await dispatcher.ask((asking) =>
      askForScene(model, material, asking, { scene, instruction }),
    );
  } catch (error) {
    if (cancelled()) throw cancelledError('The rewrite');
    throw error;
  } finally {
    dispatcher.close();
    await attending;
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
