import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { TextEdit } from '../../script/edits/text-edit.ts';
import { goneError, requireFile } from './lost-script.ts';

/** How often an edit is computed anew when the document changes under it. */
const attempts = 20;

/** How often saving is begun anew when the writer types meanwhile. */
const saveAttempts = 5;

/** How long VS Code may take to notice that a file has changed, in milliseconds. */
const catchUpMs = 3000;

/**
 * Put a change into a document that the writer may be editing at this very moment.
 *
 * `compute` is asked for the edits against the text as it is; where the document moves on before
 * VS Code has applied them, they are thrown away and asked for again. The whole change is one undo
 * step of its own. The document is saved afterwards if it had no unsaved changes before.
 *
 * @throws ScenewrightError `disk` when saving failed: the text is in the editor then, unsaved.
 * @throws ScriptLostError when there is no such file any more: it is not made anew
 */
export async function editDocument(
  uri: vscode.Uri,
  compute: (document: vscode.TextDocument) => readonly TextEdit[],
): Promise<vscode.TextDocument> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    // Opened anew each time: the writer may have closed the document between two batches.
    const document = await openForEdit(uri);
    await caughtUp(document);
    const edits = compute(document);
    if (edits.length === 0) return document;
    const wasClean = !document.isDirty;
    if (!(await apply(document, edits))) continue;
    if (wasClean) await save(document);
    return document;
  }
  throw new ScenewrightError(
    'disk',
    t(
      '{0} could not be edited: VS Code refused the change {1} times. Is it read-only? What was written is kept.',
      vscode.workspace.asRelativePath(uri),
      attempts,
    ),
    { retryable: true },
  );
}

async function openForEdit(uri: vscode.Uri): Promise<vscode.TextDocument> {
  // A document may stay open long after its file is gone.
  await requireFile(uri);
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch (cause) {
    throw goneError(uri, cause);
  }
}

/**
 * Wait until VS Code has read what others have put into the file, such as Git.
 *
 * @throws ScriptLostError when it was deleted since it was opened
 */
async function caughtUp(document: vscode.TextDocument): Promise<void> {
  if (document.isDirty || document.isUntitled) return;
  const { uri } = document;
  const bytes = await vscode.workspace.fs.readFile(uri).then(undefined, (cause: unknown) => {
    throw goneError(uri, cause);
  });
  // In other encodings there is nothing to compare; then this takes the moment that it may take.
  if (plainText(new TextDecoder().decode(bytes)) === plainText(document.getText())) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, catchUpMs);
    const listening = vscode.workspace.onDidChangeTextDocument((change) => {
      if (change.document === document) done();
    });
    function done(): void {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    }
  });
}

function plainText(text: string): string {
  return text.replace(/^\uFEFF/u, '').replaceAll('\r\n', '\n');
}

async function apply(document: vscode.TextDocument, edits: readonly TextEdit[]): Promise<boolean> {
  const ranged = edits.map((edit) => ({ range: rangeOf(document, edit), text: edit.text }));
  const { version } = document;
  for (const editor of vscode.window.visibleTextEditors) {
    if (editor.document !== document) continue;
    // Only an editor's own edit has undo stops, which keep our change apart from the writer's typing.
    try {
      const accepted = await editor.edit(
        (builder) => {
          for (const { range, text } of ranged) builder.replace(range, text);
        },
        { undoStopBefore: true, undoStopAfter: true },
      );
      if (!accepted || document.version !== version) return accepted;
      // A read-only editor, such as the left side of a diff, says yes and changes nothing.
    } catch {
      return false; // The editor was closed in between; the next attempt goes without it.
    }
  }
  const change = new vscode.WorkspaceEdit();
  for (const { range, text } of ranged) change.replace(document.uri, range, text);
  return vscode.workspace.applyEdit(change);
}

/** Save, unless the writer types so fast that it never comes to it: then they have unsaved changes. */
async function save(document: vscode.TextDocument): Promise<void> {
  let refused = 0;
  for (let attempt = 0; attempt < saveAttempts; attempt++) {
    await requireFile(document.uri);
    const { version } = document;
    // “Not saved” is also the answer where somebody else was faster.
    if ((await document.save()) || !document.isDirty) return;
    // Typing while a file is being saved makes that save count for nothing.
    if (document.version === version && ++refused === 2) throw unsavedError(document);
  }
}

function unsavedError(document: vscode.TextDocument): ScenewrightError {
  return new ScenewrightError(
    'disk',
    t(
      '{0} could not be saved. The new text is in the editor: free some space or allow writing, then save.',
      vscode.workspace.asRelativePath(document.uri),
    ),
    { retryable: true },
  );
}

/**
 * Edits of a document as VS Code takes them.
 *
 * @param change gets them beside what it has already
 */
export function workspaceEdit(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
  change = new vscode.WorkspaceEdit(),
): vscode.WorkspaceEdit {
  for (const edit of edits) change.replace(document.uri, rangeOf(document, edit), edit.text);
  return change;
}

/** Where a stretch of the text is. */
export function rangeOf(
  document: vscode.TextDocument,
  { start, end }: { readonly start: number; readonly end: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
