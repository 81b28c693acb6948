import { addressFrom, escapeHtml } from '../../base/html.ts';
import { t } from '../../base/l10n.ts';
import { factWords, stateWords, troubleWords } from './card-words.ts';
import type { CardState, SceneCard } from './scene-card.ts';

/** A sign for each state, where VS Code's icons are not at hand; the state's words stand beside it. */
export const signs: Readonly<Record<CardState, string>> = {
  unwritten: '○',
  none: '○',
  running: '◔',
  failed: '⚠',
  current: '✓',
  stale: '↻',
};

/**
 * A scene's card to be read: its clip or its picture, how it stands, and its prompt beneath. All words
 * stand as text, nothing can be clicked but the player, and files are named as seen from the script.
 *
 * @param script absolute path
 * @param prompt the HTML of the scene's prompt
 */
export function cardHtml(card: SceneCard, script: string, prompt: string): string {
  const label = t('Scene {0}: {1}', card.number, card.title);
  const trouble = troubleWords(card);
  return `<div class="scenewright-card" role="group" aria-label="${escapeHtml(label)}" data-state="${card.state}">
${sight(card, script, escapeHtml(label))}<p class="scenewright-state"><span aria-hidden="true">${signs[card.state]}</span> ${escapeHtml(stateWords(card))} <span class="scenewright-facts">· ${escapeHtml(factWords(card))}</span></p>
${trouble === undefined ? '' : `<p class="scenewright-trouble">${escapeHtml(trouble)}</p>\n`}${prompt}</div>
`;
}

/** What there is to see of it. */
function sight({ clip, picture }: SceneCard, script: string, label: string): string {
  const poster = shownAs(picture, script);
  const video = shownAs(clip, script);
  if (video !== undefined) {
    const frame = poster === undefined ? '' : ` poster="${poster}"`;
    return `<video controls preload="metadata" src="${video}"${frame} aria-label="${label}"></video>\n`;
  }
  return poster === undefined ? '' : `<img src="${poster}" alt="${label}">\n`;
}

/** No address says what is not well-formed. */
function shownAs(file: string | undefined, script: string): string | undefined {
  return file?.isWellFormed() === true ? addressFrom(script, file) : undefined;
}
