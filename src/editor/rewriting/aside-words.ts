import { t } from '../../base/l10n.ts';
import type { SetAside } from '../../script/edits/replace-scene.ts';

/** What of the writer's a rewrite sets beside its text, in a sentence or two; empty where it is nothing. */
export function asideWords({ lists, prompts }: SetAside): string {
  const words = [
    lists === 0 ? '' : t('Bullets that told the action stay beside the new text, as a quote.'),
    prompts === 0
      ? ''
      : t('There was more than one prompt; the old ones stay beside the new one, as quotes.'),
  ];
  return words.filter((sentence) => sentence !== '').join(' ');
}
