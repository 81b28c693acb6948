import assert from 'node:assert/strict';
import {
  answerSchema,
  type AnswerTo,
  type CoreAnswer,
  type OutlineAnswer,
  type SceneAnswer,
} from '../../../src/models/answer-schemas.ts';
import type {
  OutlineShape,
  SceneTask,
  StoryCore,
  WriterTask,
} from '../../../src/models/writer-tasks.ts';
import type { Beat, Bible, Brief } from '../../../src/script/script-model.ts';
import { contractFromAnswer } from '../../../src/writing/planning/contract-from-answer.ts';
import { offlineWriter } from '../../support/offline-writer.ts';

export function briefOf(change: Partial<Brief> = {}): Brief {
  return {
    idea: 'A lighthouse keeper finds a message in a bottle that is addressed to her',
    duration: 180,
    language: 'en',
    style: 'watercolour, soft morning light',
    aspect: '16:9',
    structure: 'three-act',
    instructions: '',
    ...change,
  };
}

function slotsOf(scenes: number, seconds = 8): { id: string; seconds: number }[] {
  return Array.from({ length: scenes }, (_, i) => ({
    id: i.toString(36).padStart(6, '0'),
    seconds,
  }));
}

/** The offline writer's answer to a task, which has to be one to the letter. */
export async function answer<T extends WriterTask>(task: T): Promise<AnswerTo<T>> {
  const writer = await offlineWriter();
  const given = await writer.generate(task, { signal: new AbortController().signal });
  assert.deepEqual(answerSchema(task).parse(given), given);
  return given;
}

export function shapeOf(count: number, seconds = 8): OutlineShape {
  return { count, seconds: count * seconds, clipSeconds: [seconds] };
}

/** A whole plan: the story core, and all beats as if they were asked for at once. */
export type PlanAnswer = CoreAnswer & OutlineAnswer;

export async function plan(brief: Brief, scenes: number, seconds = 8): Promise<PlanAnswer> {
  const shape = shapeOf(scenes, seconds);
  const core = await answer({ kind: 'core', brief, shape, opening: scenes });
  const part = { from: 1, to: scenes, before: [] };
  const known = { brief, shape, core: coreOf(core), acts: [] };
  return { ...core, ...(await answer({ kind: 'outline', ...known, part })) };
}

export function coreOf(answer: CoreAnswer): StoryCore {
  const { title, logline } = answer;
  return { title, logline, bible: bibleOf(answer), opening: answer.opening ?? '' };
}

/** The outline as the writing room makes it of a plan's answer. */
export function outlineOf({ beats }: OutlineAnswer, seconds = 8): Beat[] {
  const slots = slotsOf(beats.length, seconds);
  return beats.map(({ title, place, time, cast, summary, cut, changes }, i) => ({
    id: slots[i]?.id ?? '',
    seconds,
    title,
    place,
    time: time ?? '',
    cast,
    summary,
    contract: contractFromAnswer({ cut, changes }),
  }));
}

function bibleOf({ characters, places }: CoreAnswer): Bible {
  return {
    characters: characters.map(({ voice, ...rest }) => ({ ...rest, voice: voice ?? '' })),
    places,
  };
}

export function scene(task: SceneTask): Promise<SceneAnswer> {
  return answer(task);
}

export interface Script {
  readonly answer: PlanAnswer;
  readonly bible: Bible;
  readonly outline: readonly Beat[];
  readonly tasks: readonly SceneTask[];
  readonly scenes: readonly SceneAnswer[];
}

/** A whole script, as a run would write it. */
export async function script(brief: Brief, scenes: number, seconds = 8): Promise<Script> {
  const planned = await plan(brief, scenes, seconds);
  const bible = bibleOf(planned);
  const outline = outlineOf(planned, seconds);
  const tasks = outline.map((beat): SceneTask => ({
    kind: 'scene',
    brief,
    title: planned.title,
    logline: planned.logline,
    bible,
    outline,
    beat,
    finished: [],
  }));
  return { answer: planned, bible, outline, tasks, scenes: await Promise.all(tasks.map(scene)) };
}
