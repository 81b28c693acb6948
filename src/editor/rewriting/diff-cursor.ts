import * as vscode from 'vscode';
import { sceneAt } from '../../script/parse/parse-script.ts';
import type { SceneId } from '../../script/script-model.ts';
import { rangeOf } from '../script/document-edits.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';

/** A diff of a script and a text that is proposed for it. */
interface Diff {
  readonly document: vscode.TextDocument;
  /** Address of the proposed text. */
  readonly proposed: vscode.Uri;
}

/** Where the writer is in a diff of a script, and where they are led to. */
export class DiffCursor {
  private readonly scripts: Pick<OpenScripts, 'read'>;

  constructor(scripts: Pick<OpenScripts, 'read'>) {
    this.scripts = scripts;
  }

  /** The id of the scene in which the cursor is, on the side of the diff that has the focus. */
  scene(diff: Diff): SceneId | undefined {
    const document = editorOf(diff)?.document;
    return document && sceneAt(this.scripts.read(document), this.offset(diff))?.id;
  }

  /** The offset of the cursor. */
  offset(diff: Diff): number {
    const editor = editorOf(diff);
    return editor === undefined ? 0 : editor.document.offsetAt(editor.selection.active);
  }

  /** Where the first of these scenes begins in the proposed text from an offset on; behind the last the first. */
  placeOf(
    { document, proposed }: Diff,
    ids: ReadonlySet<SceneId>,
    from = 0,
  ): vscode.Range | undefined {
    // Before it is shown the scenes before the first one stand where they do in the script.
    const shown = openDocument(proposed.toString()) ?? document;
    const left = this.scripts
      .read(shown)
      .scenes.filter(({ id }) => id !== undefined && ids.has(id))
      .map(({ heading }) => heading);
    const next = left.find(({ start }) => start >= from) ?? left[0];
    return next && rangeOf(shown, { start: next.start, end: next.start });
  }

  /** Lead the writer to the first of these scenes from an offset on. */
  goTo(diff: Diff, ids: ReadonlySet<SceneId>, from: number): void {
    const editor = shownOf(diff);
    const place = editor && this.placeOf(diff, ids, from);
    if (editor === undefined || place === undefined) return;
    editor.selection = new vscode.Selection(place.start, place.start);
    editor.revealRange(place, vscode.TextEditorRevealType.AtTop);
  }
}

/** The side with the focus; the proposed text where neither has it. */
function editorOf(diff: Diff): vscode.TextEditor | undefined {
  const { activeTextEditor: active } = vscode.window;
  const isOriginal = active?.document.uri.toString() === diff.document.uri.toString();
  return isOriginal ? active : shownOf(diff);
}

function shownOf({ proposed }: Diff): vscode.TextEditor | undefined {
  const address = proposed.toString();
  return vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === address,
  );
}
