import * as vscode from 'vscode';
import type { Scene } from '../../script/script-model.ts';
import { writtenScenes } from '../../script/story-order.ts';
import type { SceneJournal, SceneJournals } from '../../writing/journal/scene-journal.ts';
import { ScenesUntilSaved } from '../../writing/journal/scenes-until-saved.ts';
import type { ScriptMoves } from '../script/script-moves.ts';
import type { Scripts } from '../script/scripts.ts';

/** Tells {@link ScenesUntilSaved} what becomes of the documents. */
export class KeptUntilSaved implements vscode.Disposable {
  private readonly scenes: ScenesUntilSaved;
  private readonly following: vscode.Disposable;

  constructor(
    inner: SceneJournals,
    scripts: Scripts,
    moves: ScriptMoves,
    onError: (error: unknown) => void,
  ) {
    this.scenes = new ScenesUntilSaved(inner);
    this.following = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument((document) => {
        const ids = scripts.isScript(document) ? idsOf(writtenScenes(scripts.parse(document))) : [];
        this.scenes.saved(document.uri.fsPath, ids).catch(onError);
      }),
      moves.onDidMove(({ from, to }) => {
        this.scenes.moved(from.fsPath, to.fsPath).catch(onError);
      }),
    );
  }

  /** The scenes of one script, whose address may change. */
  of(script: () => vscode.Uri): SceneJournal {
    return this.scenes.of(() => script().fsPath);
  }

  /** These scenes are in the document now; it may have unsaved changes. */
  inDocument({ uri, isDirty }: vscode.TextDocument, scenes: readonly Scene[]): void {
    this.scenes.inDocument(uri.fsPath, isDirty, idsOf(scenes));
  }

  /** The document has no place for these finished scenes. */
  withoutPlace({ uri }: vscode.TextDocument, scenes: readonly Scene[]): void {
    this.scenes.withoutPlace(uri.fsPath, idsOf(scenes));
  }

  dispose(): void {
    this.following.dispose();
  }
}

function idsOf(scenes: readonly Scene[]): Scene['id'][] {
  return scenes.map(({ id }) => id);
}
