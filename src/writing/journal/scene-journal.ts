import { createHash } from 'node:crypto';
import type { Beat, Bible, Brief, Scene, SceneId } from '../../script/script-model.ts';
import { JournalByScript, type ScriptPath } from './journal-by-script.ts';

/**
 * Finished scenes of a script that are not in its document yet. A scene is kept the moment it arrives and until
 * its batch is in the document, so that nothing paid for is lost to what goes wrong in between.
 */
export interface SceneJournal {
  /** The scene kept under this id, if it was written for the same question; see {@link askedHash}. */
  get(id: SceneId, hash: string): Promise<Scene | undefined>;
  /** @throws when it cannot be kept, such as on a full disk */
  put(id: SceneId, hash: string, scene: Scene): Promise<void>;
  /** Forget the scene, whatever it was asked for; no matter if there is none. */
  remove(id: SceneId): Promise<void>;
}

/** What {@link SceneJournal} are on disk, for all scripts in a folder of their own. */
export class SceneJournals {
  private readonly files: JournalByScript;

  /**
   * @param folder made when the first scene is kept
   * @param former see {@link KeptByScriptOptions.former}
   */
  constructor(folder: string, former?: string) {
    this.files = new JournalByScript(folder, {
      former,
      older: async (text) => {
        const { olderSceneRecord: olderKeptScene } = await import('./journal-records.ts');
        const { hash: asked, scene: value } = olderKeptScene.parse(JSON.parse(text));
        return { asked, value };
      },
      mentions: (text, id) => text.includes(id),
    });
  }

  /** The scenes of one script. */
  of(script: ScriptPath): SceneJournal {
    return {
      get: async (id, hash) => {
        const kept = await this.files.get(script, id, hash);
        if (kept === undefined) return undefined;
        const { sceneRecord: keptScene } = await import('./journal-records.ts');
        const { data } = keptScene.safeParse(kept);
        return data?.id === id ? data : undefined;
      },
      put: (id, hash, scene) => this.files.put(script, id, hash, scene),
      remove: (id) => this.files.remove(script, id),
    };
  }

  /** A file or folder was renamed; the scenes of scripts there go along. */
  moved(from: string, to: string): Promise<void> {
    return this.files.moved(from, to);
  }
}

/**
 * What a scene was asked for, as a hash: the beat, the brief, and of the bible what the beat names.
 * What had been written before it is left out on purpose, because by the time a run is resumed
 * there may be more of that. White space does not count, so a plan that has been through the
 * document asks for the same as before.
 */
export function askedHash(brief: Brief, bible: Bible, beat: Beat): string {
  const asked = {
    idea: brief.idea,
    language: brief.language,
    style: brief.style,
    aspect: brief.aspect,
    instructions: brief.instructions,
    characters: bible.characters
      .filter(({ name }) => beat.cast.includes(name))
      .map(({ name, look, voice }) => [name, look, voice]),
    places: bible.places
      .filter(({ name }) => name === beat.place)
      .map(({ name, look }) => [name, look]),
    beat: [
      beat.id,
      beat.title,
      beat.seconds,
      beat.place,
      beat.time,
      beat.cast,
      beat.summary,
      beat.contract.entry,
      beat.contract.exit,
      beat.contract.handOff,
      beat.contract.continues,
    ],
  };
  const text = JSON.stringify(asked, (_key, value: unknown) =>
    typeof value === 'string' ? value.normalize('NFC').replace(/\s+/g, ' ').trim() : value,
  );
  return createHash('sha256').update(text).digest('hex');
}
