import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { pageDocument } from '../../src/webview/document.ts';
import type { FilmView, FromPage, KeptPage, ToPage } from '../../src/webview/protocol.ts';
import { defaultStrings } from '../../src/webview/strings.ts';
import { launchBrowser } from '../support/browser.ts';
import { bodyClasses, themes, webviewDefaults, type ThemeName } from './themes.ts';

export interface OpenOptions extends BrowserContextOptions {
  readonly theme?: ThemeName;
  /** What an earlier life of the page kept. */
  readonly kept?: KeptPage;
  /** VS Code's own setting `workbench.reduceMotion`. */
  readonly reduceMotion?: boolean;
  /** Translations, and the language they are in. */
  readonly strings?: Readonly<Record<string, string>>;
  readonly lang?: string;
  /** Styles that the reader has beside those of VS Code. */
  readonly styles?: string;
}

/** What the page did to its host so far. */
interface Recorded {
  readonly posted: FromPage[];
  readonly violations: string[];
  kept: KeptPage | undefined;
}

/** The film page in a browser, with the extension's side of the talk in the test's hands. */
export interface OpenPage {
  readonly page: Page;
  readonly send: (message: ToPage) => Promise<void>;
  readonly show: (view: FilmView) => Promise<void>;
  readonly recorded: () => Promise<Recorded>;
}

export interface Harness {
  /** Serve a file beside the page. @returns its address */
  serve(name: string, content: string | Uint8Array): string;
  open(options?: OpenOptions): Promise<OpenPage>;
  /** Close all pages that are open. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

/** Build the page as it ships, serve it on loopback and start a browser for it. */
export async function startHarness(): Promise<Harness> {
  const [files, browser] = await Promise.all([buildPage(), launchBrowser()]);
  const documents = new Map<string, string | Uint8Array>();
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '/').slice(1).replace(/\?.*/, ''));
    const body = documents.get(name) ?? files.get(name);
    const type = { 'content-type': contentTypes[path.extname(name)] ?? 'application/octet-stream' };
    const [, from] = /^bytes=(\d+)-/.exec(request.headers.range ?? '') ?? [];
    if (body !== undefined && from !== undefined) {
      // Like VS Code: without this nobody can seek in a video.
      const bytes = Buffer.from(body);
      const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
      response.writeHead(206, { ...type, 'content-range': range, 'accept-ranges': 'bytes' });
      response.end(bytes.subarray(Number(from)));
      return;
    }
    response.writeHead(body === undefined ? 404 : 200, type);
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    serve(name, content) {
      documents.set(name, content);
      return `${origin}/${name}`;
    },
    async open(options = {}) {
      const {
        theme = 'dark',
        kept,
        reduceMotion = false,
        strings,
        lang = 'en',
        ...others
      } = options;
      const { styles = '', ...rest } = others;
      const name = `${documents.size}.html`;
      documents.set(
        name,
        asVsCodeShowsIt(
          pageDocument({
            cspSource: origin,
            nonce: 'dGhlIHRlc3QncyBvd24gbm9uY2U',
            address: (file) => `${origin}/${file}`,
            lang,
            locale: lang,
            strings: { ...defaultStrings, ...strings },
          }),
          theme,
          reduceMotion,
          `${name}.css`,
        ),
      );
      documents.set(`${name}.css`, themeSheet(theme) + styles);
      const context = await browser.newContext(rest);
      const page = await context.newPage();
      await page.addInitScript(playHost, kept);
      await page.goto(`${origin}/${name}`);
      await page.evaluate(() => document.fonts.ready);
      return handle(page);
    },
    async closePages() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.ttf': 'font/ttf',
  '.svg': 'image/svg+xml',
  '.webm': 'video/webm',
  '.mp4': 'video/mp4',
  '.webp': 'image/webp',
};

async function buildPage(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    absWorkingDir: path.resolve(import.meta.dirname, '../..'),
    entryPoints: ['src/webview/page.tsx', 'src/webview/page.css'],
    tsconfig: 'src/webview/tsconfig.json',
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    outdir: 'out/webview-page',
  });
  return new Map(outputFiles.map((file) => [path.basename(file.path), file.contents]));
}

/** VS Code puts its default style sheet, theme variables and body classes into a webview's HTML. */
function asVsCodeShowsIt(
  html: string,
  theme: ThemeName,
  reduceMotion: boolean,
  sheet: string,
): string {
  const classes = [bodyClasses[theme], ...(reduceMotion ? ['vscode-reduce-motion'] : [])];
  return html
    .replace('<head>', `<head><link rel="stylesheet" href="/${sheet}">`)
    .replace('<body>', `<body class="${classes.join(' ')}">`);
}

function themeSheet(theme: ThemeName): string {
  const colours = Object.entries(themes[theme]).map(([name, value]) => `${name}: ${value};`);
  return `:root { ${colours.join(' ')} }\n${webviewDefaults}`;
}

/** Runs in the page before its own script does: the webview's side of VS Code. */
function playHost(kept: KeptPage | undefined): void {
  const recorded: Recorded = { posted: [], violations: [], kept };
  const api = {
    postMessage: (message: FromPage) => {
      recorded.posted.push(message);
    },
    getState: () => recorded.kept,
    setState: (state: KeptPage | undefined) => {
      recorded.kept = structuredClone(state);
    },
  };
  addEventListener('securitypolicyviolation', (event) => {
    recorded.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
  });
  Object.assign(globalThis, { recorded, acquireVsCodeApi: () => api });
}

function handle(page: Page): OpenPage {
  const send = async (message: ToPage): Promise<void> => {
    // Listeners are called in the order they were added, so the page has drawn when ours is.
    await page.evaluate(
      (data) =>
        new Promise<void>((resolve) => {
          const done = (): void => {
            resolve();
          };
          addEventListener('message', done, { once: true });
          postMessage(data);
        }),
      message,
    );
  };
  return {
    page,
    send,
    show: (view) => send({ type: 'view', view }),
    recorded: () => page.evaluate(() => (globalThis as unknown as { recorded: Recorded }).recorded),
  };
}
