import { memoize, memoizeLast } from '../../base/memoize.ts';
import {
  type Block,
  type Heading,
  type Html,
  type List,
  isLone,
  type LoneItem,
  type OwnItem,
  type Paragraph,
  type Span,
  withLineFeeds,
} from '../markdown/block-types.ts';
import { plainText } from '../markdown/inline-text.ts';
import { endOfLine, lineStart, nextLine, ownCopy } from '../markdown/lines.ts';
import { readPiece } from '../markdown/read-piece.ts';
import { childrenOf, shiftedSpan } from '../markdown/shift-blocks.ts';
import type { KnownNames } from '../names.ts';
import { normaliseLines } from '../normalise-text.ts';
import type { Beat, SceneId } from '../script-model.ts';
import { readContract } from './beat-contract.ts';
import { partHead, readHead } from './beat-head.ts';
import type { Section, SectionContent } from './layout.ts';
import { idComment, type OutlineItem, outlineItems } from './outline-items.ts';

/** What an item of an outline says, wherever it stands. */
export interface BeatText {
  /** Its id is empty while the document has none. */
  readonly beat: Beat;
  readonly hasId: boolean;
  /** Something stands where the seconds belong, but no number. */
  readonly badSeconds: boolean;
  /** Place and time are those of the beat before; nothing here. */
  readonly goesOn: boolean;
  /** How many lines the head stands in. */
  readonly headLines: number;
}

/** A beat where it stands. */
export interface BeatNode extends Omit<BeatText, 'headLines'> {
  readonly span: Span;
  /** The lines with title, seconds, place and cast. */
  readonly head: Span;
}

/** An outline as it was read. */
export interface ReadOutline {
  readonly section: SectionContent;
  readonly names: KnownNames;
  /** Offsets count as those of the section's content. */
  readonly beats: readonly BeatNode[];
  /** What those items say that are not read on their own, by all of their source that it depends on. */
  readonly texts: ReadonlyMap<string, BeatText>;
}

/**
 * The beats of an outline; items without any text of their own are not beats yet.
 *
 * @param text the document
 * @param before an earlier version: items that it has with the same names are not read again
 */
export function readOutline(
  { content: section, at }: Pick<Section, 'content' | 'at'>,
  text: string,
  names: KnownNames,
  before?: ReadOutline,
): ReadOutline {
  const known = before?.names === names ? before : undefined;
  if (known?.section === section) return known;
  const texts = new Map<string, BeatText>();
  const readOnce = (source: BeatSource): BeatText => {
    const key = keyOf(source);
    const beat = texts.get(key) ?? known?.texts.get(key) ?? readBeat(source, names);
    texts.set(key, beat);
    return beat;
  };
  const beats = outlineItems(section.blocks, text, at).flatMap((item): BeatNode[] => {
    const { start, end, loose } = item;
    const { own } = item.item;
    if (isLone(own) && loose.length === 0) {
      const beat = readOwn(own, names);
      return beat ? [placed(beat, { start, end }, shiftedSpan(beat.head, start - own.start))] : [];
    }
    const beat = readItem({ children: childrenOf(item.item), loose }, text, at, readOnce);
    return beat ? [placed(beat, { start, end }, beat.head)] : [];
  });
  return { section, names, beats: withPlaces(beats), texts };
}

/** What an item says that nothing else belongs to; nothing where it is no beat yet. */
const readOwn = memoizeLast((own: LoneItem, names: KnownNames) =>
  readItem({ children: own.children, loose: [] }, own.source, 0, (source) =>
    readBeat(source, names),
  ),
);

/** @param read what its source says */
function readItem(
  item: Pick<OwnItem, 'children'> & Pick<OutlineItem, 'loose'>,
  text: string,
  at: number,
  read: (source: BeatSource) => BeatText,
): (BeatText & Pick<BeatNode, 'head'>) | undefined {
  const source = sourceOf(item, text, at);
  if (source === undefined) return undefined;
  const beat = read(source);
  const { start } = source;
  return { ...beat, head: { start, end: endOfLines(text, at + start, beat.headLines) - at } };
}

/** Beats that go on from the one before are where and when that one is. */
function withPlaces(beats: readonly BeatNode[]): BeatNode[] {
  let last: Pick<Beat, 'place' | 'time'> = { place: '', time: '' };
  return beats.map((node) => {
    const beat = node.goesOn ? goingOnFrom(node.beat, last.place, last.time) : node.beat;
    last = beat;
    return node.goesOn ? { ...node, beat } : node;
  });
}

/** The same object for as long as the beat before is where it was. */
const goingOnFrom = memoizeLast((beat: Beat, place: string, time: string): Beat => ({
  ...beat,
  place,
  time,
}));

/** Where the last of so many lines ends. */
function endOfLines(text: string, start: number, count: number): number {
  let end = endOfLine(text, start);
  for (let i = 1; i < count && end < text.length; i++) end = endOfLine(text, nextLine(text, end));
  return end;
}

/** The beats with offsets into the document. */
export const placedBeats = memoizeLast(({ beats }: ReadOutline, at: number): readonly BeatNode[] =>
  beats.map((beat) => placed(beat, shiftedSpan(beat.span, at), shiftedSpan(beat.head, at))),
);

