import assert from 'node:assert/strict';
import type { FilmMode, FilmView, SceneShown } from '../../src/webview/protocol.ts';
import { makeFilm, shownJobs, shownScene, shownTake } from './film-views.ts';
import { startHarness, type Harness, type OpenPage } from './harness.ts';
import { eachState } from './page-states.ts';
import { tabStop } from './tab-stop.ts';
import { themes, type ThemeName } from './themes.ts';
import { makeView } from './views.ts';

/** Those that have what there is to press. */
const walked = [
  ...['writing', 'not answered', 'failed', 'rendering', 'playing', 'storyboard'],
  ...['contact sheet', 'comparing'],
];

const narrow = { viewport: { width: 450, height: 400 } };
const wide = { viewport: { width: 900, height: 900 } };

describe('film page, by keyboard alone', () => {
  let harness: Harness;

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.close());
  afterEach(() => harness.closePages());

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`leads to all there is to press as one reads, and shows where one is: ${theme}`, async () => {
      const open = await harness.open({ theme, ...(theme.startsWith('hc') ? narrow : wide) });
      const faults: string[] = [];
      await eachState(harness, open, async ({ name }) => {
        if (!walked.includes(name)) return;
        const { page } = open;
        await page.evaluate(() => {
          Object.assign(globalThis, { visited: [] });
          const start = document.querySelector('dialog') ?? document.body;
          start.tabIndex = -1;
          start.focus();
        });
        for (let tabs = 0; tabs < 80; tabs++) {
          await page.keyboard.press('Tab');
          const { fault, isLast } = await page.evaluate(tabStop);
          if (fault !== undefined) faults.push(`${name}: ${fault}`);
          if (isLast) break;
        }
      });
      assert.deepEqual(faults, []);
    });
  }

  const takes = [shownTake(1), shownTake(2, { chosen: true }), shownTake(3)];
  const scene = (more: Partial<SceneShown>): SceneShown => ({ ...shownScene, ...more });
  const writing = makeView({ next: ['writing'] });
  const film = makeFilm({ clips: ['current'] }, { jobs: shownJobs });

  interface Step {
    readonly mode?: FilmMode;
    readonly before: FilmView;
    readonly scene?: SceneShown;
    /** Buttons that are pressed before the last one. */
    readonly by?: readonly string[];
    readonly press: string;
    readonly after?: FilmView;
    readonly sceneAfter?: SceneShown;
    readonly then: string;
  }
  const outage = { why: 'Nothing answers.', retryInMs: 20_000 };
  const steps: Readonly<Record<string, Step>> = {
    'pauses the writing': {
      before: writing,
      press: 'Pause',
      after: makeView({ state: 'paused' }),
      then: 'Resume',
    },
    'goes on with it': {
      before: makeView({ state: 'paused' }),
      press: 'Resume',
      after: writing,
      then: 'Pause',
    },
    'cancels it': {
      before: writing,
      press: 'Cancel',
      after: makeView({ state: 'cancelled' }),
      then: 'Write Missing Scenes',
    },
    'renders the film': {
      before: makeFilm(),
      press: 'Render Scenes',
      after: makeFilm({ clips: Array<'running'>(22).fill('running') }),
      then: 'Play Film',
    },
    'has the service tried again': {
      before: makeView({ next: ['writing'] }, { outage, notes: ['1', '2', '3'] }),
      press: 'Try Now',
      after: makeView({ next: ['writing'] }, { notes: ['1', '2', '3'] }),
      then: '3 notes',
    },
    'renders a scene': {
      before: makeFilm(),
      scene: scene({ next: 'render' }),
      press: 'Render',
      sceneAfter: scene({}),
      after: makeFilm({ clips: ['running'] }),
      then: 'Play from Here',
    },
    'pauses a job': {
      before: film,
      press: 'Pause: 6  What the gull saw',
      after: {
        ...film,
        jobs: shownJobs.map((job) =>
          job.id === 'b' ? { ...job, acts: ['resume', 'cancel'] } : job,
        ),
      },
      then: 'Resume: 6  What the gull saw',
    },
    'cancels a job': {
      before: film,
      press: 'Cancel: 6  What the gull saw',
      after: { ...film, jobs: shownJobs.filter(({ id }) => id !== 'b') },
      then: '7  Rope',
    },
    'plays the film and leaves it': {
      before: film,
      by: ['Play Film'],
      press: 'Close Player',
      then: 'Play Film',
    },
    'lets another of two takes count that are compared': {
      before: film,
      scene: scene({ takes }),
      by: ['Compare Takes'],
      press: 'Use Take 3',
      sceneAfter: scene({ takes: takes.map((take) => ({ ...take, chosen: take.take === 3 })) }),
      then: 'Sound of take 3',
    },
    'leaves the comparison': {
      before: film,
      scene: scene({ takes }),
      by: ['Compare Takes'],
      press: 'Close',
      then: 'Compare Takes',
    },
    'compares takes of which one goes away': {
      mode: 'contactSheet',
      before: film,
      scene: scene({ takes: takes.slice(0, 2) }),
      by: ['Compare the takes of scene 1'],
      press: 'Play',
      sceneAfter: scene({ takes: takes.slice(1, 2) }),
      then: 'Take 2',
    },
  };

  const name = ({ page }: OpenPage): Promise<string> =>
    page.evaluate(() => {
      const { activeElement: one } = document;
      return one === null || one === document.body
        ? 'nothing'
        : (one.getAttribute('aria-label') ?? one.textContent);
    });

  for (const [who, step] of Object.entries(steps)) {
    for (const key of ['Enter', ' ']) {
      it(`keeps a place for who ${who} by ${key === ' ' ? 'Space' : key}`, async () => {
        const open = await harness.open();
        const { page, send, show } = open;
        page.setDefaultTimeout(5000);
        await send({ type: 'mode', mode: step.mode ?? 'strip' });
        await show(step.before);
        await send({ type: 'scenes', scenes: [step.scene ?? shownScene] });
        for (const label of [...(step.by ?? []), step.press]) {
          await page.getByRole('button', { name: label, exact: true }).first().press(key);
        }
        if (step.after !== undefined) await show(step.after);
        if (step.sceneAfter) await send({ type: 'scenes', scenes: [step.sceneAfter] });
        await page.waitForFunction(() => document.querySelector('dialog:not([open])') === null);
        assert.ok(
          (await name(open)).startsWith(step.then),
          `${await name(open)}, not ${step.then}`,
        );
      });
    }
  }
});
