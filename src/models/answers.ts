import { z } from 'zod';

/**
 * What a writer model is asked to fill in, as zod schemas. They serve twice: as the JSON schema that
 * goes to the endpoint, and as the check of what comes back. Every key is required and what may be
 * empty is `null`, because strict structured outputs know no optional keys; an answer that leaves
 * such a key out is taken as `null`. Ids and seconds are absent on purpose: they are settled before
 * a model is asked, and put on afterwards.
 */

/** Text that has to say something. The check stays out of the JSON schema, where few endpoints allow it. */
function text(description: string): z.ZodString {
  return z
    .string()
    .trim()
    .refine((value) => value !== '', 'must not be empty')
    .describe(description);
}

/** Text that may be left out, as `null`. */
function note(description: string): z.ZodDefault<z.ZodNullable<z.ZodString>> {
  return z.string().trim().nullable().default(null).describe(description);
}

const characterAnswer = z.object({
  name: text('The name as the script uses it everywhere, without titles or nicknames.'),
  look: text('What never changes on screen: age, build, hair, face, clothes. No actions or moods.'),
  voice: note('How the character speaks: pace, register, habits. Null if never heard.'),
});

const placeAnswer = z.object({
  name: text('A short name that the beats use for this place, letter for letter.'),
  look: text('What never changes: layout, materials, colours, where the light comes from.'),
});

const beatAnswer = z.object({
  title: text('Two to six words, no number.'),
  place: text('The name of one of the places.'),
  time: note('Time of day, such as dawn or night. Null where it means nothing.'),
  cast: z
    .array(z.string().trim())
    .describe('Names of the characters who are seen; empty when nobody is.'),
  summary: text('What happens and what it changes, in one or two sentences that can be filmed.'),
  entry: text(
    'How things stand when the scene begins: place, time, clothes, props, who knows what.',
  ),
  exit: text('How things stand when it ends, in the same terms.'),
  handOff: text('The image, sound or line that leads into the next scene.'),
  continues: z
    .boolean()
    .describe('True if it goes on from the scene before without a cut in time or place.'),
});

/**
 * The schema of a whole plan.
 *
 * @param beats exact number of beats the answer has to hold, at least 1
 */
export function planAnswerSchema(beats: number) {
  return z.object({
    title: text('The title of the video.'),
    logline: text('The story in one or two sentences, its ending included.'),
    characters: z.array(characterAnswer).describe('Everybody who is seen or heard.'),
    places: z.array(placeAnswer).min(1).describe('Every place a beat plays in.'),
    beats: z
      .array(beatAnswer)
      .length(beats, {
        error: ({ input }) =>
          `there have to be exactly ${beats} beats, not ${Array.isArray(input) ? input.length : 0}`,
      })
      .describe(`Exactly ${beats} beats, in order.`),
  });
}

export type PlanAnswer = z.infer<ReturnType<typeof planAnswerSchema>>;

/** The schema of one written scene. Place, time, cast and seconds come from its beat. */
export const sceneAnswerSchema = z.object({
  title: text('The title of the scene, two to six words, no number.'),
  action: text(
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
