import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CodeServerHost, type Workbench } from '../hosts/code-server/host.ts';
import type { DisplayLanguage } from '../hosts/host.ts';
import { WorkbenchPage } from './workbench.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Where screenshots are put, to be looked at. */
export const pictures = path.join(root, 'out', 'screenshots');

interface DeskOptions {
  /** Folders of extensions that are installed beside Scenewright. */
  readonly companions?: readonly string[];
  /** Of the user. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** No folder is open at first. */
  readonly isEmpty?: boolean;
  /** Scenewright is installed as it is packaged, and VS Code does not know that it is tested. */
  readonly isInstalled?: boolean;
  /** What the workbench speaks; English where it is left out, and where Scenewright is installed. */
  readonly language?: DisplayLanguage;
}

/** A writer's desk: a real workbench with Scenewright in it, on an empty workspace of its own. */
export class Desk {
  readonly workspace: string;
  readonly workbench: Workbench;
  readonly page: WorkbenchPage;
  private readonly folder: string;
  private readonly output: readonly string[];

  private constructor(folder: string, workbench: Workbench, output: readonly string[]) {
    this.folder = folder;
    this.workspace = workspaceIn(folder);
    this.workbench = workbench;
    this.page = new WorkbenchPage(workbench.page);
    this.output = output;
  }

  static async open({
    companions = [],
    settings = {},
    isEmpty = false,
    isInstalled = false,
    language,
  }: DeskOptions = {}): Promise<Desk> {
    const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-'));
    const workspace = workspaceIn(folder);
    await mkdir(workspace);
    await mkdir(pictures, { recursive: true });
    const output: string[] = [];
    const host = await CodeServerHost.at(path.join(root, '.vscode-test'));
    const options = {
      extension: root,
      companions,
      ...(isEmpty ? {} : { workspace }),
      profile: path.join(folder, 'profile'),
      settings,
      ...(language === undefined ? {} : { language }),
      onOutput: (text: string) => output.push(text),
      onConsole: (text: string) => output.push(text),
    };
    const workbench = isInstalled
      ? await host.openInstalled(options)
      : await host.openWorkbench(options);
    // A machine with other work to do shows everything late.
    workbench.page.setDefaultTimeout(90_000);
    const desk = new Desk(folder, workbench, output);
    await desk.page.ready('Scenewright');
    return desk;
  }

  /** What there is to see and to read of a test that went wrong. */
  async tellFailure(): Promise<void> {
    await this.page.screenshot(path.join(pictures, 'failure.png'));
    console.error(this.output.join(''));
  }

  async close(): Promise<void> {
    await this.workbench.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function workspaceIn(folder: string): string {
  return path.join(folder, 'workspace');
}
