import { innerWords } from '../inner-text.ts';
import { memoize } from '../../base/memoize.ts';
import {
  type Block,
  type Heading,
  itemAsRead,
  type List,
  type ListItem,
  type OwnItem,
  type Span,
} from '../markdown/block-types.ts';
import { lineStart } from '../markdown/lines.ts';
import { childrenOf } from '../markdown/shift-blocks.ts';
import { limits } from '../limits.ts';
import { shownWords } from '../markdown/shown-words.ts';
import { contractLabel } from './beat-contract.ts';
import { wordsFor } from './label-words.ts';
import { readSeconds, splitFields } from './scene-fields.ts';

/**
 * Which part of a document is its outline, and which lists of that are beats. An id says so for
 * certain, whatever stands around it; without one it is the heading, the kind of list, and what the items
 * look like.
 */

/** A beat's id. Word processors make a dash of two hyphens; the comment can then be seen, but is meant. */
export const idComment = /(?<!\\)<!(?:--|[–—])\s*id:\s*([a-z0-9]{6})\s*(?:--|[–—])>/i;

/** What people call an outline, in capitals. */
const outlineNames = new Set(
  wordsFor('outline').map((name) => name.toUpperCase().normalize('NFKC')),
);

/** Whether a heading says that an outline follows, whatever stands around the word: `**Outline:**`. */
export const isOutlineHeading = memoize((heading: Heading): boolean => {
  const shown = shownWords(heading);
  // The names are short, and so is what people put around them.
  if (shown.length > limits.name) return false;
  const words = innerWords(shown);
  return words.length < 40 && outlineNames.has(words.toUpperCase());
});

/** Whether some list of these blocks has beats for certain. */
export function hasBeatIds(blocks: readonly Block[]): boolean {
  return blocks.some((block) => {
    const lone = itemOf(block);
    return lone ? isCertain(lone) : listsOf(block).some(hasIds);
  });
}

/** Whether a list of these blocks has items that say how many seconds they last, as beats do. */
export function looksLikeBeats(blocks: readonly Block[]): boolean {
  return blocks.some((block) => block.type === 'list' && saysSeconds(block));
}

/** An item that is a beat, or none yet while it has no text, and what belongs to it. */
export interface OutlineItem extends Span {
  readonly item: ListItem;
  /**
   * Blocks that belong to the item by their indentation or by what they are, and not for Markdown: its
   * number has become longer, or a list has lost its indentation.
   */
  readonly loose: readonly Span[];
  /** Index of its last block among those of the section. */
  readonly block: number;
}

/**
 * The items of an outline's lists in the order of the document.
 *
 * @param text the document
 * @param at where the offsets of the blocks count from
 */
export function outlineItems(blocks: readonly Block[], text: string, at: number): OutlineItem[] {
  const items: ({ -readonly [Key in keyof OutlineItem]: OutlineItem[Key] } & { loose: Span[] })[] =
    [];
  const bullets = !blocks.some((block) => block.type === 'list' && block.ordered);
  let open = false;
  const take = ({ start, end }: Span, block: number): boolean => {
    const last = open ? items.at(-1) : undefined;
    if (!last) return false;
    last.loose.push({ start, end });
    Object.assign(last, { end, block });
    return true;
  };
  blocks.forEach((block, index) => {
    const lists = listsOf(block).filter((list) => isBeatList(list, bullets));
    const lone = itemOf(block);
    const own = lone ? [lone] : lists.flatMap((list) => list.items);
    // A beat may well be called “Ende: …”; who writes promises numbers none of them.
    const isNumbered = lists.some((list) => list.ordered);
    const last = open ? items.at(-1) : undefined;
    const isMore = last !== undefined && isLoose(block, blocks[index + 1], last, text, at);
    if (own.length === 0 || isMore) {
      open = isMore && take(block, index);
      return;
    }
    // Acts come before all beats of their list, whatever ids those have yet.
    const firstBeat = own.findIndex((one) => !isAct(one));
    const acts = new Set(firstBeat === -1 ? own : own.slice(0, firstBeat));
    for (const item of own.flatMap((one) => withNested(one).slice(acts.has(one) ? 1 : 0))) {
      open &&= !isNumbered && isPromise(item) && take(item, index);
      if (open) continue;
      items.push({ start: item.start, end: item.end, item, loose: [], block: index });
      open = true;
    }
  });
  return items;
}

const itemMark = /^(?:\d{1,9}[.)]|[-*+•])\s+/;

/**
 * A text outside of any list that begins as items do and has an id, or seconds behind its number: what
 * stands before it keeps Markdown from seeing a list.
 */
const itemOf = memoize((block: Block): ListItem | undefined => {
  if (block.type !== 'heading' && block.type !== 'paragraph') return undefined;
  const raw = block.raw.replace(itemMark, '');
  const isMarked = raw !== block.raw;
  const isItem = idComment.test(raw)
    ? block.type === 'heading' || isMarked || /^(?:\*\*|__)/.test(raw)
    : block.type === 'paragraph' && isMarked && hasSeconds(raw);
  if (!isItem) return undefined;
  return itemAsRead({ start: block.start, end: block.end, children: [{ ...block, raw }] });
});

