import * as vscode from 'vscode';
import { systemClock } from '../base/clock.ts';
import { messageOf, ScenewrightError } from '../base/errors.ts';
import type { WriterModel } from '../models/port.ts';
import { validateBrief } from '../script/brief.ts';
import { newSceneId } from '../script/ids.ts';
import type { SceneId } from '../script/model.ts';
import { missingScenes, writtenScenes } from '../script/story.ts';
import type { WritingEvent } from '../writing/events.ts';
import { PauseSwitch } from '../writing/pause.ts';
import { writeScript } from '../writing/run.ts';
import { Spending } from '../writing/spending.ts';
import type { AnswersUntilSaved } from './answers-until-saved.ts';
import { askAboutBudget } from './budget-question.ts';
import type { WritingResult } from './commands.ts';
import { FollowedScript } from './followed-script.ts';
import type { KeptUntilSaved } from './kept-until-saved.ts';
import type { Messages } from './messages.ts';
import { cellsOf, ProgressModel, writtenIds } from './progress-model.ts';
import type { ScriptLock, ScriptLocks } from './script-locks.ts';
import type { Scripts } from './scripts.ts';
import { writingSettings } from './writing-settings.ts';

/** One run of the writer over one script; the last run of a script stays known after it has ended. */
export interface WritingRun {
  readonly uri: vscode.Uri;
  readonly progress: ProgressModel;
  readonly pause: PauseSwitch;
  readonly abort: AbortController;
  running: boolean;
}

export interface WritingTools {
  readonly messages: Messages;
  readonly scripts: Scripts;
  readonly locks: ScriptLocks;
  readonly kept: KeptUntilSaved;
  /** Answers of planning that no document holds yet. */
  readonly answers: AnswersUntilSaved;
  /** The writer model of the settings, ready to be asked. */
  createWriter(): Promise<WriterModel>;
  /** Clip lengths that the chosen studio can render, in seconds. */
  clipSeconds(): Promise<readonly number[]>;
}

export interface RunOptions {
  readonly outlineOnly?: boolean;
  /** Somebody is there to answer a question; without them a run stops where it would have to ask. */
  readonly interactive?: boolean;
}

export interface BatchEvent {
  readonly uri: string;
  /** Ids of the scenes that have just come into the document. */
  readonly scenes: readonly SceneId[];
}

/** Drives writing runs: from the document into the engine, and from the engine into the document. */
export class WritingRuns implements vscode.Disposable {
  private readonly tools: WritingTools;
  private readonly runs = new Map<string, WritingRun>();
  /** Scripts that are being written, or about to be; each with what stops that. */
  private readonly occupied = new Map<string, AbortController>();
  private readonly changed = new vscode.EventEmitter<WritingRun>();
  private readonly wroteBatch = new vscode.EventEmitter<BatchEvent>();
  private readonly finished = new vscode.EventEmitter<WritingResult>();

  readonly onDidChange = this.changed.event;
  readonly onDidWriteBatch = this.wroteBatch.event;
  readonly onDidFinish = this.finished.event;

  constructor(tools: WritingTools) {
    this.tools = tools;
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
    const key = uri.toString();
    if (this.occupied.has(key)) {
      throw new ScenewrightError(
        'bad-input',
        vscode.l10n.t('{0} is being written already.', vscode.workspace.asRelativePath(uri)),
      );
    }
    const abort = new AbortController();
    this.occupied.set(key, abort);
    try {
      validateBrief(this.tools.scripts.parse(document).brief);
      const model = await this.tools.createWriter();
      const lock = await this.tools.locks.claim(uri, abort.signal);
      try {
        return await this.write(document, model, lock, abort, options);
      } finally {
        await lock.release();
      }
    } finally {
      this.occupied.delete(key);
    }
  }

