import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import { build } from 'esbuild';
import type { Browser, Frame, Page } from 'playwright-core';
import { bundlesOf } from '../../scripts/bundles.mjs';
import { promptCardHtml } from '../../src/editor/cards/prompt-card-html.ts';
import type { CardShown } from '../../src/webview/prompt-card/protocol.ts';
import { launchBrowser } from '../support/browser.ts';
import { pictureOf } from './film-views.ts';
import { largeFont, layoutFaults, spaced } from './layout-faults.ts';
import { themes, type ThemeName } from './themes.ts';

const pictures = path.resolve(import.meta.dirname, '../../out/screenshots');

const prompt =
  'A dark lamp room at night, moonlight on huge glass lenses. Mara stands on the last step of the stairs in a yellow oilskin coat; the lamp is out. Slow push in, 35 mm.';

const card: CardShown = {
  label: 'Scene 2: The lamp is out',
  state: 'stale',
  sign: '↻',
  stateWords: 'clip is stale',
  facts: '8 s · 3 takes · $3.20 · next clip $3.20',
  acts: ['Play', 'Render again', 'Rewrite'].map((label) => ({ id: label, label })),
  takesLabel: 'Takes',
  takes: [1, 2, 3].map((take) => ({
    id: `take ${take}`,
    label: `Take ${take}`,
    counts: take === 2,
    words: '8 s · $3.20 · veo-3.1',
  })),
};

const picture = `data:image/svg+xml;base64,${Buffer.from(pictureOf(2)).toString('base64')}`;

/** What the frame has said, as the editor around it hears it. */
interface Heard {
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

describe('the card of a prompt', () => {
  let browser: Browser;
  let folder: string;
  let html: string;
  let axe: string;
  let page: Page;
  let frame: Frame;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-card-'));
    await mkdir(pictures, { recursive: true });
    const bundle = bundlesOf({ production: true }).promptCard;
    await Promise.all([
      build({ ...bundle, outdir: folder }),
      launchBrowser().then((one) => {
        browser = one;
      }),
    ]);
    html = await promptCardHtml(folder, 'en');
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  });

  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  /** A frame with the card in it, in a window that plays VS Code's editor. */
  async function open(theme: ThemeName = 'dark', width = 760, styles = ''): Promise<void> {
    const context = await browser.newContext({ viewport: { width, height: 620 } });
    page = await context.newPage();
    const colours = Object.entries(themes[theme]).map(([name, value]) => `${name}: ${value};`);
    const sheet = `:root { ${colours.join(' ')} color-scheme: ${theme.endsWith('light') ? 'light' : 'dark'}; }`;
    const themed = html.replace(
      '<head>',
      `<head><style>${sheet} body { margin: 0; background: var(--vscode-editor-background); font: 13px 'DejaVu Sans', sans-serif; } ${styles}</style>`,
    );
    await page.setContent(
      `<body style="margin: 12px; background: ${themes[theme]['--vscode-editor-background']}"><iframe sandbox="allow-scripts allow-same-origin" style="border: 0; width: 100%; height: 300px"></iframe></body>`,
    );
    await page.evaluate((source) => {
      const heard: unknown[] = [];
      const [one] = document.getElementsByTagName('iframe');
      addEventListener('message', ({ data }: MessageEvent<Heard>) => {
        heard.push(data);
        const height = data.params?.height;
        if (one && typeof height === 'number') one.style.height = `${height}px`;
      });
      Object.assign(globalThis, { heard });
      if (one) one.srcdoc = source;
    }, themed);
    await heard('web-editor-host::initialized');
    const [, inner] = page.frames();
    assert.ok(inner, 'there is a frame');
    frame = inner;
    await update({ content: prompt, readOnly: false, serverRevision: 1, force: true });
  }

  const say = (method: string, params: object): Promise<void> =>
    page.evaluate(
      (message) => {
        frames[0]?.postMessage(message, '*');
      },
      { jsonrpc: '2.0', method, params },
    );
  const update = (params: object): Promise<void> => say('web-editor::update', params);

  /** The newest message of this method, which may be on its way. */
  async function heard(method: string, holding = ''): Promise<Heard['params']> {
    const found = await page.waitForFunction(
      ([wanted, words]) =>
        (globalThis as unknown as { heard: Heard[] }).heard.findLast(
          (one) => one.method === wanted && JSON.stringify(one.params).includes(words ?? ''),
        ),
      [method, holding],
    );
    return (await found.jsonValue())?.params;
  }

