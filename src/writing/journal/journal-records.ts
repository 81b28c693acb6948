import * as z from 'zod';

/** What is kept, as it lies on disk. Loaded with the first file that is read: starting needs no zod. */

/** What is kept of one thing that was asked for a script. */
export const journalRecord = z.object({
  version: z.literal(2),
  /** {@link realFile} of the script. */
  script: z.string(),
  asked: z.string(),
  /** What its file system knew the script's file by: of several that asked the same, this is whose. */
  node: z.string().optional(),
  /** When it was kept, in milliseconds since the epoch: the last one is what its script had in mind. */
  at: z.number().optional(),
  /** Absent once the script has it: it does not take the same from elsewhere again. */
  value: z.unknown().optional(),
});

export type JournalRecord = z.infer<typeof journalRecord>;

export const sceneRecord = z.object({
  id: z.string(),
  title: z.string(),
  seconds: z.number().nonnegative(),
  place: z.string(),
  time: z.string(),
  cast: z.array(z.string()).readonly(),
  action: z.string(),
  dialogue: z
    .array(z.object({ speaker: z.string(), tone: z.string(), line: z.string() }))
    .readonly(),
  narration: z.string(),
  sound: z.string(),
  questions: z.array(z.string()).optional(),
  prompt: z.string(),
});

/** How a scene was kept before scripts were told apart. */
export const olderSceneRecord = z.object({
  version: z.literal(1),
  hash: z.string(),
  scene: sceneRecord,
});

/** The form that rewrites have had so far. */
export const rewriteVersion = z.object({ version: z.literal(1) });

export const rewriteRecord = z.object({
  id: z.uuid(),
  script: z.string(),
  scene: sceneRecord,
  instruction: z.string(),
  before: z.string(),
  at: z.number(),
  decidedIn: z.array(z.string()).readonly().optional(),
});
