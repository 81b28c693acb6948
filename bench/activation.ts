import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
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
  const times = Array.from({ length: runs }, loadMs);
  const idle = Array.from({ length: runs }, () => {
    const start = performance.now();
    execFileSync(process.execPath, ['-e', '0']);
    return performance.now() - start;
  });
  print(`Loading the extension (median of ${runs})`, [
    {
      'bundle kB': statSync(bundle).size / 1000,
      'load ms': median(times),
      'of starting Node': median(times) / median(idle),
    },
  ]);
  return Promise.resolve();
}

/** Milliseconds that a fresh process takes to load the bundle. */
export function loadMs(): number {
  const load = [
    `const M = require('node:module'), resolve = M._resolveFilename;`,
    // The bundle looks names up by way of the prototype of what it requires.
    `const vscode = new Proxy(function () {}, {`,
    `  get: (t, k) => k === 'prototype' ? {} : vscode, getPrototypeOf: () => vscode });`,
    `require.cache.vscode = { id: 'vscode', loaded: true, exports: vscode };`,
    `M._resolveFilename = (name, ...rest) => name === 'vscode' ? name : resolve(name, ...rest);`,
    `const t = performance.now(); require(${JSON.stringify(bundle)});`,
    `console.log(performance.now() - t)`,
  ].join('\n');
  return Number(execFileSync(process.execPath, ['-e', load], { encoding: 'utf8' }));
}
