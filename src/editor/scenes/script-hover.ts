import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { factLine, inARow } from '../../base/lists.ts';
import { factsText, type State } from '../../script/contract-facts.ts';
import { mentionAt } from '../../script/mentions.ts';
import { sceneHeadedAt, standingAt, type StandingAt } from '../../script/standing-at.ts';
import { touches } from '../../script/markdown/block-types.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import {
  cardCommands,
  commandsOf,
  factWords,
  stateIcons,
  stateWords,
  troubleWords,
} from '../cards/card-words.ts';
import { cardMaker, type CardTools, type SceneCard } from '../cards/scene-card.ts';
import { rangeOf } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptSelector } from '../script/script-selector.ts';
import { Hover } from '../ui/hover.ts';

/**
 * What the script says elsewhere, and what there is beside it: the card of the scene in whose heading
 * the pointer is, all that stands where a beat begins and ends, which its contract says only in part,
 * the look and the pictures of whom a prompt names, and what a prompt is sent as.
 */
export function registerScriptHover(scripts: OpenScripts, cards: CardTools): vscode.Disposable {
  return vscode.languages.registerHoverProvider(scriptSelector, {
    provideHover(document, position) {
      if (!scripts.isScript(document)) return undefined;
      const script = scripts.read(document);
      const offset = document.offsetAt(position);
      const mention = mentionAt(script, offset);
      const node = script.scenes.find(({ promptSpan }) => touches(promptSpan, offset));
      if (node !== undefined) {
        return import('./prompt-hover.ts').then(({ lookHover, promptHover }) =>
          mention === undefined
            ? promptHover(document, script, node)
            : lookHover(document, script, mention),
        );
      }
      return sceneHover(cards, document, script, offset);
    },
  });
}

/** The card of a scene with how things stand at its beat, or that alone in the outline. */
function sceneHover(
  cards: CardTools,
  document: vscode.TextDocument,
  script: ParsedScript,
  offset: number,
): vscode.Hover | undefined {
  const hover = new Hover(cardCommands);
  const standing = standingAt(script, offset);
  const node = sceneHeadedAt(script, offset);
  if (node !== undefined) {
    const number = script.scenes.indexOf(node) + 1;
    const card = cardMaker(cards, document)(number);
    if (card !== undefined) tellCard(hover, card, document.uri);
  } else if (standing !== undefined) hover.title(standing.beat.title);
  if (standing !== undefined) tellStanding(hover, standing);
  const span = standing?.span ?? node?.heading;
  return span && new vscode.Hover(hover.text, rangeOf(document, span));
}

function tellCard(hover: Hover, card: SceneCard, uri: vscode.Uri): void {
  if (card.picture !== undefined) hover.picture(card.picture);
  hover.title(t('Scene {0}: {1}', card.number, card.title));
  hover.state(stateIcons[card.state], factLine([stateWords(card), factWords(card)]));
  hover.words(troubleWords(card));
  hover.links(commandsOf(card, uri.toString()));
}

function tellStanding(hover: Hover, { beat, entry, exit }: StandingAt): void {
  hover.words(inARow([beat.place, beat.time]));
  hover.words(entry.since);
  hover.words(t('As it begins: {0}', shown(entry)));
  hover.words(t('As it ends: {0}', shown(exit)));
}

function shown({ facts }: State): string {
  return facts.length === 0 ? t('nothing has been said of how things stand') : factsText(facts);
}
