// Runs inside the extension host and writes scripts as a person has them written.
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Result, ScenewrightApi } from '../../src/editor/api.ts';
import { hostTaskVariable } from './written-in-host.ts';
import type { HostScript, HostTask, WrittenInHost } from './written-in-host.ts';

/** Called by VS Code. */
export async function run(): Promise<void> {
  const task = JSON.parse(process.env[hostTaskVariable] ?? '') as HostTask;
  const extension = vscode.extensions.getExtension<ScenewrightApi>('scenewright.scenewright');
  if (extension === undefined) throw new Error('The extension is not there.');
  const { consent } = await extension.activate();
  const results: WrittenInHost[] = [];
  for (const script of task.scripts) {
    await inSettings(script, async () => {
      results.push(await timed(task, consent));
    });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
  await writeFile(task.results, JSON.stringify(results));
}

async function inSettings(
  { baseUrl, settings }: HostScript,
  work: () => Promise<void>,
): Promise<void> {
  const changed = {
    ...settings,
    'writer.provider': 'openai',
    'writer.model': 'bench',
    'writer.baseUrl': baseUrl,
  };
  const set = async (name: string, value: unknown): Promise<void> => {
    await vscode.workspace
      .getConfiguration('scenewright')
      .update(name, value, vscode.ConfigurationTarget.Global);
  };
  for (const [name, value] of Object.entries(changed)) await set(name, value);
  await work();
  for (const name of Object.keys(changed)) await set(name, undefined);
}

/** Have a script written, and watch its document. */
async function timed(
  { idea, duration }: HostTask,
  consent: ScenewrightApi['consent'],
): Promise<WrittenInHost> {
  const start = performance.now();
  /** By number of scenes in the document: since when. */
  const since: number[] = [];
  const watching = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (document.languageId !== 'markdown') return;
    const scenes = document.getText().match(/^## Scene \d+:/gmu)?.length ?? 0;
    while (since.length < scenes) since.push(performance.now() - start);
  });
  try {
    const result = await vscode.commands.executeCommand<Result<'scenewright.newScript'>>(
      'scenewright.newScript',
      { idea, duration, consent },
    );
    return {
      firstSceneMs: since[0] ?? Infinity,
      firstFiveMs: since[4] ?? Infinity,
      ms: since.at(-1) ?? Infinity,
      scenes: since.length,
      ...(result.error === undefined ? {} : { error: result.error }),
    };
  } finally {
    watching.dispose();
  }
}
