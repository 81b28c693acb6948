import { loadavg } from 'node:os';
import path from 'node:path';
import type { Flags } from '../flags.ts';
import { fullPlan, quickPlan } from './cases.ts';
import { measureAll } from './measure.ts';
import type { Section } from './measure.ts';
import { printCase, printDelays, printMemory, printTails, printTargets } from './table.ts';

/** Where `--profile` puts a CPU profile of each run of ours. */
const profiles = path.join(import.meta.dirname, '..', '..', 'out', 'profiles');

/** The product's own download path against aria2, curl and copying, and against what is possible. */
export async function downloads(flags: Flags): Promise<void> {
  const plan = flags.has('quick') ? quickPlan : fullPlan;
  console.log(`\nDownloads. Load of the machine before: ${loadavg()[0]?.toFixed(1) ?? '?'}.`);
  for await (const section of measureAll(plan, flags.has('profile') ? profiles : undefined)) {
    const reachedAll = show(section);
    // What takes seconds proves nothing about speed.
    if (!reachedAll && flags.has('check') && !flags.has('quick')) process.exitCode = 1;
  }
}

/** @returns false where a target is missed */
function show(section: Section): boolean {
  switch (section.kind) {
    case 'about':
      console.log(section.lines.join('\n'));
      return true;
    case 'case':
      printCase(section.what, section.results, section.onDisk);
      return true;
    case 'memory':
      printMemory(section.rows);
      return true;
    case 'delays':
      printDelays(section.rows);
      return true;
    case 'tails':
      printTails(
        'Sizes that differ much, one connection a file, each with its own rate',
        section.tails,
      );
      return true;
    case 'targets':
      return printTargets(section.targets);
  }
}
