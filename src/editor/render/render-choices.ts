import { defined } from '../../base/defined.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { Scene } from '../../script/script-model.ts';
import { wantedSeed } from '../../script/wanted-pictures.ts';
import type { RenderChoices } from '../../studios/choices.ts';
import { settings } from '../settings.ts';

/**
 * What is asked of the renders of a script beside their prompts, by its front matter and the settings.
 *
 * @param scene whose cast and place may have seeds of their own, which count where the script has none
 */
export function choicesFor(
  { seed, bible }: Pick<ParsedScript, 'seed' | 'bible'>,
  scene?: Scene,
): RenderChoices | undefined {
  const { sound, resolution, negativePrompt } = settings.video;
  const choices: RenderChoices = defined({
    seed: seed ?? (scene && wantedSeed(scene, bible)),
    sound: sound.value === 'auto' ? undefined : sound.value === 'on',
    resolution: resolution.value === 'auto' ? undefined : resolution.value,
    negativePrompt: negativePrompt.value.trim() || undefined,
  });
  return Object.keys(choices).length === 0 ? undefined : choices;
}
