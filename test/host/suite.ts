import { existsSync } from 'node:fs';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EditorHost } from '../hosts/host.ts';
import { endLine, type Line } from '../runner/lines.ts';
import { Results } from '../runner/results.ts';
import {
  onlyVariable,
  profileVariable,
  resultsVariable,
  suiteVariable,
  type SuiteName,
} from './run-variables.ts';

export interface SuiteOptions {
  /** Absolute path of the extension's folder. */
  readonly extension: string;
  /** Absolute path of the bundled `index.ts`. */
  readonly tests: string;
  readonly suite: SuiteName;
  /** Absolute folders of other extensions to run beside it. */
  readonly companions: readonly string[];
  readonly onOutput: (text: string) => void;
}

/** How long an extension host may say nothing, in milliseconds; its tests end long before. */
const silentMs = 300_000;

/**
 * Run tests inside the extension host, in a fresh workspace and a fresh profile. However it ends,
 * there is an answer.
 */
export async function runSuite(host: EditorHost, options: SuiteOptions): Promise<Results> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-'));
  try {
    const workspace = path.join(folder, 'workspace');
    await mkdir(workspace);
    const opened = options.suite === 'several-folders' ? await severalIn(workspace) : workspace;
    const said = path.join(folder, 'results.jsonl');
    const profile = path.join(folder, 'profile');
    const exited = host.runTests({
      ...options,
      ...(options.suite === 'no-folder' ? {} : { workspace: opened }),
      untrusted: options.suite === 'untrusted',
      profile,
      settings: {},
      env: {
        [resultsVariable]: said,
        [suiteVariable]: options.suite,
        [profileVariable]: profile,
        [onlyVariable]: process.env[onlyVariable] ?? '',
      },
      onConsole: options.onOutput,
    });
    const end = await orSilent(exited, said).catch(String);
    const lines = await linesOf(said);
    const results = new Results();
    for (const line of lines) results.add(line);
    if (!lines.some(({ kind }) => kind === 'over')) {
      const why = `The extension host ended before its tests did (${end}).`;
      results.add(endLine(lines, `the suite "${options.suite}"`, why));
    }
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A workspace of two folders, by the path of the file that says so. */
async function severalIn(folder: string): Promise<string> {
  const names = ['first', 'second'];
  for (const name of names) await mkdir(path.join(folder, name));
  const file = path.join(folder, 'films.code-workspace');
  await writeFile(file, JSON.stringify({ folders: names.map((name) => ({ path: name })) }));
  return file;
}

/** What `exited` resolves with, or that nothing was said for too long. */
async function orSilent(exited: Promise<number>, said: string): Promise<number | string> {
  const silent = Promise.withResolvers<string>();
  let length = 0;
  let heard = Date.now();
  const watch = setInterval(() => {
    void linesOf(said).then((lines) => {
      if (lines.length > length) heard = Date.now();
      length = lines.length;
      if (Date.now() - heard > silentMs) silent.resolve('nothing was heard of it');
    });
  }, 1000);
  try {
    return await Promise.race([exited, silent.promise]);
  } finally {
    clearInterval(watch);
  }
}

/** What the host has said so far; a line that is still being written is left out. */
async function linesOf(file: string): Promise<Line[]> {
  if (!existsSync(file)) return [];
  const text = await readFile(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}
