// Runs inside the extension host and types as a person does: each key by way of the window.
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { OwnTime, type Stretch } from './own-time.ts';
import {
  type TypedAt,
  type TypedDocument,
  type TypingTask,
  typingTaskVariable,
} from './typed-in-host.ts';

/**
 * Milliseconds after a key until everything has come to rest: problems wait for a pause of 500 ms, and
 * the window asks for lenses when it sees fit.
 */
const restMs = 1500;

/** Milliseconds until a window that was opened has nothing left to do. */
const settleMs = 3000;

/** Milliseconds between two keys of somebody who types fast. */
const typingMs = 100;

/** Strokes before those that count: what they call has to be compiled. */
const warmUp = 3;

/** Microseconds between two looks at the stack. */
const lookEvery = 250;

/** Called by VS Code. */
export async function run(): Promise<void> {
  const task = JSON.parse(process.env[typingTaskVariable] ?? '') as TypingTask;
  const extension = vscode.extensions.getExtension('scenewright.scenewright');
  if (extension === undefined) throw new Error('The extension is not there.');
  // It reads once which jobs there are, a moment after the window is there.
  if (extension.isActive) throw new Error('The extension was there before its jobs.');
  await keepJobs(task);
  await extension.activate();
  const watch = new Watch(path.join(extension.extensionPath, 'dist'));
  const lookCost = await watch.lookCost();
  const results: TypedAt[][] = [];
  for (const document of task.documents) {
    results.push(await typed(document, task, watch, lookCost));
  }
  watch.close();
  await writeFile(task.results, JSON.stringify(results));
}

/** Put the jobs where the extension has those of this workspace, the only one of a fresh profile. */
async function keepJobs({ jobs, storage }: TypingTask): Promise<void> {
  const workspaces = await readdir(storage);
  const [workspace] = workspaces;
  if (workspace === undefined || workspaces.length > 1) {
    throw new Error(`${storage} has ${workspaces.length} workspaces.`);
  }
  const own = path.join(storage, workspace, 'scenewright.scenewright');
  await mkdir(own, { recursive: true });
  await rename(jobs, path.join(own, 'jobs'));
}

async function typed(
  { file, places }: TypedDocument,
  task: TypingTask,
  watch: Watch,
  lookCost: number,
): Promise<TypedAt[]> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document);
  // The list of scenes and the page are drawn only while they can be seen.
  await vscode.commands.executeCommand('scenewright.scenes.focus');
  await vscode.commands.executeCommand('scenewright.showProgress', { uri: document.uri });
  const results: TypedAt[] = [];
  for (const place of places) {
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const at = document.positionAt(place);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(editor.selection);
    const { time, found } = await watch.during(async (stretch) => {
      for (let i = 0; i < warmUp; i++) await type(document, 1);
      const single: Stretch[] = [];
      for (let i = 0; i < task.strokes; i++) single.push(await stretch(() => type(document, 1)));
      return { single, inRow: await stretch(() => type(document, task.inRow)) };
    });
    const { ours, garbage, all } = time.of(found.inRow, lookCost);
    results.push({
      single: found.single.map((one) => time.of(one, lookCost)),
      inRow: {
        ours: ours / task.inRow,
        garbage: garbage / task.inRow,
        all: all / task.inRow,
      },
    });
  }
  return results;
}

/** Type so many keys, and wait for all that follows. */
async function type(document: vscode.TextDocument, keys: number): Promise<void> {
  const { version } = document;
  for (let i = 0; i < keys; i++) {
    await vscode.commands.executeCommand('type', { text: 'x' });
    if (i < keys - 1) await sleep(typingMs);
  }
  await sleep(restMs);
  if (document.version - version < keys) throw new Error('A key has not been typed.');
}

/** Works off a part of what is looked at, and says when that was. */
type Stretched = (work: () => Promise<void>) => Promise<Stretch>;

/** Looks at what this thread works, and for whom. */
class Watch {
  private readonly address: string;
  private readonly session = new Session();

  /** @param folder what lies in it is ours */
  constructor(folder: string) {
    this.address = `${pathToFileURL(folder).href}/`;
    this.session.connect();
  }

  /**
   * Look on, in one go: of code that was compiled before, nobody can tell which functions went into others.
   */
  async during<T>(work: (stretch: Stretched) => Promise<T>): Promise<{ time: OwnTime; found: T }> {
    await this.session.post('Profiler.enable');
    await this.session.post('Profiler.setSamplingInterval', { interval: lookEvery });
    await this.session.post('Profiler.start');
    const began = performance.now();
    const found = await work(async (part) => {
      const from = performance.now() - began;
      const before = process.threadCpuUsage();
      await part();
      const { user, system } = process.threadCpuUsage(before);
      return { from, to: performance.now() - began, cpu: (user + system) / 1000 };
    });
    const { profile } = await this.session.post('Profiler.stop');
    await this.session.post('Profiler.disable');
    return { time: new OwnTime(profile, (url) => url.startsWith(this.address)), found };
  }

  /** Milliseconds that a look takes while there is nothing to do. */
  async lookCost(): Promise<number> {
    await sleep(settleMs);
    const { time, found } = await this.during((stretch) => stretch(() => sleep(settleMs)));
    return time.lookCost(found);
  }

  close(): void {
    this.session.disconnect();
  }
}
