import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import {
  downloadAndUnzipVSCode,
  ProgressReportStage,
  runTests,
  TestRunFailedError,
} from '@vscode/test-electron';
import {
  settingsOf,
  type Editor,
  type EditorHost,
  type EditorOptions,
  type TestRun,
} from './host.ts';

const version = '1.139.1';

/** VS Code for the desktop, downloaded from its makers. On Linux it needs a display. */
export class DesktopHost implements EditorHost {
  readonly name = `VS Code ${version} (desktop)`;
  private readonly cache: string;

  /** @param cache folder for what is downloaded, such as `.vscode-test` */
  constructor(cache: string) {
    this.cache = cache;
  }

  async install(onOutput: (text: string) => void): Promise<boolean> {
    let downloaded = false;
    await this.program(onOutput, () => {
      downloaded = true;
    });
    return downloaded;
  }

  async runTests(run: TestRun): Promise<number> {
    const output = new Writable({
      decodeStrings: false,
      write(chunk: Buffer | string, _encoding, done) {
        run.onConsole(chunk.toString());
        done();
      },
    });
    try {
      return await runTests({
        vscodeExecutablePath: await this.program(run.onOutput),
        extensionDevelopmentPath: [run.extension, ...(run.companions ?? [])],
        extensionTestsPath: run.tests,
        launchArgs: await launchArguments(run),
        extensionTestsEnv: { ...run.env },
        stdout: output,
        stderr: output,
      });
    } catch (error) {
      if (error instanceof TestRunFailedError) return error.code ?? 1;
      throw error;
    }
  }

  async openEditor(options: EditorOptions): Promise<Editor> {
    const child = spawn(
      await this.program(options.onOutput),
      [
        ...(await launchArguments(options)),
        '--skip-welcome',
        '--skip-release-notes',
        `--extensionDevelopmentPath=${options.extension}`,
      ],
      { env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child.stdout.setEncoding('utf8').on('data', options.onOutput);
    child.stderr.setEncoding('utf8').on('data', options.onOutput);
    const closed = once(child, 'close').then(() => undefined);
    return {
      closed,
      close: async () => {
        child.kill();
        await closed;
      },
    };
  }

  private program(onOutput: (text: string) => void, onDownload?: () => void): Promise<string> {
    return downloadAndUnzipVSCode({
      version,
      cachePath: this.cache,
      reporter: {
        report: (report) => {
          if (report.stage === ProgressReportStage.Downloading) onDownload?.();
          onOutput(`${report.stage}\n`);
        },
        error: (error) => {
          onOutput(`${String(error)}\n`);
        },
      },
    });
  }
}

async function launchArguments(options: EditorOptions): Promise<string[]> {
  const data = path.join(options.profile, 'data');
  await mkdir(path.join(data, 'User'), { recursive: true });
  await writeFile(
    path.join(data, 'User', 'settings.json'),
    JSON.stringify(settingsOf(options), undefined, 2),
  );
  const proposals = await Promise.all((options.companions ?? []).map(identifierOf));
  return [
    ...proposals.map((id) => `--enable-proposed-api=${id}`),
    ...(options.workspace === undefined ? [] : [options.workspace]),
    `--user-data-dir=${data}`,
    `--extensions-dir=${path.join(options.profile, 'extensions')}`,
    ...(options.untrusted === true ? [] : ['--disable-workspace-trust']),
    // No look-ups on the internet and no keyring that would ask for a password.
    '--disable-updates',
    '--disable-telemetry',
    '--password-store=basic',
  ];
}

async function identifierOf(extension: string): Promise<string> {
  const text = await readFile(path.join(extension, 'package.json'), 'utf8');
  const { publisher, name } = JSON.parse(text) as Record<'publisher' | 'name', string>;
  return `${publisher}.${name}`;
}
