import * as vscode from 'vscode';
import type { Scene, SceneId } from '../script/model.ts';
import type { KeptScenes } from '../writing/kept.ts';

/**
 * Keeps finished scenes until the document that holds them is on disk: text in an editor with unsaved
 * changes is not safe yet. Scenes that the document has no place for are kept until it has.
 */
export class KeptUntilSaved implements KeptScenes, vscode.Disposable {
  private readonly inner: KeptScenes;
  private readonly unsaved = new Map<string, Set<SceneId>>();
  private readonly placeless = new Set<SceneId>();
  private readonly listening: vscode.Disposable;
  private readonly onError: (error: unknown) => void;

  constructor(inner: KeptScenes, onError: (error: unknown) => void) {
    this.inner = inner;
    this.onError = onError;
    this.listening = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      this.saved(uri.toString());
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

  /** The writer has deleted the beats of these finished scenes; what is kept serves if they return. */
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

  private saved(key: string): void {
    const ids = this.unsaved.get(key) ?? [];
    this.unsaved.delete(key);
    for (const id of ids) this.inner.remove(id).catch(this.onError);
  }

  dispose(): void {
    this.listening.dispose();
  }
}
