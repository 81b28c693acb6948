import { movedFile } from '../../base/real-file.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { ScriptPath } from './journal-by-script.ts';
import type { SceneJournal, SceneJournals } from './scene-journal.ts';

/**
 * Keeps finished scenes until the document that holds them is on disk: text in an editor with unsaved
 * changes is not safe yet. Scenes that the document has no place for are kept until it has.
 */
export class ScenesUntilSaved {
  private readonly inner: SceneJournals;
  /** By the path of the script, as its document has it. */
  private unsaved = new Map<string, Set<SceneId>>();
  private placeless = new Map<string, Set<SceneId>>();

  constructor(inner: SceneJournals) {
    this.inner = inner;
  }

  /** The scenes of one script, to be kept for it. */
  of(script: ScriptPath): SceneJournal {
    const scenes = this.inner.of(script);
    return {
      ...scenes,
      remove: async (id) => {
        const isWanted = [this.unsaved, this.placeless].some((by) => by.get(script())?.has(id));
        if (!isWanted) await scenes.remove(id);
      },
    };
  }

  /** These scenes are in the document of a script now, which may have unsaved changes. */
  inDocument(script: string, isDirty: boolean, ids: readonly SceneId[]): void {
    for (const id of ids) {
      this.placeless.get(script)?.delete(id);
      if (isDirty) add(this.unsaved, script, id);
    }
  }

  /**
   * The writer has deleted the beats of these finished scenes, or written them by hand: what is kept
   * serves if the beats return, or what they wrote goes.
   */
  withoutPlace(script: string, ids: readonly SceneId[]): void {
    for (const id of ids) add(this.placeless, script, id);
  }

  /**
   * A document is on disk.
   *
   * @param ids its written scenes; what is not there was undone, or thrown away unsaved, and stays
   */
  async saved(script: string, ids: readonly SceneId[]): Promise<void> {
    const unsaved = this.unsaved.get(script);
    if (unsaved === undefined) return;
    const scenes = this.inner.of(() => script);
    await Promise.all(ids.filter((id) => unsaved.delete(id)).map((id) => scenes.remove(id)));
  }

  /** A file or folder was renamed; what is known of the scripts there goes along. */
  async moved(from: string, to: string): Promise<void> {
    this.unsaved = moved(this.unsaved, from, to);
    this.placeless = moved(this.placeless, from, to);
    await this.inner.moved(from, to);
  }
}

function add(map: Map<string, Set<SceneId>>, script: string, id: SceneId): void {
  const ids = map.get(script) ?? new Set();
  map.set(script, ids.add(id));
}

function moved(
  map: ReadonlyMap<string, Set<SceneId>>,
  from: string,
  to: string,
): Map<string, Set<SceneId>> {
  const there = new Map<string, Set<SceneId>>();
  for (const [script, ids] of map) {
    for (const id of ids) add(there, movedFile(script, from, to) ?? script, id);
  }
  return there;
}
