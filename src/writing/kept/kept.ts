import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../base/files.ts';
import type { Beat, Bible, Brief, Scene, SceneId } from '../../script/model.ts';

/**
 * Finished scenes that are not in the document yet. A scene is kept the moment it arrives and until
 * its batch is in the document, so that nothing paid for is lost to what goes wrong in between.
 */
export interface KeptScenes {
  /** The scene kept under this id, if it was written for the same question; see {@link askedHash}. */
  get(id: SceneId, hash: string): Promise<Scene | undefined>;
  /** @throws when it cannot be kept, such as on a full disk */
  put(id: SceneId, hash: string, scene: Scene): Promise<void>;
  /** Forget the scene; no matter if there is none. */
  remove(id: SceneId): Promise<void>;
}

/** A scene as it is written to disk. */
export const keptScene = z.object({
  id: z.string(),
  title: z.string(),
  seconds: z.number(),
  place: z.string(),
  time: z.string(),
  cast: z.array(z.string()).readonly(),
  action: z.string(),
  dialogue: z
    .array(z.object({ speaker: z.string(), tone: z.string(), line: z.string() }))
    .readonly(),
  narration: z.string(),
  sound: z.string(),
  prompt: z.string(),
});

const keptFile = z.object({ version: z.literal(1), hash: z.string(), scene: keptScene });

/** Ids come from documents that anybody may have edited, and become file names here. */
const safeId = /^[a-z0-9]{1,64}$/;

/** {@link KeptScenes} as one small JSON file per scene in a folder of their own. */
export class KeptScenesOnDisk implements KeptScenes {
  private readonly folder: string;

  /** @param folder made when the first scene is kept */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** A file that is torn, foreign or cannot be read counts as no scene. */
  async get(id: SceneId, hash: string): Promise<Scene | undefined> {
    if (!safeId.test(id)) return undefined;
    try {
      const kept = keptFile.parse(JSON.parse(await readFile(this.file(id), 'utf8')));
      return kept.hash === hash && kept.scene.id === id ? kept.scene : undefined;
    } catch {
      return undefined;
    }
  }

  async put(id: SceneId, hash: string, scene: Scene): Promise<void> {
    if (!safeId.test(id)) throw new Error(`"${id}" cannot be the name of a file.`);
    const kept: z.infer<typeof keptFile> = { version: 1, hash, scene };
    await writeFileAtomic(this.file(id), JSON.stringify(kept));
  }

  async remove(id: SceneId): Promise<void> {
    if (safeId.test(id)) await rm(this.file(id), { force: true });
  }

  private file(id: SceneId): string {
    return path.join(this.folder, `${id}.json`);
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