function placed(
  { beat, hasId, badSeconds, goesOn }: Omit<BeatText, 'headLines'>,
  span: Span,
  head: Span,
): BeatNode {
  return { beat, hasId, badSeconds, goesOn, span, head };
}

/** The beats by id; of several with one id the first. */
export const beatsById = memoize(({ beats }: ReadOutline): ReadonlyMap<SceneId, Beat> => {
  return new Map(beats.map(({ beat }) => [beat.id, beat] as const).reverse());
});

/** All of an item that its beat depends on. */
interface BeatSource {
  /** The paragraph or comment that begins with the title, and what follows it without an empty line. */
  readonly first: string;
  readonly start: number;
  /** The others, comments with an id among them. */
  readonly paragraphs: readonly string[];
  /** The items of lists within it. */
  readonly promises: readonly string[];
  /** What belongs to it though Markdown says otherwise, with its indentation. */
  readonly loose: string;
}

function sourceOf(
  { children, loose }: Pick<OwnItem, 'children'> & Pick<OutlineItem, 'loose'>,
  text: string,
  at: number,
): BeatSource | undefined {
  const [first, ...others] = children;
  if (!first || !isText(first)) return undefined;
  let { raw, end } = first;
  while (others[0] && isText(others[0]) && isTight(text, at + end, at + others[0].start)) {
    raw += `\n${others[0].raw}`;
    ({ end } = others[0]);
    others.shift();
  }
  if (first.type === 'html' && plainText(raw).trim() === '' && !idComment.test(raw))
    return undefined;
  return {
    first: raw,
    start: first.start,
    ...textsOf(others),
    loose: looseSource(loose, text, at),
  };
}

/** What people see as text: a comment at the start of a line is a block of its own for Markdown alone. */
function isText(block: Block): block is Paragraph | Html | Heading {
  if (block.type === 'html') return block.raw.startsWith('<!--') && block.closer === undefined;
  return block.type === 'paragraph' || block.type === 'heading';
}

/** Whether no empty line parts two blocks. */
function isTight(text: string, from: number, to: number): boolean {
  return /^[ \t>]*(?:(?:\r\n|\n|\r)[ \t>]*)?$/.test(text.slice(from, to));
}

function textsOf(blocks: readonly Block[]): Pick<BeatSource, 'paragraphs' | 'promises'> {
  const rawOf = (block: Block | undefined): string[] =>
    block?.type === 'paragraph' ? [block.raw] : [];
  const itemsOf = (list: List): string[] =>
    list.items.flatMap(
      ({
        own: {
          children: [first, ...more],
        },
      }) => [
        ...rawOf(first),
        ...more.flatMap((block) => (block.type === 'list' ? itemsOf(block) : [])),
      ],
    );
  return {
    paragraphs: blocks.flatMap((block) =>
      block.type === 'html' && idComment.test(block.raw) ? [block.raw] : rawOf(block),
    ),
    promises: blocks.flatMap((block) => (block.type === 'list' ? itemsOf(block) : [])),
  };
}

/** Blocks as they stand in the document, each without the indentation that all of its lines have. */
function looseSource(blocks: readonly Span[], text: string, at: number): string {
  let source = '';
  let last = 0;
  for (const { start, end } of blocks) {
    const lines = withLineFeeds(text.slice(lineStart(text, at + start), at + end))
      .replaceAll('\t', '    ')
      .split('\n');
    const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
    const least = indents.reduce((a, b) => Math.min(a, b), Infinity);
    const parting = source === '' ? '' : isTight(text, at + last, at + start) ? '\n' : '\n\n';
    source += parting + lines.map((line) => line.slice(least)).join('\n');
    last = end;
  }
  return source;
}

/** No source has a NUL in it. */
function keyOf({ first, paragraphs, promises, loose }: BeatSource): string {
  return [first, ...paragraphs, '', ...promises, '', loose].join('\0');
}

function readBeat(source: BeatSource, names: KnownNames): BeatText {
  const loose = textsOf(source.loose === '' ? [] : readPiece(source.loose, 0).blocks);
  const paragraphs = [...source.paragraphs, ...loose.paragraphs].map(ownCopy);
  const promises = [...source.promises, ...loose.promises].map(ownCopy);
  const first = ownCopy(source.first);
  const { head, below, lines } = partHead(first, names);
  const { title, more, badSeconds, goesOn, ...fields } = readHead(head, names);
  const contract = readContract(promises);
  const id = [first, ...paragraphs, ...promises]
    .map((raw) => idComment.exec(raw)?.[1]?.toLowerCase())
    .find((found) => found !== undefined);
  const summary = [more, below, ...paragraphs].map((part) =>
    plainText(part.replace(idComment, '').trim()),
  );
  return {
    hasId: id !== undefined,
    badSeconds,
    goesOn,
    headLines: lines,
    beat: {
      id: id ?? '',
      title,
      ...fields,
      summary: normaliseLines(summary.join('\n')),
      contract: goesOn ? { ...contract, continues: true } : contract,
    },
  };
}
