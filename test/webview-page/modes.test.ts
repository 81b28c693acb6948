import assert from 'node:assert/strict';
import type { FilmMode, FilmView, FromPage, SceneShown } from '../../src/webview/protocol.ts';
import { eventually } from '../support/eventually.ts';
import { makeFilm, pictureOf, shownScene, shownStills, shownTake } from './film-views.ts';
import { startHarness, type Harness, type OpenOptions, type OpenPage } from './harness.ts';
import { clipMaker } from './make-clip.ts';

const takes = [
  shownTake(1, { state: 'stale', words: 'stale' }),
  shownTake(2, { chosen: true, words: 'chosen', instruction: 'slower' }),
  shownTake(3),
  shownTake(4, { state: 'running', words: '64 %' }),
];

/** A film of which the first scenes have takes. */
function filmWithTakes(scenes = 22): FilmView {
  const film = makeFilm({ scenes, clips: ['current', 'current', 'running'] });
  const cells = film.cells.map((cell) =>
    cell.number <= 2 ? { ...cell, takes: cell.number === 1 ? 4 : 1 } : cell,
  );
  return { ...film, cells };
}

const scenes: readonly SceneShown[] = [
  { ...shownScene, takes },
  { ...shownScene, id: 'scene2', takes: [shownTake(1, { chosen: true, words: 'counts' })] },
  { ...shownScene, id: 'scene3' },
];

