import { lazily } from '../../base/lazily.ts';
import { type Block, isLone, type LoneItem } from './block-types.ts';
import { itemMarkAt } from './item-mark.ts';

/** The items of lists in an earlier version of a piece, for those that stand there now. */
export class EarlierItems {
  private readonly items: readonly LoneItem[];
  private readonly indexes: () => ReadonlyMap<string, number>;
  /** The one that should come next: most follow each other as they did. */
  private next = 0;

  constructor(blocks: readonly Block[]) {
    this.items = blocks.flatMap((block) =>
      block.type === 'list' ? block.items.map(({ own }) => own).filter(isLone) : [],
    );
    this.indexes = lazily(() => new Map(this.items.map(({ source }, i) => [source, i])));
  }

  /** The next one, where it stands at `at` word for word and ends there for certain. */
  at(text: string, at: number): LoneItem | undefined {
    const item = this.items[this.next];
    if (item === undefined) return undefined;
    const { source, indent } = item;
    const end = at + source.length;
    if (text.slice(at, end) !== source) return undefined;
    const isWhole =
      end === text.length ||
      (source.endsWith('\n') && !text.startsWith(' '.repeat(indent), end) && itemMarkAt(text, end));
    if (!isWhole) return undefined;
    this.next++;
    return item;
  }

  /** The one that consists of these lines, wherever it stood. */
  of(source: string): LoneItem | undefined {
    if (this.items.length === 0) return undefined;
    const index = this.indexes().get(source);
    if (index === undefined) return undefined;
    this.next = index + 1;
    return this.items[index];
  }
}
