import type { Bible, Scene } from '../../script/script-model.ts';
import { withKnownNames } from '../../script/unknown-mentions.ts';
import { shownBeside } from './cast-check.ts';

/**
 * A freshly written scene with all whom it shows in its cast, and with the names behind an `@` of its
 * prompt as the bible spells them. A clip needs no more to have everybody's look, the place's and the
 * style: they are put in when it is ordered (`script/picture-text.ts`), and what the prompt says of them
 * itself is no fault.
 */
export function withWholeCast(scene: Scene, bible: Bible): Scene {
  const prompt = withKnownNames(scene.prompt, bible);
  const cast = [...scene.cast, ...shownBeside(scene, bible)];
  if (prompt === scene.prompt && cast.length === scene.cast.length) return scene;
  return { ...scene, prompt, cast };
}
