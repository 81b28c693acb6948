// A program of its own: see `ours`. Fetches clips by the product's own download path, and tells what
// that took of this process, which stands for the extension host.
import { readFileSync } from 'node:fs';
import { open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.ts';
import { Downloader } from '../../src/downloads/download.ts';
import { Http } from '../../src/net/http.ts';
import { clipName } from './contender.ts';
import type { Delay, Figures } from './figures.ts';
import type { Work } from './ours.ts';

/** Milliseconds between two looks at the clock: how late it may be without anybody's doing. */
const resolution = 1;

const work = JSON.parse(process.argv[2] ?? '') as Work;
const http = new Http();
const downloader = new Downloader({
  http,
  clock: systemClock,
  parallel: work.atOnce,
  segments: work.segments,
  ...(work.thread === 'worker' ? { workerFile: work.workerFile } : {}),
  ...(work.connections === undefined ? {} : { connectionsPerHost: work.connections }),
  ...(work.bytesPerSecond === undefined ? {} : { bytesPerSecond: work.bytesPerSecond }),
});

async function fetchClip(address: string, file: string, bytes?: number): Promise<void> {
  await downloader.download({
    key: address,
    source: () => Promise.resolve({ kind: 'http', url: address, headers: {} }),
    file,
    root: work.folder,
    allowPrivate: true,
    signal: new AbortController().signal,
    ...(bytes === undefined ? {} : { expectedBytes: bytes }),
  });
}

/** How long nothing is done where there is nothing to fetch, in milliseconds. */
const idleMs = 1000;

/** All of them, in the order of the task: as the product asks, or a group after the other. */
async function fetchAll(): Promise<void> {
  if (work.addresses.length === 0) await sleep(idleMs);
  const clips = work.addresses.map(
    (address, index) => () =>
      fetchClip(address, path.join(work.folder, clipName(index)), work.sizes[index]),
  );
  const group = work.batches === true ? work.atOnce : clips.length;
  for (let at = 0; at < clips.length; at += group) {
    await Promise.all(clips.slice(at, at + group).map((fetch) => fetch()));
  }
}

/** The most memory that this process ever had at once, in bytes. */
function peakMemory(): number {
  try {
    // What `process.resourceUsage()` tells on Linux begins with what the parent process had.
    const kilobytes = /^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Not a Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}

async function measure(): Promise<Figures> {
  // Idle: all is loaded that the extension loads at its start, and nothing has been asked for.
  await sleep(100);
  const idle = process.memoryUsage.rss();
  const first = path.join(work.folder, 'warm-up.mp4');
  await fetchClip(work.warmUp, first);
  await rm(first);

  const late = monitorEventLoopDelay({ resolution });
  const cpu = process.cpuUsage();
  const start = performance.now();
  late.enable();
  await fetchAll();
  late.disable();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const peak = peakMemory();
  const delay = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolution);
  const delays: Delay = {
    p50: delay(late.percentile(50)),
    p99: delay(late.percentile(99)),
    max: delay(late.max),
  };
  const cpuSeconds = (user + system) / 1e6;
  await reachTheDisk();
  const durable = (performance.now() - start) / 1000;
  return { seconds, durable, cpuSeconds, peak, aboveIdle: peak - idle, delay: delays };
}

/** Wait for what the product sees to in the background, once a clip is in its place. */
async function reachTheDisk(): Promise<void> {
  for (const name of await readdir(work.folder)) {
    await using file = await open(path.join(work.folder, name), 'r');
    await file.sync();
  }
}

void measure().then(async (figures) => {
  process.send?.(figures);
  await downloader.dispose();
  await http.close();
  process.disconnect();
});
