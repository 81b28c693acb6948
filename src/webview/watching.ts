import type { FromPage } from './protocol.ts';

/** Tells the extension which cells' scenes the parts of the page want to show. */
export class Watching {
  private readonly post: (message: FromPage) => void;
  private readonly wanted = new Map<string, readonly string[]>();
  private told = '';

  constructor(post: (message: FromPage) => void) {
    this.post = post;
  }

  /** From now on a part of the page shows these cells' scenes, and no others. */
  set(part: string, ids: readonly string[]): void {
    this.wanted.set(part, ids);
    const all = [...new Set([...this.wanted.values()].flat())];
    const key = all.join(' ');
    if (key === this.told) return;
    this.told = key;
    this.post({ type: 'watch', ids: all });
  }

  /** The extension shows another film, or has forgotten. */
  reset(): void {
    this.wanted.clear();
    this.told = '';
  }
}
