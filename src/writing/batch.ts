import pLimit from 'p-limit';
import { messageOf, ScenewrightError } from '../base/errors.ts';
import { readableScene } from '../models/partial.ts';
import type { Beat, Plan, Scene, SceneId } from '../script/model.ts';
import { askForScene } from './ask.ts';
import { asScenewrightError } from './errors.ts';
import type { EventQueue } from './event-queue.ts';
import type { WritingEvent } from './events.ts';
import { askedHash } from './kept.ts';
import type { WriteOptions } from './options.ts';
import { askWithRetries, policyOf } from './retry.ts';
import { mergeScenes } from './scene.ts';
import { Stopwatch } from './stopwatch.ts';

/** What became of one scene of a batch. */
export interface Outcome {
  readonly id: SceneId;
  readonly scene?: Scene;
  /** Whether a finished scene is kept on disk. */
  readonly kept: boolean;
  /** Why it failed for good; absent too when it was never begun because the run was stopping. */
  readonly error?: ScenewrightError;
}

/** Writes the scenes of one batch side by side. */
export class BatchWriter {
  private readonly options: WriteOptions;
  private readonly plan: Plan;
  private readonly signal: AbortSignal;
  private readonly events: EventQueue<WritingEvent>;
  /** Aborts when further attempts are no use to anybody in the batch. */
  private readonly halt = new AbortController();

  constructor(
    options: WriteOptions,
    plan: Plan,
    signal: AbortSignal,
    events: EventQueue<WritingEvent>,
  ) {
    this.options = options;
    this.plan = plan;
    this.signal = signal;
    this.events = events;
  }

  /**
   * Settles once every scene has, each by itself. Never rejects.
   *
   * @param finished what has been written before this batch, in document order
   * @returns outcomes in the order of the beats
   */
  async write(beats: readonly Beat[], finished: readonly Scene[]): Promise<readonly Outcome[]> {
    const reused = await this.reuseKept(beats);
    const context = mergeScenes(finished, [...reused.values()], this.plan.outline);
    const limit = pLimit(this.options.batchSize);
    return Promise.all(
      beats.map((beat): Promise<Outcome> => {
        const { id } = beat;
        const scene = reused.get(id);
        if (scene !== undefined) return Promise.resolve({ id, scene, kept: true });
        return limit(() => this.writeScene(beat, context));
      }),
    );
  }

  /** The scenes that an earlier run has left behind. */
  private async reuseKept(beats: readonly Beat[]): Promise<Map<SceneId, Scene>> {
    const { brief, kept } = this.options;
    const found = await Promise.allSettled(
      beats.map((beat) => kept.get(beat.id, askedHash(brief, this.plan.bible, beat))),
    );
    const reused = new Map<SceneId, Scene>();
    for (const result of found) {
      // A store that cannot be read is no reason to stop: the scene is written again.
      if (result.status === 'rejected' || result.value === undefined) continue;
      const scene = result.value;
      reused.set(scene.id, scene);
      this.events.push({ type: 'sceneWritten', scene, reused: true, milliseconds: 0 });
    }
    return reused;
  }

  private async writeScene(beat: Beat, finished: readonly Scene[]): Promise<Outcome> {
    const { brief, model, clock, pause } = this.options;
    const { id } = beat;
    const material = { ...this.plan, brief, beat, finished };
    const watch = new Stopwatch(() => clock.now());
    try {
      const { scene, usage } = await askWithRetries(
        (complaint) =>
          askForScene(model, material, complaint, {
            signal: this.signal,
            onText: this.textReporter(id),
          }),
        {
          ...policyOf(this.options, this.signal),
          halt: this.halt.signal,
          ready: async (signal) => {
            watch.stop();
            await pause.wait(signal);
            watch.start();
          },
          onAttempt: (attempt) => {
            this.events.push({ type: 'sceneStarted', id, attempt });
          },
          onFailure: (error, willRetry) => {
            this.events.push({ type: 'sceneFailed', id, error, willRetry });
            // The others would meet the same refusal, and some services lock out who insists.
            if (!willRetry && concernsAll(error)) this.halt.abort();
          },
        },
      );
      watch.stop();
      const unkept = await this.keep(scene, askedHash(brief, this.plan.bible, beat));
      this.events.push({
        type: 'sceneWritten',
        scene,
        reused: false,
        milliseconds: watch.elapsed,
        ...(usage === undefined ? {} : { usage }),
        ...(unkept === undefined ? {} : { unkept }),
      });
      return { id, scene, kept: unkept === undefined };
    } catch (error) {
      const stopping = this.signal.aborted || error === this.halt.signal.reason;
      return { id, kept: false, ...(stopping ? {} : { error: asScenewrightError(error) }) };
    }
  }

  /** Keep a scene; the error, if that does not work, since the run can go on without. */
  private async keep(scene: Scene, hash: string): Promise<ScenewrightError | undefined> {
    try {
      await this.options.kept.put(scene.id, hash, scene);
      return undefined;
    } catch (error) {
      return new ScenewrightError(
        'disk',
        `"${scene.title}" is written but could not be kept on disk (${messageOf(error)}). It comes into the script with its batch; make room on the disk before you close the window.`,
        { cause: error },
      );
    }
  }

  /** Turns the raw text of one request into `sceneText` events. */
  private textReporter(id: SceneId): (textSoFar: string) => void {
    let last = '';
    return (textSoFar) => {
      const text = readableScene(textSoFar);
      if (text === last || this.signal.aborted) return;
      last = text;
      this.events.push({ type: 'sceneText', id, text }, `text of ${id}`);
    };
  }
}

/** Whether a failure is about the account or the settings, and so meets every other request too. */
export function concernsAll({ code }: ScenewrightError): boolean {
  return code === 'account' || code === 'bad-input';
}
