import type { Page } from 'playwright-core';
import type {
  ClipState,
  FilmMode,
  FilmView,
  RunState,
  SceneShown,
} from '../../src/webview/protocol.ts';
import { defaultStrings } from '../../src/webview/strings.ts';
import { pseudo } from '../support/pseudo-language.ts';
import {
  makeFilm,
  pictureOf,
  shownJobs,
  shownScene,
  shownStills,
  shownTake,
} from './film-views.ts';
import type { Harness, OpenPage } from './harness.ts';
import { makeView, withCell } from './views.ts';

/** Something that the page can look like. */
interface PageState {
  readonly name: string;
  readonly view: FilmView;
  readonly mode?: FilmMode;
  /** What the reader did then. */
  readonly act?: (page: Page) => Promise<void>;
  /** How they leave it again. */
  readonly leave?: (page: Page) => Promise<void>;
}

/** Words that are a third longer, as those of another language are. */
export const longerStrings = Object.fromEntries(
  Object.entries(defaultStrings).map(([key, text]) => [key, pseudo(text)]),
);

const clips: readonly ClipState[] = ['current', 'stale', 'running', 'failed', 'current'];
const outage = {
  why: 'Nothing answers at http://127.0.0.1:11434/v1: the connection was refused.',
  retryInMs: 20_000,
};
const error = {
  message:
    'The key was refused (401) by https://api.example.com/v1/organisations/scenewright/models.',
  action: 'account',
} as const;
const flags = [
  'Ida is not in the cast of this scene.',
  'The scene before it ends in the lamp room, this one begins at the harbour.',
];
const ends: readonly RunState[] = ['idle', 'paused', 'cancelled'];

const film = makeFilm(
  { clips, stills: [1, 6] },
  { jobs: shownJobs, moreJobs: 3, notes: ['One.', 'Two.', 'Three.'] },
);
const manyTakes = {
  ...film,
  cells: film.cells.map((cell, index) => (index === 0 ? { ...cell, takes: 3 } : cell)),
};

const openAll = (page: Page): Promise<void> =>
  page.locator('details:not([open]) > summary').evaluateAll((all) => {
    for (const one of all) (one as HTMLElement).click();
  });
const close = (page: Page): Promise<void> => page.locator('.player .codicon-close').click();
const playFilm = (page: Page): Promise<void> =>
  page.locator('.header .codicon-play-circle').click();

/** All that the page can look like, one after the other. */
const pageStates: readonly PageState[] = [
  { name: 'nothing yet', view: makeView({ scenes: 0, written: 0, state: 'idle' }) },
  { name: 'planning', view: makeView({ scenes: 0, written: 0, state: 'planning' }) },
  {
    name: 'writing',
    view: makeView(
      { next: ['writing', 'kept', 'retrying', 'mending', 'failed'] },
      { unwatched: true, money: { spent: 0.4, expected: 1.2 }, places: 3, pace: 'batches' },
    ),
  },
  ...ends.map((state) => ({ name: state, view: makeView({ state }) })),
  { name: 'resting', view: makeView({ next: ['writing'] }, { restingMs: 20_000 }) },
  {
    name: 'not answered',
    view: makeView({ next: ['writing'] }, { outage, notes: ['One.', 'Two.', 'Three.'] }),
    act: openAll,
  },
  {
    name: 'failed',
    view: {
      ...withCell(makeView({ state: 'failed' }, { error }), 3, { flags }),
      current: 'scene3',
    },
    act: (page) => page.locator('[data-index="2"]').focus(),
  },
  { name: 'written', view: makeFilm() },
  {
    name: 'drawing',
    view: withCell(makeFilm({ stills: [1, 2, 4] }, { stills: 'required' }), 3, {
      still: 'drawing',
    }),
  },
  { name: 'hundreds of scenes', view: makeFilm({ scenes: 450, clips }) },
  { name: 'rendering', view: film, act: openAll },
  { name: 'playing', view: film, act: playFilm, leave: close },
  {
    name: 'playing on the whole page',
    view: film,
    act: async (page) => {
      await playFilm(page);
      await page.keyboard.press('f');
    },
    leave: close,
  },
  { name: 'storyboard', view: film, mode: 'storyboard' },
  { name: 'contact sheet', view: manyTakes, mode: 'contactSheet' },
  {
    name: 'comparing',
    view: manyTakes,
    mode: 'contactSheet',
    act: (page) => page.locator('.sheet-head .codicon-split-horizontal').first().click(),
    leave: (page) => page.locator('dialog .codicon-close').click(),
  },
];

/** Shows a page in all its states, and what is known of scenes. */
export async function eachState(
  harness: Harness,
  { page, send, show }: OpenPage,
  look: (state: PageState) => Promise<void>,
): Promise<void> {
  const poster = harness.serve('state.svg', pictureOf(1));
  const scenes = knownScenes(poster);
  for (const state of pageStates) {
    await send({ type: 'mode', mode: state.mode ?? 'strip' });
    await show(state.view);
    await send({ type: 'scenes', scenes });
    for (const { id } of scenes) await send({ type: 'picture', id, address: poster });
    await state.act?.(page);
    await look(state);
    await state.leave?.(page);
  }
}

function knownScenes(poster: string): readonly SceneShown[] {
  const scene: SceneShown = {
    ...{ ...shownScene, poster, next: 'renderAgain', render: '8 s' },
    why: ['Changed since it was rendered: the prompt.'],
    cast: shownScene.cast.map((one) => ({ ...one, picture: poster })),
    pictures: [{ role: 'reference', name: 'Lamp room', address: poster }],
    takes: [
      shownTake(1, { state: 'stale', words: 'stale', instruction: 'slower' }),
      shownTake(2, { chosen: true, words: 'chosen' }),
      shownTake(3, { words: 'clip ready' }),
      shownTake(4, { state: 'running', words: '64 %' }),
    ],
    stills: shownStills,
  };
  return [
    scene,
    { ...shownScene, id: 'scene2', takes: [shownTake(1, { chosen: true, words: 'counts' })] },
  ];
}
