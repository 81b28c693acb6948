import { asScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { SeamAnswer } from '../../models/answer-schemas.ts';
import type { Scene, SceneId } from '../../script/script-model.ts';
import type { RequestDispatcher } from '../requests/request-dispatcher.ts';
import type { WritingEvent } from '../writing-events.ts';
import type { Finished, RunState } from '../run/run-state.ts';
import type { WriteOptions } from '../write-options.ts';
import type { SceneMaterial } from '../../models/writer-tasks.ts';
import type { SceneWriter } from '../run/scene-writer.ts';
import { SeamVerdicts } from './seam-verdicts.ts';
import { askAboutSeam, seamSuspicions } from './seam-check.ts';

export interface SeamPassOptions {
  readonly run: Pick<WriteOptions, 'brief' | 'model' | 'clock' | 'answers'>;
  readonly runState: RunState;
  readonly dispatcher: RequestDispatcher;
  readonly writer: SceneWriter;
  readonly material: (id: SceneId) => SceneMaterial | undefined;
  readonly tell: (event: WritingEvent) => void;
  /** Called whenever a seam is settled. */
  readonly changed: () => void;
}

/** Two neighbours of the outline, both written, the later one not in the document yet. */
interface Seam {
  readonly earlier: Scene;
  readonly later: Finished;
  /** Names these very texts. */
  readonly key: string;
}

/**
 * Reads neighbours that were written without knowing each other against each other, as soon as both
 * are there. Code looks first; only what it finds is put to the model, and only what the model
 * confirms is written again, the later scene once at most. Trouble with the model leaves the scene as
 * it is, with a flag.
 */
export class SeamPass {
  private readonly options: SeamPassOptions;
  /** By the later scene: the seam that is settled, or being judged. */
  private readonly seen = new Map<SceneId, { readonly key: string; settled: boolean }>();
  /** Scenes that are being written anew, and those that have been. */
  private readonly rewriting = new Set<SceneId>();
  private readonly rewritten = new Set<SceneId>();
  private readonly judging = new Set<Promise<void>>();
  private readonly verdicts: SeamVerdicts;

  constructor(options: SeamPassOptions) {
    this.options = options;
    this.verdicts = new SeamVerdicts(options.run.answers);
  }

  get idle(): boolean {
    return this.judging.size === 0;
  }

  /** Settles when nothing is judged any more. */
  async finish(): Promise<void> {
    while (this.judging.size > 0) await Promise.allSettled(this.judging);
  }

  /** Whether a finished scene goes with the one before it, as far as that can be brought about. */
  settled(id: SceneId): boolean {
    if (this.rewriting.has(id)) return false;
    const { before } = this.options.runState.neighbours(id);
    if (before === undefined || this.options.runState.scene(before.id) === undefined) return true;
    const seam = this.seamBefore(id);
    const seen = this.seen.get(id);
    return seam === undefined || (seen?.settled === true && seen.key === seam.key);
  }

  /** A scene is written: read it against both of its neighbours. */
  review(id: SceneId): void {
    this.read(id);
    const { after } = this.options.runState.neighbours(id);
    if (after !== undefined) this.read(after.id);
  }

  /** These scenes are in the document. */
  async landed(scenes: readonly Scene[]): Promise<void> {
    await this.verdicts.forget(scenes);
  }

  private read(id: SceneId): void {
    const { runState } = this.options;
    const seam = this.seamBefore(id);
    const beat = runState.beat(id);
    const { before } = runState.neighbours(id);
    if (seam === undefined || beat === undefined || before === undefined) return;
    if (this.rewriting.has(id) || this.rewriting.has(before.id)) return;
    if (this.seen.get(id)?.key === seam.key) return;
    const { style } = this.options.run.brief;
    const suspicions = seamSuspicions(seam.earlier, seam.later.scene, before, beat, style);
    const entry = { key: seam.key, settled: suspicions.length === 0 };
    this.seen.set(id, entry);
    if (entry.settled) return;
    const judged = this.judge(id, seam, suspicions).finally(() => {
      entry.settled = true;
      this.judging.delete(judged);
      this.options.changed();
    });
    this.judging.add(judged);
  }

  private async judge(id: SceneId, seam: Seam, suspicions: readonly string[]): Promise<void> {
    const { dispatcher, tell, material } = this.options;
    let clash: SeamAnswer;
    try {
      clash = await this.verdictOn(seam, suspicions);
    } catch (error) {
      const why = dispatcher.stopping
        ? t('the run stopped before that.')
        : asScenewrightError(error).message;
      this.flag(seam, t('It was not checked against the scene before it: {0}', why));
      return;
    }
    // The writer, or a rewrite of the earlier scene, may have changed what was judged.
    if (!clash.clash || this.seamBefore(id)?.key !== seam.key) {
      this.review(id);
      return;
    }
    const source = material(id);
    if (source === undefined) return;
    if (this.rewritten.has(id)) {
      this.flag(seam, t('It does not go with the scene before it: {0}', clash.why));
      return;
    }
    tell({ type: 'seamBroken', id, why: clash.why });
    await this.rewrite(id, seam, clash.why, source);
  }

  private async verdictOn(
    { earlier, later: { scene: later } }: Seam,
    suspicions: readonly string[],
  ): Promise<SeamAnswer> {
    const { dispatcher, run } = this.options;
    const { brief, model } = run;
    const known = await this.verdicts.of(earlier, later);
    if (known !== undefined) return known;
    const task = { kind: 'seam' as const, brief, earlier, later, suspicions };
    const verdict = await dispatcher.ask((options) => askAboutSeam(model, task, options));
    await this.verdicts.keep(earlier, later, verdict);
    return verdict;
  }

  private async rewrite(
    id: SceneId,
    seam: Seam,
    why: string,
    material: SceneMaterial,
  ): Promise<void> {
    const { runState, writer, run } = this.options;
    this.rewriting.add(id);
    this.rewritten.add(id);
    const began = run.clock.now();
    try {
      const isWanted = (): boolean => runState.finished(id) === seam.later;
      const finished = await writer.rewrite(seam.later, why, material, isWanted);
      if (finished !== undefined && isWanted()) {
        runState.finish(finished);
        await this.settle(id);
        writer.tellWritten(finished, run.clock.now() - began, false);
      }
    } catch (error) {
      this.flag(
        seam,
        t(
          'It does not go with the scene before it ({0}), and could not be written again: {1}',
          why,
          asScenewrightError(error).message,
        ),
      );
    }
    this.rewriting.delete(id);
    this.review(id);
  }

  /** What was written for a seam is not judged by it again, not even when the run is resumed. */
  private async settle(id: SceneId): Promise<void> {
    const now = this.seamBefore(id);
    if (now === undefined) return;
    this.seen.set(id, { key: now.key, settled: true });
    await this.verdicts.forget([now.later.scene]);
    await this.verdicts.keep(now.earlier, now.later.scene, { clash: false, why: '' });
  }

  /** The scene stays as it is, and the writer is told what about it is not sure. */
  private flag(seam: Seam, message: string): void {
    const { runState, writer, dispatcher } = this.options;
    const { id } = seam.later.scene;
    if (dispatcher.cancelled || runState.finished(id) !== seam.later) return;
    const flagged = {
      ...seam.later,
      flags: [...seam.later.flags, { kind: 'seam' as const, message }],
    };
    runState.reflag(flagged);
    writer.tellWritten(flagged, 0, true);
  }

  private seamBefore(id: SceneId): Seam | undefined {
    const { runState } = this.options;
    const { before } = runState.neighbours(id);
    const later = runState.finished(id);
    if (before === undefined || later === undefined) return undefined;
    const earlier = runState.scene(before.id);
    if (earlier === undefined) return undefined;
    const key = `${before.id} ${runState.revision(before.id)} ${runState.revision(id)}`;
    return { earlier, later, key };
  }
}