  private async write(
    document: vscode.TextDocument,
    model: WriterModel,
    lock: ScriptLock,
    abort: AbortController,
    options: RunOptions,
  ): Promise<WritingResult> {
    const { uri } = document;
    const settings = writingSettings();
    const { title } = this.tools.scripts.parse(document);
    const spending = new Spending({
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
        spending,
        cells: cellsOf(this.tools.scripts.parse(document)),
      }),
      pause: new PauseSwitch(),
      abort,
      running: true,
    };
    this.runs.delete(uri.toString()); // Put in anew, so that the map stays in the order of starting.
    this.runs.set(uri.toString(), run);
    this.changed.fire(run);
    const lost = lock.onDidLose(() => {
      abort.abort();
    });
    try {
      const script = new FollowedScript(document, this.tools.scripts, this.tools.kept);
      await script.prepare();
      const state = script.state();
      const events = writeScript({
        brief: validateBrief(script.parsed.brief),
        ...(state === undefined ? {} : { plan: state.plan }),
        written: writtenScenes(script.parsed),
        model,
        pace: settings.pace,
        batchSize: settings.batchSize,
        ...(settings.contextTokens === undefined ? {} : { contextTokens: settings.contextTokens }),
        hedge: settings.hedge,
        clipSeconds: await this.tools.clipSeconds(),
        kept: this.tools.kept.of(() => script.uri),
        answers: this.tools.answers.of(() => script.uri),
        script: () => script.state(),
        spending,
        pause: run.pause,
        signal: abort.signal,
        clock: systemClock,
        newId: newSceneId,
        outlineOnly: options.outlineOnly ?? false,
      });
      for await (const event of events) {
        await this.toDocument(script, lock, model, event);
        this.tell(script, event);
        run.progress.apply(event);
        const comesIn = event.type === 'planned' || event.type === 'batchWritten';
        const plan = comesIn ? script.state()?.plan : undefined;
        if (plan !== undefined) run.progress.follow(plan);
        this.changed.fire(run);
      }
      // A run that was aborted because another window took over says so.
      await lock.confirm();
    } catch (error) {
      run.progress.stop('failed', asScenewrightError(error));
    } finally {
      lost.dispose();
    }
    run.running = false;
    this.changed.fire(run);
    const result = await this.result(run);
    this.finished.fire(result);
    return result;
  }

  pause(uri: vscode.Uri): void {
    this.running(uri).pause.pause();
  }

  resume(uri: vscode.Uri): void {
    this.running(uri).pause.resume();
  }

  cancel(uri: vscode.Uri): void {
    this.running(uri).abort.abort();
  }

  private running(uri: vscode.Uri): WritingRun {
    const run = this.get(uri);
    if (run?.running === true) return run;
    throw new ScenewrightError(
      'bad-input',
      vscode.l10n.t('{0} is not being written now.', vscode.workspace.asRelativePath(uri)),
    );
  }

  private async toDocument(
    script: FollowedScript,
    lock: ScriptLock,
    model: WriterModel,
    event: WritingEvent,
  ): Promise<void> {
    if (event.type === 'planned') {
      await lock.confirm();
      await script.putPlan(event.plan, model.label);
    } else if (event.type === 'batchWritten') {
      await lock.confirm();
      const scenes = await script.putScenes(event.scenes);
      this.wroteBatch.fire({
        uri: script.uri.toString(),
        scenes: scenes.map(({ id }) => id),
      });
    }
  }

  /** What needs no answer goes into the log; what could be lost is told at once. */
  private tell(script: FollowedScript, event: WritingEvent): void {
    const { messages } = this.tools;
    const { title } = script.parsed;
    switch (event.type) {
      case 'planned':
        for (const text of event.notes) messages.info(`${title}: ${text}`);
        return;
      case 'sceneWritten':
        for (const flag of event.flags ?? [])
          messages.info(`${title}, “${event.scene.title}”: ${flag}`);
        if (event.unkept !== undefined) messages.error(event.unkept);
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
      const scenes = writtenIds(script).size;
      return { uri, scenes, failed: missingScenes(script), ...why };
    } catch {
      return { uri, scenes: 0, failed: total, ...why };
    }
  }

  /** Closing the window aborts what runs; finished scenes are kept for the next “Write Scenes”. */
  dispose(): void {
    for (const abort of this.occupied.values()) abort.abort();
    this.changed.dispose();
    this.wroteBatch.dispose();
    this.finished.dispose();
  }
}

function asScenewrightError(error: unknown): ScenewrightError {
  if (error instanceof ScenewrightError) return error;
  return new ScenewrightError('internal', messageOf(error), { cause: error });
}
