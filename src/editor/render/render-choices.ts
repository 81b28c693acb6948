import { defined } from '../../base/defined.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { RenderChoices } from '../../studios/choices.ts';
import { settings } from '../settings.ts';

/** What is asked of the renders of a script beside their prompts, by its front matter and the settings. */
export function choicesFor({ seed }: ParsedScript): RenderChoices | undefined {
  const { sound, resolution, negativePrompt } = settings.video;
  const choices: RenderChoices = defined({
    seed,
    sound: sound.value === 'auto' ? undefined : sound.value === 'on',
    resolution: resolution.value === 'auto' ? undefined : resolution.value,
    negativePrompt: negativePrompt.value.trim() || undefined,
  });
  return Object.keys(choices).length === 0 ? undefined : choices;
}
