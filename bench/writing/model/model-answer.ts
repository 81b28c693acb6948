import type { Asked, JsonSchema } from './chat-request.ts';
import {
  beatAsked,
  firstBeatAsked,
  lastBeatsOfActs,
  sceneAsked,
  secondsAsked,
} from './chat-request.ts';
import type { Phrases } from './answer-phrases.ts';
import { logline, people, settings, title } from './lighthouse-bible.ts';
import type { Person, Setting } from './lighthouse-bible.ts';
import { isNullAsked, sentencesAsked, withinWords } from './asked-lengths.ts';
import type { Slips } from './answer-slips.ts';
import type { StoryCourse } from './story-course.ts';

/** What is known where a field is filled in. */
interface Place {
  readonly asked: Asked;
  readonly course: StoryCourse;
  readonly slips: Slips;
  /** Number of the beat that the field is about, from 1; of an act, its last. */
  readonly beat: number;
  /** Number of the beat before the first that the field is about. */
  readonly before: number;
  readonly cast: readonly Person[];
  readonly phrases: Phrases;
  /** The key of the list that is being filled, the position in it, from 0, and what the bible has there. */
  readonly list: string;
  readonly index: number;
  readonly entry?: Setting | undefined;
  /** Whether the schema names all that the field can hold: then nothing else is ever written there. */
  readonly pinned: boolean;
}

/**
 * The answer to whatever is asked, filled in by its schema: every field as long as such answers are,
 * and right, but for the slips. A field that is not known by name gets a plain phrase.
 */
export function answerTo(asked: Asked, course: StoryCourse, slips: Slips): unknown {
  const scene = sceneAsked(asked);
  const beat = scene ?? firstBeatAsked(asked);
  const cast = scene === undefined ? course.cast(beat) : namedIn(beatAsked(asked));
  const phrases = course.phrases(scene === undefined ? 5 : 6, beat);
  return fill('', asked.schema, {
    asked,
    course,
    slips,
    beat,
    before: beat - 1,
    cast,
    phrases,
    list: '',
    index: 0,
    pinned: false,
  });
}

/** Who stands in the line of a beat that says so. */
function namedIn(beat: string): readonly Person[] {
  const line = /Cast: ([^\n]*)/u.exec(beat)?.[1] ?? beat;
  return people.filter(({ name }) => line.includes(name));
}

function fill(key: string, schema: JsonSchema, place: Place): unknown {
  const known = fields[`${place.asked.kind}.${key}`] ?? fields[key];
  const forms = schema.anyOf ?? [schema];
  const nullable = forms.some(({ type }) => type?.includes('null') ?? false);
  const inner = forms.find(({ type }) => type !== 'null') ?? schema;
  if (known !== undefined) {
    const pinned = inner.enum !== undefined || inner.items?.enum !== undefined;
    const value = known({ ...place, pinned });
    return value === null && !nullable ? '' : value;
  }
  switch (inner.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(inner.properties ?? {}).map(([name, of]) => [name, fill(name, of, place)]),
      );
    case 'array':
      return list(key, inner, place);
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return place.index + 1;
    default:
      if (inner.enum !== undefined) return inner.enum[0];
      return nullable ? null : place.phrases.thing();
  }
}

function list(
  key: string,
  { items = {}, minItems, maxItems }: JsonSchema,
  place: Place,
): unknown[] {
  const usual = counts[key]?.(place) ?? minItems ?? Math.min(2, maxItems ?? 2);
  const length = key === 'beats' ? place.slips.count(usual) : usual;
  return Array.from({ length }, (_, index) =>
    fill('', items, { ...place, ...inList(key, index, place), list: key, index }),
  );
}

const counts: Readonly<Record<string, (place: Place) => number>> = {
  characters: () => people.length,
  places: () => settings.length,
};

/** Where a field is that stands in the entry of a list. */
function inList(key: string, index: number, place: Place): Partial<Place> {
  const { course, asked } = place;
  switch (key) {
    case 'characters':
      return { entry: people[index] };
    case 'places':
      return { entry: settings[index] };
    case 'beats': {
      const beat = place.beat + index;
      return { beat, before: beat - 1, cast: course.cast(beat), phrases: course.phrases(5, beat) };
    }
    case 'acts': {
      const last = lastBeatsOfActs(asked);
      const beat = last[index] ?? index + 1;
      return {
        beat,
        before: last[index - 1] ?? place.before,
        cast: people,
        phrases: course.phrases(7, beat),
      };
    }
    default:
      return {};
  }
}

type Field = (place: Place) => unknown;

