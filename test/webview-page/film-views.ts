import type {
  Cell,
  ClipState,
  FilmView,
  JobShown,
  SceneShown,
  StillShown,
  TakeShown,
} from '../../src/webview/protocol.ts';
import { makeView, type ViewOptions } from './views.ts';

export interface FilmOptions extends ViewOptions {
  /** How the scenes stand with their clips, from the first on; those behind have none. */
  readonly clips?: readonly ClipState[];
  /** Numbers of the scenes that have first frames. */
  readonly stills?: readonly number[];
  /** Number of the scene under the cursor. */
  readonly current?: number;
}

/** A film of which everything is written, as the extension would send it. */
export function makeFilm(options: FilmOptions = {}, more: Partial<FilmView> = {}): FilmView {
  const { clips = [], stills = [], current = 1, scenes = 22, written = scenes } = options;
  const view = makeView({ ...options, written, state: options.state ?? 'done' }, more);
  const cells = view.cells.map((planned, index): Cell => {
    const { id, number, title, seconds, state, flags } = planned;
    const clip = clips[index];
    const isThere = clip === 'current' || clip === 'stale';
    return {
      ...{ id, number, title, seconds, state },
      ...(flags === undefined ? {} : { flags }),
      ...(clip === undefined ? {} : { clip }),
      ...(stills.includes(number) ? { still: 'drawn', picture: `${number}.png` } : {}),
      ...(isThere ? { playable: true, picture: `${index}.1` } : {}),
    };
  });
  const count = (state: ClipState): number => clips.filter((clip) => clip === state).length;
  return {
    ...view,
    aspect: '16:9',
    current: `scene${current}`,
    totals: {
      seconds: cells.reduce((sum, { seconds }) => sum + seconds, 0),
      wanted: 180,
      drawn: stills.length,
      drawing: 0,
      rendered: count('current'),
      stale: count('stale'),
      rendering: count('running'),
      failed: count('failed'),
    },
    ...more,
    cells,
  };
}

export const shownScene: SceneShown = {
  id: 'scene1',
  where: 'Lamp room, night',
  action:
    'The beam sweeps the water once, twice, and stops half way round.\n\nMara looks up from the rail. Below her the sea goes on as if nothing had been taken from it.',
  dialogue: [
    { speaker: 'Mara', tone: 'whispering', line: 'Not tonight.' },
    { speaker: 'Old Tom', tone: '', line: 'Then when?' },
  ],
  narration: 'Nobody had seen the lamp go out before.',
  sound: 'Wind, a far horn.',
  cast: [
    { name: 'Mara', look: 'yellow oilskin coat, grey braid' },
    { name: 'Old Tom', look: 'white beard, a pipe' },
  ],
  prompt:
    'A dark lamp room, moonlight on huge glass lenses, @Mara at the rail, slow push in.\n\nSetting: Lamp room, night: huge glass lenses.\n\nMara: yellow oilskin coat, grey braid.',
};

/** A take that is here. */
export function shownTake(take: number, more: Partial<TakeShown> = {}): TakeShown {
  return {
    take,
    chosen: false,
    state: 'current',
    words: 'clip ready',
    facts: `8 s · $0.${take}0 · veo-3 · seed ${take}`,
    picture: `${take}.1`,
    ...more,
  };
}

/** The stills of a scene: one that was drawn first, its first frame, and one on its way. */
export const shownStills: readonly StillShown[] = [
  { key: 'a', chosen: false, words: 'not in the script', picture: 'a.1' },
  { key: 'b', chosen: true, words: 'first frame', picture: 'b.1', instruction: 'by night' },
  { key: 'c', chosen: false, coming: true, words: 'queued' },
];

export const shownJobs: readonly JobShown[] = [
  {
    id: 'a',
    cell: 'scene5',
    title: '5  Fog, and a second light',
    words: '64 % · 12 MB/s',
    face: 'working',
    progress: 0.64,
    price: '$0.80',
    acts: ['pause', 'cancel'],
  },
  {
    id: 'b',
    cell: 'scene6',
    title: '6  What the gull saw',
    words: '30 % · rendering',
    face: 'working',
    progress: 0.3,
    price: '$0.80',
    acts: ['pause', 'cancel'],
  },
  {
    id: 'c',
    cell: 'scene7',
    title: '7  Rope',
    words: 'failed · The studio declined the prompt for its content.',
    face: 'failed',
    price: '$0.80',
    acts: ['retry'],
  },
  {
    id: 'd',
    cell: 'scene8',
    title: '8  She counts the steps again',
    words: 'queued',
    face: 'waiting',
    acts: ['pause', 'cancel'],
  },
];

/** A picture of a scene, 1280 by 720: night sky, sea and a light. */
export function pictureOf(number: number): string {
  const hue = (number * 47) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720" viewBox="0 0 1280 720">
<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="hsl(${hue} 45% 12%)"/><stop offset="1" stop-color="hsl(${(hue + 40) % 360} 55% 48%)"/></linearGradient></defs>
<rect width="1280" height="720" fill="url(#s)"/><rect y="470" width="1280" height="250" fill="hsl(${hue} 40% 18%)"/>
<circle cx="${200 + ((number * 131) % 880)}" cy="${120 + ((number * 53) % 180)}" r="70" fill="hsl(${(hue + 60) % 360} 90% 82%)"/>
<path d="M${(number * 97) % 900} 470l120-190 130 190z" fill="hsl(${hue} 30% 9%)"/></svg>`;
}
