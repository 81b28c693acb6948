// `npm run fuzz`: what strangers could make, tried without end. `--minutes 60` for all targets
// together (default 4), `--target scripts` for one of them, `--seed 7` to begin with.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { newTally, type Fault, type Tally } from './target.ts';
import { targets } from './targets.ts';
import type { Order, Report } from './worker.ts';

/** A batch of inputs is over in seconds; one that says nothing for so long hangs. */
const patienceMs = 600_000;
const inputBytes = 4 * 1024 * 1024;
const folder = path.join(import.meta.dirname, '..', '..', 'out', 'fuzz');

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, target: { type: 'string' }, seed: { type: 'string' } },
});
const names = targets
  .map(({ name }) => name)
  .filter((name) => values.target === undefined || name === values.target);
if (names.length === 0) throw new Error(`No target "${values.target}".`);
const first = Number(values.seed ?? Date.now() % 1_000_000_000);
const share = (Number(values.minutes ?? 4) * 60_000) / names.length;
console.log(`Seed ${first}.`);

let failed = false;
for (const name of names) {
  const tally = await run(name);
  print(name, tally);
  failed ||= tally.faults.length > 0;
}
process.exitCode = failed ? 1 : 0;

/** What one target comes to; a thread that hangs or dies is one fault, and another goes on. */
async function run(name: string): Promise<Tally> {
  const sum = newTally();
  const until = Date.now() + share;
  const known = new Set<string>();
  for (let seed = first; Date.now() < until;) {
    const { next, fault } = await batches(name, seed, until, async (report) => {
      sum.inputs += report.inputs;
      sum.bytes += report.bytes;
      sum.slowest = Math.max(sum.slowest, report.slowest);
      for (const behaviour of report.behaviours) sum.behaviours.add(behaviour);
      for (const one of report.faults) await keep(name, one, sum, known);
    });
    if (fault !== undefined) await keep(name, fault, sum, known);
    seed = next;
  }
  return sum;
}

/** Run a thread to its end. */
function batches(
  target: string,
  seed: number,
  until: number,
  onReport: (report: Report) => Promise<void>,
): Promise<{ readonly next: number; readonly fault?: Fault }> {
  const input = new SharedArrayBuffer(inputBytes);
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: { target, seed, until, input } satisfies Order,
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  let next = seed;
  let timer: NodeJS.Timeout | undefined;
  let handled = Promise.resolve();
  return new Promise((resolve) => {
    const end = (message?: string): void => {
      clearTimeout(timer);
      const bytes = Buffer.from(input);
      const shown = Buffer.from(bytes.subarray(4, 4 + bytes.readUInt32LE(0)));
      void Promise.all([handled, worker.terminate()]).then(() => {
        resolve(
          message === undefined
            ? { next }
            : { next: next + 1, fault: { seed: next, message, input: shown } },
        );
      });
    };
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(end, patienceMs, `It hangs: nothing for ${patienceMs / 1000} s.`);
    };
    worker.on('message', (report: Report) => {
      next = report.seed + 1;
      handled = handled.then(() => onReport(report));
      wait();
    });
    worker.on('error', (error: unknown) => {
      end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
    worker.on('exit', () => {
      end();
    });
    wait();
  });
}

/** Every fault is written down; those that say the same are counted once. */
async function keep(name: string, fault: Fault, sum: Tally, known: Set<string>): Promise<void> {
  const kind = fault.message.replaceAll(/\d+/g, 'n').slice(0, 400);
  if (known.has(kind)) return;
  known.add(kind);
  sum.faults.push(fault);
  const place = path.join(folder, name);
  await mkdir(place, { recursive: true });
  await writeFile(path.join(place, `${fault.seed}.input`), fault.input);
  await writeFile(path.join(place, `${fault.seed}.txt`), `Seed ${fault.seed}\n${fault.message}\n`);
}

function print(name: string, { inputs, bytes, behaviours, slowest, faults }: Tally): void {
  const megabytes = (bytes / 2 ** 20).toFixed(1);
  console.log(
    `${name}: ${inputs} inputs, ${megabytes} MB, ${behaviours.size} behaviours, slowest ${slowest.toFixed(1)} ms/kB, ${faults.length} faults`,
  );
  for (const { seed, message } of faults) {
    console.log(`  seed ${seed}: ${message.split('\n').slice(0, 12).join('\n    ')}`);
    console.log(`  out/fuzz/${name}/${seed}.input`);
  }
}
