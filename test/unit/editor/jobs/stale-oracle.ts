import type { JobPicture } from '../../../../src/jobs/job-pictures.ts';

/** Somebody, with the paths of their pictures. */
export interface Person {
  readonly name: string;
  look: string;
  pictures: string[];
}

export interface ToldScene {
  readonly id: string;
  prompt: string;
  /** Names after an `@` in the prompt. */
  mentions: string[];
  cast: string[];
  side: 'inside' | 'outside' | undefined;
  line: string;
  first: string | undefined;
  last: string | undefined;
  /** It goes on from the one before without a cut. */
  goesOn: boolean;
}

/** A script as a person has it in mind, and what is on their disk. */
export interface Story {
  style: string;
  seed: number;
  readonly people: readonly Person[];
  /** The one place of all scenes, with its pictures. */
  readonly place: Person & { inside: string[]; outside: string[] };
  readonly scenes: readonly ToldScene[];
  /** By path: what is in each picture. */
  readonly files: Map<string, string>;
}

/** A picture that a scene asks for, told apart from others by whom it shows. */
interface Asked {
  readonly role: JobPicture['role'];
  readonly name: string;
  readonly file: string;
}

/** What a clip was made from. */
export interface Made {
  /** All words and numbers that it shows. */
  readonly words: string;
  /** The pictures that were asked for, with what was in them; left out are those that the model did not take. */
  readonly pictures: readonly (Asked & { readonly content: string; readonly taken: boolean })[];
  /** The frame that it began with, of the clip before. */
  readonly began: string | undefined;
}

const fence = '```';

/** The script as it stands in the file. */
export function textOf({ style, seed, people, place, scenes }: Story): string {
  const paths = (all: readonly string[]): string => `[${all.map((one) => `"${one}"`).join(', ')}]`;
  const person = ({ name, look, pictures }: Person): string =>
    `  - name: ${name}\n    look: ${look}\n    seed: ${seed}\n    picture: ${paths(pictures)}\n`;
  const { name, look, pictures, inside, outside } = place;
  const sides = hasSides(place)
    ? `{inside: ${paths(inside)}, outside: ${paths(outside)}}`
    : paths(pictures);
  const beats = scenes.map(
    ({ id, goesOn }, index) =>
      `${index + 1}. **Beat ${index + 1}** · 8 s · ${goesOn ? '…' : name} · Mara <!-- id: ${id} -->`,
  );
  const sections = scenes.map(
    (one, index) => `## Scene ${index + 1}: Beat ${index + 1}

<!-- scene: ${one.id} -->

_${[name, ...(one.side === undefined ? [] : [one.side]), one.cast.join(', '), '8 s'].filter((part) => part !== '').join(' · ')}_

${one.first === undefined ? '' : `![First frame](<${one.first}>)\n\n`}${one.last === undefined ? '' : `![Last frame](<${one.last}>)\n\n`}> **MARA**: ${one.line}

${fence}prompt
${one.prompt}${one.mentions.map((who) => ` @${who} turns.`).join('')}
${fence}
`,
  );
  return `---
scenewright: 1
title: The Lamp
style: ${style}
characters:
${people.map(person).join('')}places:
  - name: ${name}
    look: ${look}
    picture: ${sides}
---

# The Lamp

## Outline

${beats.join('\n')}

${sections.join('\n')}`;
}

/** A place has pictures of its inside and outside, or such as are of both. */
function hasSides({ inside, outside }: Story['place']): boolean {
  return inside.length + outside.length > 0;
}

/** All words and numbers that a clip of a scene shows, one after the other. */
function wordsOf({ style, people, place }: Story, scene: ToldScene): string {
  const looks = (names: readonly string[]): readonly string[] =>
    people.flatMap(({ name, look }) => (names.includes(name) ? `${name}: ${look}` : []));
  const { prompt, mentions, side = '', cast } = scene;
  return JSON.stringify([style, prompt, mentions, side, looks(cast), looks(mentions), place.look]);
}

/** The pictures that a scene asks for, in whatever order. */
function askedFor({ people, place }: Story, scene: ToldScene): readonly Asked[] {
  const seen = people.filter(
    ({ name }) => scene.cast.includes(name) || scene.mentions.includes(name),
  );
  const { side } = scene;
  const there = hasSides(place)
    ? [...(side === 'outside' ? [] : place.inside), ...(side === 'inside' ? [] : place.outside)]
    : place.pictures;
  const of = (name: string, files: readonly string[]): readonly Asked[] =>
    [...new Set(files)].map((file) => ({ role: 'reference', name, file }));
  return [
    ...(scene.first === undefined
      ? []
      : [{ role: 'firstFrame', name: '', file: scene.first } as const]),
    ...(scene.last === undefined
      ? []
      : [{ role: 'lastFrame', name: '', file: scene.last } as const]),
    ...seen.flatMap(({ name, pictures }) => of(name, pictures)),
    ...of(place.name, there),
  ];
}

/** What a clip of a scene is made from now. */
export function madeFrom(
  story: Story,
  scene: ToldScene,
  isTaken: (asked: Asked) => boolean,
  began: string | undefined,
): Made {
  const pictures = askedFor(story, scene).map((one) => ({
    ...one,
    content: story.files.get(one.file) ?? '',
    taken: isTaken(one),
  }));
  return { words: wordsOf(story, scene), pictures, began };
}

/**
 * Whether a clip shows something else than its scene asks for by now.
 *
 * @param before what the clip before ends in that counts now; absent where nobody knows
 */
export function isStale(
  story: Story,
  scene: ToldScene,
  made: Made,
  goesOn: boolean,
  before: string | undefined,
): boolean {
  if (made.words !== wordsOf(story, scene)) return true;
  if (made.began !== undefined && !goesOn) return true;
  if (made.began !== undefined && before !== undefined && before !== made.began) return true;
  const then = made.pictures.filter(({ taken }) => taken).map(face);
  const now = askedFor(story, scene).flatMap((one) => {
    const alike = made.pictures.filter(({ role, name }) => role === one.role && name === one.name);
    const content = story.files.get(one.file);
    // It is the one that it was under this path; or one that only has another path.
    const was =
      alike.find(({ file }) => file === one.file) ?? alike.find((each) => each.content === content);
    // What the model did not take is no part of the clip; what is not there may be as it was.
    return was?.taken === false ? [] : [face({ ...one, content: content ?? was?.content ?? '' })];
  });
  return JSON.stringify(then.sort()) !== JSON.stringify(now.sort());
}

function face({ role, name, content }: Asked & { readonly content: string }): string {
  return [role, name, content].join('\n');
}
