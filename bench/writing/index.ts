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
  targetConditions,
} from './targets.ts';
import { batches, oneByOne, planned, reference, sliding } from './ways.ts';
import type { Kind } from './endpoint-conditions.ts';

/** How much faster than life: as asked for, and where our own work weighs less beside the model's. */
const fast = 100;
const gentle = 20;

const spreads = [0.3, 0.5, 0.8];
const sceneCounts = [22, 37, 75, 113];

/**
 * Every target is a ratio of runs of the same seeds, and the middle one of several seeds counts. Of
 * the first ten thousand these are the three whose simulated runs, of {@link targetConditions} and at every
 * pace, are nearest to the middle of all: they stand for many runs.
 */
const seeds = [447, 5909, 7435];
/** Where nothing is aimed at, two will do. */
const fewSeeds = seeds.slice(0, 2);

/** What second requests save is in the longest runs, so they take all kinds. */
const hedgingSeeds = Array.from({ length: 8 }, (_, i) => i + 1);
const estimateSeeds = [1, 2, 3, 4, 5];

/** Estimates are read in runs that go on side by side. */
const estimateScale = 50;

/** Waiting takes no CPU time, so there is no need for much of it where that is measured. */
const cpuScale = 50;

const paces = [reference, batches, sliding, planned(10), planned(20), planned(40)];
/** The whole measurement takes minutes; this one shows in seconds that everything works. */
const quick: Kind = { scenes: 12, sigma: 0.5, scale: 200, continuations: true };

/** The writing engine against one by one, against what others do, and against what is possible. */
export async function writing(flags: Flags): Promise<void> {
  const endpoint = await Endpoint.start();
  try {
    if (flags.has('quick')) {
      printCells('Writing, in short', await measureQuickly(endpoint));
      return;
    }
    console.log(
      `The model answers in 1:${fast} of life's time; times are shown in seconds of life. ` +
        `Load of the machine before: ${loadavg()[0]?.toFixed(1) ?? '?'}.`,
    );
    const reachedAll = await measureAll(endpoint);
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

/** @returns whether every target is reached */
async function measureAll(endpoint: Endpoint): Promise<boolean> {
  // The first runs of a process also load and compile the code; `cpu.ts` measures that apart.
  await runAll(endpoint, [{ way: planned(10), conditions: quick, seeds: [1, 2, 3, 4] }]);

  const cells = await runAll(endpoint, grid());
  printCells(`Writing, the plan included, measured at 1:${fast}`, cells);

  const slower = await runAll(endpoint, targetJobs(gentle));
  printCells(`The same at 1:${gentle}, where our own work weighs less`, slower);

  const hedging = await runAll(
    endpoint,
    [fast, gentle].flatMap((scale) =>
      [true, false].map((hedge) => ({
        way: planned(20, hedge),
        conditions: { ...hedgingConditions, scale, continuations: true },
        seeds: hedgingSeeds,
      })),
    ),
  );

  const adaptive = { ...targetConditions, scale: fast, seeds };
  const adapted = await adapt(endpoint, adaptive);
  printAdapted('Batch size auto, planned, against the best fixed size', [
    ...adapted,
    await rationed(endpoint, adaptive),
  ]);

  const estimates = await estimateAll(endpoint);
  printEstimates('The time that remains, as the progress page shows it', estimates);

  const cpu = await inFreshProcess<CpuFigures>('cpu.ts', targetConditions.scenes, cpuScale, 3);
  const memory = await inFreshProcess<MemoryFigures[]>('memory.ts', fast, 22, 450);
  printOverhead(cpu, memory);

  return printTargets([
    ...paceTargets([...cells, ...slower], fast, gentle),
    ...hedgingTargets(hedging, fast, gentle),
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

/** Everything at the usual spread, and the usual length at every spread. */
function grid(): CellJob[] {
  return spreads.flatMap((sigma) =>
    sceneCounts.flatMap((scenes) => {
      if (scenes === targetConditions.scenes && sigma === targetConditions.sigma) {
        return [
          {
            way: oneByOne,
            conditions: { ...targetConditions, scale: fast, continuations: true },
            seeds: seeds.slice(0, 1),
          },
          ...targetJobs(fast),
        ];
      }
      if (scenes !== targetConditions.scenes && sigma !== targetConditions.sigma) return [];
      const conditions = { scenes, sigma, scale: fast, continuations: true };
      const ways = sigma === 0.8 ? [...paces, planned(20, true)] : paces;
      return [
        { way: oneByOne, conditions, seeds: seeds.slice(0, 1) },
        ...ways.map((way) => ({ way, conditions, seeds: fewSeeds })),
      ];
    }),
  );
}

/** The runs that the targets of the paces are measured in. */
function targetJobs(scale: number): CellJob[] {
  const job = (way: Way, continuations: boolean): CellJob => ({
    way,
    conditions: { ...targetConditions, scale, continuations },
    seeds,
  });
  return [
    ...paces.map((way) => job(way, true)),
    ...[20, 40].map((atOnce) => job(planned(atOnce), false)),
  ];
}

/** What the estimates of several runs were worth, by pace and spread. */
async function estimateAll(endpoint: Endpoint): Promise<Map<string, EstimateRun[]>> {
  const kinds = [0.5, 0.8].flatMap((sigma) =>
    [batches, sliding, planned(20)].map((way) => ({ sigma, way, runs: [] as EstimateRun[] })),
  );
  const conditions = { scenes: targetConditions.scenes, scale: estimateScale, continuations: true };
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
