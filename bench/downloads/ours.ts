import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { build } from 'esbuild';
import type { Contender, Task } from './contender.ts';
import type { Figures } from './figures.ts';

/** How the product is asked to fetch; what is left out is as in the product. */
export interface Way {
  /** In a worker thread, as the product does, or on the host thread itself. */
  readonly thread: 'worker' | 'host';
  readonly atOnce: number;
  /** Connections of each file, at most. */
  readonly segments: number;
  /** Connections in all; absent: as many as the product opens to one host. */
  readonly connections?: number;
  /** Bytes a second in all; absent: no limit. */
  readonly bytesPerSecond?: number;
  /** Several clips at a time, the next ones only when all of them are there. */
  readonly batches?: boolean;
}

/** What the program in `client.ts` is told, as JSON on its command line. */
export interface Work extends Way, Task {
  /** A small clip to begin with. */
  readonly warmUp: string;
  readonly workerFile: string;
}

/** The bundles that are measured: made by the same bundler as what ships. */
export interface Bundles {
  readonly client: string;
  readonly worker: string;
}

const root = path.join(import.meta.dirname, '..', '..');

/** Bundle the client and the product's worker into a folder. */
export async function bundle(folder: string): Promise<Bundles> {
  const files = {
    client: path.join(folder, 'client.cjs'),
    worker: path.join(folder, 'worker.cjs'),
  };
  const programs = { client: 'bench/downloads/client.ts', worker: 'src/downloads/worker.ts' };
  for (const name of ['client', 'worker'] as const) {
    await build({
      absWorkingDir: root,
      entryPoints: [programs[name]],
      outfile: files[name],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      logLevel: 'warning',
    });
  }
  return files;
}

export interface OursOptions {
  readonly bundles: Bundles;
  /** The certificate to trust. */
  readonly trusted: string | undefined;
  /** The address of a small clip on that line. */
  readonly warmUp: (task: Task) => string;
  /** Write a CPU profile of each run to this folder. */
  readonly profiles?: string;
}

/** The product's own download path, each run in a process of its own. */
export function ours(name: string, way: Way, options: OursOptions): Contender {
  return { name, run: (task) => run(task, way, options) };
}

async function run(
  task: Task,
  way: Way,
  { bundles, trusted, warmUp, profiles }: OursOptions,
): Promise<Figures> {
  const work: Work = { ...task, ...way, warmUp: warmUp(task), workerFile: bundles.worker };
  const child = fork(bundles.client, [JSON.stringify(work)], {
    execArgv: profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`],
    env: { ...process.env, ...(trusted === undefined ? {} : { NODE_EXTRA_CA_CERTS: trusted }) },
  });
  const told = once(child, 'message') as Promise<[Figures]>;
  const ended = (once(child, 'exit') as Promise<[number | null]>).then(([code]) => {
    if (code !== 0) throw new Error(`Our own client failed (${code ?? 'killed'}).`);
  });
  const [[figures]] = await Promise.all([told, ended]);
  return figures;
}