/** The lists that a block may have beats in. */
function listsOf(block: Block): List[] {
  if (block.type === 'list') return [block];
  return block.type === 'quote' ? block.children.flatMap(listsOf).filter(hasIds) : [];
}

/** @param bullets no list of the section is numbered */
function isBeatList(list: List, bullets: boolean): boolean {
  return (
    list.ordered || hasIds(list) || list.items.some(hasNested) || (bullets && saysSeconds(list))
  );
}

const hasIds = memoize(({ items }: List): boolean => items.some(isCertain));

/** An item with an id is a beat, whatever else it looks like; unless it is a promise of one. */
const isCertain = ofItem((item) => idOfItem(item) !== undefined && !isLabelledItem(item));

/** An item that begins with the label of a promise, and has no id that makes it a beat. */
const isPromise = ofItem((item) => isLabelledItem(item) && idOfItem(item) === undefined);

/** What is told of an item without its place, and once for all versions of the document that have it. */
function ofItem<Value>(tell: (item: OwnItem) => Value): (item: ListItem) => Value {
  const known = memoize(tell);
  return ({ own }) => known(own);
}

const saysSeconds = memoize(({ items }: List): boolean =>
  items.some(
    ({
      own: {
        children: [first],
      },
    }) => first?.type === 'paragraph' && hasSeconds(first.raw),
  ),
);

/** Whether a text says its seconds in a field of its own, behind a title. */
function hasSeconds(raw: string): boolean {
  return splitFields(raw).some((field, i) => i > 0 && readSeconds(field) !== undefined);
}

/** The id that stands in an item itself, not in a list within it. */
function idOfItem({ children }: OwnItem): string | undefined {
  for (const child of children) {
    if (child.type !== 'paragraph' && child.type !== 'html' && child.type !== 'heading') continue;
    const id = idComment.exec(child.raw)?.[1];
    if (id !== undefined) return id;
  }
  return undefined;
}

/** An item, and behind it those within it that are beats of their own: they are indented by mistake. */
function withNested(item: ListItem): ListItem[] {
  if (!hasNested(item)) return [item];
  const all = childrenOf(item);
  const nested = all.flatMap((child) =>
    child.type === 'list' ? child.items.filter(isCertain) : [],
  );
  const children = all.flatMap((child): Block[] => {
    if (child.type !== 'list') return [child];
    const items = child.items.filter((one) => !nested.includes(one));
    return items.length === 0 ? [] : [{ ...child, items }];
  });
  const { start, end } = item;
  return [itemAsRead({ start, end, children }), ...nested.flatMap(withNested)];
}

const hasNested = ofItem(({ children }) =>
  children.some((child) => child.type === 'list' && hasIds(child)),
);

/** Nothing but a title and beats that have ids: that of an act, or of a beat that others are indented beneath by mistake. */
const isAct = ofItem(({ children }) => {
  const [first, ...others] = children;
  const hasTitle =
    first?.type === 'paragraph' && !idComment.test(first.raw) && !hasSeconds(first.raw);
  const isRest = others.every(({ type }) => type === 'list');
  return hasTitle && isRest && others.some((child) => child.type === 'list' && hasIds(child));
});

function isLabelled(block: Block): boolean {
  return (
    block.type === 'list' && !hasIds(block) && block.items.some(({ own }) => isLabelledItem(own))
  );
}

function isLabelledItem(item: OwnItem): boolean {
  const [first] = item.children;
  return first?.type === 'paragraph' && contractLabel(first.raw) !== undefined;
}

/** Whether a block that stands behind an item belongs to it, though for Markdown the list has ended. */
function isLoose(
  block: Block,
  next: Block | undefined,
  { item, loose }: OutlineItem,
  text: string,
  at: number,
): boolean {
  if (block.type === 'heading') return false;
  if (block.type === 'html') {
    // An empty comment is what parts a list from what is not its own.
    if (/^<!--\s*-->$/.test(block.raw)) return false;
    return !idComment.test(block.raw) || idOfItem(item.own) === undefined;
  }
  if (isLabelled(block)) return true;
  if (itemOf(block) || listsOf(block).some((list) => list.ordered || hasIds(list))) return false;
  if (isIndented(text, at + block.start)) return true;
  const [first, ...others] = item.own.children;
  const hasText = loose.length > 0 || others.some(({ type }) => type === 'paragraph');
  if (block.type !== 'paragraph' || hasText) return false;
  return first?.start === item.own.start || (next !== undefined && isLabelled(next));
}

/** By so much that it is no accident. */
function isIndented(text: string, at: number): boolean {
  const line = lineStart(text, at);
  return /(?: {2}|\t)/y.test(text.slice(line, line + 2));
}
