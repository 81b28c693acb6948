import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Results } from './results.ts';
import { WatchedWorker, type Patience } from './watched-worker.ts';

export interface FilesToRun {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** How many processes run them, each one file at a time. */
  readonly processes: number;
  /** For a test that sets none itself. */
  readonly timeoutMs: number;
  readonly onOutput: (text: string) => void;
  readonly patience?: Patience;
}

/** Run files of tests. Whatever they do, this comes to its end, and every test is counted. */
export async function runFiles(run: FilesToRun): Promise<Results> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-tests-'));
  const results = new Results();
  const left = await longestFirst(run.files);
  const lane = async (): Promise<void> => {
    let worker: WatchedWorker | undefined;
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      worker ??= new WatchedWorker({ ...run, temporary: folder });
      const lines = await worker.run(file);
      for (const line of lines) {
        results.add(line);
        if (line.kind === 'test' && line.outcome === 'failed') {
          run.onOutput(`✗ ${line.title}\n${line.error ?? ''}\n`);
        }
      }
      const hasFailed = lines.some((line) => line.kind === 'test' && line.outcome === 'failed');
      if (!hasFailed) continue;
      // What a failed test has left behind ends with its process.
      await worker.end();
      worker = undefined;
    }
    await worker?.end();
  };
  try {
    await Promise.all(Array.from({ length: run.processes }, lane));
  } finally {
    // Nothing in there is worth a failure.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
  return results;
}

/** Files that allow their tests much time come first, so that none of them is the last one running. */
async function longestFirst(files: readonly string[]): Promise<string[]> {
  const weighed = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, 'utf8');
      const times = [...text.matchAll(/\.timeout\(([\d_]+)/gu)];
      const longest = Math.max(0, ...times.map(([, ms]) => Number(ms?.replaceAll('_', ''))));
      return { file, longest, length: text.length };
    }),
  );
  weighed.sort((a, b) => b.longest - a.longest || b.length - a.length);
  return weighed.map(({ file }) => file);
}
