// Tries one target until its time is over, and tells of it. In a thread of its own, so that whoever
// waits sees when nothing comes back any more, and can end it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { newTally, type Tally, tryInputs } from './target.ts';
import { targets } from './targets.ts';

export interface Order {
  readonly target: string;
  readonly seed: number;
  /** When to stop, in milliseconds since the epoch. */
  readonly until: number;
  /** The input that is being tried, behind its length in four bytes. */
  readonly input: SharedArrayBuffer;
}

export interface Report extends Tally {
  readonly seed: number;
}

const order = workerData as Order;
const shared = Buffer.from(order.input);
const runs = 20;

function remember(shown: string | Uint8Array): void {
  const bytes = Buffer.from(shown).subarray(0, shared.length - 4);
  bytes.copy(shared, 4);
  shared.writeUInt32LE(bytes.length, 0);
}

const target = targets.find(({ name }) => name === order.target);
if (target === undefined) throw new Error(`No target "${order.target}".`);
const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-fuzz-'));
try {
  const started = await target.start(folder, false);
  for (let seed = order.seed; Date.now() < order.until; seed++) {
    const tally = newTally();
    await tryInputs(started, { seed, runs }, tally, remember);
    parentPort?.postMessage({ ...tally, seed } satisfies Report);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
