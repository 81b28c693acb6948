// Runs inside the extension host and does what a writer does, through the extension's own commands.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ScenewrightApi } from '../../src/editor/api.ts';
import type { Argument, CommandId, Result } from '../../src/editor/api.ts';
import { finalStates, type JobView } from '../../src/jobs/job.ts';
import { taskVariable, type Outcome, type Report, type Task } from './protocol.ts';

const renderWithinMs = 15 * 60_000;

/** Called by VS Code. */
export async function run(): Promise<void> {
  const task = JSON.parse(process.env[taskVariable] ?? '') as Task;
  const report = reporter(task);
  const extension = vscode.extensions.getExtension<ScenewrightApi>('scenewright.scenewright');
  assert.ok(extension, 'The extension is not there.');
  const api = await extension.activate();

  /** One step of the demonstration; `work` returns what to say of it, and its value. */
  const step = async <T>(name: string, work: () => Promise<[string, T]>): Promise<T> => {
    await report({ type: 'begin', step: name });
    try {
      const [detail, value] = await work();
      await report({ type: 'end', step: name, detail });
      return value;
    } catch (error) {
      await report({ type: 'fail', step: name, message: String(error) });
      throw error;
    }
  };
  const picture: Picture = (name, of) => report({ type: 'picture', name, of });

  await vscode.commands.executeCommand('workbench.view.extension.scenewright');
  const { uri, scenes, drawing } = await step('script', () => writeScript(api, task, picture));
  await step('stills', async () => showStills(api, uri, await drawing, picture));
  const jobs = await step('clips', () => renderClips(api, task, uri, picture));
  const video = await step('video', () => assemble(api, uri, picture));
  await report({ type: 'outcome', outcome: outcomeOf(uri, scenes, jobs, video) });
}

type Picture = (name: string, of: 'progress' | 'views' | 'stills' | 'video') => Promise<void>;

async function writeScript(
  api: ScenewrightApi,
  task: Task,
  picture: Picture,
): Promise<[string, { uri: string; scenes: number; drawing: Promise<Drawing> }]> {
  const { idea, style, duration } = task;
  let written = 0;
  let batches = 0;
  let underway: Promise<void> | undefined;
  let drawing: Promise<Drawing> | undefined;
  const listeners = [
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor?.document.languageId !== 'markdown') return;
      void execute(api, 'scenewright.showProgress', { uri: editor.document.uri });
    }),
    api.onDidWriteBatch((batch) => {
      written += batch.scenes.length;
      batches++;
      showEnd(batch.uri);
      drawing = drawBatch(api, batch.uri, drawing);
      // Eight seconds a scene, as the planner aims at.
      if (written >= duration / 8 / 3) underway ??= picture('1-writing', 'progress');
    }),
  ];
  try {
    const result = await execute(api, 'scenewright.newScript', { idea, style, duration });
    assert.equal(result.failed, 0, result.error ?? 'Some scenes could not be written.');
    await underway;
    await picture('2-script', 'views');
    const text = `${result.scenes} scenes in ${batches} batches, ${duration} s`;
    assert.ok(drawing, 'No scene has come into the script.');
    return [text, { uri: result.uri, scenes: result.scenes, drawing }];
  } finally {
    for (const listener of listeners) listener.dispose();
  }
}

/** Follow the script as it grows, like somebody who reads along. */
function showEnd(uri: string): void {
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri,
  );
  const last = editor?.document.lineAt(editor.document.lineCount - 1).range;
  if (last !== undefined) editor?.revealRange(last);
}

/** Jobs for the pictures of a script. */
interface Drawing {
  readonly sheets: readonly string[];
  readonly stills: readonly string[];
}

/** Draw beside the writing: first whoever is in the film, then the first frames of each batch. */
async function drawBatch(
  api: ScenewrightApi,
  uri: string,
  before: Promise<Drawing> | undefined,
): Promise<Drawing> {
  const { sheets, stills } = (await before) ?? {
    sheets: (await execute(api, 'scenewright.drawSheets', { uri })).jobs,
    stills: [],
  };
  const { jobs } = await execute(api, 'scenewright.drawStills', { uri });
  return { sheets, stills: [...new Set([...stills, ...jobs])] };
}

