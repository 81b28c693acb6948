import {
  coreAnswerSchema,
  outlineAnswerSchema,
  sceneAnswerSchema,
  type CoreAnswer,
  type OutlineAnswer,
  type SceneAnswer,
} from '../../../src/models/answer-schemas.ts';
import type { StoryCore, WriterTask } from '../../../src/models/writer-model.ts';
import type { Beat, Bible, Brief } from '../../../src/script/script-model.ts';
import { offlineWriter } from '../../support/offline-writer.ts';

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

/** A whole plan: the story core, and all beats as if they were asked for at once. */
export type PlanAnswer = CoreAnswer & OutlineAnswer;

export async function plan(brief: Brief, scenes: number, seconds = 8): Promise<PlanAnswer> {
  const scaffold = await offlineWriter();
  const options = { signal: new AbortController().signal };
  const beats = slotsOf(scenes, seconds);
  const { value } = await scaffold.generate(
    {
      task: { kind: 'core', brief, beats },
      prompt,
      schema: coreAnswerSchema,
      schemaName: 'core',
    },
    options,
  );
  const outline = await scaffold.generate(
    {
      task: { kind: 'outline', brief, beats, core: coreOf(value), acts: [] },
      prompt,
      schema: outlineAnswerSchema(scenes),
      schemaName: 'outline',
    },
    options,
  );
  return { ...value, ...outline.value };
}

export function coreOf(answer: CoreAnswer): StoryCore {
  const { title, logline } = answer;
  return { title, logline, bible: bibleOf(answer) };
}

/** The outline as the writing room makes it of a plan's answer. */
export function outlineOf({ beats }: OutlineAnswer, seconds = 8): Beat[] {
  const slots = slotsOf(beats.length, seconds);
  return beats.map(({ title, place, time, cast, summary, entry, exit, handOff, continues }, i) => ({
    id: slots[i]?.id ?? '',
    seconds,
    title,
    place,
    time: time ?? '',
    cast,
    summary,
    contract: { entry: entry.join('; '), exit: exit.join('; '), handOff, continues },
  }));
}

export function bibleOf({ characters, places }: CoreAnswer): Bible {
  return {
    characters: characters.map(({ voice, ...rest }) => ({ ...rest, voice: voice ?? '' })),
    places,
  };
}

export type SceneTask = Extract<WriterTask, { kind: 'scene' }>;

export async function scene(task: SceneTask): Promise<SceneAnswer> {
  const { value } = await (
    await offlineWriter()
  ).generate(
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
