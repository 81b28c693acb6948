import { createHash } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runNpm } from '../../../scripts/npm.mjs';
import { settingsOf, type EditorOptions } from '../host.ts';
import { installOnce } from '../install.ts';
import { writeLanguagePack } from './language-pack.ts';

/** The pinned package, with its lock file beside this one. */
const packageFolder = import.meta.dirname;
const readyWithinMs = 60_000;

/** Native packages that npm alone does not build, and what is put in their place. */
const standIns = { spdlog: 'spdlog.cjs', 'native-watchdog': 'native-watchdog.cjs' };

/** Folder of an installed VS Code server. The name changes with all that goes into it. */
export async function serverFolder(cache: string): Promise<string> {
  const hash = createHash('sha256');
  const own = Object.values(standIns).map((name) => path.join('stand-ins', name));
  for (const name of ['package-lock.json', ...own]) {
    hash.update(await readFile(path.join(packageFolder, name)));
  }
  return path.join(cache, `code-server-${hash.digest('hex').slice(0, 8)}`);
}

/**
 * Install the VS Code server from npm. Install scripts are never run: they would compile native
 * modules (terminal, keyring) that nothing here needs.
 */
export async function installServer(
  folder: string,
  onOutput: (text: string) => void,
): Promise<boolean> {
  return installOnce(folder, async (temporary) => {
    for (const name of ['package.json', 'package-lock.json']) {
      await cp(path.join(packageFolder, name), path.join(temporary, name));
    }
    const options = ['--ignore-scripts', '--no-audit', '--no-fund'];
    await runNpm(['ci', ...options], { cwd: temporary, onOutput });
    const vscode = path.join(temporary, 'node_modules', 'code-server', 'lib', 'vscode');
    // `install`, for their lock files leave out peers that `ci` insists on; the rest stays locked.
    for (const cwd of [vscode, path.join(vscode, 'extensions')]) {
      await runNpm(['install', '--omit=dev', ...options], { cwd, onOutput });
    }
    for (const [name, standIn] of Object.entries(standIns)) {
      await cp(
        path.join(packageFolder, 'stand-ins', standIn),
        path.join(vscode, 'node_modules', '@vscode', name, 'index.js'),
      );
    }
  });
}

/**
 * Put the built extension into the profile, as an installed one: an address can name an extension
 * under development only where automation is on.
 */
export async function installExtension(options: EditorOptions): Promise<void> {
  await copyExtension(options.extension, await installedAt(options.extension, options));
  await installCompanions(options);
}

async function installCompanions(options: EditorOptions): Promise<void> {
  for (const companion of options.companions ?? []) {
    await cp(companion, await installedAt(companion, options), { recursive: true });
  }
}

/** Where an extension is found once it is installed. */
async function installedAt(extension: string, { profile }: EditorOptions): Promise<string> {
  const text = await readFile(path.join(extension, 'package.json'), 'utf8');
  const { publisher, name, version } = JSON.parse(text) as Record<string, string>;
  return path.join(profile, 'extensions', `${publisher}.${name}-${version}`);
}

/** Copy what is packaged, and nothing else: `.vscodeignore` leaves out all but what it names. */
async function copyExtension(extension: string, to: string): Promise<void> {
  const text = await readFile(path.join(extension, '.vscodeignore'), 'utf8');
  const named = [...text.matchAll(/^!(.+?)(?:\/\*\*)?$/gmu)].map(([, pattern = '']) => pattern);
  for (const name of await readdir(extension)) {
    if (!named.some((pattern) => path.matchesGlob(name, pattern))) continue;
    await cp(path.join(extension, name), path.join(to, name), { recursive: true });
  }
}

export interface ServerOptions extends EditorOptions {
  /** Folder of {@link serverFolder}. */
  readonly server: string;
  /** Asked of whoever opens the editor; without one every local process may. */
  readonly token?: string;
  /** Whether the address may name an extension under development and its tests. */
  readonly automation: boolean;
}

/** What a window shows and does. */
export interface WindowOptions {
  /** Tests to run inside its extension host. */
  readonly tests?: string | undefined;
  /** Absolute path of a folder or a `.code-workspace` file; what the server was started for by default. */
  readonly workspace?: string | undefined;
}

