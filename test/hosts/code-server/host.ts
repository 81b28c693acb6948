import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Editor, EditorHost, EditorOptions, TestRun } from '../host.ts';
import { findChromium, launchChromium } from './browser.ts';
import {
  installExtension,
  installServer,
  serverFolder,
  startServer,
  type VsCodeServer,
} from './server.ts';

/** Room for a script of 80 columns between the side bar and a page beside it. */
const viewport = { width: 1760, height: 1040 };
const appearance = { viewport, colorScheme: 'dark', reducedMotion: 'reduce' } as const;

/** Nobody looks at a workbench that tests run inside of, and every pixel is painted by the processor. */
const unseen = { ...appearance, viewport: { width: 1000, height: 640 } };

/** What Playwright needs of a workbench. */
export interface Workbench {
  readonly page: Page;
  close(): Promise<void>;
}

interface TestedWorkbench extends Workbench {
  /** The tests' exit code; never resolves in a workbench without tests. */
  readonly exitCode: Promise<number>;
}

/** One editor whose windows come and go. */
export interface Windows {
  /** Open a window on a folder or a `.code-workspace` file, by its absolute path; by default as the server was started for. */
  open(workspace?: string): Promise<Page>;
  close(): Promise<void>;
}

/**
 * VS Code's own server, workbench and extension host from the npm package `code-server`, shown by a
 * headless Chromium: a real VS Code where no desktop build can be had.
 */
export class CodeServerHost implements EditorHost {
  readonly name: string;
  private readonly cache: string;
  private readonly server: string;

  private constructor(name: string, cache: string, server: string) {
    this.name = name;
    this.cache = cache;
    this.server = server;
  }

  /** @param cache folder for what is installed, such as `.vscode-test` */
  static async at(cache: string): Promise<CodeServerHost> {
    const text = await readFile(path.join(import.meta.dirname, 'package.json'), 'utf8');
    const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
    const version = String(dependencies['code-server']);
    // code-server 4.139.1 holds VS Code 1.139.1.
    const name = `VS Code ${version.replace(/^4/, '1')} (code-server)`;
    return new CodeServerHost(name, cache, await serverFolder(cache));
  }

  async install(onOutput: (text: string) => void): Promise<boolean> {
    const installed = await installServer(this.server, onOutput);
    await findChromium(this.cache);
    return installed;
  }

  async runTests(run: TestRun): Promise<number> {
    const workbench = await this.openWorkbench(run, unseen);
    try {
      return await workbench.exitCode;
    } finally {
      await workbench.close();
    }
  }

  async openEditor(options: EditorOptions): Promise<Editor> {
    const server = await this.served(options);
    return { url: server.url(), closed: server.closed, close: () => server.close() };
  }

  /** Start an editor whose windows are opened and closed one by one. */
  async openWindows(
    options: EditorOptions,
    look: typeof appearance | typeof unseen = unseen,
  ): Promise<Windows> {
    const server = await this.served(options);
    let browser: Browser | undefined;
    const close = async (): Promise<void> => {
      await browser?.close();
      await server.close();
    };
    try {
      browser = await launchChromium(await findChromium(this.cache));
      // One profile: the windows share what VS Code keeps in the browser, as windows of one editor do.
      const context = await browser.newContext(look);
      // The server's part of the key to the secrets, which code-server's own wrapper would hand out.
      const keyPart = randomBytes(32);
      await context.route('**/mint-key', (route) => route.fulfill({ body: keyPart }));
      const open = async (workspace?: string): Promise<Page> => {
        const page = await context.newPage();
        await page.goto(server.url({ workspace }));
        return page;
      };
      return { open, close };
    } catch (error) {
      await close();
      throw error;
    }
  }

  private async served(options: EditorOptions): Promise<VsCodeServer> {
    await installExtension(options);
    const token = randomBytes(16).toString('hex');
    return startServer({ ...options, server: this.server, token, automation: false });
  }

  /**
   * Open the workbench in a headless browser as a person has it: with Scenewright installed, and without what VS
   * Code does differently where it is driven by tests, such as not to show notifications by themselves.
   */
  async openInstalled(options: EditorOptions): Promise<Workbench> {
    const windows = await this.openWindows(options, appearance);
    try {
      return { page: await windows.open(options.workspace), close: () => windows.close() };
    } catch (error) {
      await windows.close();
      throw error;
    }
  }

  /** Open the workbench in a headless browser, running tests in it if `tests` is given. */
  async openWorkbench(
    options: EditorOptions & Partial<Pick<TestRun, 'tests' | 'onConsole'>>,
    look: typeof appearance | typeof unseen = appearance,
  ): Promise<TestedWorkbench> {
    const server = await startServer({ ...options, server: this.server, automation: true });
    let browser: Browser | undefined;
    const close = async (): Promise<void> => {
      await browser?.close();
      await server.close();
    };
    try {
      browser = await launchChromium(await findChromium(this.cache));
      const page = await browser.newPage(look);
      const exitCode = watchTests(page, server, browser, options.onConsole ?? (() => undefined));
      await page.goto(server.url({ tests: options.tests }));
      return { page, exitCode, close };
    } catch (error) {
      await close();
      throw error;
    }
  }
}

/** The two functions that VS Code's web workbench calls when it runs extension tests. */
function watchTests(
  page: Page,
  server: VsCodeServer,
  browser: Browser,
  onConsole: (text: string) => void,
): Promise<number> {
  const result = new Promise<number>((resolve, reject) => {
    const functions = Promise.all([
      page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
        onConsole(`${args.map(String).join(' ')}\n`);
      }),
      page.exposeFunction('codeAutomationExit', resolve),
    ]);
    functions.catch(reject);
    page.once('crash', () => {
      reject(new Error('The page of the workbench has crashed.'));
    });
    browser.once('disconnected', () => {
      reject(new Error('The browser has ended.'));
    });
    void server.closed.then(() => {
      reject(new Error("VS Code's server has ended."));
    });
  });
  // A workbench without tests has nobody who waits for this.
  result.catch(() => undefined);
  return result;
}
