import { cp, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { SuiteName } from '../host/run-variables.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Tools that find their own files beside them; everything else is bundled as for the product. */
const testTools = [
  'mocha',
  'esbuild',
  'eslint',
  'typescript-eslint',
  '@eslint/js',
  'playwright-core',
  '@copilotkit/aimock',
];

/** The extensions for tests, below `test`. */
const languageModel = path.join('extensions', 'language-model');
const remoteHand = path.join('extensions', 'remote-hand');

export interface HostModules {
  /** Modules whose `run()` a host calls. */
  readonly tests: string;
  readonly driver: string;
  /** Folder of the extension that brings language models for tests. */
  readonly languageModel: string;
  /** Folder of the extension by which a program outside works in a window. */
  readonly remoteHand: string;
}

/**
 * Bundle what runs inside the extension host, which loads CommonJS only: the demonstration's driver,
 * the extensions for tests, and the chosen suites with their runner.
 */
export async function buildHostModules(suites: readonly SuiteName[]): Promise<HostModules> {
  // Several stages of the tests may be under way at once.
  const output = path.join(root, 'out', 'test', suites.join('-') || `tools-${process.pid}`);
  await rm(output, { recursive: true, force: true });
  const entryPoints = [
    'test/host/index.ts',
    'test/demo/driver.ts',
    ...[languageModel, remoteHand].map((name) => path.join('test', name, 'extension.ts')),
  ];
  for (const suite of suites) {
    const folder = path.join('test', suite);
    const names = await readdir(path.join(root, folder), { recursive: true });
    for (const name of names.filter((one) => one.endsWith('.test.ts'))) {
      const file = path.join(folder, name);
      if (!(await needsStandIn(path.join(root, file)))) entryPoints.push(file);
    }
  }
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: output,
    outbase: 'test',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', ...testTools],
    sourcemap: 'inline',
    logLevel: 'silent',
    plugins: [keepImportMeta],
  });
  for (const name of [languageModel, remoteHand]) {
    await cp(
      path.join(root, 'test', name, 'package.json'),
      path.join(output, name, 'package.json'),
    );
  }
  return {
    tests: path.join(output, 'host', 'index.cjs'),
    driver: path.join(output, 'demo', 'driver.cjs'),
    languageModel: path.join(output, languageModel),
    remoteHand: path.join(output, remoteHand),
  };
}

/** Whether a test is of what a stand-in for VS Code is told: the real one is in its way. */
async function needsStandIn(file: string): Promise<boolean> {
  return (await readFile(file, 'utf8')).includes('/fake-vscode.ts');
}

/** CommonJS has no `import.meta`: put each source file's own place where it asks for it. */
const keepImportMeta: Plugin = {
  name: 'keep-import-meta',
  setup(builder) {
    builder.onLoad({ filter: /\.m?[jt]s$/ }, async ({ path: file }) => {
      if (file.includes('node_modules')) return undefined;
      const text = await readFile(file, 'utf8');
      if (!text.includes('import.meta.')) return undefined;
      const contents = text
        .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)))
        .replaceAll('import.meta.filename', JSON.stringify(file))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href));
      return { contents, loader: file.endsWith('ts') ? 'ts' : 'js' };
    });
  },
};