export interface VsCodeServer {
  /** Address of a window of the workbench. */
  url(window?: WindowOptions): string;
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** Start the server that is inside the code-server package (not its wrapper) on a free port. */
export async function startServer(options: ServerOptions): Promise<VsCodeServer> {
  await writeSettings(options);
  if (options.automation) {
    // Only one extension can be under development here; others are installed.
    await copyExtension(options.extension, developed(options));
    await installCompanions(options);
    if (options.language) {
      await writeLanguagePack(options.language, options, developed(options));
    }
  }
  const vscode = path.join(options.server, 'node_modules', 'code-server', 'lib', 'vscode');
  const child = spawn(
    process.execPath,
    [
      path.join(vscode, 'out', 'server-main.js'),
      ...['--host', '127.0.0.1', '--port', '0'],
      ...(options.token === undefined
        ? ['--without-connection-token']
        : ['--connection-token', options.token]),
      ...(options.automation ? ['--enable-smoke-test-driver'] : []),
      '--accept-server-license-terms',
      ...(options.language === undefined ? [] : ['--locale', options.language.tag]),
      ...(options.untrusted === true ? [] : ['--disable-workspace-trust']),
      ...['--telemetry-level', 'off'],
      ...['--server-data-dir', options.profile],
    ],
    {
      env: { ...environment(), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that the extension hosts it starts end with it.
      detached: process.platform !== 'win32',
    },
  );
  const killNow = (): void => {
    kill(child, 'SIGKILL');
  };
  process.once('exit', killNow);
  const closed = once(child, 'close').then(() => {
    process.removeListener('exit', killNow);
  });
  const close = async (): Promise<void> => {
    kill(child, 'SIGTERM');
    const timer = setTimeout(killNow, 3000);
    await closed;
    clearTimeout(timer);
    // The server may be gone while a process that it started is not.
    killNow();
  };
  try {
    const origin = `127.0.0.1:${await portOf(child, options.onOutput)}`;
    return { url: (window) => workbenchUrl(origin, options, window), closed, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Where the extension under development is. It must not be the repository itself: VS Code takes every
 * colour theme below that folder for one under development, its own in `.vscode-test` included, and
 * shows that instead of the theme that is set.
 */
function developed({ profile }: ServerOptions): string {
  return path.join(profile, 'extension');
}

function workbenchUrl(
  origin: string,
  options: ServerOptions,
  { tests, workspace = options.workspace }: WindowOptions = {},
): string {
  const url = new URL(`http://${origin}/`);
  if (options.token !== undefined) url.searchParams.set('tkn', options.token);
  if (workspace === undefined) url.searchParams.set('ew', 'true');
  else {
    const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
    url.searchParams.set(kind, workspace);
  }
  if (!options.automation) return url.href;
  const payload = [['extensionDevelopmentPath', `vscode-remote://${origin}${developed(options)}`]];
  if (tests !== undefined) {
    payload.push(['extensionTestsPath', `vscode-remote://${origin}${tests}`]);
  }
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** Wait until the server says where it listens. */
function portOf(child: ChildProcess, onOutput: (text: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      reject(new Error(`VS Code's server did not start within ${readyWithinMs / 1000} s`));
    }, readyWithinMs);
    const read = (text: string): void => {
      onOutput(text);
      output += text;
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      output = '';
      clearTimeout(timer);
      resolve(port);
    };
    child.stdout?.setEncoding('utf8').on('data', read);
    child.stderr?.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server ended with ${String(code)} before it was ready`));
    });
  });
}

/**
 * The user's settings, parted as VS Code keeps them on a server: those of machine scope count only
 * in the server's own file, and there they would outrank what the user changes later.
 */
async function writeSettings(options: EditorOptions): Promise<void> {
  const machineScoped = await machineScopedSettings(options.extension);
  const files: Record<string, [string, unknown][]> = { User: [], Machine: [] };
  for (const entry of Object.entries(settingsOf(options))) {
    files[machineScoped.has(entry[0]) ? 'Machine' : 'User']?.push(entry);
  }
  for (const [name, entries] of Object.entries(files)) {
    const folder = path.join(options.profile, 'data', name);
    await mkdir(folder, { recursive: true });
    const text = JSON.stringify(Object.fromEntries(entries), undefined, 2);
    await writeFile(path.join(folder, 'settings.json'), text);
  }
}

interface Manifest {
  readonly contributes?: { readonly configuration?: Section | readonly Section[] };
}
interface Section {
  readonly properties?: Readonly<Record<string, { readonly scope?: string }>>;
}

/** Names of the extension's settings whose scope is `machine` or `machine-overridable`. */
async function machineScopedSettings(extension: string): Promise<ReadonlySet<string>> {
  const text = await readFile(path.join(extension, 'package.json'), 'utf8');
  const sections = [(JSON.parse(text) as Manifest).contributes?.configuration ?? []].flat();
  return new Set(
    sections
      .flatMap((section) => Object.entries(section.properties ?? {}))
      .filter(([, { scope }]) => scope?.startsWith('machine'))
      .map(([name]) => name),
  );
}

/** Ours, less what an editor that we run inside has put there for itself. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON|NODE_OPTIONS)/.test(name)),
  );
}

/** End the process and what it has started. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
