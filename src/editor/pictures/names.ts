import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { bibleNodes } from '../../script/bible-nodes.ts';
import type { Span } from '../../script/markdown/block-types.ts';
import { sameName } from '../../script/names.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { rangeOf } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptSelector } from '../script/script-selector.ts';
import type { ProposedMoves } from './proposed-moves.ts';

/**
 * Renaming characters and places of a script wherever it names them, with the pictures that are called so; listing these
 * places, and going to where it describes them.
 */
export function registerNames(
  scripts: OpenScripts,
  manager: Pick<JobManager, 'records'>,
  proposed: ProposedMoves,
): vscode.Disposable {
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
        const { renameEverywhere } = await import('./rename-everywhere.ts');
        return await renameEverywhere(
          { document, script: scripts.parse(document), name: found.name, wanted },
          manager.records(),
          proposed,
        );
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
