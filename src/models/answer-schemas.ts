import * as z from 'zod';
import type { Bible } from '../script/script-model.ts';
import type { WriterTask } from './writer-tasks.ts';

/**
 * What a writer model answers to its tasks, as zod schemas. They serve twice: as the JSON schema that
 * goes to a language model's endpoint, and as the check of what comes back or was kept on disk. Every key is required and what may be
 * empty is `null`, because strict structured outputs know no optional keys; an answer that leaves
 * such a key out is taken as `null`. Ids and seconds are absent on purpose: ids are settled before a
 * model is asked, seconds follow from the lengths it gives, and both are put on in code.
 *
 * Of how things stand only what changes is asked for, as facts, `who or what: how it is`. What does
 * not change is not said again: it is worked out from the facts before it (`script/standing-facts.ts`).
 */

/** Text that has to say something. The check stays out of the JSON schema, where few endpoints allow it. */
function text(description: string): z.ZodString {
  return z
    .string()
    .trim()
    .refine((value) => value !== '', 'must not be empty')
    .describe(description);
}

/**
 * Text that is asked for like any other, and made from the rest of the answer or of the script where a
 * model leaves it out.
 */
function mendable(description: string): z.ZodDefault<z.ZodString> {
  return z.string().trim().default('').describe(description);
}

/** Text that may be left out, as `null`. */
function note(description: string): z.ZodDefault<z.ZodNullable<z.ZodString>> {
  return z.string().trim().nullable().default(null).describe(description);
}

/**
 * A list that is asked for with exactly `count` entries. One of another length is an answer all the same,
 * of which the rest is asked for, or the surplus told in less.
 */
function exactly<T extends z.ZodType>(count: number, what: string, entry: T): z.ZodArray<T> {
  return z
    .array(entry)
    .min(1, { error: `there have to be exactly ${count} ${what}, not 0` })
    .meta({
      description: `Exactly ${count} ${what}, in order.`,
      minItems: count,
      maxItems: count,
    });
}

function changes(description: string): z.ZodDefault<z.ZodNullable<z.ZodArray<z.ZodString>>> {
  return z.array(z.string().trim()).nullable().default(null).describe(description);
}

const characterAnswer = z.object({
  name: mendable('The name as the script uses it everywhere, without titles or nicknames.'),
  look: mendable(
    'What never changes on screen: age, build, hair, face, clothes. No actions or moods.',
  ),
  voice: note('How the character speaks: pace, register, habits. Null if never heard.'),
});

const placeAnswer = z.object({
  name: mendable('A short name that the beats use for this place, letter for letter.'),
  look: mendable('What never changes: layout, materials, colours, where the light comes from.'),
});

/** The schema of the story core: what is settled before the outline. */
export const coreAnswerSchema = z.object({
  title: mendable('The title of the video.'),
  logline: mendable('The story in one or two sentences, its ending included.'),
  characters: z.array(characterAnswer).describe('Everybody who is seen or heard.'),
  places: z.array(placeAnswer).meta({ description: 'Every place a beat plays in.', minItems: 1 }),
  opening: note(
    'What the first scenes tell and how things stand after them. Null if not asked for.',
  ),
});

export type CoreAnswer = z.infer<typeof coreAnswerSchema>;

const actAnswer = z.object({
  title: mendable('Two to six words, no number.'),
  summary: mendable('What happens from its first beat to its last, and what it changes.'),
  changes: changes('What is different when it ends: “the lamp: dark”, one short fact each.'),
});

/**
 * The schema of the acts of a long story.
 *
 * @param count exact number of acts, at least 1
 */
export function actsAnswerSchema(count: number) {
  return z.object({ acts: exactly(count, 'acts', actAnswer) });
}

export type ActsAnswer = z.infer<ReturnType<typeof actsAnswerSchema>>;

/** How much of the video a beat wants, compared with the others. */
const beatLengths = ['short', 'usual', 'long'] as const;
export type BeatLength = (typeof beatLengths)[number];

