import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { median, print } from '../figures.ts';
import type { Flags } from '../flags.ts';
import { runInHost } from '../in-host.ts';
import { printTargets } from '../writing/table.ts';
import { filmTaskVariable, type FilmInHost, type FilmTask } from './film-in-host.ts';

/** Minutes of film, unless `--minutes=` says otherwise. */
const usualMinutes = 3;

/** Films of each kind, unless `--rounds=` says otherwise. */
const usualRounds = 3;

const idea =
  'A lighthouse keeper finds the lamp dark on the night of a storm, and a ship is coming in';
const style = 'watercolour, muted blues, warm lamp light';

/**
 * A whole film offline in a real VS Code, from the idea to the assembled video, with sheets and stills and without,
 * one after the other, so that what else the machine does meets both alike.
 */
export async function film(flags: Flags): Promise<void> {
  const minutes = numberIn(flags, 'minutes', usualMinutes);
  const rounds = numberIn(flags, 'rounds', usualRounds);
  console.log(
    `Films of ${minutes} min on ${cpus().length} cores; load before: ${(loadavg()[0] ?? 0).toFixed(1)}`,
  );
  const without: FilmInHost[] = [];
  const drawn: FilmInHost[] = [];
  for (let round = 0; round < rounds; round++) {
    // Each is the first in every other round.
    const turns = round % 2 === 0 ? [false, true] : [true, false];
    for (const pictures of turns) {
      (pictures ? drawn : without).push(await make(minutes * 60, pictures));
    }
  }
  print('From the idea to the video', [
    { film: 'without pictures', ...row(without) },
    { film: 'with pictures', ...row(drawn) },
  ]);
  const reachedAll = printTargets([
    {
      name: 'time, of the film without',
      atMost: 1,
      measured: ratio(drawn, without, ({ ms }) => ms),
    },
    {
      name: 'CPU, of the film without',
      atMost: 1,
      measured: ratio(drawn, without, ({ allCpuS }) => allCpuS ?? Number.NaN),
    },
  ]);
  if (flags.has('check') && !reachedAll) process.exitCode = 1;
}

function numberIn(flags: Flags, name: string, usual: number): number {
  const flag = [...flags].find((one) => one.startsWith(`${name}=`));
  return flag === undefined ? usual : Number(flag.slice(name.length + 1));
}

async function make(duration: number, pictures: boolean): Promise<FilmInHost> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-film-'));
  try {
    await mkdir(path.join(folder, 'workspace'));
    const results = path.join(folder, 'results.json');
    const task: FilmTask = { idea, style, duration, pictures, root: process.pid, results };
    const driver = path.join(import.meta.dirname, 'film-driver.ts');
    await runInHost({ folder, driver, env: { [filmTaskVariable]: JSON.stringify(task) } });
    return JSON.parse(await readFile(results, 'utf8')) as FilmInHost;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function row(films: readonly FilmInHost[]): Readonly<Record<string, number>> {
  const middle = (of: (film: FilmInHost) => number): number => median(films.map(of));
  return {
    scenes: middle(({ scenes }) => scenes),
    sheets: middle(({ sheets }) => sheets),
    stills: middle(({ stills }) => stills),
    'written s': middle(({ writtenMs }) => writtenMs / 1000),
    'all s': middle(({ ms }) => ms / 1000),
    's a scene': middle(({ ms, scenes }) => ms / 1000 / scenes),
    'CPU s of the extension host': middle(({ hostCpuS }) => hostCpuS),
    'CPU s of all': middle(({ allCpuS }) => allCpuS ?? Number.NaN),
  };
}

/** The middle one of the rounds: both films of a round met about the same machine. */
function ratio(
  films: readonly FilmInHost[],
  others: readonly FilmInHost[],
  of: (film: FilmInHost) => number,
): number {
  return median(films.map((film, round) => of(film) / of(others[round] ?? film)));
}
