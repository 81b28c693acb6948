import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { SampleStudio } from '../studio/server.ts';
import { run, set } from './support.ts';

/** A studio on loopback that lets these keys in. */
export async function startStudio(keys: readonly [string, ...string[]]): Promise<SampleStudio> {
  const extension = vscode.extensions.getExtension('scenewright.scenewright');
  assert.ok(extension);
  const [key, ...otherKeys] = keys;
  return await SampleStudio.start({
    key,
    otherKeys,
    renderer: path.join(extension.extensionPath, 'dist', 'animatic'),
    parallel: 2,
  });
}

/** All settings as they were. */
export async function reset(): Promise<void> {
  for (const name of ['provider', 'baseUrl', 'model', 'price', 'budget'] as const) {
    await set(`video.${name}`, undefined);
  }
  await set('video.pollSeconds', undefined);
  await set('video.clipSeconds', undefined);
}

export async function useSample(studio: SampleStudio): Promise<void> {
  await run('scenewright.chooseStudio', {
    provider: 'openai-videos',
    baseUrl: studio.baseUrl,
    model: 'sample',
  });
  await set('video.pollSeconds', 1);
  await set('video.clipSeconds', [2, 4]);
}
