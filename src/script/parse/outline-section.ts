import type { Block, ListItem, Span } from '../markdown/block-types.ts';
import {
  isCast,
  readField,
  readNames,
  readPlaceAndTime,
  readSeconds,
  splitFields,
} from './scene-fields.ts';
import { plainText } from '../markdown/inline-text.ts';
import { outlineLists, type Section } from './layout.ts';
import type { Beat, Bible } from '../script-model.ts';
import { normaliseLine, normaliseLines } from '../normalise-text.ts';

/** A beat with what the document says about it besides. */
export interface ReadBeat {
  readonly beat: Beat;
  readonly span: Span;
  readonly hasId: boolean;
  /** The line with the title. */
  readonly head: Span;
  /** Something stands where the seconds belong, but no number. */
  readonly badSeconds: boolean;
}

/** Seconds of a beat or scene that does not say: what the planner aims at. */
export const defaultSeconds = 8;

const idComment = /(?<!\\)<!--\s*id:\s*([a-z0-9]{6})\s*-->/;

/** The beats of an outline; items without any text of their own are not beats yet. */
export function readOutline(section: Section, text: string, bible: Bible): ReadBeat[] {
  return outlineLists(section).flatMap((list) =>
    list.items.flatMap((item) => readBeat(item, text, bible) ?? []),
  );
}

function readBeat(item: ListItem, text: string, bible: Bible): ReadBeat | undefined {
  const [first, ...others] = item.children;
  if (first?.type !== 'paragraph' && first?.type !== 'html') return undefined;
  const comment = idComment.exec(first.raw);
  if (first.type === 'html' && !comment) return undefined;
  const { head, below } = partHead(first.raw, comment);
  const { title, more, badSeconds, ...fields } = readHead(head, bible);
  const paragraphs = others.flatMap((block) => (block.type === 'paragraph' ? [block.raw] : []));
  const summary = [more, below, ...paragraphs].map((raw) => plainText(raw.trim()));
  return {
    span: { start: item.start, end: item.end },
    hasId: comment !== null,
    head: { start: first.start, end: endOfLine(text, first.start) },
    badSeconds,
    beat: {
      id: comment?.[1] ?? '',
      title,
      ...fields,
      summary: normaliseLines(summary.join('\n')),
      contract: readContract(others),
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
  bible: Bible,
): Pick<Beat, 'title' | 'seconds' | 'place' | 'time' | 'cast'> & {
  more: string;
  badSeconds: boolean;
} {
  const bold = /^\*\*((?:\\[\s\S]|[^*\\])+)\*\*/.exec(raw);
  const fields = splitFields(bold ? raw.slice(bold[0].length) : raw);
  const [start = ''] = fields.splice(0, 1);
  const title = readField(bold?.[1] ?? start);
  const more = bold ? start.replace(/^[-:.–—\s]+/, '') : '';

  const at = fields.findIndex((field) => readSeconds(field) !== undefined);
  const seconds = readSeconds(fields[at] ?? '');
  const badSeconds = at === -1 && (fields.length === 3 || /^\S+\s*s$/.test(fields[0] ?? ''));
  if (at !== -1) fields.splice(at, 1);
  else if (badSeconds) fields.shift();

  let [where = '', cast = ''] = fields;
  if (fields.length === 1 && isCast(where, bible)) [where, cast] = ['', where];
  return {
    title,
    more,
    badSeconds,
    seconds: seconds ?? defaultSeconds,
    ...readPlaceAndTime(where, bible),
    cast: readNames(cast),
  };
}

const contractLabel = /^\*{0,2}(enters|entry|leaves|exit|hand-?off|continues)\s*:\s*(?:\*\*)?\s*/i;

function readContract(blocks: readonly Block[]): Beat['contract'] {
  const found = new Map<string, string[]>();
  for (const block of blocks) {
    if (block.type !== 'list') continue;
    for (const { children } of block.items) {
      const [first] = children;
      if (first?.type !== 'paragraph') continue;
      const label = contractLabel.exec(first.raw);
      if (!label) continue;
      const key = (label[1] ?? '').slice(0, 2).toLowerCase();
      const value = plainText(first.raw.slice(label[0].length));
      found.set(key, [...(found.get(key) ?? []), value]);
    }
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

function endOfLine(text: string, start: number): number {
  const ends = /[\r\n]|$/g;
  ends.lastIndex = start;
  return ends.exec(text)?.index ?? text.length;
}
