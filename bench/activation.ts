import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { median, print } from './figures.ts';

const root = path.join(import.meta.dirname, '..');
export const bundle = path.join(root, 'dist', 'extension.cjs');
const runs = 5;

/**
 * What loading the built bundle costs a fresh process, against starting Node with nothing to load.
 * VS Code itself is an empty stand-in: only our own code is measured.
 */
export function activation(): Promise<void> {
  if (!existsSync(bundle)) throw new Error('Build first: npm run build');
  const loads = Array.from({ length: runs }, () => load(bundle));
  const idle = Array.from({ length: runs }, () => {
    const start = performance.now();
    execFileSync(process.execPath, ['-e', '0']);
    return performance.now() - start;
  });
  const loadMs = median(loads.map(({ ms }) => ms));
  print(`Loading the extension (median of ${runs})`, [
    {
      'loaded kB': (loads[0]?.bytes ?? 0) / 1000,
      'load ms': loadMs,
      'of starting Node': loadMs / median(idle),
    },
  ]);
  return Promise.resolve();
}

/** What a fresh process loads of our own with the bundle, in bytes, and how long it takes. */
export function load(file: string): { readonly ms: number; readonly bytes: number } {
  const script = [
    `const M = require('node:module'), resolve = M._resolveFilename;`,
    // The bundle looks names up by way of the prototype of what it requires.
    `const vscode = new Proxy(function () {}, {`,
    `  get: (t, k) => k === 'prototype' ? {} : vscode, getPrototypeOf: () => vscode });`,
    `require.cache.vscode = { id: 'vscode', loaded: true, exports: vscode };`,
    `M._resolveFilename = (name, ...rest) => name === 'vscode' ? name : resolve(name, ...rest);`,
    `const t = performance.now(); require(${JSON.stringify(file)});`,
    `const ms = performance.now() - t;`,
    `const files = Object.keys(require.cache).filter((name) => name !== 'vscode');`,
    `const sizes = files.map((name) => require('node:fs').statSync(name).size);`,
    `console.log(JSON.stringify({ ms, bytes: sizes.reduce((a, b) => a + b, 0) }));`,
  ].join('\n');
  const said = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return JSON.parse(said) as ReturnType<typeof load>;
}
