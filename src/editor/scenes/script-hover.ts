import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { factsText, type State } from '../../script/contract-facts.ts';
import { mentionAt, type Mention } from '../../script/mentions.ts';
import { standingAt } from '../../script/standing-at.ts';
import { rangeOf } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { Hover } from '../ui/hover.ts';

/**
 * What the script says elsewhere: all that stands where a beat begins and ends, which its contract says
 * only in part, and the look of whom a prompt names.
 */
export function registerScriptHover(scripts: OpenScripts): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { language: 'markdown', scheme: 'file' },
    {
      provideHover(document, position) {
        if (!scripts.isScript(document)) return undefined;
        const script = scripts.read(document);
        const offset = document.offsetAt(position);
        const mention = mentionAt(script, offset);
        if (mention !== undefined) return hoverOf(document, mention);
        const standing = standingAt(script, offset);
        if (standing === undefined) return undefined;
        const { entry, exit, span, beat } = standing;
        const hover = new Hover();
        hover.title(beat.title);
        hover.words([beat.place, beat.time].filter((part) => part !== '').join(', '));
        hover.words(entry.since);
        hover.words(t('As it begins: {0}', shown(entry)));
        hover.words(t('As it ends: {0}', shown(exit)));
        return new vscode.Hover(hover.text, rangeOf(document, span));
      },
    },
  );
}

function hoverOf(document: vscode.TextDocument, { entry, span }: Mention): vscode.Hover {
  const hover = new Hover();
  hover.title(entry.name);
  hover.words(entry.look === '' ? t('This has no look yet.') : entry.look);
  return new vscode.Hover(hover.text, rangeOf(document, span));
}

function shown({ facts }: State): string {
  return facts.length === 0 ? t('nothing has been said of how things stand') : factsText(facts);
}
