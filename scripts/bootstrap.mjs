// Makes a fresh clone ready to run with nothing but Node 18 and npm, then hands over to the pinned
// Node. Everything here has to work before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from './npm.mjs';
import { step } from './steps.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const windows = process.platform === 'win32';
const nodePackage = path.join(root, 'node_modules', 'node');
const pinnedNode = path.join(nodePackage, 'bin', windows ? 'node.exe' : 'node');

/**
 * Install what is missing and run a file with the pinned Node and our own arguments. Ends this
 * process with the other's status.
 *
 * @param {string} file relative to the repository
 */
export async function runPinned(file) {
  try {
    await step('dependencies', async (log) => {
      const missing = !isInstalled();
      if (missing) await install(log.write);
      return { detail: missing ? 'installed' : 'up to date', value: undefined };
    });
  } catch {
    // The step has said what is wrong.
    process.exit(1);
  }
  const child = spawn(pinnedNode, [path.join(root, file), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ...withPinnedNodeFirst() },
  });
  // The child decides what a signal means; we end when it has ended.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.once('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.once('close', (code) => {
    process.exit(code ?? 1);
  });
}

/** The search path under the name it has here (Windows calls it `Path`), our Node before others. */
function withPinnedNodeFirst() {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const own = [path.join(nodePackage, 'bin'), path.join(root, 'node_modules', '.bin')];
  return { [name]: [...own, process.env[name] ?? ''].join(path.delimiter) };
}

/**
 * Whether node_modules holds just what the lock file asks for, going by npm's own record of what it
 * has put there. Optional packages are for other platforms as often as for ours, so they don't count.
 */
function isInstalled() {
  if (!existsSync(pinnedNode)) return false;
  const record = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  const there = packagesOf(record);
  return Object.entries(wanted).every(
    ([name, { version, optional, devOptional, peer }]) =>
      name === '' ||
      optional === true ||
      devOptional === true ||
      peer === true ||
      there[name]?.version === version,
  );
}

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} Locked
 * @param {string} lockFile
 * @returns {Record<string, Locked>}
 */
function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/** @param {(text: string) => void} onOutput */
async function install(onOutput) {
  // Windows cannot delete a node.exe that is running, as `ci` would when we run under it.
  const underPinned = windows && process.execPath.startsWith(path.join(root, 'node_modules'));
  const options = ['--no-audit', '--no-fund'];
  await runNpm([underPinned ? 'install' : 'ci', ...options], { cwd: root, onOutput });
  if (existsSync(pinnedNode)) return;
  // A machine whose npm runs no install scripts: this one only fetches the platform's own package.
  await runInstaller(onOutput);
  if (!existsSync(pinnedNode)) {
    throw new Error(
      'The package "node" has not brought its program. Is the npm registry reachable?',
    );
  }
}

/**
 * The installer writes into its working directory, and prints npm's progress, which belongs into
 * the log.
 *
 * @param {(text: string) => void} onOutput
 * @returns {Promise<void>}
 */
function runInstaller(onOutput) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['installArchSpecificPackage.js'], { cwd: nodePackage });
    child.stdout.setEncoding('utf8').on('data', onOutput);
    child.stderr.setEncoding('utf8').on('data', onOutput);
    child.once('error', reject);
    child.once('close', () => {
      resolve();
    });
  });
}
