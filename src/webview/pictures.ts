import { drawThumbnail } from './draw-thumbnail.ts';
import type { Cell, FromPage, ToPage } from './protocol.ts';

type PictureMessage = Extract<ToPage, { readonly type: 'picture' }>;

/** Thumbnails that are drawn at the same time. */
const atOnce = 2;

/**
 * The thumbnails of cells. Only of those that are seen the extension is asked; where it has none yet, the
 * page draws it, and the extension keeps it.
 */
export class Pictures {
  private readonly post: (message: FromPage) => void;
  private readonly onChange: () => void;
  private readonly known = new Map<string, string>();
  /** By id of the cell: the picture that was asked for. */
  private readonly asked = new Map<string, string>();
  private readonly queue: PictureMessage[] = [];
  private drawing = 0;

  constructor(post: (message: FromPage) => void, onChange: () => void) {
    this.post = post;
    this.onChange = onChange;
  }

  /** The address of a cell's thumbnail, of an older one while a newer is made. */
  of({ id, picture }: Cell): string | undefined {
    return picture === undefined ? undefined : this.known.get(id);
  }

  /** These cells are seen, or nearly. */
  see(cells: Iterable<Cell>): void {
    for (const { id, picture } of cells) {
      if (picture === undefined || this.asked.get(id) === picture) continue;
      this.asked.set(id, picture);
      this.post({ type: 'picture', id });
    }
  }

  receive(message: PictureMessage): void {
    if (message.address === undefined) {
      this.queue.push(message);
      void this.draw();
      return;
    }
    this.known.set(message.id, message.address);
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
      if (bytes !== undefined) this.post({ type: 'drawn', key: draw.key, bytes });
    }
    this.drawing--;
  }
}
