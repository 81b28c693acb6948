import * as vscode from 'vscode';
import { orAborted } from '../../base/abort.ts';
import { systemClock } from '../../base/clock.ts';
import { asScenewrightError, isCancelled, ScenewrightError } from '../../base/errors.ts';
import { Emitter } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { WriterModel } from '../../models/writer-model.ts';
import { validateBrief } from '../../script/brief.ts';
import { newSceneId } from '../../script/scene-ids.ts';
import type { SceneId } from '../../script/script-model.ts';
import { missingScenes, writtenScenes } from '../../script/story-order.ts';
import type { SceneFlag } from '../../writing/checks/scene-checks.ts';
import type { WritingEvent } from '../../writing/writing-events.ts';
import { PauseSwitch } from '../../writing/pause-switch.ts';
import { RunCost } from '../../writing/run-cost.ts';
import { askAboutBudget } from './budget-question.ts';
import type { FollowedScript } from './followed-script.ts';
import type { ScriptLock } from './script-locks.ts';
import { ScriptLostError } from '../script/lost-script.ts';
import { movedUri, type ScriptMove } from '../script/script-moves.ts';
import type {
  BatchEvent,
  Occupied,
  RunOptions,
  WritingResult,
  WritingRun,
  WritingTools,
} from './writing-run.ts';
import { writingSettings } from './writing-settings.ts';

/** What shows how a run gets on; loaded with the first one. */
const progressTools = () =>
  Promise.all([import('./progress-model.ts'), import('./progress-cells.ts')]);

/** Drives writing runs: from the document into the engine, and from the engine into the document. */
export class WritingRuns implements vscode.Disposable {
  private readonly tools: WritingTools;
  private readonly runs = new Map<string, WritingRun>();
  private readonly occupied = new Set<Occupied>();
  private readonly changed = new vscode.EventEmitter<WritingRun>();
  private readonly wroteBatch = new vscode.EventEmitter<BatchEvent>();
  private readonly finished = new vscode.EventEmitter<WritingResult>();
  private readonly following: vscode.Disposable;

  readonly onDidChange = this.changed.event;
  readonly onDidWriteBatch = this.wroteBatch.event;
  readonly onDidFinish = this.finished.event;

  constructor(tools: WritingTools) {
    this.tools = tools;
    this.following = tools.moves.onDidMove((move) => {
      this.follow(move);
    });
  }

  /** The present or last run over a script. */
  get(uri: vscode.Uri): WritingRun | undefined {
    return this.runs.get(uri.toString());
  }

  /** The run that is under way, if any; the one that was started last where there are several. */
  get current(): WritingRun | undefined {
    return [...this.runs.values()].reverse().find(({ running }) => running);
  }

  /**
   * Write what the script still lacks, its outline included, and resolve once the run has ended,
   * whichever way. Rejects only where nothing was begun.
   */
  async start(document: vscode.TextDocument, options: RunOptions = {}): Promise<WritingResult> {
    const { uri } = document;
    if ([...this.occupied].some((one) => one.uri.toString() === uri.toString())) {
      throw new ScenewrightError(
        'bad-input',
        t('{0} is being written already.', vscode.workspace.asRelativePath(uri)),
      );
    }
    const occupied: Occupied = { uri, abort: new AbortController() };
    this.occupied.add(occupied);
    try {
      validateBrief(this.tools.scripts.parse(document).brief);
      const { signal } = occupied.abort;
      const model = await orAborted(this.tools.createWriter(), signal);
      const lock = await this.tools.locks.claim(occupied.uri, signal);
      occupied.lock = lock;
      try {
        return await this.write(document, model, lock, occupied, options);
      } finally {
        await lock.release();
      }
    } finally {
      this.occupied.delete(occupied);
    }
  }

