import type * as vscode from 'vscode';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { SceneId } from '../../script/script-model.ts';
import { scenesById } from '../../script/story-order.ts';
import { markKey, type SceneMark } from '../../writing/checks/scene-marks.ts';
import type { SceneFlag, ToldKind } from '../../writing/checks/scene-checks.ts';

/** What a run has said of a scene, and which texts it was said of. */
interface Told {
  readonly id: SceneId;
  readonly kind: ToldKind;
  readonly message: string;
  readonly key: string;
  /** Stands for the scene before it, where there was one. */
  readonly before?: string;
}

const toldKey = 'marks.told';
const fineKey = 'marks.fine';

/** So many of each are remembered; what was said first is forgotten first. */
const most = 2000;

/**
 * What the document itself does not say of its marks: which of them the writer has found fine, and what a run
 * was told by a model. Both are about texts as they were, and over once those are others.
 */
export class KeptMarks {
  private readonly state: vscode.Memento;
  private told: readonly Told[];
  private fine: ReadonlySet<string>;

  /** @param state of the workspace: it belongs to the scripts there, and is no part of them */
  constructor(state: vscode.Memento) {
    this.state = state;
    this.told = state.get<readonly Told[]>(toldKey, []);
    this.fine = new Set(state.get<readonly string[]>(fineKey, []));
  }

  isFine({ key }: SceneMark): boolean {
    return this.fine.has(key);
  }

  /** What was told of scenes of a script that still read as they did then. */
  of({ scenes }: ParsedScript): readonly SceneMark[] {
    if (this.told.length === 0) return [];
    const byId = scenesById(scenes);
    return this.told.flatMap(({ id, kind, message, key, before }): SceneMark[] => {
      const node = byId.get(id);
      if (node === undefined || markKey(kind, node.scene) !== key) return [];
      const index = scenes.indexOf(node);
      const earlier = scenes[index - 1]?.scene;
      const isAfterSame =
        before === undefined || (earlier !== undefined && markKey(kind, earlier) === before);
      return isAfterSame ? [{ index, id, kind, message, key }] : [];
    });
  }

  /**
   * A run has put scenes into a script that it has something to say of.
   *
   * @param flags of each scene
   */
  async tell(
    { scenes }: ParsedScript,
    flags: ReadonlyMap<SceneId, readonly SceneFlag[]>,
  ): Promise<void> {
    const byId = scenesById(scenes);
    const told = [...flags].flatMap(([id, all]) => {
      const node = byId.get(id);
      if (node === undefined) return [];
      const earlier = scenes[scenes.indexOf(node) - 1]?.scene;
      return all.flatMap(({ kind, message }): Told[] => {
        if (kind !== 'seam' && kind !== 'newcomer') return [];
        const before = kind === 'seam' && earlier ? { before: markKey(kind, earlier) } : {};
        return [{ id, kind, message, key: markKey(kind, node.scene), ...before }];
      });
    });
    if (told.length === 0) return;
    this.told = [...this.told.filter(({ id }) => !flags.has(id)), ...told].slice(-most);
    await this.state.update(toldKey, this.told);
  }

  /** The writer has looked at these, and leaves their scenes as they are. */
  async accept(marks: readonly SceneMark[]): Promise<void> {
    const fine = [...this.fine, ...marks.map(({ key }) => key)].slice(-most);
    this.fine = new Set(fine);
    await this.state.update(fineKey, fine);
  }
}
