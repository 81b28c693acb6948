// A script of its own: see `inFreshProcess`. Arguments: scenes, scale, repeats.
import { Http } from '../../src/net/http.ts';
import { median } from '../figures.ts';
import { Endpoint } from './endpoint.ts';
import { measure } from './runs.ts';
import { planned } from './ways.ts';
import type { EndpointConditions } from './endpoint-conditions.ts';

/** CPU time of this process in milliseconds a scene. */
export interface CpuFigures {
  /** A whole run, its plan included. */
  readonly ours: number;
  /** The same, for the first run of a process, when nothing is compiled yet. */
  readonly first: number;
  /** The same requests sent, and their answers read, with nothing but `fetch`. */
  readonly bare: number;
}

const atOnce = 20;

/** The CPU time that some work takes in this process, in milliseconds. */
async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Send the requests of a run once more and throw the answers away. */
async function replay(
  endpoint: Endpoint,
  conditions: EndpointConditions,
  sent: readonly string[],
): Promise<void> {
  const run = await endpoint.begin(conditions);
  const http = new Http();
  const left = [...sent];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const response = await http.fetch(`${run.baseUrl}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: next,
      });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  await http.close();
  await run.end();
}

const [scenes = 0, scale = 0, repeats = 0] = process.argv.slice(2).map(Number);
const endpoint = await Endpoint.start();
const ours: number[] = [];
const bare: number[] = [];
for (let seed = 0; seed <= repeats; seed++) {
  const conditions = { scenes, scale, seed, sigma: 0.5, continuations: true, slips: false };
  const sent: string[] = [];
  const request = (body: unknown): void => {
    if (typeof body === 'string') sent.push(body);
  };
  ours.push(await cpuMs(() => measure(endpoint, conditions, planned(atOnce), { request })));
  bare.push(await cpuMs(() => replay(endpoint, conditions, sent)));
}
await endpoint.stop();
const figures: CpuFigures = {
  ours: median(ours.slice(1)) / scenes,
  first: (ours[0] ?? Number.NaN) / scenes,
  bare: median(bare.slice(1)) / scenes,
};
process.send?.(figures);
process.disconnect();
