import { createHash } from 'node:crypto';
import type * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { memoize } from '../../base/memoize.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { Scene, SceneId } from '../../script/script-model.ts';
import { scenesById } from '../../script/story-order.ts';
import { unitsOf } from '../../writing/checks/repeated-text.ts';
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

/** Which action the prompt of a scene was made for; both by their hashes, which take little room. */
type MadeFor = readonly [id: SceneId, prompt: string, action: string];

/** For the model, which is asked for a prompt and answers with a scene. */
const promptAnew =
  'The writer has edited the action of this scene since its prompt was made. Keep title, action, dialogue, narration and sound word for word, and write the prompt anew, so that it shows what the action says now.';

const promptsKey = 'marks.prompts';
const toldKey = 'marks.told';
const fineKey = 'marks.fine';

/** So many of each are remembered; what was said first is forgotten first. */
const most = 2000;

/** So many prompts of one scene, to which undo and redo lead back. */
const mostPrompts = 8;

/**
 * What the document itself does not say of its marks: which of them the writer has found fine, and what a run
 * was told by a model. Both are about texts as they were, and over once those are others.
 */
export class KeptMarks {
  private readonly state: vscode.Memento;
  private told: readonly Told[];
  private fine: ReadonlySet<string>;
  /** Of each scene the last one last; undo and redo lead from one to another. */
  private readonly prompts: Map<SceneId, readonly MadeFor[]>;

  /** @param state of the workspace: it belongs to the scripts there, and is no part of them */
  constructor(state: vscode.Memento) {
    this.state = state;
    this.told = state.get<readonly Told[]>(toldKey, []);
    this.fine = new Set(state.get<readonly string[]>(fineKey, []));
    const prompts = state.get<readonly MadeFor[]>(promptsKey, []);
    this.prompts = Map.groupBy(prompts, ([id]) => id);
  }

  isFine({ key }: SceneMark): boolean {
    return this.fine.has(key);
  }

  /** What is kept of the scenes of a script that still holds of them as they read. */
  of(script: ParsedScript): readonly SceneMark[] {
    return [...this.toldOf(script), ...this.promptsOf(script)];
  }

  /** What was told of scenes that still read as they did then. */
  private toldOf({ scenes }: ParsedScript): readonly SceneMark[] {
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
   * The prompts that were made for another action than the scene has now. One that is another was made for the
   * scene as it is, by whoever did.
   */
  private promptsOf({ scenes }: ParsedScript): readonly SceneMark[] {
    if (this.prompts.size === 0) return [];
    const others: MadeFor[] = [];
    const marks = scenes.flatMap(({ scene }, index): SceneMark[] => {
      const known = this.prompts.get(scene.id);
      if (known === undefined || scene.prompt === '') return [];
      const now = madeFor(scene);
      const made = known.find(([, prompt]) => prompt === now[1]);
      if (made === undefined) others.push(now);
      if (made === undefined || made[2] === now[2]) return [];
      const message = t(
        'Its action has changed since its prompt was made, and the prompt has not.',
      );
      const key = markKey('prompt', scene);
      return [{ index, id: scene.id, kind: 'prompt', message, complaint: promptAnew, key }];
    });
    for (const other of others) this.learn(other);
    if (others.length > 0) void this.savePrompts();
    return marks;
  }

  private learn(made: MadeFor): void {
    const [id, prompt] = made;
    const others = (this.prompts.get(id) ?? []).filter((one) => one[1] !== prompt);
    this.prompts.set(id, [...others, made].slice(-mostPrompts));
  }

  private async savePrompts(): Promise<void> {
    const all = [...this.prompts.values()].flat().slice(-most);
    await this.state.update(promptsKey, all);
  }

  /**
   * A run has put scenes into a script.
   *
   * @param flags what it has to say of each
   */
  async tell(
    { scenes }: ParsedScript,
    flags: ReadonlyMap<SceneId, readonly SceneFlag[]>,
  ): Promise<void> {
    const byId = scenesById(scenes);
    for (const id of flags.keys()) {
      const scene = byId.get(id)?.scene;
      const known = this.prompts.get(id) ?? [];
      this.prompts.delete(id); // Put in anew, so that what was made first is forgotten first.
      if (scene === undefined) continue;
      this.prompts.set(id, known);
      this.learn(madeFor(scene));
    }
    await this.savePrompts();
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
    // What was said of another text holds again once an undo brings that back.
    const before = this.told.filter(({ id, kind, key }) => {
      const now = flags.has(id) ? byId.get(id)?.scene : undefined;
      return now === undefined ? !flags.has(id) : markKey(kind, now) !== key;
    });
    if (told.length === 0 && before.length === this.told.length) return;
    this.told = [...before, ...told].slice(-most);
    await this.state.update(toldKey, this.told);
  }

  /** The writer has looked at these, and leaves their scenes as they are. */
  async accept(marks: readonly SceneMark[]): Promise<void> {
    const fine = [...this.fine, ...marks.map(({ key }) => key)].slice(-most);
    this.fine = new Set(fine);
    await this.state.update(fineKey, fine);
  }
}

/** Letter case and punctuation of the action are no other text. */
const madeFor = memoize(({ id, prompt, action }: Scene): MadeFor => {
  return [id, hashOf(prompt), hashOf(unitsOf(action).join(' '))];
});

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}
