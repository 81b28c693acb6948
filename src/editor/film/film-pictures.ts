import { existsSync } from 'node:fs';
import type { JobRecord } from '../../jobs/job.ts';
import type { ToPage } from '../../webview/protocol.ts';
import type { Thumbnails } from './thumbnails.ts';

/** How long a page may say nothing until no more is expected of it, in milliseconds. */
const patienceMs = 15_000;

export interface PictureReader {
  post(message: ToPage): void;
  addressOf(file: string): string | undefined;
}

/** A cell of the film or, with its number or key, one of its takes or stills. */
export interface Pictured {
  readonly id: string;
  readonly take?: number;
  readonly still?: string;
}

/** A clip that there may be a picture of, or a picture. */
export interface PicturedClip {
  /** Absolute path of a still. */
  readonly still?: string;
  /** Absolute path. */
  readonly file?: string;
  readonly job?: JobRecord;
}

/** Answers a page that asks for thumbnails of cells and takes, and keeps those that it draws. */
export class FilmPictures {
  private readonly thumbnails: Thumbnails;
  private readonly reader: PictureReader;
  /** By key of a thumbnail that is being drawn: who waits for it. */
  private readonly waiting = new Map<string, ((file: string | undefined) => void)[]>();

  constructor(thumbnails: Thumbnails, reader: PictureReader) {
    this.thumbnails = thumbnails;
    this.reader = reader;
  }

  /** The page wants the thumbnail of a cell, a take or a still. */
  async ask(of: Pictured, clip: PicturedClip): Promise<void> {
    const file = await this.fileOf(of, clip);
    const address = file === undefined ? undefined : this.reader.addressOf(file);
    if (address !== undefined) this.reader.post({ type: 'picture', ...of, address });
  }

  /**
   * The thumbnail of a clip, which the page draws where there is none yet. It is waited for as long as the
   * page takes.
   *
   * @returns nothing where there is none, and it cannot be drawn
   */
  async fileOf(of: Pictured, clip: PicturedClip): Promise<string | undefined> {
    const source = sourceOf(clip);
    const thumbnail = source && (await this.thumbnails.of(source.file));
    if (source === undefined || thumbnail === undefined) return undefined;
    const { key, file } = thumbnail;
    if (file !== undefined) return file;
    const address = this.reader.addressOf(source.file);
    if (address === undefined) return undefined;
    return await new Promise((resolve) => {
      this.waiting.set(key, [...(this.waiting.get(key) ?? []), resolve]);
      const draw = { key, source: `${address}?${key}`, kind: source.kind };
      this.reader.post({ type: 'picture', ...of, draw });
    });
  }

  /** The thumbnails of clips that are there without being drawn, by the ids of their cells. */
  async keptOf(clips: ReadonlyMap<string, PicturedClip>): Promise<ReadonlyMap<string, string>> {
    const files = new Map<string, string>();
    for (const [id, clip] of clips) {
      const source = sourceOf(clip);
      const file = source && (await this.thumbnails.of(source.file))?.file;
      if (file !== undefined) files.set(id, file);
    }
    return files;
  }

  /**
   * The thumbnails of clips, by the ids of their cells; those that are not there yet the page draws. What
   * cannot be drawn is left out.
   *
   * @param ready resolves when the page is there
   * @param onProgress is told the fraction that is settled
   * @param signal ends the waiting; so does a page that has nothing to say for a while
   */
  async filesOf(
    clips: ReadonlyMap<string, PicturedClip>,
    ready: Promise<unknown>,
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>> {
    const files = new Map<string, string>();
    const over = Promise.withResolvers<undefined>();
    const end = (): void => {
      over.resolve(undefined);
    };
    let timer = setTimeout(end, patienceMs);
    let settled = 0;
    const draw = async (id: string, clip: PicturedClip): Promise<void> => {
      const file = await this.fileOf({ id }, clip).catch(() => undefined);
      if (file !== undefined) files.set(id, file);
      onProgress(++settled / clips.size);
      clearTimeout(timer);
      timer = setTimeout(end, patienceMs);
    };
    signal.addEventListener('abort', end, { once: true });
    const drawn = ready.then(() => Promise.all([...clips].map(([id, clip]) => draw(id, clip))));
    await Promise.race([drawn, over.promise]);
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    return files;
  }

  /** The page has drawn a thumbnail, or cannot. */
  async drawn(key: string, bytes: Uint8Array): Promise<void> {
    const waiting = this.waiting.get(key) ?? [];
    this.waiting.delete(key);
    let file: string | undefined;
    try {
      file = await this.thumbnails.put(key, bytes);
    } finally {
      for (const resolve of waiting) resolve(file);
    }
  }
}

/** What the picture of a clip is drawn from. */
function sourceOf({
  file,
  job,
  still,
}: PicturedClip): { readonly file: string; readonly kind: 'image' | 'video' } | undefined {
  const poster = job?.poster;
  if (poster !== undefined && existsSync(poster)) return { file: poster, kind: 'image' };
  if (file !== undefined) return { file, kind: 'video' };
  return still === undefined ? undefined : { file: still, kind: 'image' };
}
