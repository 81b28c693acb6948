import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { bibleNodes } from '../../script/bible-nodes.ts';
import { sameName } from '../../script/names.ts';
import { rangeOf } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';

/** Renaming characters and places of a script wherever it names them, and going to where it describes them. */
export function registerNames(scripts: OpenScripts): vscode.Disposable {
  const selector = { language: 'markdown', scheme: 'file' };
  const nameAt = async (document: vscode.TextDocument, position: vscode.Position) => {
    if (!scripts.isScript(document)) return undefined;
    const { nameAt } = await import('../../script/edits/rename.ts');
    return nameAt(scripts.parse(document), document.offsetAt(position));
  };
  return vscode.Disposable.from(
    vscode.languages.registerRenameProvider(selector, {
      async prepareRename(document, position) {
        const found = await nameAt(document, position);
        // Whoever else renames in Markdown is asked next.
        if (found === undefined) throw new Error(t('No character and no place is named here.'));
        return { range: rangeOf(document, found.span), placeholder: found.name };
      },
      async provideRenameEdits(document, position, wanted) {
        const found = await nameAt(document, position);
        if (found === undefined) return undefined;
        const { renameEdits } = await import('../../script/edits/rename.ts');
        const edit = new vscode.WorkspaceEdit();
        for (const { start, end, text } of renameEdits(
          scripts.parse(document),
          found.name,
          wanted,
        )) {
          edit.replace(document.uri, rangeOf(document, { start, end }), text);
        }
        return edit;
      },
    }),
    vscode.languages.registerDefinitionProvider(selector, {
      async provideDefinition(document, position) {
        const found = await nameAt(document, position);
        if (found === undefined) return undefined;
        const { reading } = scripts.parse(document);
        const entry = bibleNodes(reading.front).find(({ name }) => sameName(name.text, found.name));
        return entry && new vscode.Location(document.uri, rangeOf(document, entry.name.span));
      },
    }),
  );
}