  async function tell(shown: CardShown = card): Promise<void> {
    const { message } = (await heard('web-editor-host-transport::message', '"shows"')) ?? {};
    const { showing } = message as { readonly showing: number };
    const told = { type: 'card', showing, card: shown, promptLabel: 'Prompt of scene 2' };
    await say('web-editor-client-transport::message', { message: told });
    const drawn = { type: 'picture', showing, source: picture };
    await say('web-editor-client-transport::message', { message: drawn });
    await frame.getByRole('button', { name: 'Rewrite' }).waitFor();
    await frame.locator('img').waitFor();
  }

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`has nothing that axe finds, wide and narrow: ${theme}`, async () => {
      for (const width of [760, 300]) {
        await open(theme, width);
        await tell();
        await page.screenshot({ path: path.join(pictures, `prompt-card-${theme}-${width}.png`) });
        await frame.evaluate(axe);
        const { violations, passes } = await frame.evaluate<AxeResults>(`axe.run('main')`);
        assert.deepEqual(
          violations.flatMap(({ id, nodes }) => nodes.map(({ html: found }) => `${id}: ${found}`)),
          [],
        );
        assert.ok(
          passes.some(({ id }) => id === 'color-contrast'),
          'colours were looked at',
        );
      }
    });
  }

  it('has all of it in sight and nothing on something else, however large it is shown', async () => {
    const trouble = `Refused: https://api.example.com/${'v1/'.repeat(30)}`;
    for (const width of [760, 450, 300]) {
      for (const styles of ['', spaced, largeFont]) {
        await open('dark', width, styles);
        await tell({ ...card, trouble });
        assert.deepEqual(await frame.evaluate(layoutFaults), [], `${width} pixels ${styles}`);
      }
    }
  });

  it('keeps the keyboard beside what it has pressed, and never puts it into the text', async () => {
    await open();
    await tell();
    await frame.getByRole('button', { name: 'Render again' }).press('Enter');
    await tell({ ...card, acts: card.acts.filter(({ id }) => id !== 'Render again') });
    await frame.getByRole('button', { name: 'Render again' }).waitFor({ state: 'detached' });
    const focused = (): Promise<string> =>
      frame.evaluate(() => document.activeElement?.textContent ?? '');
    assert.equal(await focused(), 'Rewrite');
    await update({ content: 'The sea.', readOnly: false, serverRevision: 2, force: true });
    await frame.getByText('clip is stale').waitFor({ state: 'detached' });
    assert.equal(await frame.locator(':focus').count(), 0, 'what is typed goes nowhere');
  });

  it('shows foreign words as words, and lets nothing load or run', async () => {
    await open();
    const hostile = '</script><img src=x onerror="parent.hurt=1"> ](command:x) <b>bold</b>';
    await tell({ ...card, stateWords: hostile, trouble: hostile, facts: hostile });
    await update({ content: `${hostile}\n${hostile}`, serverRevision: 2, force: true });
    assert.equal(await frame.getByRole('textbox').inputValue(), `${hostile}\n${hostile}`);
    await tell({ ...card, stateWords: hostile, trouble: hostile, facts: hostile });
    assert.equal(await frame.locator('b, img:not(.picture), script[src]').count(), 0);
    const ran = await frame.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'parent.hurt = 1';
      document.head.append(script);
      const image = new Image();
      return new Promise((resolve) => {
        image.onload = () => {
          resolve('loaded');
        };
        image.onerror = () => {
          resolve((parent as unknown as { hurt?: number }).hurt ?? 'nothing');
        };
        image.src = 'https://example.invalid/x.png';
      });
    });
    assert.equal(ran, 'nothing');
  });

  it('leaves nothing behind when its frame is given to another prompt', async () => {
    await open();
    await tell();
    const [before] = await Promise.all([heard('web-editor-host-transport::message', '"shows"')]);
    await update({ content: 'The sea.', readOnly: true, serverRevision: 2, force: true });
    await frame.getByText('clip is stale').waitFor({ state: 'detached' });
    assert.equal(await frame.locator('button, img').count(), 0);
    assert.equal(await frame.getByRole('textbox').inputValue(), 'The sea.');
    // What was meant for the prompt before is late.
    const { showing } = (before as { readonly message: { readonly showing: number } }).message;
    const late = { type: 'card', showing, card, promptLabel: '' };
    await say('web-editor-client-transport::message', { message: late });
    await update({ content: 'The calm sea.', serverRevision: 3 });
    await frame.waitForFunction(() => document.querySelector('textarea')?.value.includes('calm'));
    assert.equal(await frame.locator('button').count(), 0);
  });

  it('sends what is typed, and what is clicked', async () => {
    await open();
    await tell();
    await update({ content: 'One.\r\nTwo.', serverRevision: 2 });
    await frame.waitForFunction(() => document.querySelector('textarea')?.value === 'One.\nTwo.');
    await tell();
    const prompt = frame.getByRole('textbox');
    await prompt.press('Control+End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('```');
    const kept = 'One.\nTwo.\n    ```';
    assert.equal(await prompt.inputValue(), kept);
    await prompt.press('Control+z');
    // Each is answered before the next one comes; what was typed meanwhile comes as one.
    for (const [before, text] of [
      ['One.\nTwo.', 'One.\nTwo.\n'],
      ['One.\nTwo.\n', kept],
    ] as const) {
      const words = JSON.stringify({ before, text }).slice(1, -1);
      const { message } = (await heard('web-editor-host-transport::message', words)) ?? {};
      const { showing } = message as { readonly showing: number };
      assert.deepEqual(message, { type: 'type', showing, before, text });
      const answer = { type: 'typed', showing, text, isTaken: true };
      await say('web-editor-client-transport::message', { message: answer });
    }
    await heard('web-editor-host-transport::message', '"type":"undo"');
    await prompt.press('Control+s');
    await heard('web-editor-host-transport::message', '"type":"save"');
    await frame.getByRole('button', { name: 'Take 3' }).click();
    await heard('web-editor-host-transport::message', '"id":"take 3"');
  });

  it('is as high as its words, also once there are fewer', async () => {
    await open();
    await tell();
    const height = async (): Promise<number> =>
      Number((await heard('web-editor-host::reportSize'))?.height);
    const before = await height();
    await update({ content: `${prompt}\n`.repeat(12), serverRevision: 2 });
    await page.waitForFunction((least) => {
      const { heard: all } = globalThis as unknown as { heard: Heard[] };
      return Number(all.findLast(({ params }) => params?.height)?.params?.height) > least;
    }, before + 100);
    await update({ content: prompt, serverRevision: 3 });
    await page.waitForFunction((wanted) => {
      const { heard: all } = globalThis as unknown as { heard: Heard[] };
      return Number(all.findLast(({ params }) => params?.height)?.params?.height) === wanted;
    }, before);
  });
});
