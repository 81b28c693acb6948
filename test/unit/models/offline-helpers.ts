import {
  planAnswerSchema,
  sceneAnswerSchema,
  type PlanAnswer,
  type SceneAnswer,
} from '../../../src/models/answers.ts';
import { OfflineScaffold } from '../../../src/models/offline.ts';
import type { WriterTask } from '../../../src/models/port.ts';
import type { Beat, Bible, Brief } from '../../../src/script/model.ts';

const prompt = { system: '', user: '' };

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

export function slotsOf(scenes: number, seconds = 8): { id: string; seconds: number }[] {
  return Array.from({ length: scenes }, (_, i) => ({
    id: i.toString(36).padStart(6, '0'),
    seconds,
  }));
}

export async function plan(brief: Brief, scenes: number, seconds = 8): Promise<PlanAnswer> {
  const { value } = await new OfflineScaffold().generate(
    {
      task: { kind: 'plan', brief, beats: slotsOf(scenes, seconds) },
      prompt,
      schema: planAnswerSchema(scenes),
      schemaName: 'plan',
    },
    { signal: new AbortController().signal },
  );
  return value;
}

/** The outline as the writing room makes it of a plan's answer. */
export function outlineOf(answer: PlanAnswer, seconds = 8): Beat[] {
  const slots = slotsOf(answer.beats.length, seconds);
  return answer.beats.map(({ entry, exit, handOff, continues, time, ...beat }, i) => ({
    id: slots[i]?.id ?? '',
    seconds,
    ...beat,
    time: time ?? '',
    contract: { entry, exit, handOff, continues },
  }));
}

export function bibleOf(answer: PlanAnswer): Bible {
  return {
    characters: answer.characters.map(({ voice, ...rest }) => ({ ...rest, voice: voice ?? '' })),
    places: answer.places,
  };
}

export type SceneTask = Extract<WriterTask, { kind: 'scene' }>;

export async function scene(task: SceneTask): Promise<SceneAnswer> {
  const { value } = await new OfflineScaffold().generate(
    { task, prompt, schema: sceneAnswerSchema, schemaName: 'scene' },
    { signal: new AbortController().signal },
  );
  return value;
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
  const answer = await plan(brief, scenes, seconds);
  const bible = bibleOf(answer);
  const outline = outlineOf(answer, seconds);
  const tasks = outline.map((beat): SceneTask => ({
    kind: 'scene',
    brief,
    title: answer.title,
    bible,
    outline,
    beat,
    finished: [],
    instruction: '',
  }));
  return { answer, bible, outline, tasks, scenes: await Promise.all(tasks.map(scene)) };
}
