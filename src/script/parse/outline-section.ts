import { memoize, memoizeLast } from '../../base/memoize.ts';
import type { Block, ListItem, Span } from '../markdown/block-types.ts';
import {
  isCast,
  readField,
  readNames,
  readPlaceAndTime,
  readSeconds,
  splitFields,
} from './scene-fields.ts';
import { leadingBold, plainText } from '../markdown/inline-text.ts';
import { endOfLine, ownCopy } from '../markdown/lines.ts';
import { shiftedSpan } from '../markdown/shift-blocks.ts';
import { outlineLists, type Section, type SectionContent } from './layout.ts';
import type { KnownNames } from '../names.ts';
import type { Beat, SceneId } from '../script-model.ts';
import { normaliseLine, normaliseLines } from '../normalise-text.ts';

/** What an item of an outline says, wherever it stands. */
export interface BeatText {
  /** Its id is empty while the document has none. */
  readonly beat: Beat;
  readonly hasId: boolean;
  /** Something stands where the seconds belong, but no number. */
  readonly badSeconds: boolean;
}

/** A beat where it stands. */
export interface BeatNode extends BeatText {
  readonly span: Span;
  /** The line with the title. */
  readonly head: Span;
}

/** An outline as it was read. */
export interface ReadOutline {
  readonly section: SectionContent;
  readonly names: KnownNames;
  /** Offsets count as those of the section's content. */
  readonly beats: readonly BeatNode[];
  /** What items say, by all of their source that it depends on. */
  readonly texts: ReadonlyMap<string, BeatText>;
}

/** Seconds of a beat or scene that does not say: what the planner aims at. */
export const defaultSeconds = 8;

const idComment = /(?<!\\)<!--\s*id:\s*([a-z0-9]{6})\s*-->/;

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
  const beats = outlineLists(section).flatMap((list) =>
    list.items.flatMap((item): BeatNode[] => {
      const source = sourceOf(item);
      if (source === undefined) return [];
      const key = keyOf(source);
      const beat = texts.get(key) ?? known?.texts.get(key) ?? readBeat(source, names);
      texts.set(key, beat);
      const { start } = source;
      const head = { start, end: endOfLine(text, at + start) - at };
      return [placed(beat, { start: item.start, end: item.end }, head)];
    }),
  );
  return { section, names, beats, texts };
}

/** The beats with offsets into the document. */
export const placedBeats = memoizeLast(({ beats }: ReadOutline, at: number): readonly BeatNode[] =>
  beats.map((beat) => placed(beat, shiftedSpan(beat.span, at), shiftedSpan(beat.head, at))),
);

function placed({ beat, hasId, badSeconds }: BeatText, span: Span, head: Span): BeatNode {
  return { beat, hasId, badSeconds, span, head };
}

/** The beats by id; of several with one id the first. */
export const beatsById = memoize(({ beats }: ReadOutline): ReadonlyMap<SceneId, Beat> => {
  return new Map(beats.map(({ beat }) => [beat.id, beat] as const).reverse());
});

/** All of an item that its beat depends on. */
interface BeatSource {
  /** The paragraph or comment that begins with the title. */
  readonly first: string;
  readonly start: number;
  readonly paragraphs: readonly string[];
  /** The items of lists within it. */
  readonly promises: readonly string[];
}

function sourceOf({ children }: ListItem): BeatSource | undefined {
  const [first, ...others] = children;
  if (first?.type !== 'paragraph' && first?.type !== 'html') return undefined;
  if (first.type === 'html' && !idComment.test(first.raw)) return undefined;
  const rawOf = (block: Block | undefined): string[] =>
    block?.type === 'paragraph' ? [block.raw] : [];
  return {
    first: first.raw,
    start: first.start,
    paragraphs: others.flatMap(rawOf),
    promises: others.flatMap((block) =>
      block.type === 'list' ? block.items.flatMap((item) => rawOf(item.children[0])) : [],
    ),
  };
}

/** No source has a NUL in it. */
function keyOf({ first, paragraphs, promises }: BeatSource): string {
  return [first, ...paragraphs, '', ...promises].join('\0');
}

function readBeat({ first, paragraphs, promises }: BeatSource, names: KnownNames): BeatText {
  const raw = ownCopy(first);
  const comment = idComment.exec(raw);
  const { head, below } = partHead(raw, comment);
  const { title, more, badSeconds, ...fields } = readHead(head, names);
  const summary = [more, below, ...paragraphs].map((part) => plainText(ownCopy(part).trim()));
  return {
    hasId: comment !== null,
    badSeconds,
    beat: {
      id: comment?.[1] ?? '',
      title,
      ...fields,
      summary: normaliseLines(summary.join('\n')),
      contract: readContract(promises.map(ownCopy)),
    },
  };
}

/** The head ends at the id; where there is none, or before everything, with its line. */
function partHead(
  source: string,
  comment: RegExpExecArray | null,
): { head: string; below: string } {
  let raw = source;
  if (comment) {
    const after = raw.slice(comment.index + comment[0].length);
    if (comment.index > 0) return { head: raw.slice(0, comment.index).trim(), below: after };
    raw = after.trimStart();
  }
  const [head = '', ...below] = raw.split('\n');
  return { head: head.trimEnd().replace(/\\$/, ''), below: below.join('\n') };
}

function readHead(
  raw: string,
  names: KnownNames,
): Pick<Beat, 'title' | 'seconds' | 'place' | 'time' | 'cast'> & {
  more: string;
  badSeconds: boolean;
} {
  const found = leadingBold(raw);
  const fields = splitFields(found?.rest ?? raw);
  const [start = ''] = fields.splice(0, 1);
  const title = readField(found?.bold ?? start);
  const more = found ? start.replace(/^[-:.–—\s]+/, '') : '';

  const at = fields.findIndex((field) => readSeconds(field) !== undefined);
  const seconds = readSeconds(fields[at] ?? '');
  const badSeconds = at === -1 && (fields.length === 3 || /^\S+\s*s$/.test(fields[0] ?? ''));
  if (at !== -1) fields.splice(at, 1);
  else if (badSeconds) fields.shift();

  let [where = '', cast = ''] = fields;
  if (fields.length === 1 && isCast(where, names)) [where, cast] = ['', where];
  return {
    title,
    more,
    badSeconds,
    seconds: seconds ?? defaultSeconds,
    ...readPlaceAndTime(where, names),
    cast: readNames(cast),
  };
}

const contractLabel = /^\*{0,2}(enters|entry|leaves|exit|hand-?off|continues)\s*:\s*(?:\*\*)?\s*/i;

function readContract(promises: readonly string[]): Beat['contract'] {
  const found = new Map<string, string[]>();
  for (const raw of promises) {
    const label = contractLabel.exec(raw);
    if (!label) continue;
    const key = (label[1] ?? '').slice(0, 2).toLowerCase();
    const values = found.get(key) ?? [];
    found.set(key, values);
    values.push(plainText(raw.slice(label[0].length)));
  }
  const lines = (...keys: string[]): string =>
    normaliseLines(keys.flatMap((key) => found.get(key) ?? []).join('\n'));
  return {
    entry: lines('en'),
    exit: lines('le', 'ex'),
    handOff: lines('ha'),
    continues: /^(?:y|true|x)/i.test(normaliseLine(lines('co'))),
  };
}
