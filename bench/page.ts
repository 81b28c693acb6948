import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { bundlesOf } from '../scripts/bundles.mjs';
import { pageDocument } from '../src/webview/document.ts';
import type { FilmView } from '../src/webview/protocol.ts';
import { defaultStrings } from '../src/webview/strings.ts';
import { findChromium, launchChromium } from '../test/hosts/code-server/browser.ts';
import { median, print } from './figures.ts';
import type { Flags } from './flags.ts';
import { printTargets } from './writing/table.ts';

/** Scenes of an hour of film. */
const many = 450;

/** Frames for which is scrolled, and how far in each. */
const scrolled = { frames: 120, step: 12 } as const;

/**
 * How soon the film page is there, how smoothly it scrolls and what a change costs, against an empty page
 * and a plain list of as many pictures, in the Chromium of the development dependencies.
 */
export async function page(flags: Flags): Promise<void> {
  const isQuick = flags.has('quick');
  const count = isQuick ? 40 : many;
  const rounds = isQuick ? 1 : 7;
  const { origin, close } = await serve(count);
  const cache = path.resolve(import.meta.dirname, '../.vscode-test');
  const browser = await launchChromium(await findChromium(cache));
  try {
    const empty = await openings(browser, `${origin}/film.html`, { rounds, count: 0 });
    const list = await openings(browser, `${origin}/list.html`, { rounds, count });
    const film = await openings(browser, `${origin}/film.html`, { rounds, count });
    print(`Opening and scrolling ${count} scenes, with a picture each`, [
      { what: 'an empty page', ...empty },
      { what: 'a plain list', ...list },
      { what: 'the film page', ...film },
    ]);
    const reachedAll = printTargets([
      { name: 'opening, ms', atMost: 200, measured: film.opened },
      { name: 'opening, of a plain list', atMost: 3, measured: film.opened / list.opened },
      { name: 'frames a second, of a plain list', atLeast: 0.9, measured: film.fps / list.fps },
      { name: 'a change of one cell, ms', atMost: 4, measured: film.change },
    ]);
    if (flags.has('check') && !reachedAll) process.exitCode = 1;
  } finally {
    await browser.close();
    await close();
  }
}

interface Figures {
  /** Milliseconds from the navigation to the frame in which everything stands. */
  readonly opened: number;
  readonly fps: number;
  /** Milliseconds of the page for a message that changes one cell. */
  readonly change: number;
}

async function openings(
  browser: Browser,
  address: string,
  { rounds, count }: { readonly rounds: number; readonly count: number },
): Promise<Figures> {
  const figures: Figures[] = [];
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
    const opened = await context.newPage();
    await opened.addInitScript({ content: playExtension(filmOf(count)) });
    await opened.goto(address);
    figures.push(await measure(opened, count));
    await context.close();
  }
  const middle = (of: (one: Figures) => number): number => median(figures.map(of));
  return {
    opened: middle(({ opened }) => opened),
    fps: middle(({ fps }) => fps),
    change: middle(({ change }) => change),
  };
}

async function measure(opened: Page, count: number): Promise<Figures> {
  const at = await opened.evaluate<number>('opened');
  if (count === 0) return { opened: at, fps: NaN, change: NaN };
  const intervals = await opened.evaluate<readonly number[]>(scroll);
  const mean = intervals.reduce((sum, one) => sum + one, 0) / intervals.length;
  const changes = await opened.evaluate<readonly number[]>(change(filmOf(count)));
  return { opened: at, fps: 1000 / mean, change: median(changes) };
}

/**
 * Runs in the page before its own script does: says what the extension would say, and notes when everything
 * stands, in the frame after that.
 */
