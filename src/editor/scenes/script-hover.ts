import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { factsText, type State } from '../../script/contract-facts.ts';
import { mentionAt, type Mention } from '../../script/mentions.ts';
import { sceneHeadedAt, standingAt, type StandingAt } from '../../script/standing-at.ts';
import { touches } from '../../script/markdown/block-types.ts';
import { named } from '../../script/names.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import { pictureText } from '../../script/picture-text.ts';
import { wantedPictures } from '../../script/wanted-pictures.ts';
import {
  cardCommands,
  commandsOf,
  factWords,
  stateIcons,
  stateWords,
  troubleWords,
} from '../cards/card-words.ts';
import { cardMaker, type CardTools, type SceneCard } from '../cards/scene-card.ts';
import type { LinkArgument } from '../commands/register-commands.ts';
import { picturesOfEntry, shownFiles } from '../pictures/shown-pictures.ts';
import { rangeOf } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { Hover } from '../ui/hover.ts';

/**
 * What the script says elsewhere, and what there is beside it: the card of the scene in whose heading
 * the pointer is, all that stands where a beat begins and ends, which its contract says only in part,
 * the look and the pictures of whom a prompt names, and what a prompt is sent as.
 */
export function registerScriptHover(scripts: OpenScripts, cards: CardTools): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { language: 'markdown', scheme: 'file' },
    {
      provideHover(document, position) {
        if (!scripts.isScript(document)) return undefined;
        const script = scripts.read(document);
        const offset = document.offsetAt(position);
        const mention = mentionAt(script, offset);
        if (mention !== undefined) return lookHover(document, script, mention);
        const node = script.scenes.find(({ promptSpan }) => touches(promptSpan, offset));
        if (node !== undefined) return promptHover(document, script, node);
        return sceneHover(cards, document, script, offset);
      },
    },
  );
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
  hover.state(stateIcons[card.state], [stateWords(card), factWords(card)].join(' · '));
  hover.words(troubleWords(card));
  hover.links(commandsOf(card, uri.toString()));
}

function tellStanding(hover: Hover, { beat, entry, exit }: StandingAt): void {
  hover.words([beat.place, beat.time].filter((part) => part !== '').join(', '));
  hover.words(entry.since);
  hover.words(t('As it begins: {0}', shown(entry)));
  hover.words(t('As it ends: {0}', shown(exit)));
}

async function lookHover(
  document: vscode.TextDocument,
  { bible }: ParsedScript,
  { entry: { name, look }, span }: Mention,
): Promise<vscode.Hover> {
  const entry = named(bible.characters, name) ?? named(bible.places, name);
  const pictures = entry === undefined ? [] : picturesOfEntry(entry);
  const hover = new Hover();
  hover.title(name);
  hover.words(look === '' ? t('This has no look yet.') : look);
  hover.pictures(
    await shownFiles(
      document.uri,
      pictures.map((file) => ({ file, label: '' })),
    ),
  );
  return new vscode.Hover(hover.text, rangeOf(document, span));
}

/** What goes to the studio: the words that the prompt stands for, and the pictures beside them. */
async function promptHover(
  document: vscode.TextDocument,
  { scenes, bible, brief }: ParsedScript,
  node: SceneNode,
): Promise<vscode.Hover> {
  const { scene, promptSpan = node.heading } = node;
  const hover = new Hover([sentCommand]);
  hover.title(t('As it is sent'));
  for (const words of pictureText(scene, bible, brief.style).split(/\n{2,}/u)) hover.words(words);
  const wanted = wantedPictures(scene, bible).map(({ role, file, name = '' }) => ({
    file,
    label: role === 'reference' ? name : frameWords[role](),
  }));
  hover.pictures(await shownFiles(document.uri, wanted));
  const link: LinkArgument = { isLink: true };
  const argument = { uri: document.uri.toString(), scene: scenes.indexOf(node) + 1, ...link };
  hover.links([{ label: t('Show What Is Sent'), command: sentCommand, argument }]);
  return new vscode.Hover(hover.text, rangeOf(document, promptSpan));
}

const sentCommand = 'scenewright.whatIsSent';

const frameWords = { firstFrame: () => t('First frame'), lastFrame: () => t('Last frame') };

function shown({ facts }: State): string {
  return facts.length === 0 ? t('nothing has been said of how things stand') : factsText(facts);
}
