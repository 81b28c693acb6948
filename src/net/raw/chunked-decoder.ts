import { BadHttpError } from './response-head.ts';

/** The longest line between chunks and all trailers together, in bytes. */
const longestText = 16 * 1024;

/** Takes a body apart that comes in chunks of told length (RFC 9112, 7.1). */
export class ChunkedDecoder {
  private state: 'size' | 'data' | 'data-end' | 'trailer' | 'done' = 'size';
  /** Bytes of the present chunk that are still to come. */
  private left = 0;
  private line = '';
  private trailerBytes = 0;

  /** The last chunk has come. */
  get done(): boolean {
    return this.state === 'done';
  }

  /**
   * Take the next bytes of the connection; `onData` gets the body's own, piece by piece.
   *
   * @returns how many bytes belong to this body; fewer than all only at its end
   * @throws HeadError
   */
  push(bytes: Uint8Array, onData: (data: Uint8Array) => void): number {
    let at = 0;
    while (at < bytes.length && !this.done) {
      if (this.state === 'data') {
        const data = bytes.subarray(at, at + this.left);
        at += data.length;
        this.left -= data.length;
        if (this.left === 0) this.state = 'data-end';
        onData(data);
        continue;
      }
      const end = bytes.indexOf(0x0a, at);
      const text = Buffer.from(bytes.subarray(at, end < 0 ? bytes.length : end + 1));
      at += text.length;
      this.line += text.toString('latin1');
      if (this.line.length > longestText) throw new BadHttpError('A chunk has no length.');
      if (end >= 0) this.endOfLine();
    }
    return at;
  }

  private endOfLine(): void {
    const { line } = this;
    this.line = '';
    if (!line.endsWith('\r\n')) throw new BadHttpError('A chunk does not end as it should.');
    const text = line.slice(0, -2);
    if (this.state === 'size') {
      const size = /^([0-9a-fA-F]{1,12})[ \t]*(?:;|$)/.exec(text)?.[1];
      if (size === undefined) throw new BadHttpError('A chunk has no length.');
      this.left = Number.parseInt(size, 16);
      this.state = this.left === 0 ? 'trailer' : 'data';
    } else if (this.state === 'data-end') {
      if (text !== '') throw new BadHttpError('A chunk is longer than it says.');
      this.state = 'size';
    } else {
      this.trailerBytes += line.length;
      if (this.trailerBytes > longestText) throw new BadHttpError('The answer never ends.');
      if (text === '') this.state = 'done';
    }
  }
}
