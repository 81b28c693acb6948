import { drawThumbnail } from './draw-thumbnail.ts';
import type { Cell, FromPage, SceneShown, StillShown, TakeShown, ToPage } from './protocol.ts';

type PictureMessage = Extract<ToPage, { readonly type: 'picture' }>;

/** A cell, or one of its takes or stills. */
interface Pictured {
  readonly id: string;
  readonly take?: number;
  readonly still?: string;
}

/** Thumbnails that are drawn at the same time. */
const atOnce = 2;

/**
 * The thumbnails of cells, their takes and their stills. Only of those that are seen the extension is asked; where it has none yet, the
 * page draws it, and the extension keeps it.
 */
export class Pictures {
  private readonly post: (message: FromPage) => void;
  private readonly onChange: () => void;
  /** By {@link keyOf}. */
  private readonly known = new Map<string, string>();
  /** By the same: the picture that was asked for. */
  private readonly asked = new Map<string, string>();
  private readonly queue: PictureMessage[] = [];
  private drawing = 0;

  constructor(post: (message: FromPage) => void, onChange: () => void) {
    this.post = post;
    this.onChange = onChange;
  }

  /** The address of a cell's thumbnail, of an older one while a newer is made. */
  of({ id, picture }: Cell): string | undefined {
    return picture === undefined ? undefined : this.known.get(keyOf(id));
  }

  /** The same for a take of a cell. */
  ofTake(id: string, { take, picture }: TakeShown): string | undefined {
    return picture === undefined ? undefined : this.known.get(keyOf(id, take));
  }

  /** The same for a still of a cell. */
  ofStill(id: string, { key, picture }: StillShown): string | undefined {
    return picture === undefined ? undefined : this.known.get(keyOf(id, key));
  }

  /** These cells are seen, or nearly. */
  see(cells: Iterable<Cell>): void {
    for (const { id, picture } of cells) this.want({ id }, picture);
  }

  /** The same for takes of a cell. */
  seeTakes(id: string, takes: Iterable<TakeShown>): void {
    for (const { take, picture } of takes) this.want({ id, take }, picture);
  }

  /** The same for stills of a cell. */
  seeStills(id: string, stills: Iterable<StillShown>): void {
    for (const { key, picture } of stills) this.want({ id, still: key }, picture);
  }

  private want(of: Pictured, picture: string | undefined): void {
    const key = keyOf(of.id, of.take ?? of.still);
    if (picture === undefined || this.asked.get(key) === picture) return;
    this.asked.set(key, picture);
    this.post({ type: 'picture', ...of });
  }

  receive(message: PictureMessage): void {
    if (message.address === undefined) {
      this.queue.push(message);
      void this.draw();
      return;
    }
    this.known.set(keyOf(message.id, message.take ?? message.still), message.address);
    this.onChange();
  }

  /** Another film is shown. */
  reset(): void {
    this.known.clear();
    this.asked.clear();
    this.queue.length = 0;
  }

  private async draw(): Promise<void> {
    if (this.drawing >= atOnce) return;
    this.drawing++;
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
      const { draw } = next;
      if (draw === undefined) continue;
      const bytes = await drawThumbnail(draw.source, draw.kind);
      this.post({ type: 'drawn', key: draw.key, bytes: bytes ?? new Uint8Array() });
    }
    this.drawing--;
  }
}

/** The address of the picture that a scene begins with. */
export function firstFrameOf(scene: SceneShown | undefined): string | undefined {
  return scene?.pictures?.find(({ role }) => role === 'firstFrame')?.address;
}

/** @param of the number of a take, or the key of a still */
function keyOf(id: string, of?: number | string): string {
  return of === undefined ? id : `${id} ${of}`;
}
