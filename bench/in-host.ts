import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { chooseHost } from '../test/hosts/choose.ts';
import { messageOf } from '../src/base/errors.ts';
import { bundle } from './activation.ts';

const root = path.join(import.meta.dirname, '..');

export interface HostRun {
  /** Where everything of the run goes; its `workspace` is the folder that is opened. */
  readonly folder: string;
  /** The source of what runs inside the extension host; it exports `run(): Promise<void>`. */
  readonly driver: string;
  /** Added to the environment of the extension host. */
  readonly env: Readonly<Record<string, string>>;
}

/** There is no VS Code here, or no extension that it could run. */
export class NoHostError extends Error {}

/**
 * Run something inside the extension host of the VS Code that the tests run in, beside the built
 * extension.
 *
 * @throws NoHostError where it cannot be run
 * @throws Error where it has failed, with all that the editor said
 */
export async function runInHost({ folder, driver, env }: HostRun): Promise<void> {
  if (!existsSync(bundle)) throw new NoHostError('the extension is not built: npm run build');
  const host = await chooseHost(path.join(root, '.vscode-test'));
  let said = '';
  const onOutput = (text: string): void => {
    said += text;
  };
  try {
    await host.install(onOutput);
  } catch (cause) {
    throw new NoHostError(`no VS Code is to be had: ${messageOf(cause)}`, { cause });
  }
  const tests = path.join(folder, 'driver.cjs');
  await build({
    entryPoints: [driver],
    outfile: tests,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'silent',
  });
  const workspace = path.join(folder, 'workspace');
  await mkdir(workspace, { recursive: true });
  const exitCode = await host.runTests({
    extension: root,
    workspace,
    profile: path.join(folder, 'profile'),
    settings: {},
    env,
    tests,
    onOutput,
    onConsole: onOutput,
  });
  if (exitCode !== 0) throw new Error(`${host.name} ended with ${exitCode}.\n${said}`);
}
