// `npm run stress:hosts -- --moments 100 --seed 1`: see CONTRIBUTING.md.
import { parseArgs } from 'node:util';
import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { runNode } from '../../scripts/run.ts';
import { step } from '../../scripts/steps.mjs';
import { CodeServerHost } from '../hosts/code-server/host.ts';
import { stress } from './stress.ts';

const { values } = parseArgs({
  options: {
    moments: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    quiet: { type: 'boolean', default: false },
  },
});
const root = path.resolve(import.meta.dirname, '../..');
const output = path.join(root, 'out', 'logs', 'stress-hosts.log');
await mkdir(path.dirname(output), { recursive: true });
await step('build', async (log) => {
  await runNode(['esbuild.js'], { cwd: root, onOutput: log.write });
  return { value: undefined };
});
await step('vs code', async (log) => {
  const host = await CodeServerHost.at(path.join(root, '.vscode-test'));
  return { detail: host.name, value: await host.install(log.write) };
});
const enough = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    enough.abort();
  });
}
const { moments, counts, faults } = await stress({
  seed: Number(values.seed),
  moments: Number(values.moments),
  signal: enough.signal,
  log: (line) => {
    if (!values.quiet) console.log(line);
  },
  onOutput: (text) => void appendFile(output, text),
});
const lines = (entries: Iterable<[string, number]>): string =>
  [...entries].map(([name, count]) => `${String(count).padStart(6)}  ${name}`).join('\n');
console.log(`Seed ${values.seed}\n\nMoments\n${lines([...moments].sort())}\n`);
console.log(`Counts\n${lines(Object.entries(counts))}\n`);
console.log(faults.length === 0 ? 'No faults' : `${faults.length} faults`);
for (const { about, what } of faults) console.log(`- ${about}: ${what}`);
process.exitCode = faults.length === 0 ? 0 : 1;
