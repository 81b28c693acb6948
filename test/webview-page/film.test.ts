import assert from 'node:assert/strict';
import { thumbnailBytes, type ClipState, type FromPage } from '../../src/webview/protocol.ts';
import { eventually } from '../support/eventually.ts';
import { makeFilm, pictureOf, shownJobs, shownScene, shownTake } from './film-views.ts';
import { startHarness, type Harness, type OpenOptions, type OpenPage } from './harness.ts';

const clips: readonly ClipState[] = [
  ...(['current', 'current', 'stale', 'current'] as const),
  ...(['running', 'running', 'failed', 'running'] as const),
];

describe('film page', () => {
  let harness: Harness;

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.close());
  afterEach(() => harness.closePages());

  const opened = (options?: OpenOptions): Promise<OpenPage> => harness.open(options);

  /** What the reader has done so far. */
  const done = async (recorded: OpenPage['recorded']): Promise<readonly FromPage[]> =>
    (await recorded()).posted.filter(({ type }) => !['ready', 'picture', 'watch'].includes(type));

  it('says in one line how long the film is and how much of it there is, money where it is known', async () => {
    const { page, show } = await opened({ viewport: { width: 1600, height: 700 } });
    const facts = () =>
      page.getByRole('list', { name: 'Progress' }).getByRole('listitem').allInnerTexts();
    const film = makeFilm({ clips });
    assert.ok(film.totals);
    const money = { spent: '$4.80', unclear: '$0.80', toCome: '$12.00' };
    await show({ ...film, totals: { ...film.totals, ...money, drawn: 5, drawing: 2 } });
    assert.deepEqual((await facts()).slice(0, 11), [
      '22 of 22 scenes',
      '2:53 of 3:00',
      '5 drawn',
      '2 being drawn',
      '3 rendered',
      '3 on the way',
      '1 stale',
      '1 failed',
      '$4.80 ordered',
      '$0.80 may have been paid',
      'about $12.00 to come',
    ]);
    await show(makeFilm());
    assert.equal((await facts()).filter((fact) => /rendered|stale|ordered/.test(fact)).length, 0);
  });

  const all = (state: ClipState): ClipState[] => Array<ClipState>(22).fill(state);
  const stages = [
    ['planned', makeFilm({ written: 3, state: 'idle' }), ['Write Missing Scenes', 'Render Scenes']],
    ['written', makeFilm(), ['Render Scenes', 'Draw Stills']],
    ['drawn in part', makeFilm({ stills: [1] }), ['Draw Stills', 'Render Scenes']],
    ['rendering', makeFilm({ clips: all('running') }), []],
    ['rendered', makeFilm({ clips: all('current') }), ['Assemble Video']],
    ['stale', makeFilm({ clips: all('stale') }), ['Render Scenes', 'Assemble Video']],
  ] as const;
  for (const [stage, film, offered] of stages) {
    it(`offers what there is to do with a film that is ${stage}, by keyboard`, async () => {
      const { page, show, recorded } = await opened();
      await show(film);
      const buttons = page.getByRole('group', { name: 'Writing' }).getByRole('button');
      assert.deepEqual(await buttons.allInnerTexts(), offered);
      for (const button of await buttons.all()) await button.press('Enter');
      const meaning = {
        'Write Missing Scenes': 'retry',
        'Draw Stills': 'drawStills',
        'Render Scenes': 'render',
        'Assemble Video': 'assemble',
      } as const;
      assert.deepEqual(
        (await done(recorded)).map(({ type }) => type),
        offered.map((name) => meaning[name]),
      );
    });
  }

  it('shows the scene under the cursor, with what it says and the one thing to do next', async () => {
    const { page, show, send, recorded } = await opened();
    await show(makeFilm({ clips, current: 3 }));
    const scene = page.getByRole('region', { name: /A letter with no stamp/ });
    await scene.getByText('rendered, and changed since').waitFor();
    const why = ['Changed since it was rendered: the prompt.'];
    const told = { ...shownScene, id: 'scene3', why, next: 'renderAgain' } as const;
    await send({ type: 'scenes', scenes: [told] });
    for (const text of [
      'The beam sweeps the water once',
      'Not tonight.',
      'Nobody had seen the lamp go out before.',
      'Wind, a far horn.',
      'white beard, a pipe',
      'Lamp room, night',
      ...why,
    ]) {
      assert.equal(await scene.getByText(text).first().isVisible(), true, text);
    }
    const prompt = scene.getByText('slow push in.');
    assert.equal(await prompt.isVisible(), false);
    await scene.getByText('Prompt, as it is sent').click();
    assert.equal(await prompt.isVisible(), true);
    for (const name of ['Render Again', 'Open Clip', 'Go to Scene']) {
      await scene.getByRole('button', { name }).click();
    }
    assert.deepEqual(await done(recorded), [
      { type: 'renderScene', id: 'scene3' },
      { type: 'open', id: 'scene3' },
      { type: 'goTo', id: 'scene3' },
    ]);
  });

  it('shows another scene as the reader walks along the film, and what is known of it at once', async () => {
    const { page, show, send } = await opened();
    await show(makeFilm({ current: 4 }));
    await send({ type: 'scenes', scenes: [{ ...shownScene, id: 'scene5' }] });
    await page.getByRole('button', { name: /^Scene 4,/ }).focus();
    await page.keyboard.press('ArrowRight');
    const scene = page.getByRole('region', { name: /Fog, and a second light/ });
    await scene.getByText('Not tonight.').waitFor();
    assert.equal(await page.locator('.frame[aria-current="true"]').count(), 1);
  });

  it('shows what words say as words, whoever they come from', async () => {
    const { page, show, send, recorded } = await opened();
    const words = '<img src=x onerror=alert(1)> [x](command:y)';
    const title = `<b>${words}</b>`;
    const film = makeFilm(
      { clips },
      { jobs: [{ id: 'x', title, words, face: 'failed', acts: [] }] },
    );
    const cells = film.cells.map((cell) => ({ ...cell, title }));
    await show({ ...film, title, cells });
    const dialogue = [{ speaker: words, tone: words, line: words }];
    const cast = [{ name: words, look: words }];
    const foreign = { action: words, narration: words, sound: words, prompt: words, where: words };
    await send({ type: 'scenes', scenes: [{ ...shownScene, ...foreign, dialogue, cast }] });
    assert.equal(await page.locator('main img, main a, .scene-title b').count(), 0);
    assert.deepEqual((await recorded()).violations, []);
  });

  it('has a row for every video job with what can be done about it, and leads to its scene', async () => {
    const { page, show, recorded } = await opened();
    await show(makeFilm({ clips }, { jobs: shownJobs, moreJobs: 3 }));
    const jobs = page.getByRole('region', { name: 'Video jobs' });
    const rows = jobs.getByRole('listitem');
    assert.equal(await rows.count(), 4);
    assert.match(
      await rows.first().innerText(),
      /Fog, and a second light\s+64 % · 12 MB\/s\s+\$0\.80/,
    );
    assert.equal(await rows.first().getByRole('progressbar').getAttribute('value'), '0.64');
    await rows
      .first()
      .getByRole('button', { name: /^Pause: 5/ })
      .click();
    await rows
      .nth(2)
      .getByRole('button', { name: /^Retry: 7/ })
      .press('Enter');
    await rows
      .nth(3)
      .getByRole('button', { name: /^Cancel: 8/ })
      .click();
    await rows.nth(2).getByRole('button', { name: '7 Rope', exact: true }).click();
    await jobs.getByRole('button', { name: '3 more' }).click();
    assert.deepEqual(await done(recorded), [
      { type: 'job', job: 'a', act: 'pause' },
      { type: 'job', job: 'c', act: 'retry' },
      { type: 'job', job: 'd', act: 'cancel' },
      { type: 'reveal', id: 'scene7' },
      { type: 'jobs' },
    ]);
  });

  it('says so when the last clip has come', async () => {
    const { page, show } = await opened();
    const said = () => page.getByRole('status').innerText();
    await show(makeFilm());
    await show(makeFilm({ clips: all('running') }));
    assert.equal(await said(), 'Rendering: 0 of 22 scenes have their clips');
    await show(makeFilm({ clips: all('current') }));
    assert.equal(await said(), 'All 22 scenes are rendered');
  });

  it('takes in what has changed, and no more than that', async () => {
    const { page, show, send } = await opened();
    const film = makeFilm({ scenes: 450 });
    await show(film);
    const { cells, ...view } = film;
    const changed = cells.slice(10, 11).map((cell) => ({ ...cell, title: 'Another title' }));
    await send({ type: 'changes', view: { ...view, title: 'Another film' }, cells: changed });
    await page.getByRole('heading', { name: 'Another film' }).waitFor();
    await page.getByRole('button', { name: /^Scene 11, Another title/ }).waitFor();
    const order = cells.map(({ id }) => id).slice(1);
    await send({ type: 'changes', view, cells: [], order });
    assert.equal(await page.locator('.film').count(), 449);
  });

  it('fits into 300 pixels, and is one column there', async () => {
    const { page, show, send } = await opened({ viewport: { width: 300, height: 700 } });
    await show(makeFilm({ clips, scenes: 450, current: 3 }, { jobs: shownJobs }));
    const poster = harness.serve('poster.svg', pictureOf(3));
    const long = 'x'.repeat(400);
    const scene = { ...shownScene, id: 'scene3', poster, action: long, prompt: long, where: long };
    await send({ type: 'scenes', scenes: [scene] });
    const [content, visible] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.equal(content, visible);
  });

  it('shows its whole title at every width, whatever can be done with the film', async () => {
    const { page, show } = await opened({ viewport: { width: 1400, height: 700 } });
    const title = 'The Keeper’s Last Night on the Stairs of the Drowned Cathedral';
    await show(makeFilm({ clips, written: 10, state: 'idle' }, { title }));
    const heading = page.getByRole('heading', { name: title });
    assert.ok((await page.getByRole('group', { name: 'Writing' }).getByRole('button').count()) > 1);
    for (let width = 280; width <= 1400; width += 40) {
      await page.setViewportSize({ width, height: 700 });
      const [whole, shown] = await heading.evaluate((element) => [
        element.scrollWidth,
        element.clientWidth,
      ]);
      // Where all stands on one line the title has two fifths of it, and its tooltip.
      if (width <= 860) assert.equal(whole, shown, `${width} pixels`);
      assert.ok(shown > 150, `${width} pixels leave ${shown} for the title`);
    }
  });

  /** The cells that the page has asked for, once it has. */
  async function asked({ recorded }: OpenPage, count: number): Promise<readonly string[]> {
    return eventually('the pictures that are asked for', async () => {
      const { posted } = await recorded();
      const ids = posted.flatMap((message) => (message.type === 'picture' ? message.id : []));
      return ids.length >= count ? ids : undefined;
    });
  }

  it('asks for the pictures of cells that are seen, once, and again when they are others', async () => {
    const opening = await opened({ viewport: { width: 700, height: 500 } });
    const { page, show, recorded } = opening;
    const film = makeFilm({ scenes: 450, clips: Array<ClipState>(450).fill('current') });
    await show(film);
    const first = await asked(opening, 20);
    assert.equal(new Set(first).size, first.length);
    assert.ok(first.length < 300, `${first.length} of 450 were asked for`);
    assert.ok(first.includes('scene1') && !first.includes('scene450'));

    await page.getByRole('button', { name: /^Scene 450,/ }).scrollIntoViewIfNeeded();
    const more = await asked(opening, first.length + 1);
    await eventually('the last picture', async () =>
      (await asked(opening, more.length)).includes('scene450') ? true : undefined,
    );
    const before = (await recorded()).posted.length;
    const cells = film.cells.map((cell) =>
      cell.id === 'scene450' ? { ...cell, picture: 'another' } : cell,
    );
    await show({ ...film, cells });
    const { posted } = await eventually('the other picture', async () => {
      const now = await recorded();
      return now.posted.length > before ? now : undefined;
    });
    assert.deepEqual(posted.slice(before), [{ type: 'picture', id: 'scene450' }]);
  });

  it('draws a small picture of what it is given, and shows it once the extension has kept it', async () => {
    const opening = await opened();
    const { page, show, send, recorded } = opening;
    await show(makeFilm({ clips: ['current'] }));
    assert.deepEqual(await asked(opening, 1), ['scene1']);
    const source = harness.serve('large.svg', pictureOf(1));
    await send({ type: 'picture', id: 'scene1', draw: { key: 'k', source, kind: 'image' } });
    const drawn = await eventually('the thumbnail', async () =>
      (await recorded()).posted.find((message) => message.type === 'drawn'),
    );
    assert.ok(drawn.key === 'k');
    const bytes = Uint8Array.from(Object.values(drawn.bytes));
    assert.ok(bytes.length > 100 && bytes.length <= thumbnailBytes, `${bytes.length} bytes`);
    assert.equal(Buffer.from(bytes.subarray(8, 12)).toString(), 'WEBP');
    const address = harness.serve('small.webp', bytes);
    await send({ type: 'picture', id: 'scene1', address });
    const size = await page.locator('.frame-picture').evaluate(async (image) => {
      await (image as HTMLImageElement).decode();
      return [(image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight];
    });
    assert.deepEqual(size, [320, 180]);
    assert.deepEqual((await recorded()).violations, []);
  });

  it('goes without a picture that cannot be drawn', async () => {
    const opening = await opened();
    const { page, show, send, recorded } = opening;
    await show(makeFilm({ clips: ['current', 'current'] }));
    await asked(opening, 2);
    const source = harness.serve('broken.svg', 'no picture at all');
    await send({ type: 'picture', id: 'scene1', draw: { key: 'a', source, kind: 'image' } });
    await send({ type: 'picture', id: 'scene2', draw: { key: 'b', source, kind: 'video' } });
    const good = harness.serve('good.svg', pictureOf(2));
    await send({ type: 'picture', id: 'scene2', draw: { key: 'c', source: good, kind: 'image' } });
    await eventually('the one that can be drawn', async () =>
      (await recorded()).posted.find((message) => message.type === 'drawn'),
    );
    assert.equal(await page.locator('.frame-picture').count(), 0);
  });

  it('plays the clip of a cell that the pointer rests on, one at a time, and none for who wants stillness', async () => {
    const clip = harness.serve('clip.webm', '');
    const scenes = [1, 2].map((number) => ({ ...shownScene, id: `scene${number}`, clip }));
    const playing = async (options: OpenOptions): Promise<(string | null)[]> => {
      const { page, show, send } = await opened(options);
      await page.clock.install();
      await show(makeFilm({ clips: ['current', 'current'], current: 9 }));
      await send({ type: 'scenes', scenes });
      const seen: (string | null)[] = [];
      for (const number of [1, 2, 3]) {
        await page.getByRole('button', { name: new RegExp(`^Scene ${number},`) }).hover();
        assert.equal(await page.locator('.frame video').count(), 0, 'not on the way');
        await page.clock.runFor(400);
        const videos = await page.locator('.frame:has(video)').all();
        seen.push(...(await Promise.all(videos.map((one) => one.getAttribute('data-index')))));
      }
      return seen;
    };
    assert.deepEqual(await playing({}), ['0', '1']);
    assert.deepEqual(await playing({ reducedMotion: 'reduce' }), []);
    assert.deepEqual(await playing({ reduceMotion: true }), []);
  });

  it('plays the clip of the scene beneath on Space, and says so where it cannot', async () => {
    const { page, show, send, recorded } = await opened();
    await show(makeFilm({ clips: ['current'] }));
    const clip = harness.serve('nothing.webm', 'no video');
    await send({ type: 'scenes', scenes: [{ ...shownScene, clip }] });
    await page.getByRole('button', { name: /^Scene 1,/ }).focus();
    await page.keyboard.press(' ');
    await page.getByText('This clip cannot be played here.').waitFor();
    const { posted } = await recorded();
    assert.ok(!posted.some(({ type }) => type === 'reveal'), 'Space is no click');
  });

  const order = async ({ page }: OpenPage): Promise<string> =>
    (await page.locator('.frame').evaluateAll((frames) => frames.map((frame) => frame.ariaLabel)))
      .map((label) => /, (Rope|Fog|What the gull|Salt|A letter|The)/.exec(label ?? '')?.[1]?.[0])
      .join('');

  it('moves a scene by Alt and the arrows, says so, and keeps the keyboard on it', async () => {
    const opening = await opened();
    const { page, show, recorded } = opening;
    await show(makeFilm({ scenes: 3 }));
    const before = await order(opening);
    await page.getByRole('button', { name: /^Scene 1,/ }).focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Alt+ArrowRight');
    await page.keyboard.press('Alt+ArrowRight');
    assert.deepEqual(
      (await done(recorded)).filter(({ type }) => type === 'move'),
      [
        { type: 'move', id: 'scene1', to: 1 },
        { type: 'move', id: 'scene1', to: 2 },
      ],
    );
    assert.equal(await order(opening), before.slice(1) + before.slice(0, 1));
    const focused = await page.evaluate(() => document.activeElement?.ariaLabel);
    assert.match(focused ?? '', /^Scene 3, The lamp goes out/);
    assert.equal(
      await page.getByRole('status').innerText(),
      'The lamp goes out is scene 3 of 3 now.',
    );
    await show(makeFilm({ scenes: 3 }));
    assert.equal(await order(opening), before, 'what the extension says counts');
  });

  it('moves a scene by dragging it, and shows where it would go', async () => {
    const opening = await opened();
    const { page, show, recorded } = opening;
    await show(makeFilm());
    const box = async (number: number) => {
      const found = await page
        .getByRole('button', { name: new RegExp(`^Scene ${number},`) })
        .boundingBox();
      assert.ok(found);
      return { left: found.x + 4, right: found.x + found.width - 4, y: found.y + 20 };
    };
    const [one, four] = [await box(1), await box(4)];
    const drag = async (): Promise<void> => {
      await page.mouse.move(one.left, one.y);
      await page.mouse.down();
      await page.mouse.move(one.left + 30, one.y);
      await page.mouse.move(four.right, four.y, { steps: 3 });
      assert.equal(await page.locator('[data-drag="dragged"] .frame[data-index="0"]').count(), 1);
      assert.equal(await page.locator('[data-drag="behind"] .frame[data-index="3"]').count(), 1);
    };
    await drag();
    await page.keyboard.press('Escape');
    await page.mouse.up();
    assert.equal(await page.locator('[data-drag]').count(), 0);
    await drag();
    await page.mouse.up();
    const { length } = await done(recorded);
    const acts = await done(recorded);
    assert.deepEqual(
      acts.filter(({ type }) => type === 'move' || type === 'reveal'),
      [{ type: 'move', id: 'scene1', to: 3 }],
      'the end of a drag is no click',
    );
    await page.getByRole('button', { name: /^Scene 2,/ }).click();
    assert.ok((await done(recorded)).length > length);
  });

  it('moves nothing where the cell beside which it would go is gone by then', async () => {
    const { page, show, recorded } = await opened();
    const film = makeFilm();
    await show(film);
    const [two, four] = [2, 4].map((number) =>
      page.getByRole('button', { name: new RegExp(`^Scene ${number},`) }),
    );
    const box = await four?.boundingBox();
    assert.ok(two && box);
    await two.hover();
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 4, box.y + 20, { steps: 3 });
    assert.equal(await page.locator('[data-drag="behind"] .frame[data-index="3"]').count(), 1);
    await show({ ...film, cells: film.cells.filter(({ number }) => number !== 4) });
    await page.mouse.up();
    assert.deepEqual(
      (await done(recorded)).filter(({ type }) => type === 'move'),
      [],
    );
  });

  it('moves nothing where the button was let go beside the film, however the pointer comes back', async () => {
    const { page, show, recorded } = await opened();
    await show(makeFilm());
    const box = await page.getByRole('button', { name: /^Scene 1,/ }).boundingBox();
    assert.ok(box);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, 2);
    await page.mouse.up();
    const four = page.getByRole('button', { name: /^Scene 4,/ });
    await four.hover();
    assert.equal(await page.locator('[data-drag]').count(), 0);
    await four.click();
    assert.deepEqual(
      (await done(recorded)).filter(({ type }) => type === 'move'),
      [],
    );
  });

  it('lets one choose among the takes of a scene by mouse and by keyboard, and ask for another', async () => {
    const { page, show, send, recorded } = await opened();
    await show(makeFilm({ clips: ['current'] }));
    const takes = [1, 2, 3].map((take) => shownTake(take, { chosen: take === 2 }));
    await send({
      type: 'scenes',
      scenes: [{ ...shownScene, takes: [...takes, shownTake(4, { state: 'running' })] }],
    });
    const group = page.getByRole('group', { name: 'Takes' });
    const take = (number: number) =>
      group.getByRole('radio', { name: new RegExp(`^Take ${number}`) });
    assert.equal(await take(2).isChecked(), true);
    assert.equal(await take(4).count(), 0, 'it is not here yet');
    await group.getByText('$0.10').click();
    await take(1).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Render Another Take' }).click();
    assert.deepEqual(await done(recorded), [
      { type: 'chooseTake', id: 'scene1', take: 1 },
      { type: 'chooseTake', id: 'scene1', take: 2 },
      { type: 'anotherTake', id: 'scene1' },
    ]);
  });

  it('shows a chosen take at once, and the one that counts where the choice was refused', async () => {
    const { page, show, send } = await opened();
    const film = makeFilm({ clips: ['current'] });
    await show(film);
    const stand = (counting: number) =>
      send({
        type: 'scenes',
        scenes: [
          {
            ...shownScene,
            takes: [1, 2].map((take) => ({
              take,
              chosen: take === counting,
              state: 'current' as const,
              words: 'clip ready',
              facts: '',
            })),
          },
        ],
      });
    const looks = () =>
      page.getByRole('group', { name: 'Takes' }).evaluate((group) => ({
        radio: [...group.querySelectorAll('input')].map(({ checked }) => checked),
        frame: [...group.querySelectorAll('label')].map(({ dataset }) => dataset.chosen),
      }));
    const first = { radio: [true, false], frame: ['true', 'false'] };
    const second = { radio: [false, true], frame: ['false', 'true'] };
    await stand(2);
    await page.getByRole('radio', { name: 'Take 1' }).click();
    // Whatever else changes meanwhile.
    await show({ ...film, title: 'The Other Lamp' });
    assert.deepEqual(await looks(), first);
    await stand(2);
    assert.deepEqual(await looks(), second);
    await page.getByRole('radio', { name: 'Take 1' }).press(' ');
    await stand(1);
    assert.deepEqual(await looks(), first);
  });
});
