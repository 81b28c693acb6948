// `npm run bench`: every benchmark, or those that are named. Figures are ratios against something
// measured in the same run, so that they mean the same on any machine.
import { activation } from './activation.ts';
import { downloads } from './downloads.ts';
import { rendering } from './rendering.ts';
import { writing } from './writing.ts';

const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  activation,
  writing,
  downloads,
  rendering,
};

const named = process.argv.slice(2);
for (const name of named.length === 0 ? Object.keys(benchmarks) : named) {
  const benchmark = benchmarks[name];
  if (benchmark === undefined) {
    throw new Error(`No benchmark "${name}": ${Object.keys(benchmarks).join(', ')}`);
  }
  await benchmark();
}