  private async write(
    document: vscode.TextDocument,
    model: WriterModel,
    lock: ScriptLock,
    occupied: Occupied,
    options: RunOptions,
  ): Promise<WritingResult> {
    // Only who writes needs all that puts scenes into documents.
    const { FollowedScript } = await import('./followed-script.ts');
    const { uri, abort } = occupied;
    const [{ ProgressModel }, { cellsOf }] = await progressTools();
    const settings = writingSettings();
    const { title } = this.tools.scripts.parse(document);
    const cost = new RunCost({
      price: settings.price,
      budget: settings.budget,
      ...(options.interactive === true
        ? { ask: (question) => askAboutBudget(title, question, abort.signal) }
        : {}),
    });
    const run: WritingRun = {
      uri,
      progress: new ProgressModel({
        uri: uri.toString(),
        title,
        writer: model.label,
        pace: settings.pace,
        batchSize: settings.batchSize,
        cost,
        cells: cellsOf(this.tools.scripts.parse(document)),
      }),
      pause: new PauseSwitch(),
      tryNow: new Emitter<void>(),
      abort,
      running: true,
    };
    this.runs.delete(uri.toString()); // Put in anew, so that the map stays in the order of starting.
    this.runs.set(uri.toString(), run);
    this.changed.fire(run);
    const script = new FollowedScript(document, uri, this.tools);
    const stop = (): void => {
      abort.abort();
    };
    const watching = vscode.Disposable.from(lock.onDidLose(stop), script.onDidLose(stop), script);
    /** Finished, and not in the document yet. */
    const waiting = new Set<SceneId>();
    /** What there is to say of scenes that are not in the document yet. */
    const flags = new Map<SceneId, readonly SceneFlag[]>();
    try {
      if (options.again !== true) {
        const { refuseUntied } = await import('./untied-since.ts');
        refuseUntied(script.parsed);
      }
      await script.prepare();
      const state = script.state();
      const { writeScript } = await import('../../writing/write-script.ts');
      const events = writeScript({
        brief: validateBrief(script.parsed.brief),
        ...(state === undefined ? {} : { plan: state.plan }),
        written: writtenScenes(script.parsed),
        model,
        pace: settings.pace,
        batchSize: settings.batchSize,
        hedge: settings.hedge,
        clipSeconds: await orAborted(this.tools.clipSeconds(), abort.signal),
        journal: this.tools.kept.of(() => script.uri.fsPath),
        answers: this.tools.answers.of(() => script.uri),
        script: () => script.state(),
        cost,
        pause: run.pause,
        patienceMs: settings.patienceMs,
        onTryNow: run.tryNow.event,
        signal: abort.signal,
        clock: systemClock,
        newId: newSceneId,
        outlineOnly: options.outlineOnly ?? false,
      });
      for await (const event of events) {
        if (event.type === 'sceneWritten') waiting.add(event.scene.id);
        await this.toDocument(script, lock, model, event);
        if (event.type === 'batchWritten') for (const { id } of event.scenes) waiting.delete(id);
        await this.tellMarks(script, flags, event);
        this.tell(script, event);
        run.progress.apply(event);
        const comesIn = event.type === 'outlined' || event.type === 'batchWritten';
        const plan = comesIn ? script.state()?.plan : undefined;
        if (plan !== undefined) run.progress.follow(plan);
        this.changed.fire(run);
      }
      // A run that was aborted because another window took over, or the script is gone, says so.
      await lock.confirm();
      if (abort.signal.aborted) await script.confirm();
    } catch (error) {
      const told = error instanceof ScriptLostError ? error.withKept(waiting.size) : error;
      if (isCancelled(error)) run.progress.stop('cancelled');
      else run.progress.stop('failed', asScenewrightError(told));
    } finally {
      watching.dispose();
    }
    run.running = false;
    this.changed.fire(run);
    const result = await this.result(run);
    this.finished.fire(result);
    return result;
  }

  /** VS Code has renamed a file or folder: what is known of the scripts there goes along. */
  private follow(move: ScriptMove): void {
    for (const occupied of this.occupied) {
      const moved = movedUri(occupied.uri, move);
      if (moved === undefined) continue;
      occupied.uri = moved;
      // Where it cannot be had under the new name the run hears of it by the lock.
      occupied.lock?.follow(moved).catch(() => undefined);
    }
    for (const [key, run] of [...this.runs]) {
      const moved = movedUri(run.uri, move);
      if (moved === undefined) continue;
      this.runs.delete(key);
      this.runs.set(moved.toString(), run);
      run.uri = moved;
      run.progress.moved(moved.toString());
      this.changed.fire(run);
    }
  }

