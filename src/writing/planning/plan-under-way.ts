import * as z from 'zod';
import type { Act, StoryCore } from '../../models/writer-tasks.ts';
import { isSceneId } from '../../script/scene-ids.ts';
import type { Beat } from '../../script/script-model.ts';
import { type AnswerJournal, planUnderWayKey } from '../journal/answer-journal.ts';

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
  /** Of the beats that have come into the document, as it had them; empty where it had one no more. */
  titles: z.array(z.string()).default([]),
});

/**
 * What tells that the outline of a script is not whole yet, and how it goes on. It is kept from before
 * the first beat comes into the document until the last one is in it, and by it alone a run knows
 * whether beats are missing: one that is not there once the outline was whole, the writer has deleted.
 */
export type PlanUnderWay = z.infer<typeof record>;

export async function readPlanUnderWay(
  answers: AnswerJournal | undefined,
): Promise<PlanUnderWay | undefined> {
  // What cannot be read is no reason not to write what is there.
  const kept = await answers?.get(planUnderWayKey).catch(() => undefined);
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
  await answers?.put(planUnderWayKey, plan, when).catch(() => undefined);
}

/**
 * The record as the document shows it: beats come there in order, and a run may be cut off before it has
 * kept how far it was. Where they have lost their ids, and got others, they are known by their titles.
 * `undefined` where the document has none of the beats, and so is about something else.
 */
export function caughtUp(kept: PlanUnderWay, outline: readonly Beat[]): PlanUnderWay | undefined {
  const plan = tiedAgain(kept, outline);
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

/** The record with the ids that its beats have by now, where none has the one that it was given. */
function tiedAgain(plan: PlanUnderWay, outline: readonly Beat[]): PlanUnderWay {
  const known = new Set(plan.ids);
  if (outline.some(({ id }) => known.has(id))) return plan;
  const ids = [...plan.ids];
  let next = 0;
  let found = 0;
  for (const { id, title } of outline) {
    const at = title === '' ? -1 : plan.titles.indexOf(title, next);
    if (at === -1) continue;
    ids[at] = id;
    next = at + 1;
    found++;
  }
  // A title or two may be those of any outline.
  return 2 * found > outline.length ? { ...plan, ids } : plan;
}

export async function forgetPlan(
  answers: AnswerJournal | undefined,
  { keys }: Pick<PlanUnderWay, 'keys'>,
): Promise<void> {
  if (answers === undefined) return;
  await answers.remove(planUnderWayKey).catch(() => undefined);
  await Promise.allSettled(keys.map((one) => answers.remove(one)));
}
