import * as vscode from 'vscode';
import type { Scene, SceneId } from '../script/model.ts';
import { writtenScenes } from '../script/story.ts';
import type { KeptScenes } from '../writing/kept/kept.ts';
import type { Scripts } from './scripts.ts';

/**
 * Keeps finished scenes until the document that holds them is on disk: text in an editor with unsaved
 * changes is not safe yet. Scenes that the document has no place for are kept until it has.
 */
export class KeptUntilSaved implements KeptScenes, vscode.Disposable {
  private readonly inner: KeptScenes;
  private readonly scripts: Scripts;
  private readonly unsaved = new Map<string, Set<SceneId>>();
  private readonly placeless = new Set<SceneId>();
  private readonly listening: vscode.Disposable;
  private readonly onError: (error: unknown) => void;

  constructor(inner: KeptScenes, scripts: Scripts, onError: (error: unknown) => void) {
    this.inner = inner;
    this.scripts = scripts;
    this.onError = onError;
    this.listening = vscode.workspace.onDidSaveTextDocument((document) => {
      this.saved(document);
    });
  }

  /** These scenes are in the document now; it may have unsaved changes. */
  inDocument(document: vscode.TextDocument, scenes: readonly Scene[]): void {
    for (const { id } of scenes) this.placeless.delete(id);
    if (!document.isDirty) return;
    const key = document.uri.toString();
    const ids = this.unsaved.get(key) ?? new Set<SceneId>();
    for (const { id } of scenes) ids.add(id);
    this.unsaved.set(key, ids);
  }

  /**
   * The writer has deleted the beats of these finished scenes, or written them by hand: what is kept
   * serves if the beats return, or what they wrote goes.
   */
  withoutPlace(scenes: readonly Scene[]): void {
    for (const { id } of scenes) this.placeless.add(id);
  }

  get(id: SceneId, hash: string): Promise<Scene | undefined> {
    return this.inner.get(id, hash);
  }

  put(id: SceneId, hash: string, scene: Scene): Promise<void> {
    return this.inner.put(id, hash, scene);
  }

  async remove(id: SceneId): Promise<void> {
    const isUnsaved = [...this.unsaved.values()].some((ids) => ids.has(id));
    if (isUnsaved || this.placeless.has(id)) return;
    await this.inner.remove(id);
  }

  private saved(document: vscode.TextDocument): void {
    const ids = this.unsaved.get(document.uri.toString());
    if (ids === undefined) return;
    for (const { id } of writtenScenes(this.scripts.parse(document))) {
      // What is not there was undone, or thrown away unsaved: it stays kept.
      if (ids.delete(id)) this.inner.remove(id).catch(this.onError);
    }
  }

  dispose(): void {
    this.listening.dispose();
  }
}
