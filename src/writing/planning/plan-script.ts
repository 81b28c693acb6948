import type { BeatLength } from '../../models/answer-schemas.ts';
import type { WriterModel } from '../../models/writer-model.ts';
import type { Act, OutlineShape, StoryCore } from '../../models/writer-tasks.ts';
import type { BeatSlot } from './read-beats.ts';
import { planDurations } from '../../script/durations/plan-durations.ts';
import type { Beat, Brief, Plan, SceneId } from '../../script/script-model.ts';
import { normalisePlan } from '../../script/normalise-scene.ts';
import { weighDurations } from '../../script/durations/weigh-durations.ts';
import type { Requester } from '../requests/requester.ts';
import type { PlanningStage } from '../writing-events.ts';
import type { AnswerJournal } from '../journal/answer-journal.ts';
import { actsFromAnswer, checkBorders, withMendedBorders } from './read-acts.ts';
import { InvalidAnswer } from '../../models/answer-errors.ts';
import { checkBeats, checkCore } from '../checks/plan-checks.ts';
import { actCounts } from './act-counts.ts';
import { joinBeats } from './hand-offs.ts';
import { CachedPlanningRequests } from './cached-planning-requests.ts';
import { coreFromAnswer } from './read-core.ts';
import { planOutline } from './plan-outline.ts';

export interface PlanningOptions {
  readonly brief: Brief;
  /** Clip lengths the studio can render, in whole seconds. */
  readonly clipSeconds: readonly number[];
  readonly model: WriterModel;
  readonly requester: Requester;
  readonly newId: () => SceneId;
  /** Where answers are kept until the plan is in the document. */
  readonly answers?: AnswerJournal;
  /** A stage begins, or has made progress: `done` of `of` requests are answered. */
  readonly onStage: (stage: PlanningStage, done: number, of: number) => void;
  /** Ends planning before its next request; the requester ends those under way. */
  readonly signal: AbortSignal;
}

export interface PlannedScript {
  readonly plan: Plan;
  /** What the plan was given up on, for the writer, in sentences that name beats by number. */
  readonly notes: readonly string[];
  /** Keys of kept answers that are of no use any more once the plan is in the document. */
  readonly keys: readonly string[];
}

/** How much longer a beat of one length is than one of another. */
const weights: Readonly<Record<BeatLength, number>> = { short: 2, usual: 3, long: 4.5 };

/**
 * Plan a script of any length: the story and its bible; acts, where there are too many beats to
 * plan them at once; the beats; then whatever is needed for each to go with the one before. Every
 * answer is kept as it arrives: planned again after a failure, only what is missing is asked for.
 *
 * The plan is consistent: as many beats as the length asks for, whose seconds are allowed and add
 * up to it, people and places of the bible, and hand-offs that `continuity.ts` has nothing against.
 *
 * @throws ScenewrightError of the first request that has no answer, or `cancelled`
 */
export async function planScript(options: PlanningOptions): Promise<PlannedScript> {
  const { brief, clipSeconds, model, onStage } = options;
  const durations = planDurations(brief.duration, clipSeconds);
  const requests = new CachedPlanningRequests(options);
  const ids = await requests.ids(durations.seconds.length, options.newId);
  const slots = ids.map((id, i): BeatSlot => ({ id, seconds: durations.seconds[i] ?? 0 }));
  const shape: OutlineShape = {
    count: slots.length,
    seconds: Number(durations.seconds.reduce((sum, one) => sum + one, 0).toFixed(3)),
    clipSeconds: [...new Set(clipSeconds)].sort((a, b) => a - b),
  };
  const core = await planCore(options, requests, shape);
  const acts = await planActs(options, requests, shape, core);
  const drafts = await planOutline({
    requests,
    brief,
    shape,
    slots,
    core,
    acts,
    onProgress: (done, of) => {
      onStage('outline', done, of);
    },
  });
  const { outline, notes } = await joinBeats(
    drafts.map(({ beat }) => beat),
    {
      requests,
      brief,
      core,
      onProgress: (done, of) => {
        onStage('hand-offs', done, of);
      },
    },
  );
  const seconds = weighDurations(
    durations.seconds,
    clipSeconds,
    drafts.map(({ length }) => weights[length]),
  );
  return {
    // As the document will give it back, so that a resumed run asks for exactly the same.
    plan: normalisePlan({
      ...core,
      outline: outline.map((beat, i) => ({ ...beat, seconds: seconds[i] ?? beat.seconds })),
    }),
    notes: [...(model.deterministic === true ? [] : planNotes(core, outline, brief)), ...notes],
    keys: requests.keys,
  };
}

async function planCore(
  { brief, model, onStage }: PlanningOptions,
  requests: CachedPlanningRequests,
  shape: OutlineShape,
): Promise<StoryCore> {
  onStage('core', 0, 1);
  let objected = model.deterministic === true;
  const core = await requests.ask(
    { task: { kind: 'core', brief, shape }, builtOn: [shape], read: coreFromAnswer },
    (found) => {
      const [fault] = checkCore(found, brief);
      if (objected || fault === undefined) return;
      objected = true;
      throw new InvalidAnswer(fault.message, fault.complaint);
    },
  );
  onStage('core', 1, 1);
  return core;
}

async function planActs(
  { brief, onStage }: PlanningOptions,
  requests: CachedPlanningRequests,
  shape: OutlineShape,
  core: StoryCore,
): Promise<readonly Act[]> {
  const counts = actCounts(shape.count);
  if (counts.length === 0) return [];
  onStage('acts', 0, 1);
  // Acts that do not agree are asked for once more; if they still do not, they are made to. Only
  // their beats will be in the script, and those are looked at in any case.
  let objected = false;
  const acts = await requests.ask(
    {
      task: { kind: 'acts', brief, shape, core, counts },
      builtOn: [shape, core, counts],
      read: (answer) => actsFromAnswer(answer, counts),
    },
    (found) => {
      if (objected) return;
      objected = true;
      checkBorders(found, core);
    },
  );
  onStage('acts', 1, 1);
  return withMendedBorders(acts, core);
}

/** What is still wrong with a plan that is taken all the same, for the writer. */
function planNotes(core: StoryCore, outline: readonly Beat[], brief: Brief): string[] {
  const messages = [...checkCore(core, brief), ...checkBeats(outline, brief)];
  return [...new Set(messages.map(({ message }) => message))];
}
