import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Act, StoryCore } from '../../models/writer-tasks.ts';
import { isSceneId } from '../../script/scene-ids.ts';
import type { Beat } from '../../script/script-model.ts';
import type { AnswerJournal } from '../journal/answer-journal.ts';

const act: z.ZodType<Act> = z.object({
  title: z.string(),
  summary: z.string(),
  entry: z.string(),
  exit: z.string(),
  first: z.int().nonnegative(),
  count: z.int().positive(),
});

const story: z.ZodType<StoryCore> = z.object({
  title: z.string(),
  logline: z.string(),
  bible: z.object({
    characters: z.array(z.object({ name: z.string(), look: z.string(), voice: z.string() })),
    places: z.array(z.object({ name: z.string(), look: z.string() })),
  }),
  opening: z.string(),
});

const record = z.object({
  version: z.literal(1),
  ids: z.array(z.string().refine(isSceneId)).min(1),
  shape: z.object({
    count: z.int().positive(),
    seconds: z.number().positive(),
    clipSeconds: z.array(z.number().positive()),
  }),
  story,
  /** `undefined` while they are not settled. */
  acts: z.array(act).optional(),
  /** So many beats have come into the document. */
  landed: z.int().nonnegative(),
  /** Seconds that the others have together. */
  secondsLeft: z.number().nonnegative(),
  keys: z.array(z.string()),
});

/**
 * What tells that the outline of a script is not whole yet, and how it goes on. It is kept from before
 * the first beat comes into the document until the last one is in it, and by it alone a run knows
 * whether beats are missing: one that is not there once the outline was whole, the writer has deleted.
 */
export type PlanUnderWay = z.infer<typeof record>;

/** The same for every script, since each has a journal of its own. */
const key = createHash('sha256').update('plan under way').digest('hex');

export async function readPlanUnderWay(
  answers: AnswerJournal | undefined,
): Promise<PlanUnderWay | undefined> {
  // What cannot be read is no reason not to write what is there.
  const kept = await answers?.get(key).catch(() => undefined);
  return record.safeParse(kept).data;
}

/**
 * Keep how far it is, once that is true of the file as well: beats that are thrown away with unsaved
 * changes would count as deleted by the writer.
 */
export async function keepPlanUnderWay(
  answers: AnswerJournal | undefined,
  plan: PlanUnderWay,
): Promise<void> {
  const when = plan.landed === 0 ? undefined : 'once saved';
  await answers?.put(key, plan, when).catch(() => undefined);
}

/**
 * The record as the document shows it: beats come there in order, and a run may be cut off before it has
 * kept how far it was. `undefined` where the document has none of the beats, and so is about
 * something else.
 */
export function caughtUp(plan: PlanUnderWay, outline: readonly Beat[]): PlanUnderWay | undefined {
  const there = new Map(outline.map(({ id, seconds }) => [id, seconds]));
  const last = plan.ids.findLastIndex((id) => there.has(id));
  if (last === -1) return undefined;
  const landed = Math.max(plan.landed, last + 1);
  let { secondsLeft } = plan;
  for (let at = plan.landed; at < landed; at++) {
    // Of one that the writer has deleted since nobody knows how long it was.
    secondsLeft -= there.get(plan.ids[at] ?? '') ?? secondsLeft / (plan.ids.length - at);
  }
  return { ...plan, landed, secondsLeft: Math.max(0, secondsLeft) };
}

export async function forgetPlan(
  answers: AnswerJournal | undefined,
  { keys }: Pick<PlanUnderWay, 'keys'>,
): Promise<void> {
  if (answers === undefined) return;
  await answers.remove(key).catch(() => undefined);
  await Promise.allSettled(keys.map((one) => answers.remove(one)));
}
