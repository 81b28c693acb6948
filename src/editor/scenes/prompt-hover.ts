import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { Mention } from '../../script/mentions.ts';
import { named } from '../../script/names.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import { pictureText } from '../../script/picture-text.ts';
import { picturesOfEntry, wantedPictures } from '../../script/wanted-pictures.ts';
import type { LinkArgument } from '../commands/register-commands.ts';
import { shownFiles } from '../pictures/shown-pictures.ts';
import { rangeOf } from '../script/document-edits.ts';
import { Hover } from '../ui/hover.ts';

/** How somebody or something looks whom a prompt names. */
export async function lookHover(
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
export async function promptHover(
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
