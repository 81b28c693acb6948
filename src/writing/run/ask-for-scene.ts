import { sceneAnswerSchema } from '../../models/answer-schemas.ts';
import type { GenerateOptions, WriterModel } from '../../models/writer-model.ts';
import type { Scene } from '../../script/script-model.ts';
import { scenePrompt, systemPrompt, withComplaint } from '../../models/prompts/scene-prompts.ts';
import type { SceneMaterial } from '../../models/prompts/scene-prompts.ts';
import { sceneFromAnswer } from './scene-from-answer.ts';

/**
 * Ask for a scene once.
 *
 * @param complaint what was wrong with the last answer to this
 * @param rewrite the instruction of a rewrite and the prompt that carries it
 * @throws ScenewrightError
 */
export async function askForScene(
  model: WriterModel,
  material: SceneMaterial,
  complaint: string | undefined,
  options: GenerateOptions,
  rewrite?: { readonly instruction: string; readonly prompt: string },
): Promise<Scene> {
  const { brief, title, bible, outline, beat, finished } = material;
  const instruction = rewrite?.instruction ?? '';
  const { value } = await model.generate(
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
  return sceneFromAnswer(value, beat, bible);
}
