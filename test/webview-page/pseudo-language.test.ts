import assert from 'node:assert/strict';
import type { FilmView, RunState, SceneShown } from '../../src/webview/protocol.ts';
import { pseudoTag, untranslated } from '../support/pseudo-language.ts';
import { makeFilm, shownJobs, shownScene, shownStills, shownTake } from './film-views.ts';
import { startHarness, type Harness, type OpenPage } from './harness.ts';
import { longerStrings } from './page-states.ts';
import { makeView } from './views.ts';

const states: readonly RunState[] = [
  'idle',
  'planning',
  'writing',
  'paused',
  'failed',
  'cancelled',
  'done',
];

const scene: SceneShown = {
  ...shownScene,
  takes: [shownTake(1), shownTake(2, { chosen: true })],
  stills: shownStills,
};

const views: readonly (readonly [string, FilmView])[] = [
  ...states.map((state): [string, FilmView] => [
    state,
    makeView(
      { state, next: ['writing', 'retrying', 'mending', 'kept', 'failed'] },
      state === 'failed' ? { error: { message: '401', action: 'account' } } : {},
    ),
  ]),
  ['nothing', makeView({ scenes: 0, written: 0, state: 'idle' })],
  ['planned', makeFilm({ written: 3, state: 'idle' })],
  [
    'film',
    makeFilm(
      {
        clips: ['current', 'stale', 'running', 'failed'],
        stills: [1, 6],
        current: 1,
      },
      { jobs: shownJobs },
    ),
  ],
];

describe('the film page in another language, whose words are a third longer', () => {
  let harness: Harness;

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.close());
  afterEach(() => harness.closePages());

  const opened = (width: number): Promise<OpenPage> =>
    harness.open({ viewport: { width, height: 800 }, strings: longerStrings, lang: pseudoTag });

  it('says nothing in English but what the extension tells it', async () => {
    const { page, show, send } = await opened(900);
    for (const [name, view] of views) {
      await show(view);
      await send({ type: 'scenes', scenes: [scene] });
      // Twice as many words are heard as are read.
      const said = await page.evaluate(() => [
        document.body.innerText,
        ...[...document.querySelectorAll('[aria-label], [title], [aria-valuetext], [alt]')].flatMap(
          (one) =>
            ['aria-label', 'title', 'aria-valuetext', 'alt'].map(
              (each) => one.getAttribute(each) ?? '',
            ),
        ),
      ]);
      assert.match(said.join(''), /⟦/);
      assert.deepEqual(untranslated(said.join('\n'), JSON.stringify([view, scene])), [], name);
    }
  });

  for (const width of [300, 480, 1000]) {
    it(`keeps all of it within ${width} pixels`, async () => {
      const { page, show, send } = await opened(width);
      for (const [name, view] of views) {
        await show(view);
        await send({ type: 'scenes', scenes: [scene] });
        const [content, visible, cut] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
          [...document.querySelectorAll('button')]
            .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.innerText.includes('⟦'))
            .map((one) => one.innerText),
        ]);
        assert.equal(content, visible, name);
        assert.deepEqual(cut, [], name);
      }
    });
  }
});
