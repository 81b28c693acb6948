import { createHash } from 'node:crypto';
import { memoizeLast } from '../base/memoize.ts';
import { mentionsIn, withMentions } from './mentions.ts';
import { named } from './names.ts';
import type { Aspect, Bible, Character, Place, Scene } from './script-model.ts';
import type { WantedPicture } from './wanted-pictures.ts';

/**
 * The whole prompt for a studio: what the scene asks for, then how its place and cast look, so that
 * they look alike in every clip, then the style of the script. Looks of those whom it names by `@` stand
 * behind the name. What the scene's own prompt says already, word for word, is not said twice: studios
 * weigh repeated words more.
 */
export function pictureText(scene: Scene, bible: Bible, style: string): string {
  const place = placeOf(scene, bible);
  const isNamed = mentionsIn(scene.prompt, bible).some(({ entry }) => entry === place);
  const name = isNamed ? '' : (place?.name ?? scene.place);
  const where = [name, scene.time].filter((part) => part !== '').join(', ');
  const prompt = withMentions(scene.prompt, bible);
  const said = spoken(prompt);
  const unsaid = (text: string): string => (said.includes(spoken(text)) ? '' : text);
  return [
    prompt,
    sentence('Setting', withLook(where, unsaid(place?.look ?? ''))),
    ...castOf(scene, bible).map(({ name, look }) =>
      unsaid(look) === '' ? '' : sentence(name, look),
    ),
    sentence('Style', unsaid(style)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A picture that a clip shows. */
export interface ShownPicture extends Pick<WantedPicture, 'role' | 'name'> {
  /** SHA-256 of its file, in hexadecimal. */
  readonly sha256: string;
}

/** The pictures that a clip shows, for {@link pictureHash}; empty where it shows none. */
export function shownPictures(pictures: readonly ShownPicture[]): string {
  if (pictures.length === 0) return '';
  const all = pictures.map(({ role, name = '', sha256 }) => JSON.stringify([role, name, sha256]));
  return all.sort().join('\n');
}

/**
 * SHA-256, in hexadecimal, of everything that affects the picture: what {@link pictureText} says,
 * the clip's length, its aspect and the pictures that it shows. Titles, narration, dialogue and the order
 * of the cast do not, nor do names of files.
 * A clip whose hash differs from its scene's is stale.
 *
 * @param shown as {@link shownPictures} tells
 */
export const pictureHash = memoizeLast(
  (scene: Scene, bible: Bible, style: string, aspect: Aspect, shown = ''): string => {
    const cast = castOf(scene, bible).map(({ name, look }) => [name, look]);
    const picture = [
      scene.prompt,
      scene.place,
      placeOf(scene, bible)?.look ?? '',
      scene.time,
      cast.map((member) => JSON.stringify(member)).sort(),
      style,
      aspect,
      scene.seconds,
      // Those whom the prompt names, who need not be in the cast; of a prompt without names there is nothing.
      ...mentionsIn(scene.prompt, bible).map(({ entry: { name, look } }) => [name, look]),
      // Of a clip without pictures there is nothing.
      ...(shown === '' ? [] : [{ shown }]),
    ];
    return createHash('sha256').update(JSON.stringify(picture)).digest('hex');
  },
);

function placeOf(scene: Scene, bible: Bible): Place | undefined {
  return named(bible.places, scene.place);
}

function castOf(scene: Scene, bible: Bible): Pick<Character, 'name' | 'look'>[] {
  return scene.cast.map((name) => named(bible.characters, name) ?? { name, look: '' });
}

/** The words alone, to compare them by. */
function spoken(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}

function withLook(name: string, look: string): string {
  return [name, look].filter((part) => part !== '').join(': ');
}

/** `Label: text.`, or nothing when there is no text. */
function sentence(label: string, text: string): string {
  if (text === '') return '';
  return `${label}: ${text}${/[.!?…。！？]$/.test(text) ? '' : '.'}`;
}
