import assert from 'node:assert/strict';

/** Milliseconds that this thread alone works on something, whatever else the machine does meanwhile. */
export function cpuMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** The clock of a thread may go in steps of so many milliseconds: what takes less is as good as nothing. */
const clockStep = 10;

/**
 * How many times as long as a peer some work takes: each is measured right behind the other, and anew where
 * that is too much, up to five times, of which the least counts. Work that takes ever more takes it each time;
 * a collection of garbage, and others who want the same caches, come and go.
 *
 * @param most so much is fine, and need not be measured again
 */
export function timesAsLong(work: () => void, peer: () => void, most: number): number {
  let least = Infinity;
  for (let round = 0; round < 5 && least > most; round++) {
    const allowed = cpuMs(peer) + clockStep;
    least = Math.min(least, cpuMs(work) / allowed);
  }
  return least;
}

/** That work takes a time that grows with the length of what it is given, and no more than that. */
export function assertSteady(what: string, work: (length: number) => void, length: number): void {
  work(1000);
  // One that grows with the square takes eight times as long; larger texts in smaller caches up to three times.
  const most = 4;
  const times = timesAsLong(
    () => {
      work(8 * length);
    },
    () => {
      for (let i = 0; i < 8; i++) work(length);
    },
    most,
  );
  assert.ok(times <= most, `${what}: ${times.toFixed(1)} times as long as in eight parts`);
}
