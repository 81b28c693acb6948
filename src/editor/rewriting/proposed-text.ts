import { t } from '../../base/l10n.ts';
import { replaceScene, setAside } from '../../script/edits/replace-scene.ts';
import { applyEdits } from '../../script/edits/text-edit.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { Rewrite } from '../../writing/journal/rewrite-journal.ts';

/** What a script would say with rewrites in it. */
export function proposedText(
  script: ParsedScript,
  rewrites: readonly { readonly rewrite: Pick<Rewrite, 'scene'> }[],
): string {
  const edits = rewrites.flatMap(({ rewrite }) => replaceScene(script, rewrite.scene));
  return applyEdits(script.text, edits);
}

/** What of the writer's rewrites set beside their texts, in a sentence or two; empty where it is nothing. */
export function asideOf(script: ParsedScript, rewrites: readonly Pick<Rewrite, 'scene'>[]): string {
  const aside = rewrites.map(({ scene }) => setAside(script, scene));
  const words = [
    aside.every(({ lists }) => lists === 0)
      ? ''
      : t('Bullets that told the action stay beside the new text, as a quote.'),
    aside.every(({ prompts }) => prompts === 0)
      ? ''
      : t('There was more than one prompt; the old ones stay beside the new one, as quotes.'),
  ];
  return words.filter((sentence) => sentence !== '').join(' ');
}
