import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { ErrorWithAction, type ErrorAction } from '../ui/error-action.ts';
import { knownRepository } from './git.ts';

/** A script in which a merge has left both sides: nothing is ordered from it, and nothing put into it. */
export function conflictError(
  document: vscode.TextDocument,
  { conflicts }: ParsedScript,
): ErrorWithAction {
  const name = vscode.workspace.asRelativePath(document.uri);
  const first = conflicts[0]?.span ?? { start: 0, end: 0 };
  return new ErrorWithAction(
    'bad-script',
    conflicts.length === 1
      ? t(
          'In {0} two versions were merged, and a conflict between them is not resolved (line {1}). Nothing was ordered, and nothing changed. Resolve it, and try again.',
          name,
          document.positionAt(first.start).line + 1,
        )
      : t(
          'In {0} two versions were merged, and {1} conflicts between them are not resolved (the first in line {2}). Nothing was ordered, and nothing changed. Resolve them, and try again.',
          name,
          conflicts.length,
          document.positionAt(first.start).line + 1,
        ),
    resolveAction(document, first),
  );
}

/** What can be resolved in VS Code's own editor for it is; else the place is shown. */
function resolveAction(
  document: vscode.TextDocument,
  at: { readonly start: number; readonly end: number },
): ErrorAction {
  const { uri } = document;
  const selection = new vscode.Range(document.positionAt(at.start), document.positionAt(at.end));
  if (isBeingMerged(uri)) {
    return {
      label: t('Open Merge Editor'),
      run: () => vscode.commands.executeCommand('git.openMergeEditor', uri),
    };
  }
  return {
    label: t('Go to Conflict'),
    run: () => vscode.window.showTextDocument(document, { selection }),
  };
}

function isBeingMerged(uri: vscode.Uri): boolean {
  const changes = knownRepository(uri)?.state.mergeChanges ?? [];
  return changes.some((change) => change.uri.fsPath === uri.fsPath);
}
