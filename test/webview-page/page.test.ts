import assert from 'node:assert/strict';
import type { ProgressView, RunState } from '../../src/webview/protocol.ts';
import { startHarness, type Harness, type OpenOptions, type OpenPage } from './harness.ts';
import { makeView, withCell } from './views.ts';

const states: readonly RunState[] = [
  'idle',
  'planning',
  'writing',
  'paused',
  'failed',
  'cancelled',
  'done',
];
const refused = 'Scene 14 could not be written. The key was refused (401).';
const midway = makeView({ next: ['writing', 'writing', 'kept', 'retrying', 'writing'] });

describe('film page while a script is written', () => {
  let harness: Harness;

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.close());
  afterEach(() => harness.closePages());

  const opened = (options?: OpenOptions): Promise<OpenPage> => harness.open(options);

  it('says in one line what is written, how long it took, how long it will take and what it cost', async () => {
    const { page, show } = await opened({ viewport: { width: 1200, height: 600 } });
    await show(makeView());

    await page.getByRole('heading', { name: 'The Keeper’s Last Night', level: 1 }).waitFor();
    const facts = await page
      .getByRole('list', { name: 'Progress' })
      .getByRole('listitem')
      .allInnerTexts();
    assert.equal(facts[0], '10 of 22 scenes');
    assert.match(facts[1] ?? '', /^3:1\d elapsed$/);
    assert.match(facts[2] ?? '', /^about 4:(10|0\d) left$/);
    assert.deepEqual(facts.slice(3), ['48.2K tokens', 'offline scaffold']);
    const header = await page.locator('header').boundingBox();
    assert.ok(header && header.height < 40, 'one line');
  });

  it('says what it costs of what it will cost, and how many scenes are written at once', async () => {
    const { page, show } = await opened({ viewport: { width: 1600, height: 600 } });
    const facts = () =>
      page.getByRole('list', { name: 'Progress' }).getByRole('listitem').allInnerTexts();
    const tokens = { input: 41_200, output: 7_030, expected: 131_000 };
    await show(makeView({}, { tokens, places: 5, pace: 'sliding' }));
    assert.deepEqual((await facts()).slice(3, 5), ['48.2K of about 131K tokens', '5 at once']);
    await show(makeView({}, { tokens, money: { spent: 0.42, expected: 1.3 } }));
    assert.deepEqual((await facts()).slice(3, 5), ['cost 0.42 of about 1.30', '48.2K tokens']);
    await show(makeView({ state: 'done', written: 22 }, { money: { spent: 0.0031 } }));
    assert.ok((await facts()).includes('cost 0.003'));
  });

  it('tells the stage of planning and how far it is', async () => {
    const { page, show } = await opened();
    const stages = [
      [{ stage: 'core', done: 0, of: 1 }, 'Planning the story'],
      [{ stage: 'outline', done: 3, of: 75 }, 'Planning the scenes: 3 of 75'],
    ] as const;
    for (const [planning, text] of stages) {
      await show(makeView({ scenes: 0, written: 0, state: 'planning' }, { planning }));
      assert.equal(await page.locator('.status-line').innerText(), text);
    }
    assert.equal(
      await page.getByRole('status').innerText(),
      'Planning the scenes: 3 of 75',
      'a new stage is announced',
    );
  });

  it('tells of an outline that still grows while its first scenes are written', async () => {
    const { page, show } = await opened();
    const planning = { stage: 'outline', done: 24, of: 75 } as const;
    await show(makeView({ scenes: 24, written: 3 }, { planning, total: 75 }));
    assert.equal(
      await page.locator('.status-line').innerText(),
      'Writing; 24 of 75 scenes are planned',
    );
    assert.match(await page.getByRole('list', { name: 'Progress' }).innerText(), /3\D+75/);
  });

  it('counts a pause that the service asks for down by the second', async () => {
    const { page, show } = await opened();
    await page.clock.install();
    const now = await page.evaluate(() => Date.now());
    await page.clock.pauseAt(now + 60_000);
    const text = () => page.locator('.status-line').innerText();
    await show(makeView({}, { at: now }));
    await show(makeView({}, { at: now, restingMs: 12_000 }));
    assert.equal(await text(), 'The service asks for a pause: 12 sec');
    assert.equal(
      await page.getByRole('status').innerText(),
      'The service asks for a pause: 12 seconds',
    );
    await page.clock.runFor(5100);
    assert.equal(await text(), 'The service asks for a pause: 7 sec');
    await page.clock.runFor(7000);
    assert.equal(await text(), 'Writing');
  });

  it('tells that the service does not answer, counts down to the next try, and can be told not to wait', async () => {
    const { page, show, recorded } = await opened();
    await page.clock.install();
    const now = await page.evaluate(() => Date.now());
    await page.clock.pauseAt(now + 60_000);
    const why = 'Nothing answers at http://127.0.0.1:11434/v1: the connection was refused.';
    await show(makeView({}, { at: now }));
    await show(makeView({}, { at: now, outage: { why, retryInMs: 20_000 } }));
    const text = () => page.locator('.outage p').first().innerText();
    assert.equal(await text(), 'The service is not answering; trying again in 0:20');
    assert.equal(await page.locator('.outage-why').innerText(), why);
    assert.match(await page.getByRole('status').innerText(), /not answering.* 20 seconds/);
    await page.clock.runFor(5100);
    assert.equal(await text(), 'The service is not answering; trying again in 0:15');
    await page.clock.runFor(20_000);
    assert.equal(await text(), 'The service is not answering; trying again');
    await page.getByRole('button', { name: 'Try Now' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    assert.deepEqual((await recorded()).posted.slice(-2), [{ type: 'tryNow' }, { type: 'cancel' }]);
    await show(makeView({}, { at: now }));
    assert.equal(await page.locator('.outage').count(), 0);
  });

  it('marks scenes to look at, and says why by name, by tooltip and below the strip', async () => {
    const { page, show } = await opened({ viewport: { width: 300, height: 700 } });
    const flags = ['Ida is not in the cast of this scene.'];
    await show(withCell(makeView({ scenes: 450 }), 3, { flags }));
    const cell = page.getByRole('button', {
      name: 'Scene 3, A letter with no stamp, 5 seconds, written. To look at: Ida is not in the cast of this scene.',
    });
    assert.equal(await cell.getAttribute('title'), flags[0]);
    assert.equal(await page.locator('.flag').count(), 1);
    await cell.focus();
    assert.match(await page.locator('.status-line').innerText(), /Ida is not in the cast/);
    const sizes = await page.locator('.status-flags').boundingBox();
    assert.ok(sizes && sizes.x + sizes.width <= 300 && sizes.width > 60);

    await show(makeView({ scenes: 450 }));
    assert.equal(await page.locator('.flag').count(), 0, 'and no more once it is as asked');
  });

  it('shows a scene that is mended to go with the one before it', async () => {
    const { page, show } = await opened();
    await show(makeView({ next: ['mending', 'writing'] }));
    await page
      .getByRole('button', { name: /being written again to go with the scene before it$/ })
      .waitFor();
  });

  it('names the batches at work where there are several', async () => {
    const { page, show } = await opened();
    await show(makeView({ next: [...Array<'writing'>(7).fill('writing')] }));
    assert.equal(await page.locator('.status-line').innerText(), 'Writing batches 3 to 4 of 5');
  });

  it('has notes beneath, folded when there are many', async () => {
    const { page, show } = await opened();
    const notes = page.getByRole('region', { name: 'Notes' });
    await show(makeView());
    assert.equal(await notes.count(), 0);
    await show(makeView({}, { unwatched: true, notes: ['One.'] }));
    assert.match(await notes.innerText(), /budget cannot be watched\.\s+One\./);
    await show(makeView({}, { notes: ['One.', 'Two.', 'Three.'] }));
    assert.equal(await notes.getByText('Two.').isVisible(), false);
    await notes.getByText('3 notes').click();
    assert.equal(await notes.getByText('Two.').isVisible(), true);
  });

  it('draws one cell per scene, to scale, each named with its number, title, length and state', async () => {
    const { page, show } = await opened();
    await show(midway);

    const cells = page.getByRole('list', { name: 'Film strip' }).getByRole('listitem');
    assert.equal(await cells.count(), 22);
    const cell = (name: string) => page.getByRole('button', { name, exact: true });
    await cell('Scene 1, The lamp goes out, 8 seconds, written').waitFor();
    await cell('Scene 11, A letter with no stamp, 10 seconds, being written').waitFor();
    await cell(
      'Scene 13, Fog, and a second light, 5 seconds, kept, not in the script yet',
    ).waitFor();
    await cell('Scene 14, What the gull saw, 8 seconds, being tried again').waitFor();
    await cell('Scene 22, What the gull saw, 8 seconds, planned').waitFor();

    const width = async (index: number) => (await cells.nth(index).boundingBox())?.width ?? 0;
    assert.equal((await width(10)) / 10, (await width(0)) / 8);
    assert.equal((await width(2)) / 5, (await width(0)) / 8);
  });

  const offered: Readonly<Record<RunState, readonly string[]>> = {
    idle: ['Write Missing Scenes'],
    planning: ['Pause', 'Cancel'],
    writing: ['Pause', 'Cancel'],
    paused: ['Resume', 'Cancel'],
    failed: ['Write Missing Scenes'],
    cancelled: ['Write Missing Scenes'],
    done: [],
  };
  it('offers in each state what can be done in it, and tells the extension', async () => {
    const { page, show, recorded } = await opened();
    const pressed: string[] = [];
    for (const state of states) {
      await show(makeView({ state, written: state === 'done' ? 22 : 10 }));
      const buttons = page.getByRole('group', { name: 'Writing' }).getByRole('button');
      assert.deepEqual(await buttons.allInnerTexts(), offered[state], state);
      for (const button of await buttons.all()) await button.click();
      pressed.push(...offered[state]);
    }
    const { posted } = await recorded();
    const meaning: Readonly<Record<string, string>> = {
      Pause: 'pause',
      Resume: 'resume',
      Cancel: 'cancel',
      'Write Missing Scenes': 'retry',
    };
    assert.deepEqual(
      posted.map(({ type }) => type).filter((type) => type !== 'look'),
      ['ready', ...pressed.map((name) => meaning[name])],
    );
  });

  it('follows the reader, goes to a scene by click, and opens one by Enter and by two clicks', async () => {
    const { page, show, recorded } = await opened();
    await show(makeView());
    await page.getByRole('button', { name: /^Scene 4,/ }).click();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const { posted } = await recorded();
    assert.deepEqual(posted.slice(1), [
      { type: 'look', id: 'scene4' },
      { type: 'reveal', id: 'scene4' },
      { type: 'look', id: 'scene5' },
      { type: 'open', id: 'scene5' },
    ]);
  });

  it('is one Tab stop, at the first scene to come, with arrows, Home and End along the film', async () => {
    const { page, show } = await opened({ viewport: { width: 600, height: 700 } });
    await show(makeView());
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    const press = async (key: string): Promise<number> => {
      await page.keyboard.press(key);
      return Number(/^Scene (\d+),/.exec((await focused()) ?? '')?.[1]);
    };
    await page.getByRole('radio', { name: 'Strip' }).focus();
    assert.equal(await press('Tab'), 11);
    assert.equal(await press('ArrowRight'), 12);
    assert.equal(await press('ArrowLeft'), 11);
    assert.equal(await press('Home'), 1);
    assert.equal(await press('ArrowUp'), 1);
    assert.equal(await press('ArrowDown'), 8, 'the cell beneath, in the second row');
    assert.equal(await press('ArrowUp'), 1);
    assert.equal(await press('End'), 22);
    assert.equal(await press('ArrowRight'), 22);
    assert.ok(Number.isNaN(await press('Tab')), 'Tab leaves the film');
    assert.equal(await press('Shift+Tab'), 22, 'and comes back to where it was');
  });

  it('tells about the scene under the keyboard or the pointer, and else how things stand', async () => {
    const { page, show } = await opened();
    await show(midway);
    const text = () => page.locator('.status-line').innerText();
    assert.equal(await text(), 'Writing batch 3 of 5');
    await page.getByRole('button', { name: /^Scene 3,/ }).hover();
    assert.equal((await text()).replace(/\s+/g, ' '), '3 A letter with no stamp 5 sec · written');
    await page.mouse.move(5, 5);
    assert.equal(await text(), 'Writing batch 3 of 5');

    await show(makeView({ state: 'cancelled', next: ['kept', 'kept'] }));
    assert.equal(await text(), 'Cancelled: 10 of 22 in the script · 2 kept');
    await show(makeView({ state: 'done', written: 22 }));
    assert.equal(await text(), 'All 22 scenes are in the script');
  });

  it('shows first lines as they come in, and nothing moves until the batch is whole', async () => {
    const { page, show } = await opened({ viewport: { width: 600, height: 700 } });
    const previews = page.getByRole('region', { name: 'Being written now' }).getByRole('listitem');
    const boxes = async () =>
      Promise.all((await previews.all()).map((preview) => preview.boundingBox()));

    let view = makeView({ next: ['writing', 'retrying', 'writing'] });
    const [one, two, three] = view.live;
    assert.ok(one && two && three);
    const empty = { ...view, live: view.live.map((scene) => ({ ...scene, text: '' })) };
    await show(empty);
    assert.match(await previews.nth(0).innerText(), /Waiting for the first words/);
    const before = await boxes();
    assert.equal(before.length, 3);

    await show({
      ...view,
      live: [{ ...one, text: 'A wave.\n\n\nAnother.'.repeat(200) }, two, three],
    });
    assert.match(
      await previews.nth(0).innerText(),
      /^11\s+A letter with no stamp\s+A wave\.\nAnother/,
    );
    assert.match(await previews.nth(1).innerText(), /Attempt 2/);
    assert.deepEqual(await boxes(), before);

    view = { ...withCell(view, 12, { state: 'kept' }), live: [one, three] };
    await show(view);
    assert.equal(await previews.count(), 3, 'a finished scene waits for its batch');
    assert.deepEqual(await boxes(), before);

    await show(makeView({ written: 15, next: ['writing'] }));
    assert.equal(await previews.count(), 1);
    assert.match(await previews.innerText(), /^16/);

    await show({ ...makeView({ written: 16 }), live: [] });
    assert.equal(await previews.count(), 1, 'between two batches the old one stays');
    const last = Array.from({ length: 6 }, () => 'kept' as const);
    await show(makeView({ written: 16, next: last }));
    assert.equal(await previews.count(), 0, 'nothing is left to be written');
  });

  it('says what went wrong, with its one next action', async () => {
    const { page, show, recorded } = await opened();
    const failed = (action: 'retry' | 'account'): ProgressView =>
      makeView({ state: 'failed' }, { error: { message: refused, action } });
    const problem = page.getByRole('region', { name: 'What went wrong' });

    await show(failed('account'));
    assert.ok((await problem.innerText()).includes(refused));
    await problem.getByRole('button', { name: 'Change Key' }).click();
    await show(failed('retry'));
    await problem.getByRole('button', { name: 'Try Again' }).click();
    assert.equal(await page.getByRole('group', { name: 'Writing' }).getByRole('button').count(), 0);
    assert.deepEqual((await recorded()).posted.slice(1), [{ type: 'account' }, { type: 'retry' }]);

    // The button that was pressed is gone now; the keyboard goes on beside where it was.
    await show(makeView());
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), '11');
  });

  it('announces whole batches, changes of state and errors, and nothing in between', async () => {
    const { page, show } = await opened();
    const said = () => page.getByRole('status').innerText();
    await show(makeView({ next: ['writing', 'writing'] }));
    assert.equal(await said(), '', 'nothing has happened before the reader’s eyes yet');
    await show(makeView({ next: ['kept', 'writing'] }, { elapsedMs: 200_000 }));
    assert.equal(await said(), '');
    await show(makeView({ written: 15 }));
    assert.equal(await said(), 'Batch 3 of 5 is in the script. 15 of 22 scenes written.');
    const begun = ['writing', 'retrying'] as const;
    await show(makeView({ written: 15, next: begun, state: 'paused' }));
    assert.equal(await said(), 'Pausing: 2 scenes are still being written');
    await show(makeView({ written: 16, next: ['writing'], state: 'paused' }));
    await page.getByTitle('Pausing: one scene is still being written').waitFor();
    assert.equal(await said(), 'Pausing: 2 scenes are still being written');
    await show(makeView({ written: 17, state: 'paused' }));
    assert.equal(await said(), 'Paused');
    await show(makeView({ written: 15, state: 'failed' }, { error: { message: refused } }));
    assert.equal(await said(), `Writing stopped. ${refused}`);
    await show(makeView({ written: 22, state: 'done' }));
    assert.equal(await said(), 'All 22 scenes are in the script');
  });

  it('ticks by the second between two views, whatever the clock of the extension says', async () => {
    const { page, show } = await opened();
    await page.clock.install();
    const now = await page.evaluate(() => Date.now());
    await page.clock.pauseAt(now + 60_000);
    const facts = async () =>
      (
        await page.getByRole('list', { name: 'Progress' }).getByRole('listitem').allInnerTexts()
      ).slice(1, 3);

    const anotherMachine = now - 7_200_000;
    await show(makeView({}, { at: anotherMachine }));
    assert.deepEqual(await facts(), ['3:12 elapsed', 'about 4:10 left']);
    await page.clock.runFor(3100);
    assert.deepEqual(await facts(), ['3:15 elapsed', 'about 4:07 left']);
    await page.clock.runFor(250_000);
    assert.deepEqual(await facts(), ['7:25 elapsed', 'a moment left']);

    await show(makeView({ state: 'paused' }, { at: anotherMachine + 253_100 }));
    await page.clock.runFor(5000);
    assert.deepEqual(await facts(), ['3:12 elapsed', 'about 4:10 left']);
  });

  it('shows what it kept at once when it is brought back, at rest if nobody writes any more', async () => {
    const { page, send, recorded } = await opened({ kept: { view: midway } });
    await page.getByRole('button', { name: /^Scene 11, .* being written$/ }).waitFor();
    assert.deepEqual((await recorded()).posted, [{ type: 'ready' }]);
    await page.evaluate(() => dispatchEvent(new Event('pagehide')));
    assert.deepEqual((await recorded()).kept?.view, midway, 'hidden again, it loses nothing');

    await send({ type: 'empty' });
    await page.getByRole('button', { name: /^Scene 11, .* planned$/ }).waitFor();
    await page.getByRole('button', { name: 'Write Missing Scenes' }).waitFor();
    assert.equal(await page.getByRole('region', { name: 'Being written now' }).count(), 0);
    await page.evaluate(() => dispatchEvent(new Event('pagehide')));
    assert.equal((await recorded()).kept?.view.state, 'idle');
  });

  it('keeps the newest view for its next life, and forgets it when there is nothing to show', async () => {
    const { page, show, send, recorded } = await opened();
    await page.clock.install();
    await show(makeView({ written: 10 }));
    assert.equal((await recorded()).kept?.view.written, 10);
    await show(makeView({ written: 11 }));
    await page.clock.runFor(1000);
    assert.equal((await recorded()).kept?.view.written, 11);
    await send({ type: 'empty' });
    await page.getByRole('heading', { name: 'No script is open' }).waitFor();
    await page.getByText('Scenewright: New Script').waitFor();
    assert.equal((await recorded()).kept, undefined);
  });

  it('stays within the strict content policy and has its icons', async () => {
    const { page, show, recorded } = await opened();
    for (const state of states) await show(makeView({ state, next: ['writing', 'retrying'] }));
    await page.evaluate(() => document.fonts.ready);
    assert.ok(
      await page.evaluate(() => [...document.fonts].some((font) => font.status === 'loaded')),
    );
    assert.deepEqual((await recorded()).violations, []);

    await page.evaluate(() => {
      document.body.setAttribute('style', 'color: red');
    });
    assert.deepEqual((await recorded()).violations, ['style-src-attr inline'], 'it is in force');
  });

  it('breathes where scenes are being written, and is still for those who ask for it', async () => {
    const animation = async (options: OpenOptions): Promise<string> => {
      const { page, show } = await opened(options);
      await show(midway);
      return page
        .getByRole('button', { name: /^Scene 11,/ })
        .evaluate((frame) => getComputedStyle(frame, '::before').animationName);
    };
    assert.equal(await animation({}), 'breathe');
    assert.equal(await animation({ reducedMotion: 'reduce' }), 'none');
    assert.equal(await animation({ reduceMotion: true }), 'none');
  });

  it('fits into 300 pixels in every state and at any length', async () => {
    const { page, show } = await opened({ viewport: { width: 300, height: 700 } });
    const error = { message: `${refused} ${'x'.repeat(80)}`, action: 'account' } as const;
    for (const scenes of [0, 1, 22, 450]) {
      for (const state of states) {
        const options = {
          scenes,
          state,
          written: Math.min(10, scenes),
          next: ['writing'],
        } as const;
        await show(makeView(options, state === 'failed' ? { error } : {}));
        const [content, visible] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        assert.equal(content, visible, `${scenes} scenes, ${state}`);
      }
    }
  });

  it('tells the states apart without colours', async () => {
    const { page, show } = await opened({ forcedColors: 'active' });
    await show(
      makeView({
        written: 1,
        next: ['kept', 'writing', 'retrying', 'mending', 'failed', 'planned'],
      }),
    );
    const looks = await page
      .getByRole('list', { name: 'Film strip' })
      .getByRole('button')
      .evaluateAll((frames) =>
        frames.slice(0, 7).map((frame) => {
          const icon = frame.querySelector('.codicon');
          const { borderTopColor, borderTopStyle, backgroundColor } = getComputedStyle(frame);
          return {
            glyph: icon ? getComputedStyle(icon, '::before').content : '',
            outlined: borderTopStyle === 'solid' && borderTopColor !== backgroundColor,
          };
        }),
      );
    assert.equal(new Set(looks.map(({ glyph }) => glyph)).size, 7);
    assert.ok(looks.every(({ outlined }) => outlined));
  });

  it('touches only the cell that changed, of hundreds', async () => {
    const { page, show } = await opened();
    const view = makeView({ scenes: 450, written: 180, next: ['writing'] });
    await show(view);
    const touched = page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const strip = document.querySelector('.strip');
          if (!strip) throw new Error('There is no strip.');
          new MutationObserver((changes) => {
            const cells = changes.map(({ target }) => (target as Element).closest('.film'));
            resolve([...new Set(cells)].map((cell) => cell?.textContent ?? ''));
          }).observe(strip, { subtree: true, childList: true, attributes: true });
        }),
    );
    await show(withCell(view, 200, { state: 'failed' }));
    assert.deepEqual(await touched, ['200']);
  });

  it('speaks the writer’s language', async () => {
    const { page, show } = await opened({
      lang: 'de',
      strings: {
        scenes: '{0} von {1} Szenen',
        cell: 'Szene {0}: {1}, {2}, {3}',
        written: 'fertig',
      },
    });
    await show(makeView({ scenes: 1200, written: 1100 }));
    await page.getByText('1.100 von 1.200 Szenen').waitFor();
    await page
      .getByRole('button', { name: 'Szene 1: The lamp goes out, 8 Sekunden, fertig' })
      .waitFor();
  });
});
