import * as z from 'zod';
import { ScenewrightError } from '../../src/base/errors.ts';
import type { LanguageModel } from '../../src/models/language-model/language-model.ts';
import type { WriterModel } from '../../src/models/writer-model.ts';
import { newSceneId } from '../../src/script/scene-ids.ts';
import type { Beat, Brief, Plan, Scene } from '../../src/script/script-model.ts';
import { sceneFromAnswer } from '../../src/writing/run/scene-from-answer.ts';

/**
 * What our own engine is measured against, on the same client and the same model. It is modelled on a
 * measured desktop tool, whose own code on such a model (scenes lognormal around 8 s, σ 0.5; anything
 * else 0.6 s and 70 tokens a second) has the first five of 75 scenes after 29 s and all after 248 s,
 * in the middle of three runs. It asks for one line a scene, and then writes the scenes in batches of
 * five side by side, one batch after the other, with one retry a scene. What the batches before have
 * brought is all the context there is; nothing is kept on disk, and nothing is checked.
 */

export interface Job {
  readonly language: LanguageModel;
  readonly model: WriterModel;
  readonly brief: Brief;
  readonly scenes: number;
  /** A scene is written. */
  readonly onScene: () => void;
  /** A batch is. */
  readonly onBatch: () => void;
}

const batchSize = 5;

export async function asOthersDo(job: Job): Promise<readonly Scene[]> {
  const plan = await planned(job);
  const finished: Scene[] = [];
  for (let start = 0; start < plan.outline.length; start += batchSize) {
    const before = [...finished];
    const batch = plan.outline.slice(start, start + batchSize).map(async (beat) => {
      const scene = await withOneRetry(() => writeScene(job, plan, beat, before));
      job.onScene();
      return scene;
    });
    finished.push(...(await Promise.all(batch)));
    job.onBatch();
  }
  return finished;
}

async function withOneRetry<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ScenewrightError)) throw error;
    return work();
  }
}

/** The whole plan in one short answer. */
async function planned({ language, brief, scenes }: Job): Promise<Plan> {
  const line = z.object({ line: z.string() });
  const schema = z.object({ title: z.string(), scenes: z.array(line).length(scenes) });
  const answer = await language.answer(
    {
      prompt: {
        system: 'You plan short films.',
        user: `${brief.idea} Plan a film of ${scenes} scenes, one line for each.`,
      },
      schema,
      schemaName: 'lines',
    },
    { signal: new AbortController().signal },
  );
  const seconds = brief.duration / scenes;
  return {
    title: answer.title,
    logline: '',
    bible: { characters: [], places: [] },
    outline: answer.scenes.map(({ line: summary }): Beat => {
      const contract = { entry: '', exit: '', handOff: '', continues: false };
      const id = newSceneId();
      return { id, title: summary, seconds, place: '', time: '', cast: [], summary, contract };
    }),
  };
}

async function writeScene(
  { model, brief }: Job,
  { title, logline, bible, outline }: Plan,
  beat: Beat,
  finished: readonly Scene[],
): Promise<Scene> {
  const answer = await model.generate(
    { kind: 'scene', brief, title, logline, bible, outline, beat, finished },
    { signal: new AbortController().signal },
  );
  return sceneFromAnswer(answer, beat, bible);
}