/** The schema of one beat of an outline. */
export const beatAnswerSchema = z.object({
  title: mendable('Two to six words, no number.'),
  place: mendable('The name of one of the places.'),
  time: note('Time of day, such as dawn or night. Null where it means nothing.'),
  cast: z
    .array(z.string().trim())
    .describe('Names of the characters who are seen; empty when nobody is.'),
  summary: mendable(
    'What happens and what it changes, in one or two sentences that can be filmed.',
  ),
  cut: z
    .union([z.boolean(), z.string().trim()])
    .nullable()
    .default(null)
    .describe(
      'False if it goes on from the beat before without a cut in time or place; true if there is a cut; where the cut leaves out or changes something, what: “a night has passed; Mara: Sunday coat”.',
    ),
  changes: changes('What is different when it ends: “Mara: soaked”. Mostly none or one.'),
  length: z
    .enum(beatLengths)
    .default('usual')
    .describe('How much time it needs, compared with the other beats.'),
});

export type BeatAnswer = z.infer<typeof beatAnswerSchema>;

/**
 * The schema of the beats of an act, or of the whole outline.
 *
 * @param beats exact number of beats the answer has to hold, at least 1
 * @param bible whose names they use
 */
function outlineAnswerSchema(beats: number, { characters, places }: Bible) {
  const { place, cast } = beatAnswerSchema.shape;
  const pinned = beatAnswerSchema.extend({
    place: place.meta({ ...place.meta(), ...oneOf(places) }),
    cast: z.array(cast.element.meta(oneOf(characters))).meta(cast.meta() ?? {}),
  });
  return z.object({ beats: exactly(beats, 'beats', pinned) });
}

/** So many names, with so many characters all together, are pinned: services take no more of an `enum`. */
const mostPinned = 24;
const mostPinnedCharacters = 500;

/**
 * Names that an endpoint is to choose from. Only the JSON schema says so: an answer that has another one
 * all the same is read, and the name matched or taken into the bible.
 */
function oneOf(entries: readonly { readonly name: string }[]): { enum?: string[] } {
  const names = entries.map(({ name }) => name);
  const tooMany = names.length > mostPinned || names.join('').length > mostPinnedCharacters;
  return names.length === 0 || tooMany ? {} : { enum: names };
}

export type OutlineAnswer = z.infer<ReturnType<typeof outlineAnswerSchema>>;

/** The schema of one written scene. Place, time, cast and seconds come from its beat. */
export const sceneAnswerSchema = z.object({
  title: mendable('The title of the scene, two to six words, no number.'),
  action: mendable(
    'What is seen, in the present tense, as prose. Paragraphs are parted by an empty line.',
  ),
  dialogue: z
    .array(
      z.object({
        speaker: text('The name of a character.'),
        tone: note('How it is said, one or two words. Null when it goes without saying.'),
        line: text('The spoken words alone.'),
      }),
    )
    .describe('What is said, in order; empty when nobody speaks.'),
  narration: note('Spoken over the picture. Null when there is none.'),
  sound: note('Sounds and music worth noting. Null when there are none.'),
  prompt: text('What a text-to-video model is to draw, understandable with nothing else at hand.'),
});

export type SceneAnswer = z.infer<typeof sceneAnswerSchema>;

/** The schema of what is said about two neighbours that a check suspects. */
export const seamAnswerSchema = z.object({
  clash: z.boolean().describe('Whether the two scenes really contradict or repeat each other.'),
  why: z
    .string()
    .describe('What the later scene has to change if they clash, in one or two sentences.'),
});

export type SeamAnswer = z.infer<typeof seamAnswerSchema>;

interface Answers {
  readonly core: CoreAnswer;
  readonly acts: ActsAnswer;
  readonly outline: OutlineAnswer;
  readonly seam: SeamAnswer;
  readonly scene: SceneAnswer;
}

export type AnswerTo<T extends WriterTask> = Answers[T['kind']];

/** What an answer to the task has to be. */
export function answerSchema<T extends WriterTask>(task: T): z.ZodType<AnswerTo<T>> {
  return schemaFor(task) as z.ZodType<AnswerTo<T>>;
}

function schemaFor(task: WriterTask): z.ZodType {
  switch (task.kind) {
    case 'core':
      return coreAnswerSchema;
    case 'acts':
      return actsAnswerSchema(task.counts.length);
    case 'outline':
      return outlineAnswerSchema(task.part.to - task.part.from + 1, task.core.bible);
    case 'seam':
      return seamAnswerSchema;
    case 'scene':
      return sceneAnswerSchema;
  }
}
