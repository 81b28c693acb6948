import { movedFile } from '../../base/real-file.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { SceneJournal, SceneJournals } from '../../writing/journal/scene-journal.ts';
import { UntilSaved, type SavedDocument } from '../script/until-saved.ts';

/**
 * Keeps finished scenes until the document that holds them is on disk. Scenes that the document has
 * no place for are kept until it has.
 */
export class ScenesUntilSaved<D extends SavedDocument> {
  private readonly inner: SceneJournals;
  private readonly unsaved: UntilSaved<SceneId, D>;
  /** By the path of the script, as its document has it. */
  private placeless = new Map<string, Set<SceneId>>();

  /** @param written the scenes that a document has */
  constructor(inner: SceneJournals, written: (document: D) => readonly SceneId[]) {
    this.inner = inner;
    this.unsaved = new UntilSaved({
      isIn: (document, id) => written(document).includes(id),
      release: ({ uri }, id) => inner.of(() => uri.fsPath).remove(id),
    });
  }

  /** The scenes of one script, whose address may change. */
  of(script: () => string): SceneJournal {
    const scenes = this.inner.of(script);
    return {
      ...scenes,
      remove: async (id) => {
        const isUnsaved = this.unsaved.get(script(), id) !== undefined;
        const isPlaceless = this.placeless.get(script())?.has(id) === true;
        if (!isUnsaved && !isPlaceless) await scenes.remove(id);
      },
    };
  }

  /** These scenes are in the document now, which may have unsaved changes. */
  inDocument(document: D, ids: Iterable<SceneId>): void {
    for (const id of ids) {
      this.placeless.get(document.uri.fsPath)?.delete(id);
      this.unsaved.add(document, id, id);
    }
  }

  /**
   * The writer has deleted the beats of these finished scenes, or written them by hand: what is kept
   * serves if the beats return, or what they wrote goes.
   */
  withoutPlace({ uri }: D, ids: readonly SceneId[]): void {
    const before = this.placeless.get(uri.fsPath) ?? [];
    this.placeless.set(uri.fsPath, new Set([...before, ...ids]));
  }

  saved(document: D): Promise<void> {
    return this.unsaved.saved(document);
  }

  async moved(from: string, to: string): Promise<void> {
    this.unsaved.moved(from, to);
    const before = this.placeless;
    this.placeless = new Map();
    for (const [script, ids] of before) {
      const file = movedFile(script, from, to) ?? script;
      this.placeless.set(file, new Set([...(this.placeless.get(file) ?? []), ...ids]));
    }
    await this.inner.moved(from, to);
  }
}
