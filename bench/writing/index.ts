import { loadavg } from 'node:os';
import type { Flags } from '../flags.ts';
import { adapt, rationed } from './capacity.ts';
import { runAll } from './cells.ts';
import type { Cell, CellJob } from './cells.ts';
import type { CpuFigures } from './cpu.ts';
import { Endpoint } from './endpoint.ts';
import { estimateRun, moments, offBy } from './estimates.ts';
import type { EstimateRun } from './estimates.ts';
import { inFreshProcess } from './fresh.ts';
import type { MemoryFigures } from './memory.ts';
import type { Way } from './runs.ts';
import { loadOf, sideBySide } from './side-by-side.ts';
import { printAdapted, printCells, printEstimates, printOverhead, printTargets } from './table.ts';
import {
  capacityTargets,
  estimateTargets,
  hedgingTargets,
  hedgingConditions,
  overheadTargets,
  paceTargets,
  seeds,
  targetConditions,
} from './targets.ts';
import { batches, oneByOne, planned, reference, sliding } from './ways.ts';
import type { Kind } from './endpoint-conditions.ts';

/**
 * How much faster than life the runs go that targets are measured in. Faster ones would be about our
 * own work, which weighs as many times what it does in life.
 */
const scale = 5;

/** Where less depends on it, and where one process is compared with itself. */
const hurriedScale = 20;
const fastestScale = 50;

/** What second requests save is in the longest runs, so they take all kinds. */
const hedgingSeeds = Array.from({ length: 8 }, (_, i) => i + 1);
const estimateSeeds = [1, 2, 3, 4, 5];

const paces = [reference, batches, sliding, planned(10), planned(20), planned(40)];

/** The usual length at every spread, and every length at the usual spread. */
const otherKinds = [
  { ...targetConditions, sigma: 0.3 },
  { ...targetConditions, sigma: 0.8 },
  { ...targetConditions, scenes: 22 },
  { ...targetConditions, scenes: 113 },
];

/** The whole measurement takes minutes; this one shows in seconds that everything works. */
const quick: Kind = { scenes: 12, sigma: 0.5, scale: 200, continuations: true, slips: false };

/** The writing engine against what others do, and against what is possible. */
export async function writing(flags: Flags): Promise<void> {
  const endpoint = await Endpoint.start();
  try {
    if (flags.has('quick')) {
      printCells('Writing, in short', await measureQuickly(endpoint));
      return;
    }
    console.log(
      `The model answers in 1:${scale} of life's time; times are shown in seconds of life. ` +
        `Load of the machine before: ${loadavg()[0]?.toFixed(1) ?? '?'}.`,
    );
    const reachedAll = await measureAll(endpoint, flags.has('paces'));
    if (flags.has('check') && !reachedAll) process.exitCode = 1;
  } finally {
    await endpoint.stop();
  }
}

/** All paces over one short script. */
export function measureQuickly(endpoint: Endpoint): Promise<Cell[]> {
  return runAll(
    endpoint,
    [oneByOne, reference, batches, sliding, planned(10)].map((way) => ({
      way,
      conditions: quick,
      seeds: [1],
    })),
  );
}

/**
 * @param pacesAlone leave out all that does not tell how soon a script is there
 * @returns whether every target is reached
 */
async function measureAll(endpoint: Endpoint, pacesAlone: boolean): Promise<boolean> {
  // The first runs of a process also load and compile the code; `cpu.ts` measures that apart.
  await runAll(endpoint, [{ way: planned(10), conditions: quick, seeds: [1, 2, 3, 4] }]);

  const cells = await runAll(endpoint, targetJobs());
  printCells(`Writing, the plan included, measured at 1:${scale}`, cells);
  if (pacesAlone) return printTargets(paceTargets(cells, scale));

  const others = otherKinds.flatMap((kind) =>
    paces.map((way) => ({
      way,
      conditions: { ...kind, scale: hurriedScale, continuations: true, slips: true },
      seeds: seeds.slice(0, 1),
    })),
  );
  printCells(`Other lengths and spreads, at 1:${hurriedScale}`, await runAll(endpoint, others));

  const hedging = await runAll(
    endpoint,
    [true, false].map((hedge) => ({
      way: planned(20, hedge),
      conditions: { ...hedgingConditions, scale: hurriedScale, continuations: true },
      seeds: hedgingSeeds,
    })),
  );

  const adaptive = { ...targetConditions, scale: fastestScale, seeds };
  const adapted = await adapt(endpoint, adaptive);
  printAdapted('Batch size auto, planned, against the best fixed size', [
    ...adapted,
    await rationed(endpoint, adaptive),
  ]);

  const estimates = await estimateAll(endpoint);
  printEstimates('The time that remains, as the progress page shows it', estimates);

  // Waiting takes no CPU time, so there is no need for much of it where that is measured.
  const cpu = await inFreshProcess<CpuFigures>('cpu.ts', targetConditions.scenes, fastestScale, 3);
  const memory = await inFreshProcess<MemoryFigures[]>('memory.ts', fastestScale, 22, 450);
  printOverhead(cpu, memory);

  return printTargets([
    ...paceTargets(cells, scale),
    ...hedgingTargets(hedging),
    ...capacityTargets(adapted),
    ...overheadTargets(cpu, memory),
    ...estimateTargets(
      new Map(
        [...estimates].flatMap(([name, runs]) =>
          moments.map((moment, i) => [
            `${name}, after ${Math.round(100 * moment)} %`,
            offBy(runs.map((run) => run.total[i] ?? Number.NaN)),
          ]),
        ),
      ),
    ),
  ]);
}

/** The runs that the targets of the paces are measured in. */
function targetJobs(): CellJob[] {
  const job = (way: Way, continuations: boolean): CellJob => ({
    way,
    conditions: { ...targetConditions, scale, continuations, slips: true },
    seeds,
  });
  return [...paces.map((way) => job(way, true)), job(planned(40), false)];
}

/** What the estimates of several runs were worth, by pace and spread. */
async function estimateAll(endpoint: Endpoint): Promise<Map<string, EstimateRun[]>> {
  const kinds = [0.5, 0.8].flatMap((sigma) =>
    [batches, sliding, planned(20)].map((way) => ({ sigma, way, runs: [] as EstimateRun[] })),
  );
  const conditions = {
    scenes: targetConditions.scenes,
    scale: hurriedScale,
    continuations: true,
    slips: true,
  };
  await sideBySide(
    kinds.flatMap((kind) => estimateSeeds.map((seed) => ({ kind, seed }))),
    ({ kind }) => loadOf(kind.way, { ...conditions, sigma: kind.sigma }),
    async ({ kind, seed }) => {
      const { sigma, way, runs } = kind;
      runs.push(await estimateRun(endpoint, { ...conditions, sigma, seed }, way));
    },
  );
  return new Map(kinds.map(({ sigma, way, runs }) => [`${way.name}, σ ${sigma}`, runs]));
}
