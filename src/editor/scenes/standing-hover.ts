import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { factsText, type State } from '../../script/contract-facts.ts';
import { standingAt } from '../../script/standing-at.ts';
import { rangeOf } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { Hover } from '../ui/hover.ts';

/** All that stands where a beat begins and ends, which its contract says only in part. */
export function registerStandingHover(scripts: OpenScripts): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { language: 'markdown', scheme: 'file' },
    {
      provideHover(document, position) {
        if (!scripts.isScript(document)) return undefined;
        const standing = standingAt(scripts.read(document), document.offsetAt(position));
        if (standing === undefined) return undefined;
        const { entry, exit, span, beat } = standing;
        const hover = new Hover();
        hover.title(beat.title);
        hover.words(entry.since);
        hover.words(t('As it begins: {0}', shown(entry)));
        hover.words(t('As it ends: {0}', shown(exit)));
        return new vscode.Hover(hover.text, rangeOf(document, span));
      },
    },
  );
}

function shown({ facts }: State): string {
  return facts.length === 0 ? t('nothing has been said of how things stand') : factsText(facts);
}
