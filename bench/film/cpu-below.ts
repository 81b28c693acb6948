import { readFile, readdir } from 'node:fs/promises';

/** A hundredth of a second on every Linux there is. */
const ticksASecond = 100;

/**
 * CPU seconds of all processes below one, whoever began them, with what ended ones had that were waited for; not a
 * number where the system does not say.
 */
export async function cpuBelow(pid: number): Promise<number> {
  const numbers = await readdir('/proc').catch(() => []);
  const processes = new Map<number, { readonly parent: number; readonly ticks: number }>();
  for (const number of numbers.filter((name) => /^\d+$/.test(name))) {
    const text = await readFile(`/proc/${number}/stat`, 'utf8').catch(() => '');
    // Behind the name, which may have spaces: state, parent … user and system time, the same of what has ended.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent] = fields;
    if (parent === undefined) continue;
    const ticks = fields.slice(11, 15).reduce((sum, one) => sum + one, 0);
    processes.set(Number(number), { parent, ticks });
  }
  const isBelow = (one: number): boolean => {
    const parent = processes.get(one)?.parent;
    return parent !== undefined && (parent === pid || isBelow(parent));
  };
  if (processes.size === 0) return Number.NaN;
  const below = [...processes].filter(([one]) => isBelow(one));
  return below.reduce((sum, [, { ticks }]) => sum + ticks, 0) / ticksASecond;
}
