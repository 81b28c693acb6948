import * as vscode from 'vscode';
import { messageOf, ScenewrightError } from '../base/errors.ts';
import { systemClock } from '../base/clock.ts';
import type { WriterModel } from '../models/port.ts';
import { validateBrief } from '../script/brief.ts';
import { assignMissingIds, insertPlan, insertScenes } from '../script/edits.ts';
import { newSceneId } from '../script/ids.ts';
import type { Plan, SceneId } from '../script/model.ts';
import type { ParsedScript } from '../script/parse.ts';
import type { WritingEvent } from '../writing/events.ts';
import { PauseSwitch } from '../writing/pause.ts';
import { writeScript } from '../writing/run.ts';
import type { WritingResult } from './commands.ts';
import { editDocument } from './document-edits.ts';
import type { KeptUntilSaved } from './kept-until-saved.ts';
import { cellsOf, ProgressModel, writtenIds } from './progress-model.ts';
import type { Scripts } from './scripts.ts';
import { setting } from './settings.ts';

/** One run of the writer over one script; the last run of a script stays known after it has ended. */
export interface WritingRun {
  readonly uri: vscode.Uri;
  readonly progress: ProgressModel;
  readonly pause: PauseSwitch;
  readonly abort: AbortController;
  running: boolean;
}

export interface WritingTools {
  readonly scripts: Scripts;
  readonly kept: KeptUntilSaved;
  /** The writer model of the settings, ready to be asked. */
  createWriter(): Promise<WriterModel>;
  /** A scene is written but could not be kept on disk before its batch is complete. */
  onUnkept(error: ScenewrightError): void;
  /** Clip lengths that the chosen studio can render, in seconds. */
  clipSeconds(): Promise<readonly number[]>;
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
  async start(
    document: vscode.TextDocument,
    options: { readonly outlineOnly?: boolean } = {},
  ): Promise<WritingResult> {
    const { uri } = document;
    const key = uri.toString();
    const script = this.tools.scripts.parse(document);
    const brief = validateBrief(script.brief);
    const model = await this.tools.createWriter();
    // Nothing is awaited from here until the run is known, so a second click cannot slip through.
    if (this.runs.get(key)?.running === true) {
      throw new ScenewrightError(
        'bad-input',
        vscode.l10n.t('{0} is being written already.', vscode.workspace.asRelativePath(uri)),
      );
    }
    const batchSize = setting('writer.batchSize');
    const run: WritingRun = {
      uri,
      progress: new ProgressModel({
        uri: key,
        title: script.title,
        writer: model.label,
        batchSize,
        cells: cellsOf(script),
      }),
      pause: new PauseSwitch(),
      abort: new AbortController(),
      running: true,
    };
    this.runs.delete(key); // Put in anew, so that the map stays in the order of starting.
    this.runs.set(key, run);
    this.changed.fire(run);
    try {
      const ready = await editDocument(uri, (now) =>
        assignMissingIds(this.tools.scripts.parse(now), newSceneId),
      );
      const complete = this.tools.scripts.parse(ready);
      const plan = planOf(complete);
      const written = complete.scenes.filter((node) => node.written).map(({ scene }) => scene);
      // An earlier run, or an earlier window, may have left them here without being able to save.
      this.tools.kept.inDocument(ready, written);
      const events = writeScript({
        brief,
        ...(plan === undefined ? {} : { plan }),
        written,
        model,
        batchSize,
        clipSeconds: await this.tools.clipSeconds(),
        kept: this.tools.kept,
        pause: run.pause,
        signal: run.abort.signal,
        clock: systemClock,
        newId: newSceneId,
        outlineOnly: options.outlineOnly ?? false,
      });
      for await (const event of events) {
        await this.toDocument(run, model, plan, event);
        if (event.type === 'sceneWritten' && event.unkept !== undefined) {
          this.tools.onUnkept(event.unkept);
        }
        run.progress.apply(event);
        this.changed.fire(run);
      }
    } catch (error) {
      run.progress.stop('failed', asScenewrightError(error));
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
    run: WritingRun,
    model: WriterModel,
    givenPlan: Plan | undefined,
    event: WritingEvent,
  ): Promise<void> {
    if (event.type === 'planned' && givenPlan === undefined) {
      await editDocument(run.uri, (document) =>
        insertPlan(this.tools.scripts.parse(document), event.plan, model.label),
      );
    } else if (event.type === 'batchWritten') {
      const document = await editDocument(run.uri, (now) =>
        insertScenes(this.tools.scripts.parse(now), event.scenes),
      );
      this.tools.kept.inDocument(document, event.scenes);
      this.wroteBatch.fire({
        uri: run.uri.toString(),
        scenes: event.scenes.map(({ id }) => id),
      });
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
      const written = writtenIds(script);
      const missing = script.outline.filter(({ beat }) => !written.has(beat.id)).length;
      return { uri, scenes: written.size, failed: missing, ...why };
    } catch {
      return { uri, scenes: 0, failed: total, ...why };
    }
  }

  /** Closing the window aborts what runs; finished scenes are kept for the next “Write Scenes”. */
  dispose(): void {
    for (const run of this.runs.values()) run.abort.abort();
    this.changed.dispose();
    this.wroteBatch.dispose();
    this.finished.dispose();
  }
}

/** The plan as the document has it now, once there is an outline. */
function planOf(script: ParsedScript): Plan | undefined {
  if (script.outline.length === 0) return undefined;
  return {
    title: script.title,
    logline: script.logline,
    bible: script.bible,
    outline: script.outline.map(({ beat }) => beat),
  };
}

function asScenewrightError(error: unknown): ScenewrightError {
  if (error instanceof ScenewrightError) return error;
  return new ScenewrightError('internal', messageOf(error), { cause: error });
}
