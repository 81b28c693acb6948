import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../../base/files.ts';
import { thumbnailBytes } from '../../webview/protocol.ts';

/** Thumbnails that are kept: 40 MB at most. */
const mostKept = 2000;

/** A thumbnail that is there, or the key under which it is to be put. */
export interface Thumbnail {
  readonly key: string;
  readonly file?: string;
}

/**
 * Small pictures of pictures and clips, in a folder of our own. Each belongs to one state of one file, by
 * its path, size and time: a file that is written anew gets a new one. What is oldest goes when there are
 * too many; it is made again when somebody looks.
 */
export class Thumbnails {
  private readonly folder: string;
  private readonly most: number;
  /** Name by key, the oldest first. */
  private known: Promise<Map<string, string>> | undefined;
  /** Keys that somebody was asked to draw; nothing is taken for any other. */
  private readonly asked = new Set<string>();

  /** @param most that are kept */
  constructor(folder: string, most = mostKept) {
    this.folder = folder;
    this.most = most;
  }

  /** @returns nothing where the file is not there */
  async of(source: string): Promise<Thumbnail | undefined> {
    const found = await stat(source).catch(() => undefined);
    if (found?.isFile() !== true) return undefined;
    const state = `${source}\n${found.size}\n${found.mtimeMs}`;
    const key = createHash('sha256').update(state).digest('hex').slice(0, 40);
    const name = (await this.names()).get(key);
    if (name !== undefined) return { key, file: path.join(this.folder, name) };
    this.asked.add(key);
    return { key };
  }

  /**
   * Keep what was drawn.
   *
   * @returns where it is; nothing where it was not asked for, or is no small picture
   */
  async put(key: string, bytes: Uint8Array): Promise<string | undefined> {
    const ending = endingOf(bytes);
    if (ending === undefined || bytes.length > thumbnailBytes || !this.asked.delete(key)) {
      return undefined;
    }
    const names = await this.names();
    const name = key + ending;
    const file = path.join(this.folder, name);
    await writeFileAtomic(file, bytes);
    names.set(key, name);
    await this.drop(names);
    return file;
  }

  private names(): Promise<Map<string, string>> {
    return (this.known ??= this.read());
  }

  private async read(): Promise<Map<string, string>> {
    const files = await readdir(this.folder).catch(() => []);
    const dated = await Promise.all(
      files.flatMap((name) => {
        const key = /^([0-9a-f]{40})\.(?:webp|jpg)$/.exec(name)?.[1];
        if (key === undefined) return [];
        const at = stat(path.join(this.folder, name)).then(({ mtimeMs }) => mtimeMs);
        return [at.then((ms) => ({ key, name, ms })).catch(() => undefined)];
      }),
    );
    const there = dated.filter((one) => one !== undefined).sort((a, b) => a.ms - b.ms);
    const names = new Map(there.map(({ key, name }) => [key, name]));
    await this.drop(names);
    return names;
  }

  private async drop(names: Map<string, string>): Promise<void> {
    for (const [key, name] of names) {
      if (names.size <= this.most) return;
      names.delete(key);
      await rm(path.join(this.folder, name), { force: true }).catch(() => undefined);
    }
  }
}

/** By the first bytes; of what else pictures can be a page may not bring any. */
function endingOf(bytes: Uint8Array): '.webp' | '.jpg' | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return '.jpg';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? '.webp' : undefined;
}
