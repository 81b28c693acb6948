// Runs inside the extension host and has a film made as a person does: written, drawn, rendered, assembled.
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { execute, failNone, Production, until } from '../../fixtures/production.ts';
import type { ScenewrightApi } from '../../src/editor/api.ts';
import { finalStates } from '../../src/jobs/job.ts';
import { cpuBelow } from './cpu-below.ts';
import { filmTaskVariable, type FilmInHost, type FilmTask } from './film-in-host.ts';

/** Called by VS Code. */
export async function run(): Promise<void> {
  const task = JSON.parse(process.env[filmTaskVariable] ?? '') as FilmTask;
  const extension = vscode.extensions.getExtension<ScenewrightApi>('scenewright.scenewright');
  if (extension === undefined) throw new Error('The extension is not there.');
  const api = await extension.activate();
  await vscode.commands.executeCommand('workbench.view.extension.scenewright');
  const film = await makeFilm(api, task);
  await writeFile(task.results, JSON.stringify(film));
}

async function makeFilm(api: ScenewrightApi, task: FilmTask): Promise<FilmInHost> {
  const { idea, style, duration, pictures } = task;
  const before = process.cpuUsage();
  const allBefore = await cpuBelow(task.root);
  const start = performance.now();
  let production: Production | undefined;
  const batches = api.onDidWriteBatch(({ uri, scenes }) => {
    if (production === undefined) {
      production = new Production({ api, uri, pictures });
      // The film page is what people look at meanwhile.
      void execute(api, 'scenewright.showProgress', { uri });
    }
    production.take(scenes);
  });
  const { uri, scenes, error } = await execute(api, 'scenewright.newScript', {
    idea,
    style,
    duration,
  });
  batches.dispose();
  if (error !== undefined) throw new Error(error);
  const writtenMs = performance.now() - start;
  if (production === undefined) throw new Error('No scene has come into the script.');
  const made: Production = production;
  await made.ordered();
  await until(api, () => made.views().every(({ state }) => finalStates.has(state)));
  failNone(made.views());
  const { clips } = await execute(api, 'scenewright.assembleVideo', { uri });
  if (clips !== scenes) throw new Error(`The video has ${clips} of ${scenes} scenes.`);
  const { user, system } = process.cpuUsage(before);
  return {
    scenes,
    sheets: made.sheets.size,
    stills: made.stills.size,
    writtenMs,
    ms: performance.now() - start,
    hostCpuS: (user + system) / 1e6,
    // JSON has no number for what nobody says.
    allCpuS: (await cpuBelow(task.root)) - allBefore,
  };
}
