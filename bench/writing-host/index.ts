import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { median, print } from '../figures.ts';
import type { Flags } from '../flags.ts';
import { runInHost } from '../in-host.ts';
import { Endpoint } from '../writing/endpoint.ts';
import type { Kind, Seen } from '../writing/endpoint-conditions.ts';
import { measure } from '../writing/runs.ts';
import { briefFor } from '../writing/story.ts';
import { printTargets } from '../writing/table.ts';
import { seeds, targetConditions } from '../writing/targets.ts';
import type { Target } from '../writing/targets.ts';
import { reference } from '../writing/ways.ts';
import { hostTaskVariable } from './written-in-host.ts';
import type { HostTask, WrittenInHost } from './written-in-host.ts';

/**
 * How much faster than life the model answers, unless `--scale=` says otherwise. What VS Code and the
 * extension do weighs so many times what it does in life.
 */
const usualScale = 4;

interface HostWay {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** The most that all scenes may take of the reference's time. */
  readonly atMost: number;
}

const ways: readonly HostWay[] = [
  { name: 'as it comes', settings: {}, atMost: 0.68 },
  ...[
    { atOnce: 20, atMost: 0.27 },
    { atOnce: 40, atMost: 0.2 },
  ].map(({ atOnce, atMost }) => ({
    name: `planned at ${atOnce}`,
    settings: { 'writer.pace': 'planned', 'writer.batchSize': atOnce },
    atMost,
  })),
];

/** Milliseconds of life. */
interface Timed {
  readonly firstSceneMs: number;
  readonly firstFiveMs: number;
  readonly ms: number;
  readonly seen: Seen;
}

/**
 * New Script in a real VS Code, from the command to the text in the document, against the reference on
 * the same model. The editor is the one that the tests run in; its settings, and those of the
 * extension but for the endpoint, are as they come, and so are the lengths of the scenes.
 */
export async function writingInHost(flags: Flags): Promise<void> {
  const asked = [...flags].find((flag) => flag.startsWith('scale='));
  const scale = asked === undefined ? usualScale : Number(asked.replace('scale=', ''));
  console.log(
    `The model answers in 1:${scale} of life's time; times are shown in seconds of life. ` +
      `Load of the machine before: ${loadavg()[0]?.toFixed(1) ?? '?'}.`,
  );
  const conditions = { ...targetConditions, scale, continuations: true, slips: true };
  const endpoint = await Endpoint.start();
  try {
    // Both do little but wait.
    const [others, ours] = await Promise.all([
      byTheReference(endpoint, conditions),
      inHost(endpoint, conditions),
    ]);
    printRuns(others, ours);
    const reachedAll = printTargets(targetsOf(others, ours));
    if (flags.has('check') && !reachedAll) process.exitCode = 1;
  } finally {
    await endpoint.stop();
  }
}

function byTheReference(endpoint: Endpoint, conditions: Kind): Promise<Timed[]> {
  return Promise.all(
    seeds.map(async (seed): Promise<Timed> => {
      const run = await measure(endpoint, { ...conditions, seed }, reference);
      return { ...run, firstFiveMs: run.firstBatchMs };
    }),
  );
}

/** All ways with all seeds, one after the other in one window. */
async function inHost(endpoint: Endpoint, conditions: Kind): Promise<Map<HostWay, Timed[]>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-bench-'));
  try {
    const planned = await Promise.all(
      ways.flatMap((way) =>
        seeds.map(async (seed) => ({ way, run: await endpoint.begin({ ...conditions, seed }) })),
      ),
    );
    const { idea, duration } = briefFor(conditions.scenes);
    const results = path.join(folder, 'results.json');
    const task: HostTask = {
      scripts: planned.map(({ way, run }) => ({ baseUrl: run.baseUrl, settings: way.settings })),
      idea,
      duration,
      results,
    };
    const driver = path.join(import.meta.dirname, 'driver.ts');
    await runInHost({ folder, driver, env: { [hostTaskVariable]: JSON.stringify(task) } });
    const written = JSON.parse(await readFile(results, 'utf8')) as WrittenInHost[];
    const byWay = new Map<HostWay, Timed[]>();
    for (const [i, { way, run }] of planned.entries()) {
      const { firstSceneMs = NaN, firstFiveMs = NaN, ms = NaN, error } = written[i] ?? {};
      if (error !== undefined) throw new Error(`A run has ended: ${error}`);
      const timed = {
        firstSceneMs: firstSceneMs * conditions.scale,
        firstFiveMs: firstFiveMs * conditions.scale,
        ms: ms * conditions.scale,
        seen: await run.end(),
      };
      byWay.set(way, [...(byWay.get(way) ?? []), timed]);
    }
    return byWay;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function printRuns(others: readonly Timed[], ours: ReadonlyMap<HostWay, readonly Timed[]>): void {
  const rows = [
    { name: reference.name, runs: others },
    ...[...ours].map(([{ name }, runs]) => ({ name, runs })),
  ];
  print(
    'New Script in VS Code, from the command to the text in the document',
    rows.map(({ name, runs }) => ({
      pace: name,
      'first scene s': median(runs.map(({ firstSceneMs }) => firstSceneMs / 1000)),
      'first five s': median(runs.map(({ firstFiveMs }) => firstFiveMs / 1000)),
      'all s': median(runs.map(({ ms }) => ms / 1000)),
      'of the reference': ratio(runs, others, ({ ms }) => ms),
      requests: median(runs.map(({ seen }) => seen.requests)),
      'for scenes': median(runs.map(({ seen }) => seen.scenes)),
    })),
  );
}

function targetsOf(
  others: readonly Timed[],
  ours: ReadonlyMap<HostWay, readonly Timed[]>,
): Target[] {
  return [...ours].flatMap(([{ name, settings, atMost }, runs]) => [
    ...(Object.keys(settings).length > 0
      ? []
      : [
          {
            name: `${name}, first five, of the reference`,
            atMost: 1,
            measured: ratio(runs, others, ({ firstFiveMs }) => firstFiveMs),
          },
        ]),
    {
      name: `${name}, all, of the reference`,
      atMost,
      measured: ratio(runs, others, ({ ms }) => ms),
    },
  ]);
}

/** The middle of the ratios, seed by seed. */
function ratio(
  runs: readonly Timed[],
  others: readonly Timed[],
  of: (run: Timed) => number,
): number {
  return median(
    runs.map((run, i) => {
      const other = others[i];
      return other === undefined ? Number.NaN : of(run) / of(other);
    }),
  );
}
