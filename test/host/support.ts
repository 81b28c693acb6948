import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { messageOf } from '../../src/base/errors.ts';
import type { ScenewrightApi } from '../../src/editor/api.ts';
import type { Argument, CommandId, Result } from '../../src/editor/api.ts';
import { finalStates, type JobRecord, type JobView } from '../../src/jobs/job.ts';
import { readRecord } from '../../src/jobs/read-record.ts';
import type { SettingTypes } from '../../src/editor/settings.ts';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../src/script/parse/parsed-script.ts';
import { next } from '../support/next-event.ts';
import { profileVariable } from './run-variables.ts';

export { next } from '../support/next-event.ts';

/** Call a command as code of another extension does that acts for the person, and at once. */
export async function run<K extends CommandId>(id: K, argument: Argument<K>): Promise<Result<K>> {
  const extension = installed();
  const { consent } = extension.isActive ? extension.exports : await extension.activate();
  return vscode.commands.executeCommand<Result<K>>(id, { ...argument, consent });
}

export async function api(): Promise<ScenewrightApi> {
  return installed().activate();
}

function installed(): vscode.Extension<ScenewrightApi> {
  const extension = vscode.extensions.getExtension<ScenewrightApi>('scenewright.scenewright');
  assert.ok(extension, 'the extension is installed');
  return extension;
}

export function workspacePath(...parts: string[]): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return path.join(folder.uri.fsPath, ...parts);
}

/** Set a setting for all of this run, in the scope that machine settings need. */
export async function set<K extends keyof SettingTypes>(
  key: K,
  value: SettingTypes[K] | undefined,
): Promise<void> {
  await vscode.workspace
    .getConfiguration('scenewright')
    .update(key, value, vscode.ConfigurationTarget.Global);
}

export async function onDisk(uri: string): Promise<ParsedScript> {
  return parseScript(await readFile(vscode.Uri.parse(uri).fsPath, 'utf8'));
}

export async function opened(uri: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
}

/** What a call rejects with. */
export async function rejection(call: Promise<unknown>): Promise<string> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => messageOf(error),
  );
  assert.ok(outcome !== undefined, 'it was not refused');
  return outcome;
}

/** The uri of the script that the next run writes its first batch of. */
export async function firstBatch(): Promise<string> {
  const { onDidWriteBatch } = await api();
  return (await next(onDidWriteBatch)).uri;
}

/** The extension's storage that all windows share. */
export async function globalStorage(): Promise<string> {
  const [found] = await stored(path.join('globalStorage', 'scenewright.scenewright'));
  assert.ok(found, 'the extension has stored something');
  return found;
}

/** Names of what the extension keeps that is in no saved document yet. */
export async function keptFiles(kind: 'plans' | 'scenes' | 'rewrites'): Promise<string[]> {
  const folders = await stored(path.join('scenewright.scenewright', kind));
  const names = await Promise.all(folders.map((folder) => readdir(folder)));
  return names.flat().sort();
}

/** Everything in the profile whose path ends so. */
async function stored(end: string): Promise<string[]> {
  const profile = process.env[profileVariable];
  assert.ok(profile, `${profileVariable} is set`);
  const names = await readdir(profile, { recursive: true });
  return names.filter((name) => name.endsWith(end)).map((name) => path.join(profile, name));
}

/** The record of a job, as it is on disk. */
export async function recordOf(job: string): Promise<JobRecord> {
  const profile = process.env[profileVariable];
  assert.ok(profile, `${profileVariable} is set`);
  const found = (await readdir(profile, { recursive: true })).find(
    (name) => path.basename(name) === `${job}.json`,
  );
  assert.ok(found, `the record of ${job} is there`);
  return readRecord(await readFile(path.join(profile, found), 'utf8'));
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Type into a document as a person does: in its editor, one edit at a time. */
export async function type(document: vscode.TextDocument, at: number, text: string): Promise<void> {
  await inEditor(document, (builder) => {
    builder.insert(document.positionAt(at), text);
  });
}

/** Delete whole lines as a person does, from the first one up to, not including, the second. */
export async function erase(
  document: vscode.TextDocument,
  lines: () => readonly [from: number, to: number],
): Promise<void> {
  await inEditor(document, (builder) => {
    const [from, to] = lines();
    builder.delete(new vscode.Range(from, 0, to, 0));
  });
}

async function inEditor(
  document: vscode.TextDocument,
  edit: (builder: vscode.TextEditorEdit) => void,
): Promise<void> {
  const editor = await vscode.window.showTextDocument(document, { preserveFocus: false });
  // Refused where the document has changed in between.
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await editor.edit(edit)) return;
  }
  assert.fail('VS Code refused to type');
}

/**
 * Run a command, such as that of a button, until what waits for an answer has it: a question comes a
 * moment after what it is about, and until then there is nothing to answer.
 */
export async function answered<T>(result: Promise<T>, command: string): Promise<T> {
  const state = { isOver: false };
  const end = (): void => {
    state.isOver = true;
  };
  result.then(end, end);
  while (!state.isOver) {
    await vscode.commands.executeCommand(command);
    // A command of ours is over at once and each is reported to the window, which drowns in it if
    // they come without a pause, and then never shows what is waited for.
    await delay(50);
  }
  return result;
}

/** Resolves once none of the jobs has anything to do by itself any more. */
export async function finished(ids: readonly string[]): Promise<JobView[]> {
  const { jobs, onDidChangeJobs } = await api();
  const named = (): JobView[] => jobs().filter(({ id }) => ids.includes(id));
  const isOver = (): boolean =>
    named().length === ids.length && named().every(({ state }) => finalStates.has(state));
  return new Promise((resolve) => {
    const listening = onDidChangeJobs(() => {
      if (!isOver()) return;
      listening.dispose();
      resolve(named());
    });
    if (isOver()) {
      listening.dispose();
      resolve(named());
    }
  });
}
