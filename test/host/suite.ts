import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EditorHost } from '../hosts/host.ts';
import { readResults, type Results } from '../hosts/results.ts';
import {
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

/** Run tests inside the extension host, in a fresh workspace and a fresh profile. */
export async function runSuite(host: EditorHost, options: SuiteOptions): Promise<Results> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-'));
  try {
    const workspace = path.join(folder, 'workspace');
    await mkdir(workspace);
    const results = path.join(folder, 'results.json');
    const profile = path.join(folder, 'profile');
    await host.runTests({
      ...options,
      ...(options.suite === 'no-folder' ? {} : { workspace }),
      untrusted: options.suite === 'untrusted',
      profile,
      settings: {},
      env: {
        [resultsVariable]: results,
        [suiteVariable]: options.suite,
        [profileVariable]: profile,
      },
      onConsole: options.onOutput,
    });
    return await readResults(results);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
