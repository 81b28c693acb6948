// `npm test`: every stage on a line, the sum of all tests last. With names of stages as arguments only
// those run, with a line for every test; `ci` stands for all that can run without a display.
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { SuiteName } from '../test/host/run-variables.ts';
import { runSuite } from '../test/host/suite.ts';
import { buildHostModules } from '../test/hosts/build.ts';
import { chooseHost } from '../test/hosts/choose.ts';
import { DesktopHost } from '../test/hosts/desktop.ts';
import type { EditorHost } from '../test/hosts/host.ts';
import { runFiles } from '../test/runner/pool.ts';
import type { Results } from '../test/runner/results.ts';
import { runNode } from './run.ts';
import { runStages, type Stage } from './run-stages.ts';
import type { Log } from './steps.mjs';

const root = path.resolve(import.meta.dirname, '..');
const cache = path.join(root, '.vscode-test');
const bin = (name: string): string => path.join(root, 'node_modules', name);

const stages: readonly Stage[] = [
  {
    name: 'types',
    needs: [],
    run: async (log) => {
      for (const project of ['.', 'src/webview', 'test/webview-page'])
        await node(log, bin('typescript/bin/tsc'), '-p', project);
      return {};
    },
  },
  {
    name: 'unused',
    needs: [],
    run: async (log) => {
      await node(log, bin('knip/bin/knip.js'), '--no-config-hints');
      return {};
    },
  },
  {
    name: 'build',
    needs: [],
    run: async (log) => {
      await node(log, 'esbuild.js');
      return {};
    },
  },
  { name: 'vs code', needs: [], run: async (log) => installHost(log, await chooseHost(cache)) },
  {
    name: 'host',
    needs: ['build', 'vs code'],
    run: async (log) => inHost(log, 'host', await chooseHost(cache)),
  },
  // Some look at what was built.
  { name: 'unit', needs: ['build'], run: (log) => mocha(log, 'unit') },
  {
    name: 'untrusted',
    needs: ['build', 'vs code'],
    run: async (log) => inHost(log, 'untrusted', await chooseHost(cache)),
  },
  {
    name: 'no folder',
    needs: ['build', 'vs code'],
    run: async (log) => inHost(log, 'no-folder', await chooseHost(cache)),
  },
  {
    name: 'several folders',
    needs: ['build', 'vs code'],
    run: async (log) => inHost(log, 'several-folders', await chooseHost(cache)),
  },
  { name: 'page', needs: [], run: (log) => mocha(log, 'webview-page') },
  { name: 'ui', needs: ['build', 'vs code'], run: (log) => mocha(log, 'ui') },
  { name: 'two windows', needs: ['build', 'vs code'], run: (log) => mocha(log, 'two-windows') },
];

/** What `.ci/run` adds. */
const ciStages: readonly Stage[] = [
  {
    name: 'lint',
    needs: [],
    run: async (log) => {
      await node(
        log,
        bin('eslint/bin/eslint.js'),
        '.',
        '--max-warnings',
        '0',
        '--concurrency',
        'auto',
      );
      return {};
    },
  },
  {
    name: 'format',
    needs: [],
    run: async (log) => {
      await node(log, bin('prettier/bin/prettier.cjs'), '--check', '.');
      return {};
    },
  },
  { name: 'package', needs: [], run: (log) => makePackage(log) },
];

/** Only by name: the unit tests once more, and what needs a display and the open internet. */
const onDemand: readonly Stage[] = [
  {
    name: 'unit in host',
    needs: ['vs code'],
    run: async (log) => inHost(log, 'unit', await chooseHost(cache)),
  },
  { name: 'desktop', needs: [], run: (log) => installHost(log, new DesktopHost(cache)) },
  {
    name: 'electron',
    needs: ['build', 'desktop'],
    run: (log) => inHost(log, 'host', new DesktopHost(cache)),
  },
];

async function node(log: Log, ...args: string[]): Promise<void> {
  await runNode(args, { cwd: root, onOutput: log.write });
}

async function makePackage(log: Log): Promise<{ detail: string }> {
  const text = await readFile(path.join(root, 'package.json'), 'utf8');
  const { name, version } = JSON.parse(text) as Record<'name' | 'version', string>;
  const file = `${name}-${version}.vsix`;
  const output = path.join(root, 'out', file);
  await node(log, bin('@vscode/vsce/vsce'), 'package', '--no-dependencies', '--out', output);
  const { size } = await stat(output);
  return { detail: `${file}  ${(size / 1_000_000).toFixed(1)} MB` };
}

async function installHost(log: Log, host: EditorHost): Promise<{ detail: string }> {
  const installed = await host.install(log.write);
  return { detail: `${host.name} ${installed ? 'installed' : 'up to date'}` };
}

/** Run a folder of tests with Mocha under Node: the unit tests on all cores, others one after the other. */
async function mocha(log: Log, folder: string): Promise<{ results: Results }> {
  const names = await readdir(path.join(root, 'test', folder), { recursive: true });
  const results = await runFiles({
    files: names
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => path.join(root, 'test', folder, name)),
    processes: folder === 'unit' ? availableParallelism() : 1,
    timeoutMs: folder === 'unit' ? 20_000 : 300_000,
    onOutput: log.write,
  });
  return { results };
}

/** Run a folder of tests inside the extension host. */
async function inHost(log: Log, suite: SuiteName, host: EditorHost): Promise<{ results: Results }> {
  const { tests, languageModel } = await buildHostModules([suite]);
  const companions = suite === 'host' ? [languageModel] : [];
  const options = { extension: root, companions, tests, suite, onOutput: log.write };
  return { results: await runSuite(host, options) };
}

/** All tests of a stage with their times, slowest first, for whoever wants to look. */
async function keep(name: string, results: Results): Promise<void> {
  const file = path.join(root, 'out', 'results', `${name.replaceAll(' ', '-')}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  const tests = results.tests.toSorted((a, b) => b.ms - a.ms);
  await writeFile(file, JSON.stringify(tests, undefined, 1));
}

/** The stages to run, with what they need before them. */
function chosen(names: readonly string[]): readonly Stage[] {
  if (names.length === 0) return stages;
  if (names.includes('ci')) {
    // The package is built like a release, in the same folder.
    const later = stages.map((stage) =>
      stage.name === 'build' ? { ...stage, needs: ['package'] } : stage,
    );
    return [...ciStages, ...later];
  }
  const all = [...stages, ...ciStages, ...onDemand];
  const result = new Set<Stage>();
  const add = (name: string): void => {
    const stage = all.find((candidate) => candidate.name === name);
    if (stage === undefined) {
      throw new Error(`No stage "${name}": ${all.map((each) => each.name).join(', ')}`);
    }
    stage.needs.forEach(add);
    result.add(stage);
  };
  names.forEach(add);
  return [...result];
}

const names = process.argv.slice(2);
// What earlier runs have bundled is of no use.
await rm(path.join(root, 'out', 'test'), { recursive: true, force: true });
const { passed, failed } = await runStages({
  stages: chosen(names),
  atOnce: Number(process.env.SCENEWRIGHT_STAGES ?? 1),
  listed: names,
  onResults: keep,
});
console.log(`${passed} passed, ${failed} failed`);
// Whatever is still open, this is the end.
process.exit(failed === 0 ? 0 : 1);
