import type { Bible, Brief, Scene } from '../../script/script-model.ts';
import { named } from '../../script/names.ts';
import { lostLooks, shownBeside } from './cast-check.ts';
import { englishWords, foreignLanguage, stem } from './written-language.ts';

/**
 * A freshly written scene whose prompt stands by itself, with what the script knows put in where the
 * model has left it out: the looks of those in the picture, and the style. Nothing is put in that is
 * there in other words, nor what would not be in the prompt's language; that is added in any case when
 * a clip is ordered (`script/picture-text.ts`), which says nothing twice.
 */
export function withWholePrompt(scene: Scene, bible: Bible, brief: Brief): Scene {
  // Nothing is added to what nobody wrote, nor to what has to be written anew in English.
  if (scene.prompt === '' || foreignLanguage(scene.prompt, 'en') !== undefined) return scene;
  const cast = [...scene.cast, ...shownBeside(scene, bible)];
  const whole = cast.length === scene.cast.length ? scene : { ...scene, cast };
  const missing = lostLooks(whole, bible, brief).map((name) => {
    const look = named(bible.characters, name)?.look ?? '';
    return sentence(`${name}: ${look}`);
  });
  if (lacksStyle(scene.prompt, brief)) missing.push(sentence(`Style: ${brief.style}`));
  if (missing.length === 0) return whole;
  return { ...whole, prompt: [sentence(scene.prompt), ...missing].join(' ') };
}

/** Whether a prompt has not a single word of the style, as far as the two can be compared. */
function lacksStyle(prompt: string, { style }: Brief): boolean {
  const wanted = englishWords(style).map(stem);
  const isForeign = /[^\P{L}a-z]/iu.test(style) || foreignLanguage(style, 'en') !== undefined;
  if (wanted.length === 0 || isForeign) return false;
  const said = new Set(englishWords(prompt).map(stem));
  return !wanted.some((word) => said.has(word));
}

/** With a mark at its end, so that another one can follow. */
function sentence(text: string): string {
  return /[.!?…。！？]["'”’)]*$/u.test(text) ? text : `${text.replace(/[\s,;:]+$/u, '')}.`;
}
