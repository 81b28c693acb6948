import { messageOf, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { readableScene } from '../../models/readable-scene.ts';
import type { Scene, SceneId } from '../../script/script-model.ts';
import { askForScene } from './ask-for-scene.ts';
import { mergeScenes } from './scene-from-answer.ts';
import { checkScene } from '../checks/scene-checks.ts';
import type { SceneFault } from '../checks/scene-checks.ts';
import type { RequestDispatcher } from '../requests/request-dispatcher.ts';
import type { Outcome, Send } from '../requests/request-source.ts';
import type { WritingEvent } from '../writing-events.ts';
import { Race } from '../requests/hedging.ts';
import type { Hedging } from '../requests/hedging.ts';
import type { Finished } from './run-state.ts';
import type { WriteOptions } from '../write-options.ts';
import type { SceneMaterial } from '../../models/writer-tasks.ts';
import { complaintOf } from '../requests/retry-rules.ts';
import type { RetryRules } from '../requests/retry-rules.ts';
import type { Stopwatch } from './stopwatch.ts';

/** A scene that is being written, or was turned away and waits to be. */
export interface SceneInProgress {
  readonly id: SceneId;
  /** What is asked for; see `askedHash`. */
  readonly hash: string;
  /** Runs while the scene is at work, waiting for a place left out. */
  readonly watch: Stopwatch;
  /** Aborts when something else is asked for by now. */
  readonly unwanted: AbortController;
  /** Number of the attempt that is made next or now, from 1. */
  attempt: number;
  /** What was wrong with the last answer. */
  complaint?: string | undefined;
}

/** What came of a scene that was begun. */
export type SceneOutcome =
  | { readonly kind: 'written'; readonly finished: Finished }
  /** The service had no place for it, or answers nobody; it is to be begun again. */
  | { readonly kind: 'back' }
  /** For good. */
  | { readonly kind: 'failed'; readonly error: ScenewrightError }
  /** The run is stopping, or nobody wants it any more. */
  | { readonly kind: 'dropped' };

export interface SceneWriterOptions {
  readonly run: Pick<WriteOptions, 'model' | 'journal' | 'clock'>;
  readonly dispatcher: RequestDispatcher;
  readonly rules: RetryRules;
  readonly hedging?: Hedging | undefined;
  /** Whether neighbours that were written without each other are looked at by the seam pass. */
  readonly seams: boolean;
  readonly tell: (event: WritingEvent, key?: string) => void;
}

interface Draft {
  readonly scene: Scene;
  readonly material: SceneMaterial;
}

/** Writes single scenes: asks as often as it takes, checks what comes and keeps it on disk. */
export class SceneWriter {
  private readonly options: SceneWriterOptions;

  /** What has come of each scene in this run, from the moment that it is here. */
  private readonly arrived = new Map<SceneId, Scene>();

  constructor(options: SceneWriterOptions) {
    this.options = options;
  }

  /**
   * Write a scene. The first request is sent before this returns.
   *
   * @param material what it is written from, asked for as each request is sent; `undefined` when its
   *   beat is gone
   * @throws ScenewrightError `cancelled` when the run is
   */
  async write(
    task: SceneInProgress,
    material: () => SceneMaterial | undefined,
  ): Promise<SceneOutcome> {
    const { dispatcher } = this.options;
    let begin: Begin = (send, wanted) => dispatcher.send(send, wanted);
    let last: ScenewrightError | undefined;
    for (;;) {
      const answer = await this.attempt(task, material, begin);
      if (answer.kind === 'answered') return await this.finish(task, answer.value);
      if (task.unwanted.signal.aborted) return { kind: 'dropped' };
      if (answer.kind === 'dropped') {
        // Stopped while it waited for another attempt: the last failure was the last word.
        const error = answer.error ?? last;
        return error === undefined ? { kind: 'dropped' } : this.failed(task, error);
      }
      last = answer.error;
      if (answer.comesBack) {
        this.tellFailure(task, last, true);
        return { kind: 'back' };
      }
      const verdict = this.options.rules.judge(last, task.attempt);
      if (!verdict.retry) return this.failed(task, verdict.error);
      this.tellFailure(task, last, true);
      task.attempt++;
      task.complaint = complaintOf(last);
      await dispatcher.rest(verdict.waitMs, task.unwanted.signal);
      if (material() === undefined) return { kind: 'dropped' };
      begin = (send, wanted) => dispatcher.queue(send, wanted);
    }
  }

  /**
   * Write a finished scene anew.
   *
   * @param why what is wrong with it
   * @param isWanted asked before the new text is kept in place of what is: something else may be
   *   asked for by then, and written already
   * @returns `undefined` where it is not wanted any more
   * @throws ScenewrightError when that does not work; the scene as it is stays kept
   */
  async rewrite(
    finished: Finished,
    why: string,
    material: SceneMaterial,
    isWanted: () => boolean,
  ): Promise<Finished | undefined> {
    const { dispatcher, run, tell } = this.options;
    const { id } = finished.scene;
    let attempt = 0;
    const scene = await dispatcher.ask((options) => {
      tell({ type: 'sceneStarted', id, attempt: ++attempt });
      return askForScene(
        run.model,
        material,
        { ...options, onText: this.textReporter(id, options.signal) },
        { scene: finished.scene, instruction: why },
      );
    });
    if (!isWanted()) return undefined;
    return await this.keep(scene, finished.hash, checkScene(scene, material));
  }

  tellWritten({ scene, flags, unkept }: Finished, milliseconds: number, reused: boolean): void {
    this.options.tell({
      type: 'sceneWritten',
      scene,
      reused,
      milliseconds,
      ...(flags.length === 0 ? {} : { flags }),
      ...(unkept === undefined ? {} : { unkept }),
    });
  }

  private attempt(
    task: SceneInProgress,
    materialOf: () => SceneMaterial | undefined,
    begin: Begin,
    wanted: AbortSignal = task.unwanted.signal,
  ): Promise<Outcome<Draft>> {
    const { dispatcher, run, hedging, tell } = this.options;
    const { id, attempt, complaint, watch } = task;
    const race = new Race<Draft>(wanted);
    let known: SceneMaterial | undefined;
    const ask =
      (first: boolean): Send<Draft> =>
      async (options) => {
        if (first) {
          known = materialOf();
          watch.start();
          tell({ type: 'sceneStarted', id, attempt });
          hedging?.began(id, () => {
            tell({ type: 'hedged', id });
            race.enter((wanted) => dispatcher.send(ask(false), wanted));
          });
        }
        const material = known;
        if (material === undefined) throw new ScenewrightError('internal', t('The beat is gone.'));
        const onText = this.textReporter(id, options.signal);
        const scene = await askForScene(run.model, material, {
          ...options,
          complaint,
          ...(first ? { onText } : {}),
        });
        return { scene, material };
      };
    race.enter((wanted) => begin(ask(true), wanted));
    return race.result.then((answer) => {
      hedging?.ended(id, answer.kind === 'answered');
      if (answer.kind === 'answered' || (answer.kind === 'failed' && answer.comesBack)) {
        watch.stop();
      }
      return answer;
    });
  }

  /** Check and keep a scene; asked for once more where something is wrong that only the model can mend. */
  private async finish(task: SceneInProgress, { scene, material }: Draft): Promise<SceneOutcome> {
    const { deterministic } = this.options.run.model;
    const beside = this.beside(scene, material);
    const faults = deterministic === true ? [] : checkScene(scene, beside);
    // Before anything else may happen: of two that tell the same, the later one is asked for again.
    this.arrived.set(scene.id, scene);
    // At once, whatever is wrong with it: it is paid for.
    const first = await this.keep(scene, task.hash, faults);
    if (!faults.some(({ needsModel }) => needsModel)) return this.written(task, first);
    this.tellFailure(task, faultyScene(scene, faults), true);
    task.attempt++;
    task.complaint = faults.map(({ complaint }) => complaint).join(' ');
    const second = await this.secondTry(task, beside);
    if (task.unwanted.signal.aborted) return { kind: 'dropped' };
    if (second === undefined) return this.written(task, first);
    const left = checkScene(second, this.beside(second, material));
    if (!isBetter(left, faults)) return this.written(task, first);
    return this.written(task, await this.keep(second, task.hash, left));
  }

  /** What a scene was written from, with the scenes that came meanwhile. */
  private beside(scene: Scene, material: SceneMaterial): SceneMaterial {
    const known = new Set([scene.id, ...material.finished.map(({ id }) => id)]);
    const places = new Map(material.outline.map(({ id }, place) => [id, place]));
    const place = ({ id }: Scene): number => places.get(id) ?? Infinity;
    const isSeam = (other: Scene): boolean => Math.abs(place(other) - place(scene)) === 1;
    const meanwhile = [...this.arrived.values()].filter(
      (other) => !known.has(other.id) && !(this.options.seams && isSeam(other)),
    );
    if (meanwhile.length === 0) return material;
    meanwhile.sort((a, b) => place(a) - place(b));
    return { ...material, finished: mergeScenes(material.finished, meanwhile, material.outline) };
  }

  /**
   * What comes of one more request, if a scene does: there is one already, so nothing hangs on it. The
   * scenes that come after it wait for it, but not much longer than for the first one.
   */
  private async secondTry(
    task: SceneInProgress,
    material: SceneMaterial,
  ): Promise<Scene | undefined> {
    const { dispatcher, run } = this.options;
    const patience = Math.max(leastPatienceMs, task.watch.elapsed * patienceFactor);
    const over = new AbortController();
    const enough = new AbortController();
    const wanted = AbortSignal.any([task.unwanted.signal, enough.signal]);
    const watchTime = (): void => {
      run.clock.sleep(patience, over.signal).then(
        () => {
          enough.abort();
        },
        () => undefined,
      );
    };
    try {
      for (;;) {
        const answer = await this.attempt(
          task,
          () => {
            watchTime();
            return material;
          },
          (send, still) => dispatcher.queue(send, still),
          wanted,
        );
        if (answer.kind === 'answered') return answer.value.scene;
        if (answer.kind === 'dropped' || !answer.comesBack || dispatcher.isUnanswered) {
          return undefined;
        }
      }
    } catch {
      return undefined; // Cancelled.
    } finally {
      over.abort();
    }
  }

  private written(task: SceneInProgress, finished: Finished): SceneOutcome {
    task.watch.stop();
    this.arrived.set(finished.scene.id, finished.scene);
    this.tellWritten(finished, task.watch.elapsed, false);
    return { kind: 'written', finished };
  }

  private failed(task: SceneInProgress, error: ScenewrightError): SceneOutcome {
    this.tellFailure(task, error, false);
    return { kind: 'failed', error };
  }

  private tellFailure({ id }: SceneInProgress, error: ScenewrightError, willRetry: boolean): void {
    this.options.tell({ type: 'sceneFailed', id, error, willRetry });
  }

  /** Keep a scene on disk; where that does not work the run goes on without. */
  private async keep(scene: Scene, hash: string, faults: readonly SceneFault[]): Promise<Finished> {
    const flags = faults.map(({ kind, message }) => ({ kind, message }));
    try {
      await this.options.run.journal.put(scene.id, hash, scene);
      return { scene, hash, flags };
    } catch (error) {
      const unkept = new ScenewrightError(
        'disk',
        t(
          '"{0}" is written but could not be kept on disk ({1}). It comes into the script with its batch; make room on the disk before you close the window.',
          scene.title,
          messageOf(error),
        ),
        { cause: error },
      );
      return { scene, hash, flags, unkept };
    }
  }

  /** Turns the raw text of one request into `sceneText` events, a few in a second at most. */
  private textReporter(id: SceneId, signal: AbortSignal): (textSoFar: string) => void {
    const { run, tell } = this.options;
    let last = '';
    let due = -Infinity;
    return (textSoFar) => {
      const now = run.clock.now();
      if (now < due || signal.aborted) return;
      const text = readableScene(textSoFar);
      due = now + textEveryMs;
      if (text === last) return;
      last = text;
      tell({ type: 'sceneText', id, text }, `text of ${id}`);
    };
  }
}

/** A second answer is waited for so many times as long as the first one took, and for so long at least. */
const patienceFactor = 3;
const leastPatienceMs = 20_000;

/** Whether a second answer is worth more than the first: what only the model can mend counts first. */
function isBetter(second: readonly SceneFault[], first: readonly SceneFault[]): boolean {
  const grave = (faults: readonly SceneFault[]): number =>
    faults.filter(({ needsModel }) => needsModel).length;
  return (
    grave(second) < grave(first) || (grave(second) === grave(first) && second.length < first.length)
  );
}

type Begin = (send: Send<Draft>, wanted: AbortSignal) => Promise<Outcome<Draft>>;

/** Reading the text so far takes longer the longer it is, and nobody reads faster than this. */
const textEveryMs = 100;

function faultyScene(scene: Scene, faults: readonly SceneFault[]): ScenewrightError {
  return new ScenewrightError(
    'bad-answer',
    t(
      '"{0}" is not as it was asked for: {1}',
      scene.title,
      faults.map(({ message }) => message).join(' '),
    ),
    { retryable: true },
  );
}