function playExtension(view: FilmView): string {
  const { length } = view.cells;
  const first = length === 0 ? { type: 'empty' } : { type: 'view', view };
  return `
    globalThis.acquireVsCodeApi = () => ({
      postMessage({ type, id }) {
        if (type === 'ready') postMessage(${JSON.stringify(first)});
        if (type === 'picture') postMessage({ type, id, address: '/' + id + '.svg' });
      },
      getState: () => undefined,
      setState: () => undefined,
    });
    globalThis.opened = new Promise((resolve) => {
      const look = () => {
        const isThere = ${length} === 0
          ? document.querySelector('.empty') !== null
          : document.querySelectorAll('.strip > li').length === ${length};
        requestAnimationFrame(isThere ? () => resolve(performance.now()) : look);
      };
      requestAnimationFrame(look);
    });`;
}

/** An expression for the page: milliseconds from frame to frame while it scrolls. */
const scroll = `new Promise((resolve) => {
  const strip = document.querySelector('.strip');
  const times = [];
  const next = (at) => {
    times.push(at);
    strip.scrollTop += ${scrolled.step};
    if (times.length <= ${scrolled.frames}) requestAnimationFrame(next);
    else resolve(times.slice(1).map((time, index) => time - times[index]));
  };
  requestAnimationFrame(next);
})`;

/** An expression for the page: milliseconds that each of many small changes takes. */
function change({ cells, ...view }: FilmView): string {
  return `${JSON.stringify(cells.slice(0, 50))}.map((cell) => {
    const cells = [{ ...cell, title: 'Another title' }];
    const data = { type: 'changes', view: ${JSON.stringify(view)}, cells };
    const before = performance.now();
    dispatchEvent(new MessageEvent('message', { data }));
    return performance.now() - before;
  })`;
}

function filmOf(count: number): FilmView {
  return {
    uri: 'file:///stories/lamp.md',
    title: 'The Last Lamp',
    state: 'done',
    writer: 'a model',
    written: count,
    total: count,
    elapsedMs: 0,
    at: 0,
    live: [],
    current: 'scene1',
    cells: Array.from({ length: count }, (_, index) => ({
      id: `scene${index + 1}`,
      number: index + 1,
      title: `Light ${index + 1}`,
      seconds: 8,
      state: 'written',
      clip: 'current',
      playable: true,
      picture: '1',
    })),
  };
}

/** The page as it ships, the plain list, and a picture for each scene. */
async function serve(
  count: number,
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const { webview } = bundlesOf({ production: true });
  const { outputFiles } = await build({ ...webview, write: false });
  const files = new Map(
    outputFiles.map(({ path: file, contents }) => [`/${path.basename(file)}`, contents]),
  );
  const server = createServer((request, response) => {
    const name = request.url ?? '/';
    const number = /^\/scene(\d+)\.svg$/.exec(name)?.[1];
    const body =
      name === '/film.html' ? film() : name === '/list.html' ? listOf(count) : files.get(name);
    const type = number === undefined ? types[path.extname(name)] : types['.svg'];
    response.writeHead(200, { 'content-type': type ?? 'application/octet-stream' });
    response.end(number === undefined ? body : picture(Number(number)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const film = (): string =>
    pageDocument({
      cspSource: origin,
      nonce: 'dGhlIGJlbmNobWFyaw',
      address: (file) => `${origin}/${file}`,
      lang: 'en',
      locale: 'en',
      strings: defaultStrings,
    });
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.ttf': 'font/ttf',
  '.svg': 'image/svg+xml',
};

function listOf(count: number): string {
  const items = Array.from(
    { length: count },
    (_, index) =>
      `<li><button><img loading="lazy" src="/scene${index + 1}.svg" alt="">${index + 1}</button></li>`,
  );
  return `<!DOCTYPE html><title>A list</title><style>
    .strip { display: flex; flex-wrap: wrap; max-height: 55vh; overflow-y: auto; }
    img { width: 40px; height: 32px; object-fit: cover; }
  </style><ul class="strip">${items.join('')}</ul>`;
}

function picture(number: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180"><rect width="320" height="180" fill="hsl(${(number * 47) % 360} 50% 40%)"/></svg>`;
}