  pause(uri: vscode.Uri): void {
    this.running(uri).pause.pause();
  }

  resume(uri: vscode.Uri): void {
    this.running(uri).pause.resume();
  }

  tryNow(uri: vscode.Uri): void {
    this.running(uri).tryNow.fire();
  }

  /** Also before the run has begun; once it has ended there is nothing left to do. */
  cancel(uri: vscode.Uri): void {
    const occupied = [...this.occupied].find((one) => one.uri.toString() === uri.toString());
    const { abort } = occupied ?? this.get(uri) ?? this.running(uri);
    abort.abort();
  }

  private running(uri: vscode.Uri): WritingRun {
    const run = this.get(uri);
    if (run?.running === true) return run;
    throw new ScenewrightError(
      'bad-input',
      t('{0} is not being written now.', vscode.workspace.asRelativePath(uri)),
    );
  }

  private async toDocument(
    script: FollowedScript,
    lock: ScriptLock,
    model: WriterModel,
    event: WritingEvent,
  ): Promise<void> {
    if (event.type === 'outlined') {
      await lock.confirm();
      await script.putPlan(event.plan, model);
    } else if (event.type === 'batchWritten') {
      await lock.confirm();
      const scenes = await script.putScenes(event.scenes);
      this.wroteBatch.fire({
        uri: script.uri.toString(),
        scenes: scenes.map(({ id }) => id),
      });
    }
  }

  /** What is to be looked at of a scene lasts longer than the run: once the scene is in the document it is kept. */
  private async tellMarks(
    script: FollowedScript,
    flags: Map<SceneId, readonly SceneFlag[]>,
    event: WritingEvent,
  ): Promise<void> {
    if (event.type === 'sceneWritten') flags.set(event.scene.id, event.flags ?? []);
    if (event.type !== 'batchWritten') return;
    const landed = event.scenes.map(({ id }) => {
      const told = flags.get(id) ?? [];
      flags.delete(id);
      return [id, told] as const;
    });
    const review = await this.tools.marks.review();
    await review.tell(script.parsed, new Map(landed));
  }

  /** What needs no answer goes into the log; what could be lost is told at once. */
  private tell(script: FollowedScript, event: WritingEvent): void {
    const { messages } = this.tools;
    const { title } = script.parsed;
    switch (event.type) {
      case 'outlined':
        for (const text of event.notes) messages.info(`${title}: ${text}`);
        return;
      case 'sceneWritten':
        for (const { message } of event.flags ?? [])
          messages.info(`${title}, “${event.scene.title}”: ${message}`);
        if (event.unkept !== undefined) messages.error(event.unkept);
        return;
      case 'unanswered':
        messages.info(`${title}: ${event.error.message}`);
        return;
      case 'noted':
        messages.info(`${title}: ${event.note}`);
        return;
      case 'seamBroken':
        messages.info(`${title}: ${event.why}`);
        return;
      default:
        return;
    }
  }

  /** What the document holds now; a document that is gone holds nothing. */
  private async result(run: WritingRun): Promise<WritingResult> {
    const uri = run.uri.toString();
    const { error, total } = run.progress.view();
    const why = error === undefined ? {} : { error: error.message };
    try {
      const document = await vscode.workspace.openTextDocument(run.uri);
      const script = this.tools.scripts.parse(document);
      const [, { writtenIds }] = await progressTools();
      const scenes = writtenIds(script).size;
      return { uri, scenes, failed: missingScenes(script), ...why };
    } catch {
      return { uri, scenes: 0, failed: total, ...why };
    }
  }

  /** Closing the window aborts what runs; finished scenes are kept for the next “Write Scenes”. */
  dispose(): void {
    this.following.dispose();
    for (const { abort } of this.occupied) abort.abort();
    this.changed.dispose();
    this.wroteBatch.dispose();
    this.finished.dispose();
  }
}
