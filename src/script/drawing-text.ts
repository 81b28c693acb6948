import { named } from './names.ts';
import { pictureText } from './picture-text.ts';
import type { Bible, Character, Place, Scene } from './script-model.ts';

/** What somebody or a place is drawn by: one picture that says all there is to say of its look. */
export function sheetText(
  kind: 'character' | 'place',
  { name, look }: Pick<Character | Place, 'name' | 'look'>,
  style: string,
  instruction?: string,
): string {
  const what =
    kind === 'character'
      ? 'A reference sheet of one person: the whole figure from both sides, and the face close to. Plain light, a plain background, no words in the picture.'
      : 'A reference picture of a place, without people and without words in it.';
  const shown = look === '' ? `${name}.` : `${name}: ${look}`;
  return paragraphs(
    what,
    kind === 'place' ? `Setting: ${shown}` : shown,
    styled(style),
    instruction,
  );
}

/** What the pictures show that a still is made after, and how it stands to the one before. */
export interface StillAfter {
  /** Whom and what they show, in the order in which they come along. */
  readonly shown: readonly string[];
  /** Which of them is the still that this one goes on from; absent where it goes on from none. */
  readonly continues?: string | undefined;
  /** The first of them is the still that there is, which is to be changed. */
  readonly changes: boolean;
}

/** What the picture is drawn by that a scene begins with. */
export function stillText(
  scene: Scene,
  bible: Bible,
  style: string,
  { shown, continues, changes }: StillAfter,
  instruction?: string,
): string {
  return paragraphs(
    'One still picture: the moment that this scene of a film begins with. No words in the picture.',
    pictureText(scene, bible, style),
    shown.length === 0
      ? ''
      : `The pictures that come with this show, in order: ${shown.join('; ')}. Who and what they show looks the same here.`,
    continues === undefined ? '' : `It goes on without a cut from ${continues}.`,
    changes
      ? 'The first of them is this still as it was: keep all of it but what is asked for now.'
      : '',
    instruction,
  );
}

/** The scene of a sheet: one that shows nothing but whom or what it is of. */
export function sceneOfSheet(kind: 'character' | 'place', name: string, bible: Bible): Scene {
  const entry = kind === 'place' ? named(bible.places, name) : named(bible.characters, name);
  return {
    id: '',
    title: name,
    seconds: 0,
    place: kind === 'place' ? name : '',
    time: '',
    cast: kind === 'character' ? [name] : [],
    action: '',
    dialogue: [],
    narration: '',
    sound: '',
    prompt: entry?.look ?? '',
  };
}

function styled(style: string): string {
  return style === '' ? '' : `Style: ${style}.`;
}

function paragraphs(...all: readonly (string | undefined)[]): string {
  return all.filter((one) => one !== undefined && one !== '').join('\n\n');
}
