/** Milliseconds that this thread alone works on something, whatever else the machine does meanwhile. */
export function cpuMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/**
 * The same, but measured up to twice more where that is beyond what is allowed: work that takes ever
 * more takes it each time, a collection of garbage does not.
 */
export function leastCpuMs(work: () => void, allowed: number): number {
  let took = cpuMs(work);
  for (let more = 0; more < 2 && took > allowed; more++) took = Math.min(took, cpuMs(work));
  return took;
}
