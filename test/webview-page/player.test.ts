import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FilmView } from '../../src/webview/protocol.ts';
import { eventually } from '../support/eventually.ts';
import { ffmpeg, hasFfmpeg } from '../unit/media/fake-ffmpeg.ts';
import { makeFilm, pictureOf, shownScene } from './film-views.ts';
import { startHarness, type Harness, type OpenOptions, type OpenPage } from './harness.ts';

/** Scenes of one second each: two with clips, one without, one with a clip again. */
function shortFilm(): FilmView {
  const film = makeFilm({ scenes: 4, clips: ['current', 'current', 'running', 'current'] });
  return { ...film, cells: film.cells.map((cell) => ({ ...cell, seconds: 1 })) };
}

describe('film page, playing', () => {
  let harness: Harness;

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.close());
  afterEach(() => harness.closePages());

  const opened = (options?: OpenOptions): Promise<OpenPage> => harness.open(options);

  /** Which cells the film came to. */
  const looked = async ({ recorded }: OpenPage): Promise<readonly string[]> =>
    (await recorded()).posted.flatMap((message) => (message.type === 'look' ? message.id : []));

  /** Waits until the strip marks this scene, and no other. */
  const marks = ({ page }: OpenPage, number: number): Promise<unknown> =>
    eventually(`the mark at scene ${number}`, async () => {
      const found = await page.locator('.frame[aria-current="true"]').allInnerTexts();
      return found.length === 1 && found[0]?.trim() === String(number) ? true : undefined;
    });

  it('plays clips one after the other, cards where there are none, with what is said', async function () {
    if (!hasFfmpeg) this.skip();
    const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-player-'));
    const clips: string[] = [];
    for (const colour of ['red', 'blue']) {
      const file = path.join(folder, `${colour}.webm`);
      const picture = ['-f', 'lavfi', '-i', `color=${colour}:s=64x36:r=10:d=1`];
      ffmpeg(...picture, '-f', 'lavfi', '-i', 'sine=440:d=1', '-b:v', '20k', file);
      clips.push(harness.serve(`${colour}.webm`, await readFile(file)));
    }
    await rm(folder, { recursive: true });
    const open = await opened({ viewport: { width: 900, height: 900 } });
    const { page, show, send, recorded } = open;
    await show(shortFilm());
    const [red, blue] = clips as [string, string];
    const cues = [{ startMs: 0, endMs: 900, lines: ['– Not tonight.', '– Then when?'] }];
    await send({
      type: 'scenes',
      scenes: [
        { ...shownScene, id: 'scene1', clip: red },
        { ...shownScene, id: 'scene2', clip: blue },
        { ...shownScene, id: 'scene3', poster: harness.serve('still.svg', pictureOf(3)), cues },
        { ...shownScene, id: 'scene4', clip: red },
      ],
    });
    await page.evaluate(() => {
      const gaps: number[] = [];
      let endedAt: number | undefined;
      addEventListener('ended', () => (endedAt = performance.now()), true);
      addEventListener(
        'playing',
        () => {
          if (endedAt !== undefined) gaps.push(performance.now() - endedAt);
          endedAt = undefined;
        },
        true,
      );
      Object.assign(globalThis, { gaps });
    });
    await page.getByRole('button', { name: 'Play Film' }).click();
    await page.locator('.player-video[data-on="true"][src$="red.webm"]').waitFor();
    await page.locator('.player-video[data-on="true"][src$="blue.webm"]').waitFor();
    await marks(open, 2);
    assert.equal(await page.locator('.player-video[data-on="true"]').count(), 1);
    await page.locator('.player-picture').waitFor();
    await page.getByText('– Then when?').waitFor();
    await page.locator('.player-video[data-on="true"][src$="red.webm"]').waitFor();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    assert.deepEqual(await looked(open), ['scene2', 'scene3', 'scene4']);
    assert.equal(await page.locator('.player-time').innerText(), '0:04 / 0:04');
    assert.deepEqual((await recorded()).violations, []);
    const gaps = await page.evaluate(() => (globalThis as unknown as { gaps: number[] }).gaps);
    assert.ok(gaps.length > 0);
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    assert.equal((await looked(open)).at(-1), 'scene1', 'after the end it begins again');
  });

  it('is walked by keyboard, stops on Space, and gives the page back on Escape', async () => {
    const open = await opened();
    const { page, show } = open;
    const film = makeFilm();
    await show(film);
    const time = () => page.locator('.player-time').innerText();
    await page.getByRole('button', { name: 'Play Film' }).press('Enter');
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    const start = await page
      .getByRole('slider', { name: 'Position' })
      .getAttribute('aria-valuetext');
    assert.match(start ?? '', /^0:00 of 2:53, scene 1, The lamp goes out/);
    await page.keyboard.press('End');
    assert.match(await time(), /^2:53/);
    await marks(open, 22);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await marks(open, 2);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.match(await time(), /^0:10/);
    await page.keyboard.press('ArrowLeft');
    assert.match(await time(), /^0:05/);
    await page.keyboard.press('f');
    const filled = page.locator('.player[data-filled="true"]');
    await filled.waitFor();
    await page.keyboard.press('Escape');
    await eventually('the page', async () => ((await filled.count()) === 0 ? true : undefined));
    await page.getByRole('button', { name: 'Close Player' }).focus();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.player').count(), 0);
    await page.getByRole('region', { name: /The lamp goes out/ }).waitFor();
  });

  it('begins at any scene, and goes to the one that is pressed on the strip', async () => {
    const open = await opened();
    const { page, show } = open;
    await show(makeFilm({ current: 5 }));
    await page.getByRole('button', { name: 'Play from Here' }).click();
    await marks(open, 5);
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: /^Scene 9,/ }).click();
    await marks(open, 9);
    const position = page.getByRole('slider', { name: 'Position' });
    assert.match((await position.getAttribute('aria-valuetext')) ?? '', /scene 9,/);
    await show(makeFilm({ current: 2 }));
    await marks(open, 9);
    await page.getByRole('button', { name: /^Scene 9,/ }).press(' ');
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  });

  it('goes on past a clip that cannot be played, and says so', async () => {
    const open = await opened();
    const { page, show, send } = open;
    await show(shortFilm());
    const clip = harness.serve('nothing.webm', 'no video');
    const scenes = [1, 2, 4].map((number) => ({ ...shownScene, id: `scene${number}`, clip }));
    await send({ type: 'scenes', scenes });
    await page.getByRole('button', { name: 'Play Film' }).click();
    await page.getByText('This clip cannot be played here.').waitFor();
    await eventually('the end', async () =>
      (await looked(open)).includes('scene4') ? true : undefined,
    );
  });

  it('keeps how loud it is and whether there are subtitles for the next life of the page', async () => {
    const { page, show, recorded } = await opened();
    await show(makeFilm());
    await page.getByRole('button', { name: 'Play Film' }).click();
    await page.keyboard.press('c');
    await page.getByRole('slider', { name: 'Volume' }).fill('0.4');
    await page.getByRole('button', { name: 'Mute' }).click();
    const playing = { volume: 0.4, muted: true, subtitles: false };
    const { kept } = await recorded();
    assert.deepEqual(kept?.playing, playing);
    await harness.closePages();
    const again = await opened({ kept });
    await again.page.getByRole('button', { name: 'Play Film' }).click();
    await again.page.getByRole('button', { name: 'Mute', pressed: true }).waitFor();
    assert.equal(await again.page.getByRole('slider', { name: 'Volume' }).inputValue(), '0.4');
    assert.equal(
      await again.page
        .locator('video')
        .first()
        .evaluate((one) => (one as HTMLVideoElement).volume),
      0.4,
    );
  });

  it('fits into 300 pixels with hundreds of scenes', async () => {
    const { page, show } = await opened({ viewport: { width: 300, height: 700 } });
    await show(makeFilm({ scenes: 450 }));
    await page.getByRole('button', { name: 'Play Film' }).click();
    const [content, visible] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.equal(content, visible);
  });
});