describe('film page, its modes', () => {
  let harness: Harness;

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.close());
  afterEach(() => harness.closePages());

  /** The page as it was left in a mode. */
  const inMode = async (
    mode: FilmMode,
    view: FilmView,
    options: OpenOptions = {},
  ): Promise<OpenPage> => {
    const open = await harness.open({ ...options, kept: { view, mode } });
    await open.show(view);
    return open;
  };

  const posted = async (
    { recorded }: OpenPage,
    ...types: readonly FromPage['type'][]
  ): Promise<readonly FromPage[]> =>
    (await recorded()).posted.filter(({ type }) => types.includes(type));

  const watched = async (open: OpenPage): Promise<readonly string[]> =>
    eventually('what is watched', async () => {
      const last = (await posted(open, 'watch')).at(-1);
      return last?.type === 'watch' && last.ids.length > 0 ? last.ids : undefined;
    });

  it('are switched by the arrow keys, and are the same after a reload', async () => {
    const { page, show, recorded } = await harness.open();
    await show(filmWithTakes());
    const mode = (name: string) => page.getByRole('radio', { name });
    const list = (name: string) => page.getByRole('list', { name, exact: true });
    assert.equal(await mode('Strip').isChecked(), true);
    await mode('Strip').focus();
    await page.keyboard.press('ArrowRight');
    await list('Storyboard').waitFor();
    assert.equal(await list('Film strip').count(), 0);
    await page.keyboard.press('ArrowRight');
    await list('Contact Sheet').waitFor();
    const { kept } = await recorded();
    assert.equal(kept?.mode, 'contactSheet');
    const again = await harness.open({ kept });
    await again.page.getByRole('list', { name: 'Contact Sheet' }).waitFor();
    assert.equal(await again.page.getByRole('radio', { name: 'Contact Sheet' }).isChecked(), true);
  });

  it('are none while there is nothing to show but film that waits for a plan', async () => {
    const { page } = await inMode('storyboard', makeFilm({ scenes: 0, written: 0 }));
    assert.equal(await page.getByRole('radio').count(), 0);
    assert.equal(await page.locator('.strip.unexposed').count(), 1);
  });

  describe('the storyboard', () => {
    it('has a picture of each scene with what is seen and heard in it, and is exported', async () => {
      const open = await inMode('storyboard', filmWithTakes());
      const { page, send } = open;
      await send({ type: 'scenes', scenes });
      const address = harness.serve('board.svg', pictureOf(1));
      await send({ type: 'picture', id: 'scene1', address });
      const card = page.getByRole('listitem').filter({ hasText: 'The beam sweeps' }).first();
      for (const text of ['The lamp goes out', 'Not tonight.', 'Lamp room, night', 'a far horn']) {
        assert.equal(await card.getByText(text).last().isVisible(), true, text);
      }
      assert.equal(await card.locator('img').getAttribute('src'), address);
      await page.getByRole('button', { name: 'Export Storyboard…' }).press('Enter');
      assert.deepEqual(await posted(open, 'exportStoryboard'), [{ type: 'exportStoryboard' }]);
    });

    it('wants words and pictures of those scenes only that are seen, of hundreds', async () => {
      const film = makeFilm({ scenes: 450, clips: Array<'current'>(450).fill('current') });
      const open = await inMode('storyboard', film, { viewport: { width: 900, height: 700 } });
      const first = await watched(open);
      assert.ok(first.includes('scene1') && first.length < 40, `${first.length} are watched`);
      const pictures = await posted(open, 'picture');
      assert.ok(pictures.length < 40, `${pictures.length} pictures`);
      await open.page.getByRole('button', { name: /^Scene 450,/ }).scrollIntoViewIfNeeded();
      await eventually('the last scene', async () =>
        (await watched(open)).includes('scene450') ? true : undefined,
      );
      assert.ok(!(await watched(open)).includes('scene1'));
    });

    it('is walked by keyboard in rows and columns, and moves scenes', async () => {
      const open = await inMode('storyboard', filmWithTakes(), {
        viewport: { width: 900, height: 700 },
      });
      const { page } = open;
      await page.getByRole('button', { name: /^Scene 1,/ }).focus();
      const at = () => page.evaluate(() => document.activeElement?.textContent ?? '');
      await page.keyboard.press('ArrowDown');
      assert.match(await at(), /^Scene 4,/u);
      await page.keyboard.press('ArrowRight');
      assert.match(await at(), /^Scene 5,/u);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Alt+ArrowLeft');
      assert.deepEqual(await posted(open, 'open', 'move'), [
        { type: 'open', id: 'scene5' },
        { type: 'move', id: 'scene5', to: 3 },
      ]);
    });
  });

  describe('the contact sheet', () => {
    it('has all takes of each scene, with number, price, model, seed and state', async () => {
      const open = await inMode('contactSheet', filmWithTakes());
      const { page, send } = open;
      await send({ type: 'scenes', scenes });
      const sheet = page.getByRole('list', { name: 'Takes of scene 1', exact: true });
      const words = await sheet.getByRole('button').allInnerTexts();
      assert.deepEqual(
        words.map((one) => one.replaceAll(/\s+/gu, ' ').trim()),
        [
          'Take 1 stale 8 s · $0.10 · veo-3 · seed 1',
          'Take 2 chosen 8 s · $0.20 · veo-3 · seed 2 slower',
          'Take 3 clip ready 8 s · $0.30 · veo-3 · seed 3',
          'Take 4 64 % 8 s · $0.40 · veo-3 · seed 4',
        ],
      );
      const pressed = sheet.getByRole('button', { pressed: true });
      assert.match(await pressed.innerText(), /^Take 2/u);
      assert.equal(await pressed.count(), 1);
      await eventually('the pictures of the takes', async () => {
        const asked = await posted(open, 'picture');
        return asked.some((one) => one.type === 'picture' && one.take === 3) ? true : undefined;
      });
    });

    it('lets one choose by mouse, by Enter, by number, and nothing that is not here', async () => {
      const open = await inMode('contactSheet', filmWithTakes());
      const { page, send } = open;
      await send({ type: 'scenes', scenes });
      const take = (number: number) =>
        page
          .getByRole('list', { name: 'Takes of scene 1', exact: true })
          .getByRole('button', { name: `Take ${number}` });
      await take(1).click();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.keyboard.press('2');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.keyboard.press('4');
      await page.keyboard.press('9');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press(' ');
      assert.deepEqual(await posted(open, 'chooseTake'), [
        { type: 'chooseTake', id: 'scene1', take: 1 },
        { type: 'chooseTake', id: 'scene1', take: 3 },
        { type: 'chooseTake', id: 'scene1', take: 2 },
        { type: 'chooseTake', id: 'scene2', take: 1 },
      ]);
    });

    it('has the stills of each scene before its takes, to approve by mouse and by keyboard', async () => {
      const film = filmWithTakes();
      const cells = film.cells.map((cell) => {
        const { number } = cell;
        if (number === 1 || number === 4) return { ...cell, still: 'drawn' as const };
        return number === 5 ? { ...cell, still: 'drawn' as const, redrawing: true as const } : cell;
      });
      const open = await inMode('contactSheet', { ...film, cells });
      const { page, send } = open;
      await send({ type: 'scenes', scenes: [{ ...shownScene, takes, stills: shownStills }] });
      const sheet = page.getByRole('list', { name: 'Stills and takes of scene 1', exact: true });
      const words = await sheet.getByRole('button').allInnerTexts();
      assert.deepEqual(
        words.slice(0, 4).map((one) => one.replaceAll(/\s+/gu, ' ').trim()),
        [
          'Still not in the script',
          'Still first frame by night',
          'Still queued',
          'Take 1 stale 8 s · $0.10 · veo-3 · seed 1',
        ],
      );
      assert.equal(await sheet.getByRole('button', { pressed: true }).count(), 2);
      await sheet.getByRole('button').first().click();
      // What is its first frame already, and what is not here, is not chosen.
      for (const key of ['ArrowRight', 'Enter', 'ArrowRight', 'Enter', 'r', 'Delete']) {
        await page.keyboard.press(key);
      }
      await page.getByRole('button', { name: 'Redraw the still of scene 4' }).click();
      await page.getByRole('button', { name: 'Draw the still of scene 2', exact: true }).click();
      await page.getByRole('button', { name: 'Take the still of scene 4 out of' }).click();
      // Another one of it is on its way already.
      assert.equal(await page.getByRole('button', { name: 'still of scene 5' }).count(), 1);
      await page.getByRole('list', { name: 'akes of scene 5' }).getByRole('button').focus();
      await page.keyboard.press('r');
      const acts = ['chooseStill', 'redrawStill', 'dropStill', 'drawStill'] as const;
      assert.deepEqual(await posted(open, ...acts), [
        { type: 'chooseStill', id: 'scene1', still: 'a' },
        { type: 'redrawStill', id: 'scene1' },
        { type: 'dropStill', id: 'scene1' },
        { type: 'redrawStill', id: 'scene4' },
        { type: 'drawStill', id: 'scene2' },
        { type: 'dropStill', id: 'scene4' },
      ]);
      await eventually('the pictures of the stills', async () => {
        const asked = await posted(open, 'picture');
        return asked.some((one) => one.type === 'picture' && one.still === 'b') ? true : undefined;
      });
      await send({ type: 'mode', mode: 'storyboard' });
      await page.getByRole('list', { name: 'Storyboard' }).waitFor();
    });

    it('is one Tab stop', async () => {
      const { page, send } = await inMode('contactSheet', filmWithTakes());
      await send({ type: 'scenes', scenes });
      await page.getByRole('radio', { name: 'Contact Sheet' }).focus();
      await page.keyboard.press('Tab');
      assert.match((await page.locator(':focus').innerText()).trim(), /^Take 1/u);
      await page.keyboard.press('Tab');
      assert.equal(await page.locator('.sheet :focus').count(), 0);
    });
  });

  it('show what words say as words, whoever they come from', async () => {
    const words = '<img src=x onerror=alert(1)> [x](command:y)';
    const film = filmWithTakes();
    const cells = film.cells.map((cell) => ({ ...cell, title: `<b>${words}</b>` }));
    const hostile: SceneShown = {
      ...shownScene,
      action: words,
      where: words,
      takes: [shownTake(1, { words, facts: words, instruction: words }), shownTake(2)],
    };
    for (const mode of ['storyboard', 'contactSheet'] as const) {
      const { page, send, recorded } = await inMode(mode, { ...film, cells });
      await send({ type: 'scenes', scenes: [hostile] });
      await page.getByText(words).first().waitFor();
      assert.equal(await page.locator('main img, main a, main li b b').count(), 0);
      assert.deepEqual((await recorded()).violations, []);
    }
  });

  it('fit into 300 pixels, and into 2,000', async () => {
    const long = 'x'.repeat(300);
    const hostile = scenes.map((scene) => ({
      ...scene,
      action: long,
      where: long,
      takes: [...takes, shownTake(5, { words: long, facts: long, instruction: long })],
      stills: shownStills.map((still) => ({ ...still, words: long, instruction: long })),
    }));
    for (const width of [300, 2000]) {
      for (const mode of ['storyboard', 'contactSheet'] as const) {
        const film = filmWithTakes();
        const cells = film.cells.map((cell) => ({ ...cell, title: long }));
        const { page, send } = await inMode(
          mode,
          { ...film, cells },
          { viewport: { width, height: 700 } },
        );
        await send({ type: 'scenes', scenes: hostile });
        const [content, visible] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        assert.equal(content, visible, `${mode} at ${width}`);
      }
    }
  });

  describe('comparing two takes', () => {
    const clips: string[] = [];

    before(async () => {
      const { page } = await harness.open();
      const make = await clipMaker(page);
      for (const seconds of [2, 3]) {
        clips.push(harness.serve(`${seconds}s.webm`, await make(seconds)));
      }
      await harness.closePages();
    });

    const compared = (): readonly SceneShown[] => {
      const [one = '', two = ''] = clips;
      return [
        {
          ...shownScene,
          takes: [
            shownTake(1, { clip: one }),
            shownTake(2, { clip: two, chosen: true }),
            shownTake(3, { clip: one }),
          ],
        },
      ];
    };

    interface Played {
      readonly at: number;
      readonly paused: boolean;
      readonly muted: boolean;
      readonly ready: number;
    }
    const videos = ({ page }: OpenPage): Promise<readonly Played[]> =>
      page.locator('dialog video').evaluateAll((all) =>
        (all as HTMLVideoElement[]).map((video) => ({
          at: video.currentTime,
          paused: video.paused,
          muted: video.muted,
          ready: video.readyState,
        })),
      );
    const until = (open: OpenPage, what: string, is: (all: readonly Played[]) => boolean) =>
      eventually(what, async () => {
        const all = await videos(open);
        return all.length === 2 && is(all) ? all : undefined;
      });

    it('plays them in step, silent until one is to be heard, and chooses one', async () => {
      const open = await inMode('contactSheet', filmWithTakes());
      const { page, send } = open;
      await send({ type: 'scenes', scenes: compared() });
      const first = page.getByRole('button', { name: /^Take 1/ }).first();
      await first.focus();
      await page.keyboard.press('c');
      const dialog = page.getByRole('dialog', { name: /The lamp goes out/ });
      await dialog.waitFor();
      await until(open, 'both are here', (all) => all.every(({ ready }) => ready >= 3));
      await page.keyboard.press(' ');
      const playing = await until(open, 'both play', (all) =>
        all.every(({ at, paused }) => at > 0.3 && !paused),
      );
      const [one, two] = playing.map(({ at }) => at);
      assert.ok(Math.abs((one ?? 0) - (two ?? 9)) < 0.25, `${one} and ${two}`);
      assert.ok(playing.every(({ muted }) => muted));
      await page.keyboard.press('m');
      assert.deepEqual(
        (await videos(open)).map(({ muted }) => muted),
        [false, true],
      );
      await dialog.getByRole('button', { name: 'Sound of take 2' }).click();
      assert.deepEqual(
        (await videos(open)).map(({ muted }) => muted),
        [true, false],
      );
      await dialog.getByRole('button', { name: 'Pause' }).click();
      const still = await until(open, 'both stand', (all) => all.every(({ paused }) => paused));
      assert.ok(Math.abs((still[0]?.at ?? 0) - (still[1]?.at ?? 9)) < 0.05, 'at one moment');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await until(open, 'both were moved', (all) => all.every(({ at }) => Math.abs(at - 1) < 0.05));
      await page.keyboard.press('End');
      const ends = await until(open, 'each at its end', (all) => (all[1]?.at ?? 0) > 2.5);
      assert.ok((ends[0]?.at ?? 9) <= 2.2, 'the shorter one stands at its own');
      await dialog.getByRole('button', { name: 'Use Take 1' }).click();
      await page.keyboard.press('3');
      assert.deepEqual(await posted(open, 'chooseTake'), [
        { type: 'chooseTake', id: 'scene1', take: 1 },
        { type: 'chooseTake', id: 'scene1', take: 3 },
      ]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      assert.equal(await first.evaluate((button) => button === document.activeElement), true);
    });

    it('is opened from the panel of a scene, for any two of its takes', async () => {
      const open = await inMode('strip', filmWithTakes());
      const { page, send, recorded } = open;
      await send({ type: 'scenes', scenes: compared() });
      await page.getByRole('button', { name: 'Compare Takes' }).press('Enter');
      const dialog = page.getByRole('dialog');
      const sides = dialog.getByRole('combobox', { name: 'Take on this side' });
      const values = () =>
        sides.evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value));
      assert.deepEqual(await values(), ['2', '3'], 'the one that counts, and the newest');
      await sides.last().selectOption('1');
      assert.deepEqual(await values(), ['2', '1']);
      await dialog.getByRole('region', { name: 'Take 1' }).waitFor();
      const watching = await watched(open);
      assert.ok(watching.includes('scene1'));
      const one = [{ ...shownScene, takes: [shownTake(2, { chosen: true })] }];
      await send({ type: 'scenes', scenes: one });
      await dialog.waitFor({ state: 'detached' });
      assert.deepEqual((await recorded()).violations, []);
    });

    it('says so where one cannot be played, and plays the other', async () => {
      const open = await inMode('contactSheet', filmWithTakes(), {
        viewport: { width: 300, height: 700 },
      });
      const { page, send } = open;
      const clip = harness.serve('none.webm', 'no video');
      await send({
        type: 'scenes',
        scenes: [
          {
            ...shownScene,
            takes: [
              shownTake(1, { clip }),
              shownTake(2, { chosen: true, ...(clips[1] === undefined ? {} : { clip: clips[1] }) }),
            ],
          },
        ],
      });
      await page.getByRole('button', { name: 'Compare the takes of scene 1' }).click();
      await page.getByText('This clip cannot be played here.').waitFor();
      await page.keyboard.press(' ');
      await until(open, 'the other plays', (all) => (all[1]?.at ?? 0) > 0.2);
      assert.equal(
        await page.locator('dialog').evaluate((one) => one.scrollWidth - one.clientWidth),
        0,
      );
    });
  });
});