/** Waits for all pictures; they are in the saved script in the end. */
async function showStills(
  api: ScenewrightApi,
  uri: string,
  { sheets, stills }: Drawing,
  picture: Picture,
): Promise<[string, undefined]> {
  const start = Date.now();
  const drawn = async (jobs: readonly string[]): Promise<void> => {
    const own = (): JobView[] => api.jobs().filter(({ id }) => jobs.includes(id));
    await until(api, () => own().every(({ state }) => finalStates.has(state)));
    const failed = own().filter(({ state }) => state !== 'done');
    assert.deepEqual(
      failed.map(({ id, state, error }) => `${id} ${state}: ${error ?? ''}`),
      [],
    );
  };
  await drawn([...sheets, ...stills]);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  await inText(document, /!\[First frame\]/g, stills.length);
  await inText(document, /^ {4}picture: /gm, sheets.length);
  await document.save();
  await execute(api, 'scenewright.showProgress', { uri, mode: 'contactSheet' });
  await picture('3-stills', 'stills');
  await execute(api, 'scenewright.showProgress', { uri, mode: 'strip' });
  const seconds = (Date.now() - start) / 1000;
  return [
    `${sheets.length} sheets, ${stills.length} stills (${seconds.toFixed(0)} s more)`,
    undefined,
  ];
}

/** Wait until a text has so many of something. */
function inText(document: vscode.TextDocument, what: RegExp, count: number): Promise<void> {
  const isThere = (): boolean => document.getText().match(what)?.length === count;
  return new Promise((resolve) => {
    if (isThere()) {
      resolve();
      return;
    }
    const listener = vscode.workspace.onDidChangeTextDocument(() => {
      if (!isThere()) return;
      listener.dispose();
      resolve();
    });
  });
}

async function renderClips(
  api: ScenewrightApi,
  { key }: Task,
  uri: string,
  picture: Picture,
): Promise<[string, readonly JobView[]]> {
  await execute(api, 'scenewright.addAccount', {
    provider: 'openai-videos',
    name: 'Sample studio',
    secret: key,
  });
  const start = Date.now();
  // It takes first frames, and no pictures of the cast beside them.
  const { jobs } = await execute(api, 'scenewright.renderScenes', { uri, confirmed: true });
  await vscode.commands.executeCommand('scenewright.jobs.focus');
  const own = (): JobView[] => api.jobs().filter(({ id }) => jobs.includes(id));
  let halfway: Promise<void> | undefined;
  await until(api, () => {
    const states = own().map(({ state }) => state);
    const ended = states.filter((state) => finalStates.has(state)).length;
    // Some done, some waiting, and one on its way at least.
    if (ended >= jobs.length / 3 && (states.includes('downloading') || ended >= jobs.length / 2)) {
      halfway ??= picture('4-rendering', 'views');
    }
    return ended === jobs.length;
  });
  await halfway;
  await picture('5-clips', 'views');
  const failed = own().filter(({ state }) => state !== 'done');
  assert.deepEqual(
    failed.map(({ scene, state, error }) => `scene ${scene} ${state}: ${error ?? ''}`),
    [],
  );
  const seconds = (Date.now() - start) / 1000;
  return [`${jobs.length} of ${jobs.length} rendered and fetched (${seconds.toFixed(0)} s)`, own()];
}

async function assemble(
  api: ScenewrightApi,
  uri: string,
  picture: Picture,
): Promise<[string, string]> {
  const { file, seconds, clips } = await execute(api, 'scenewright.assembleVideo', { uri });
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), {
    viewColumn: vscode.ViewColumn.Two,
  });
  await picture('6-video', 'video');
  return [`${clips} clips, ${seconds.toFixed(1)} s`, file];
}

function outcomeOf(uri: string, scenes: number, jobs: readonly JobView[], video: string): Outcome {
  return {
    script: vscode.Uri.parse(uri).fsPath,
    scenes,
    clips: jobs
      .map(({ scene, file, poster }) => ({ scene, file: file ?? '', poster: poster ?? '' }))
      .sort((a, b) => a.scene - b.scene),
    video,
  };
}

/** Call a command for the person who has started the demonstration. */
async function execute<K extends CommandId>(
  { consent }: ScenewrightApi,
  id: K,
  argument: Argument<K>,
): Promise<Result<K>> {
  return vscode.commands.executeCommand<Result<K>>(id, { ...argument, consent });
}

/** Wait until `condition` holds, looking again whenever a job has changed. */
function until(api: ScenewrightApi, condition: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    if (condition()) {
      resolve();
      return;
    }
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`The clips were not there after ${renderWithinMs / 60_000} minutes.`));
    }, renderWithinMs);
    const listener = api.onDidChangeJobs(() => {
      if (!condition()) return;
      clearTimeout(timer);
      listener.dispose();
      resolve();
    });
  });
}

function reporter({ address, token }: Task): (report: Report) => Promise<void> {
  return async (report) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(report),
    });
    if (!response.ok) throw new Error(await response.text());
  };
}
