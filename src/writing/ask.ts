import { planAnswerSchema, sceneAnswerSchema } from '../models/answers.ts';
import type { BeatSlot, GenerateOptions, Usage, WriterModel } from '../models/port.ts';
import type { Brief, Plan, Scene } from '../script/model.ts';
import { planFromAnswer } from './plan.ts';
import { planPrompt, scenePrompt, systemPrompt, withComplaint } from './prompts.ts';
import type { SceneMaterial } from './prompts.ts';
import { sceneFromAnswer } from './scene.ts';

/** One request each; what is wrong with the last answer goes in, what goes wrong is thrown. */

export async function askForPlan(
  model: WriterModel,
  brief: Brief,
  slots: readonly BeatSlot[],
  complaint: string | undefined,
  options: GenerateOptions,
): Promise<Plan> {
  const { value } = await model.generate(
    {
      task: { kind: 'plan', brief, beats: slots },
      prompt: {
        system: systemPrompt(brief),
        user: withComplaint(planPrompt(brief, slots), complaint),
      },
      schema: planAnswerSchema(slots.length),
      schemaName: 'plan',
    },
    options,
  );
  return planFromAnswer(value, slots);
}

export interface WrittenScene {
  readonly scene: Scene;
  readonly usage: Usage | undefined;
}

/**
 * @param rewrite the instruction of a rewrite and the prompt that carries it
 */
export async function askForScene(
  model: WriterModel,
  material: SceneMaterial,
  complaint: string | undefined,
  options: GenerateOptions,
  rewrite?: { readonly instruction: string; readonly prompt: string },
): Promise<WrittenScene> {
  const { brief, title, bible, outline, beat, finished } = material;
  const instruction = rewrite?.instruction ?? '';
  const { value, usage } = await model.generate(
    {
      task: { kind: 'scene', brief, title, bible, outline, beat, finished, instruction },
      prompt: {
        system: systemPrompt(brief),
        user: withComplaint(rewrite?.prompt ?? scenePrompt(material), complaint),
      },
      schema: sceneAnswerSchema,
      schemaName: 'scene',
    },
    options,
  );
  return { scene: sceneFromAnswer(value, beat, bible), usage };
}
