import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import type { TextEdit } from '../../script/edits/text-edit.ts';
import { editsOf } from '../../script/problems/fix-edits.ts';
import { type Fix, fixesFor } from '../../script/problems/fixes.ts';
import { formatDuration } from '../../script/durations/duration-text.ts';
import type { Problem } from '../../script/problems/script-problem.ts';
import { chosenByHand } from '../commands/caller.ts';
import { rangeOf, workspaceEdit } from './document-edits.ts';

/**
 * What one click can do about problems of a script.
 *
 * @param shown problems as VS Code has them
 * @param clipSeconds lengths that the chosen studio can render
 */
export function quickFixes(
  { document, script }: { readonly document: vscode.TextDocument; readonly script: ParsedScript },
  problems: readonly Problem[],
  shown: readonly vscode.Diagnostic[],
  clipSeconds: readonly number[],
): vscode.CodeAction[] {
  return problems.flatMap((problem) =>
    fixesFor(problem, clipSeconds, script.bible).map((fix, i) => {
      const about = shown.filter(({ message }) => message === problem.message);
      // Among several that may be right nobody but the writer chooses.
      const isPreferred = i === 0 && problem.about.isSure !== false && !isOpinion(fix);
      const action = new FixAction(document, fix, about, isPreferred);
      const command = commandOf(document, script.scenes, fix);
      if (command !== undefined) action.command = command;
      return action;
    }),
  );
}

/** The edits are computed only once somebody wants them, on the text as it is then. */
export function withEdit(
  action: vscode.CodeAction,
  scriptOf: (document: vscode.TextDocument) => ParsedScript,
): vscode.CodeAction {
  if (!(action instanceof FixAction) || isOpinion(action.fix)) return action;
  const { document, fix } = action;
  const edits = editsOf(scriptOf(document), fix);
  if (fix.kind === 'describe') {
    action.edit = new vscode.WorkspaceEdit();
    action.edit.set(document.uri, roomFor(document, edits));
    return action;
  }
  action.edit = workspaceEdit(document, edits);
  return action;
}

/** Where the look goes, with the cursor in it. */
function roomFor(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
): vscode.SnippetTextEdit[] {
  return edits.map(({ start, end, text }) => {
    const snippet = new vscode.SnippetString();
    snippet.appendText(text).appendPlaceholder(t('what never changes'));
    return vscode.SnippetTextEdit.replace(rangeOf(document, { start, end }), snippet);
  });
}

class FixAction extends vscode.CodeAction {
  readonly document: vscode.TextDocument;
  readonly fix: Fix;

  constructor(
    document: vscode.TextDocument,
    fix: Fix,
    diagnostics: vscode.Diagnostic[],
    isPreferred: boolean,
  ) {
    super(titleOf(fix), vscode.CodeActionKind.QuickFix);
    this.document = document;
    this.fix = fix;
    this.diagnostics = diagnostics;
    this.isPreferred = isPreferred;
  }
}

/** What is done by a command, because it is no edit; nothing for all else. */
function commandOf(
  { uri }: vscode.TextDocument,
  scenes: readonly SceneNode[],
  fix: Fix,
): vscode.Command | undefined {
  const title = titleOf(fix);
  if (fix.kind === 'accept') {
    const { id: sceneId, mark, name } = fix;
    const argument = chosenByHand({ uri, sceneId, mark, name });
    return { command: 'scenewright.acceptScene', title, arguments: [argument] };
  }
  if (fix.kind !== 'rewrite') return undefined;
  const { instruction, id } = fix;
  const scene = scenes.findIndex((node) => node.id === id) + 1;
  const argument = chosenByHand({ uri, scene, instruction });
  return { command: 'scenewright.rewriteScene', title, arguments: [argument] };
}

/** Whether only the writer can say that this is right. */
function isOpinion({ kind }: Fix): boolean {
  return kind === 'rewrite' || kind === 'accept';
}

function titleOf(fix: Fix): string {
  switch (fix.kind) {
    case 'add-character':
      return t('Add “{0}” to the characters', fix.name);
    case 'add-place':
      return t('Add “{0}” to the places', fix.name);
    case 'change-name':
      return t('Change “{0}” to “{1}”', fix.name, fix.to);
    case 'describe':
      return t('Describe how “{0}” looks', fix.name);
    case 'add-to-cast':
      return t('Add “{0}” to the cast of the scene', fix.name);
    case 'set-seconds':
      return t('Make the scene {0} s long', fix.seconds);
    case 'set-duration':
      return t('Let the video last {0}', formatDuration(fix.seconds));
    case 'spread': {
      const total = fix.seconds.reduce((sum, seconds) => sum + seconds, 0);
      return t('Spread {0} over the scenes', formatDuration(total));
    }
    case 'give-ids':
      return t('Give it an id');
    case 'take-out':
      return t('It is done: take the note out');
    case 'begin-with-cut':
      return t('Let the beat begin with a cut');
    case 'quote':
      return t('Quote it as dialogue');
    case 'put-in-form':
      return t('Put it into the form of the script');
    case 'prompt-of-action':
      return t('Make a prompt of what happens');
    case 'make-prompt':
      return t('Make it the prompt of the scene');
    case 'tie':
      return t('Tie what is written to the outline');
    case 'tie-to':
      return t('Tie it to beat {0}, “{1}”', fix.index + 1, fix.title);
    case 'add-to-outline':
      return t('Add it to the outline as a beat of its own');
    case 'keep-outside':
      return t('Keep it outside of the outline');
    case 'new-id':
      return t('Give the copy an id of its own');
    case 'newest-take':
      return t('Let the newest take count');
    case 'rewrite':
      return t('Have the scene written anew…');
    case 'accept':
      return t('It is fine as it is');
  }
}