/** By the kind of the answer and the key, or by the key alone. */
const fields: Readonly<Record<string, Field>> = {
  'core.title': () => title,
  'core.logline': () => logline,
  'core.name': ({ entry }) => entry?.name ?? '',
  'core.look': ({ entry, list, asked }) => withinWords(list, asked, entry?.look ?? ''),
  'core.voice': ({ index }) => people[index]?.voice ?? null,
  'core.opening': (at) => (isNullAsked('opening', at.asked) ? null : told('opening', at, [2, 2])),
  // As short as the plan of the tool that the reference is modelled on: see `reference.ts`.
  'lines.line': ({ phrases }) => `${phrases.object()}, ${phrases.thing()}`,

  'acts.summary': (at) => told('summary', at, [3, 5]),
  'acts.since': ({ phrases, before }) =>
    before === 0 ? null : `a week has passed; ${phrases.sentence('somebody')}`,

  title: ({ phrases }) => phrases.title(),
  since: ({ phrases, course, beat }) =>
    !course.goesOn(beat) && phrases.chance(0.25)
      ? 'some hours have passed, and the wind has turned'
      : null,
  place: (at) => nameFor(at.course.place(at.beat), at),
  time: ({ course, beat }) => course.time(beat),
  cast: (at) => at.cast.map(({ name }) => nameFor(name, at)),
  summary: (at) => {
    const [, most] = sentencesAsked('summary', at.asked, [1, 2]);
    const first = told('', at, [1, 1]);
    if (most === 1 || at.phrases.chance(0.7)) return first;
    return `${first} Now ${at.phrases.thing()} is gone.`;
  },
  continues: ({ course, beat }) => course.goesOn(beat),
  entry: ({ course, before, cast }) => course.facts(before, cast),
  exit: ({ course, beat, cast }) => course.facts(beat, cast),
  handOff: ({ phrases }) => `The sound of ${phrases.thing()}.`,
  // Where only changes are asked for; a cut that leaves out nothing is just told to be one.
  cut: ({ course, beat, cast, phrases }) => {
    if (course.goesOn(beat)) return false;
    if (beat === 1) return course.facts(0, cast).join('; ');
    return phrases.chance(0.25) ? `some hours later; the sky: ${phrases.object()}` : true;
  },
  changes: ({ course, beat, cast, phrases }) => [
    ...course.changes(beat, cast).slice(0, phrases.chance(0.2) ? 2 : 1),
    ...(phrases.chance(0.3) ? [`the sound of ${phrases.thing()}`] : []),
  ],
  'acts.changes': ({ course, beat, cast }) => course.facts(beat, cast).slice(0, 2),
  length: ({ phrases }) => phrases.pick(['short', 'usual', 'usual', 'usual', 'long']),

  'scene.action': ({ phrases, cast }) => {
    const who = cast.length === 0 ? ['Somebody'] : cast.map(({ name }) => name);
    return `${phrases.sentences(who, 3)}\n\n${phrases.sentences(who, 2)}`;
  },
  'scene.dialogue': ({ phrases, cast, asked, slips }) => {
    const [speaker] = cast;
    if (speaker === undefined) return [];
    const seconds = secondsAsked(asked);
    const line = phrases.speech(
      slips.words(Math.max(3, Math.floor(seconds * easyRate)), Math.floor(seconds * calmRate)),
    );
    return [{ speaker: speaker.name, tone: phrases.tone(), line }];
  },
  'scene.narration': () => null,
  'scene.sound': ({ phrases }) => `A creak from ${phrases.thing()}.`,
  'scene.prompt': ({ phrases, cast, slips, asked }) => {
    const beat = beatAsked(asked);
    const where = settings.find(({ name }) => beat.includes(name)) ?? settings[0];
    const looks = cast.map(({ look }) => look);
    return [
      'Watercolour, soft lamp light.',
      ...slips.looks(looks),
      where?.look ?? '',
      phrases.sentences(['Somebody'], 2),
      'The camera holds still.',
    ].join(' ');
  },

  'seam.clash': () => false,
  'seam.why': () => '',
};

/** What happens, in as many sentences as are asked for, or in these. */
function told(
  key: string,
  { asked, phrases, cast }: Place,
  usual: readonly [number, number],
): string {
  const [least, most] = sentencesAsked(key, asked, usual);
  const spread = Array.from({ length: most - least + 1 }, (_, i) => least + i);
  const who = cast.length === 0 ? ['Somebody'] : cast.map(({ name }) => name);
  return phrases.sentences(who, phrases.pick(spread));
}

function nameFor(name: string, { pinned, slips }: Place): string {
  return pinned ? name : slips.name(name);
}

/** Words a second: with air to breathe, and as many as a calm speaker gets in. */
const easyRate = 1.5;
const calmRate = 2.5;
