import { caseName, idealSeconds, megabyte, totalBytes } from './cases.ts';
import type { Case } from './cases.ts';
import { median } from '../figures.ts';
import type { Figures } from './figures.ts';
import { aria2Single, aria2Split } from './peers.ts';
import type { Result } from './rounds.ts';

/** What is to be reached, and what was; not measured where there was nothing to compare with. */
export interface Target {
  readonly name: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly measured: number | undefined;
}

export function reached({ atLeast, atMost, measured }: Target): boolean | undefined {
  if (measured === undefined) return undefined;
  return measured >= (atLeast ?? -Infinity) && measured <= (atMost ?? Infinity);
}

/** How ours are named in the tables. */
export const product = 'ours';
export const onHostThread = 'ours, without a worker';
export const oneConnection = 'ours, one connection a file';
export const allConnections = 'ours, four connections a file';

/** The most memory above an idle process, in MB. */
const mostMegabytes = 110;

/** What a case without a limit is to reach, beside the best that aria2 does in it. */
export function uncappedTargets(results: readonly Result[]): Target[] {
  const [first] = results;
  const own = results.find(({ contender }) => contender === product);
  if (first === undefined || own === undefined) return [];
  const others = results.filter(({ contender }) => [aria2Single, aria2Split].includes(contender));
  const ratio = (of: (figures: Figures) => number): number | undefined =>
    others.length === 0 ? undefined : of(own) / Math.min(...others.map(of));
  const name = caseName(first.case);
  return [
    { name: `${name}: wall time of aria2's`, atMost: 1.5, measured: ratio((f) => f.seconds) },
    { name: `${name}: CPU of aria2's`, atMost: 1.9, measured: ratio((f) => f.cpuSeconds) },
    memoryTarget(name, own),
  ];
}

export function memoryTarget(name: string, { aboveIdle }: Figures): Target {
  return {
    name: `${name}: MB above an idle process, at most`,
    atMost: mostMegabytes,
    measured: aboveIdle === undefined ? undefined : aboveIdle / megabyte,
  };
}

export function cappedTargets(what: Case, results: readonly Result[]): Target[] {
  const seconds = (name: string): number | undefined =>
    results.find(({ contender }) => contender === name)?.seconds;
  const ratio = (a: number | undefined, b: number | undefined): number | undefined =>
    a === undefined || b === undefined ? undefined : a / b;
  return [
    {
      name: `${caseName(what)}: one connection a file, of the ideal`,
      atMost: 1.03,
      measured: ratio(seconds(oneConnection), idealSeconds(what)),
    },
    {
      name: `${caseName(what)}: wall time of aria2 -x4's`,
      atMost: 1.05,
      measured: ratio(seconds(allConnections), seconds(aria2Split)),
    },
  ];
}

export function delayTargets(limited: Figures, flatOut: Figures | undefined): Target[] {
  return [
    {
      name: "the host thread's event loop at 50 MB/s: p99 of its delay in ms",
      atMost: 3,
      measured: limited.delay?.p99,
    },
    {
      name: "the host thread's event loop flat out: p99 of its delay in ms",
      atMost: 10,
      measured: flatOut?.delay?.p99,
    },
  ];
}

/** Clips of very different sizes: what they took, in seconds, and what is possible. */
export interface Tail {
  readonly ours: number;
  readonly groups: number;
  readonly bound: number;
  /** What groups would take if nothing were lost between them. */
  readonly groupsBound: number;
}

export function tailTargets(tails: readonly Tail[]): Target[] {
  return [
    {
      name: 'heavy-tailed sizes: of the lower bound',
      atMost: 1.1,
      measured: median(tails.map(({ ours, bound }) => ours / bound)),
    },
    {
      name: 'heavy-tailed sizes: times as fast as groups of five',
      atLeast: 1.7,
      measured: median(tails.map(({ ours, groups }) => groups / ours)),
    },
  ];
}

/** CPU seconds for each GB. */
export function cpuPerGigabyte(figures: Figures, what: Case): number {
  return (figures.cpuSeconds * 1000 * megabyte) / totalBytes(what);
}
