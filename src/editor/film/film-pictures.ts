import { existsSync } from 'node:fs';
import type { SceneClip } from '../jobs/scene-clips.ts';
import type { ToPage } from '../../webview/protocol.ts';
import type { Thumbnails } from './thumbnails.ts';

export interface PictureReader {
  post(message: ToPage): void;
  addressOf(file: string): string | undefined;
}

/** Answers a page that asks for thumbnails of cells, and keeps those that it draws. */
export class FilmPictures {
  private readonly thumbnails: Thumbnails;
  private readonly reader: PictureReader;
  /** By key of a thumbnail that is being drawn: the cells that wait for it. */
  private readonly waiting = new Map<string, Set<string>>();

  constructor(thumbnails: Thumbnails, reader: PictureReader) {
    this.thumbnails = thumbnails;
    this.reader = reader;
  }

  /** The page wants the thumbnail of a cell. */
  async ask(id: string, { file, job }: SceneClip): Promise<void> {
    const poster = job?.poster !== undefined && existsSync(job.poster) ? job.poster : undefined;
    const source = poster ?? file;
    const thumbnail = source === undefined ? undefined : await this.thumbnails.of(source);
    if (source === undefined || thumbnail === undefined) return;
    const { key } = thumbnail;
    if (thumbnail.file !== undefined) {
      this.tell(id, thumbnail.file);
      return;
    }
    const address = this.reader.addressOf(source);
    if (address === undefined) return;
    const waiting = this.waiting.get(key) ?? new Set();
    this.waiting.set(key, waiting.add(id));
    const kind = poster === undefined ? 'video' : 'image';
    this.reader.post({ type: 'picture', id, draw: { key, source: `${address}?${key}`, kind } });
  }

  /** The page has drawn a thumbnail. */
  async drawn(key: string, bytes: Uint8Array): Promise<void> {
    const file = await this.thumbnails.put(key, bytes);
    if (file === undefined) return;
    for (const id of this.waiting.get(key) ?? []) this.tell(id, file);
    this.waiting.delete(key);
  }

  private tell(id: string, file: string): void {
    const address = this.reader.addressOf(file);
    if (address !== undefined) this.reader.post({ type: 'picture', id, address });
  }
}
