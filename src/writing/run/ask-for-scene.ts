import type { GenerateOptions, WriterModel } from '../../models/writer-model.ts';
import type { SceneMaterial, SceneRewrite } from '../../models/writer-tasks.ts';
import type { Scene } from '../../script/script-model.ts';
import { withWholeCast } from '../checks/whole-cast.ts';
import { sceneFromAnswer } from './scene-from-answer.ts';

/**
 * Ask for a scene once.
 *
 * @param rewrite the scene as it stands, where it is to be written anew
 * @throws ScenewrightError
 */
export async function askForScene(
  model: WriterModel,
  material: SceneMaterial,
  options: GenerateOptions,
  rewrite?: SceneRewrite,
): Promise<Scene> {
  const answer = await model.generate({ kind: 'scene', ...material, rewrite }, options);
  const { beat, bible, outline } = material;
  const scene = sceneFromAnswer(answer, beat, bible, outline.indexOf(beat) + 1);
  // What needs no model is put right at once.
  return model.deterministic === true ? scene : withWholeCast(scene, bible);
}
