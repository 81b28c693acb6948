import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../../base/files.ts';
import type { Scene, SceneId } from '../../script/script-model.ts';

/** A scene that was written anew. */
export interface Rewrite {
  /** A UUID: one scene may have been rewritten several times. */
  readonly id: string;
  /** Address of the script that it was written for. */
  readonly script: string;
  readonly scene: Scene;
  /** What the writer wanted changed; may be empty. */
  readonly instruction: string;
  /** The text of its section when it was asked for. */
  readonly before: string;
  /** When it arrived, in milliseconds since the epoch. */
  readonly at: number;
  /** Other scripts that were offered it when their writer found this one gone, and have decided. */
  readonly decidedIn?: readonly string[];
}

/** Ids come from files that anybody may have put there, and become file names here. */
const safeId = /^[\da-f-]{36}$/i;

/**
 * Rewrites that the writer has neither taken nor refused yet: a diff that goes with its window, or a
 * word at the edge of it that is cleared away, loses nothing that was paid for. One file for each, so
 * that none takes the place of another.
 */
export class RewriteJournal {
  private readonly folder: string;
  /** Those that the disk had no room for are kept for as long as the window is open. */
  private readonly unkept = new Map<string, Rewrite>();

  /** @param folder made when the first one is kept */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** All rewrites of a scene, in whatever script, the last one first. */
  async of(id: SceneId): Promise<Rewrite[]> {
    return (await this.all()).filter(({ scene }) => scene.id === id).sort((a, b) => b.at - a.at);
  }

  private async all(): Promise<Rewrite[]> {
    const names = await readdir(this.folder).catch(() => []);
    const found = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => this.read(name)),
    );
    const rewrites = new Map(this.unkept);
    for (const rewrite of found) if (rewrite !== undefined) rewrites.set(rewrite.id, rewrite);
    return [...rewrites.values()];
  }

  /** @throws when it cannot be written to disk, such as to a full one; it is not forgotten then */
  async put(rewrite: Rewrite): Promise<void> {
    this.unkept.set(rewrite.id, rewrite);
    await writeFileAtomic(this.file(rewrite), JSON.stringify({ version: 1, ...rewrite }));
    this.unkept.delete(rewrite.id);
  }

  /**
   * It is decided on in a script: its own forgets it, no matter if it is gone already; for any other
   * it stays for its own, which may come back.
   */
  async decided(rewrite: Rewrite, script: string): Promise<void> {
    const file = this.file(rewrite);
    // Its script may have another address by now.
    const kept = this.unkept.get(rewrite.id) ?? (await this.read(path.basename(file)));
    if (kept === undefined || kept.script === script) {
      this.unkept.delete(rewrite.id);
      await rm(file, { force: true });
    } else {
      await this.put({ ...kept, decidedIn: [...(kept.decidedIn ?? []), script] });
    }
  }

  /**
   * Scripts have other addresses now.
   *
   * @param addressOf the new one, or `undefined` for a script that is where it was
   */
  async moved(addressOf: (script: string) => string | undefined): Promise<void> {
    for (const rewrite of await this.all()) {
      const script = addressOf(rewrite.script);
      if (script !== undefined) await this.put({ ...rewrite, script });
    }
  }

  /** A file that is torn, foreign or cannot be read counts as none. */
  private async read(name: string): Promise<Rewrite | undefined> {
    try {
      const text = await readFile(path.join(this.folder, name), 'utf8');
      const { rewriteRecord: keptRewrite, rewriteVersion } = await import('./journal-records.ts');
      const kept: unknown = JSON.parse(text);
      rewriteVersion.parse(kept);
      const { decidedIn, ...rewrite } = keptRewrite.parse(kept);
      if (`${rewrite.id}.json` !== name) return undefined;
      return decidedIn === undefined ? rewrite : { ...rewrite, decidedIn };
    } catch {
      return undefined;
    }
  }

  private file({ id }: Rewrite): string {
    if (!safeId.test(id)) throw new Error(`"${id}" cannot be the name of a file.`);
    return path.join(this.folder, `${id}.json`);
  }
}
