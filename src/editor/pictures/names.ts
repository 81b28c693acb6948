import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { bibleNodes } from '../../script/bible-nodes.ts';
import type { Span } from '../../script/markdown/block-types.ts';
import { sameName } from '../../script/names.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { rangeOf } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptSelector } from '../script/script-selector.ts';

/**
 * Renaming characters and places of a script wherever it names them, listing these places, and going to where it
 * describes them.
 */
export function registerNames(scripts: OpenScripts): vscode.Disposable {
  const nameAt = async (document: vscode.TextDocument, position: vscode.Position) => {
    if (!scripts.isScript(document)) return undefined;
    const { nameAt } = await import('../../script/edits/rename.ts');
    return nameAt(scripts.parse(document), document.offsetAt(position));
  };
  return vscode.Disposable.from(
    vscode.languages.registerRenameProvider(scriptSelector, {
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
    vscode.languages.registerDefinitionProvider(scriptSelector, {
      async provideDefinition(document, position) {
        const found = await nameAt(document, position);
        const span = found && describedAt(scripts.parse(document), found.name);
        return span && new vscode.Location(document.uri, rangeOf(document, span));
      },
    }),
    vscode.languages.registerReferenceProvider(scriptSelector, {
      async provideReferences(document, position, { includeDeclaration }) {
        const found = await nameAt(document, position);
        if (found === undefined) return undefined;
        const { placesOfName } = await import('../../script/edits/rename.ts');
        const script = scripts.parse(document);
        const described = describedAt(script, found.name);
        return placesOfName(script, found.name)
          .filter(({ start }) => includeDeclaration || start !== described?.start)
          .map((span) => new vscode.Location(document.uri, rangeOf(document, span)));
      },
    }),
  );
}

/** Where the front matter describes a character or place. */
function describedAt({ reading }: ParsedScript, name: string): Span | undefined {
  return bibleNodes(reading.front).find((entry) => sameName(entry.name.text, name))?.name.span;
}
