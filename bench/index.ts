// `npm run bench`: every benchmark but those that need a real VS Code, or those that are named. Figures are ratios against something
// measured in the same run, so that they mean the same on any machine. `--quick` only shows that they
// work; `--check` ends with an error where a target is missed.
import type { Flags } from './flags.ts';

/** Each is loaded only when its turn comes, so that none weighs on another's figures. */
const benchmarks: Readonly<Record<string, (flags: Flags) => Promise<void>>> = {
  activation: async () => (await import('./activation.ts')).activation(),
  writing: async (flags) => (await import('./writing/index.ts')).writing(flags),
  downloads: async (flags) => (await import('./downloads/index.ts')).downloads(flags),
  desk: async (flags) => (await import('./desk/index.ts')).desk(flags),
  page: async (flags) => (await import('./page.ts')).page(flags),
  rendering: async () => (await import('./rendering.ts')).rendering(),
};

/** Only by name. */
const onDemand: typeof benchmarks = {
  film: async (flags) => (await import('./film/index.ts')).film(flags),
  'writing-host': async (flags) => (await import('./writing-host/index.ts')).writingInHost(flags),
};

const named: string[] = [];
const flags = new Set<string>();
for (const word of process.argv.slice(2)) {
  if (word.startsWith('--')) flags.add(word.slice(2));
  else named.push(word);
}

for (const name of named.length === 0 ? Object.keys(benchmarks) : named) {
  const benchmark = benchmarks[name] ?? onDemand[name];
  if (benchmark === undefined) {
    throw new Error(
      `No benchmark "${name}": ${Object.keys({ ...benchmarks, ...onDemand }).join(', ')}`,
    );
  }
  await benchmark(flags);
}
