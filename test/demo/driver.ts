// Runs inside the extension host and does what a writer does, through the extension's own commands.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { execute, failNone, Production, until } from '../../fixtures/production.ts';
import type { ScenewrightApi } from '../../src/editor/api.ts';
import { finalStates, type JobView } from '../../src/jobs/job.ts';
import { taskVariable, type Outcome, type Report, type Task } from './protocol.ts';

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
  await execute(api, 'scenewright.addAccount', {
    provider: 'openai-videos',
    name: 'Sample studio',
    secret: task.key,
  });
  const start = Date.now();
  const { uri, scenes, production } = await step('script', () => writeScript(api, task, picture));
  if (task.pictures) await step('stills', () => showStills(api, uri, production, picture));
  const jobs = await step('clips', () => showClips(api, production, picture));
  const video = await step('video', () => assemble(api, uri, picture));
  const ms = Date.now() - start;
  await report({ type: 'outcome', outcome: { ...outcomeOf(uri, scenes, jobs, video), ms } });
}

type Picture = (name: string, of: 'progress' | 'views' | 'stills' | 'video') => Promise<void>;

async function writeScript(
  api: ScenewrightApi,
  task: Task,
  picture: Picture,
): Promise<[string, { uri: string; scenes: number; production: Production }]> {
  const { idea, style, duration, pictures } = task;
  let written = 0;
  let batches = 0;
  let underway: Promise<void> | undefined;
  let production: Production | undefined;
  const listeners = [
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor?.document.languageId !== 'markdown') return;
      void execute(api, 'scenewright.showProgress', { uri: editor.document.uri });
    }),
    api.onDidWriteBatch(({ uri, scenes }) => {
      written += scenes.length;
      batches++;
      showEnd(uri);
      production ??= new Production({ api, uri, pictures });
      production.take(scenes);
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
    assert.ok(production, 'No scene has come into the script.');
    return [text, { uri: result.uri, scenes: result.scenes, production }];
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

/** Waits for all pictures; they are in the saved script in the end. */
async function showStills(
  api: ScenewrightApi,
  uri: string,
  production: Production,
  picture: Picture,
): Promise<[string, undefined]> {
  const start = Date.now();
  await production.ordered();
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  await document.save();
  await execute(api, 'scenewright.showProgress', { uri, mode: 'contactSheet' });
  await picture('3-stills', 'stills');
  await execute(api, 'scenewright.showProgress', { uri, mode: 'strip' });
  const { sheets, stills } = production;
  return [`${sheets.size} sheets, ${stills.size} stills${moreSince(start)}`, undefined];
}

/** Clips that begin with first frames; the studio takes no pictures of the cast beside them. */
async function showClips(
  api: ScenewrightApi,
  production: Production,
  picture: Picture,
): Promise<[string, readonly JobView[]]> {
  const start = Date.now();
  await production.ordered();
  const count = production.clips.size;
  await vscode.commands.executeCommand('scenewright.jobs.focus');
  let halfway: Promise<void> | undefined;
  await until(api, () => {
    const states = production.views().map(({ state }) => state);
    const ended = states.filter((state) => finalStates.has(state)).length;
    // Some done, some waiting, and one on its way at least.
    if (ended >= count / 3 && (states.includes('downloading') || ended >= count / 2)) {
      halfway ??= picture('4-rendering', 'views');
    }
    return ended === count;
  });
  await halfway;
  await picture('5-clips', 'views');
  failNone(production.views());
  return [`${count} of ${count} rendered and fetched${moreSince(start)}`, production.views()];
}

/** What came of it beside what was told before has taken no longer than this. */
function moreSince(start: number): string {
  return ` (${((Date.now() - start) / 1000).toFixed(0)} s more)`;
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

function outcomeOf(
  uri: string,
  scenes: number,
  jobs: readonly JobView[],
  video: string,
): Omit<Outcome, 'ms'> {
  return {
    script: vscode.Uri.parse(uri).fsPath,
    scenes,
    clips: jobs
      .map(({ scene, file, poster }) => ({ scene, file: file ?? '', poster: poster ?? '' }))
      .sort((a, b) => a.scene - b.scene),
    video,
  };
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
