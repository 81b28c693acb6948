import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { ClipState, FilmView } from '../../src/webview/protocol.ts';
import {
  makeFilm,
  pictureOf,
  shownJobs,
  shownScene,
  shownStills,
  shownTake,
} from './film-views.ts';
import { startHarness, type Harness } from './harness.ts';
import { themes, type ThemeName } from './themes.ts';
import { makeView, withCell } from './views.ts';

const error = { message: 'The key was refused (401).', action: 'account' } as const;
const outage = {
  why: 'Nothing answers at http://127.0.0.1:11434/v1: the connection was refused.',
  retryInMs: 20_000,
};
const clips: readonly ClipState[] = ['current', 'stale', 'running', 'failed', 'current'];
const flags = ['Ida is not in the cast of this scene.'];

const playing = 'playing';

const stages: Readonly<Record<string, FilmView>> = {
  planning: makeView({ scenes: 0, written: 0, state: 'planning' }),
  writing: makeView({ next: ['writing', 'kept', 'retrying', 'mending', 'failed'] }),
  'not answered': makeView({ next: ['writing'] }, { outage, notes: ['One.', 'Two.', 'Three.'] }),
  failed: withCell(makeView({ state: 'failed' }, { error, notes: ['One.'] }), 3, { flags }),
  written: makeFilm(),
  drawn: withCell(makeFilm({ stills: [1, 2, 4] }, { stills: 'required' }), 3, { still: 'drawing' }),
  rendering: makeFilm({ clips }, { jobs: shownJobs, moreJobs: 3 }),
  [playing]: makeFilm({ clips: ['running'] }),
};

const takes = [
  shownTake(1, { state: 'stale', words: 'stale', instruction: 'slower' }),
  shownTake(2, { chosen: true, words: 'chosen' }),
  shownTake(3, { state: 'running', words: '64 %' }),
];

describe('film page, to those who cannot see or point', () => {
  let harness: Harness;
  let axe: string;

  before(async () => {
    harness = await startHarness();
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  });
  after(() => harness.close());
  afterEach(() => harness.closePages());

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`has nothing that axe finds, at any stage: ${theme}`, async () => {
      const { page, show, send } = await harness.open({
        theme,
        viewport: { width: 900, height: 900 },
      });
      await page.evaluate(axe);
      const poster = harness.serve('axe.svg', pictureOf(1));
      const look = async (stage: string): Promise<void> => {
        const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');
        const found = violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary = '' }) => `${id}: ${html}\n${failureSummary}`),
        );
        assert.deepEqual(found, [], stage);
        assert.ok(
          passes.some(({ id }) => id === 'color-contrast'),
          'it looks',
        );
      };
      const why = ['Changed since it was rendered: the prompt.'];
      for (const [stage, view] of Object.entries(stages)) {
        await show(view);
        const cast = shownScene.cast.map((one) => ({ ...one, picture: poster }));
        const pictures = [{ role: 'reference', name: 'Lamp room', address: poster }] as const;
        const scene = {
          ...{ ...shownScene, poster, why, cast, pictures, render: '8 s' },
          next: 'renderAgain',
        } as const;
        await send({ type: 'scenes', scenes: [scene] });
        await send({ type: 'picture', id: 'scene1', address: poster });
        if (stage === playing) await page.getByRole('button', { name: 'Play Film' }).click();
        await look(stage);
      }
      await show(makeFilm({ clips, stills: [1] }));
      await send({ type: 'scenes', scenes: [{ ...shownScene, takes, stills: shownStills }] });
      for (const mode of ['Storyboard', 'Contact Sheet']) {
        await page.getByRole('radio', { name: mode }).press(' ');
        await look(mode);
      }
      await page.getByRole('button', { name: 'Compare the takes of scene 1' }).click();
      await look('comparing');
    });
  }
});
