import { isDeepStrictEqual } from 'node:util';
import type { Span } from '../../markdown/block-types.ts';
import { lineStart } from '../../markdown/lines.ts';
import { parseScript } from '../../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../../parse/parsed-script.ts';
import type { BeatNode } from '../../parse/outline-section.ts';
import type { Beat } from '../../script-model.ts';
import { storyOrder, type StoryEntry } from '../../story-order.ts';
import { cutBefore } from '../begin-with-cut.ts';
import { itemNumber } from '../beats/item-number.ts';
import { moveBlock } from './move-block.ts';
import { renumbered } from './renumber-scenes.ts';
import { applyEdits, type TextEdit, tidyEdits, withoutLost } from '../text-edit.ts';

/**
 * Move a scene to another place of the story: its section as a whole and, where it has one, its beat in the
 * outline. Headings and beats that are numbered by their place are numbered so again. What is planned but
 * not written moves in the outline alone.
 *
 * @param from position in the order of the story, from 0
 * @param to the position that it has afterwards
 * @returns `undefined` where the story would not be the one that is wanted, or anything of it another:
 * there are documents in which only the writer knows what belongs to what
 */
export function moveScene(script: ParsedScript, from: number, to: number): TextEdit[] | undefined {
  const before = storyOrder(script);
  const entry = before[from];
  if (entry === undefined || before[to] === undefined) return undefined;
  if (from === to) return [];
  const wanted = before.toSpliced(from, 1).toSpliced(to, 0, entry);
  // Whatever else stands between two scenes or beats is not jumped over without need.
  const isDown = to > from;
  const sections = sectionEdits(script, entry, wanted, to, isDown);
  for (const isBehind of [isDown, !isDown]) {
    const { edits: beats, cut } = beatEdits(script, entry, wanted, to, isBehind);
    const edits = tidyEdits([...sections, ...beats]);
    const after = storyOrder(parseScript(applyEdits(script.text, edits)));
    const expected = wanted.map((one) => meaning(one, cut));
    if (
      isDeepStrictEqual(
        after.map((one) => meaning(one, new Set())),
        expected,
      )
    )
      return edits;
  }
  return undefined;
}

/** What an entry of the story says, wherever it stands. @param cut beats that begin with a cut now */
function meaning({ beat, node }: StoryEntry, cut: ReadonlySet<Beat>): unknown {
  const isCut = beat !== undefined && cut.has(beat);
  const told = isCut ? { ...beat, contract: { ...beat.contract, continues: false } } : beat;
  return [told, node?.id, node?.scene, node?.written];
}

function sectionEdits(
  script: ParsedScript,
  { node }: StoryEntry,
  wanted: readonly StoryEntry[],
  to: number,
  isBehind: boolean,
): TextEdit[] {
  const { text, scenes, eol } = script;
  if (node === undefined) return [];
  const order = wanted.flatMap((entry) => entry.node ?? []);
  const numbers = new Map(order.map((one, index) => [one, index + 1]));
  const numbered = scenes.flatMap((one, index) =>
    // Only what was numbered by its place: any other number is the writer's own.
    one.number === index + 1 ? renumbered(one, numbers.get(one) ?? index + 1) : [],
  );
  if (scenes.every((one, index) => one === order[index])) return [];
  const previous = wanted.slice(0, to).findLast((one) => one.node !== undefined)?.node;
  const next = wanted.slice(to + 1).find((one) => one.node !== undefined)?.node;
  const neighbour = isBehind ? (previous ?? next) : (next ?? previous);
  if (neighbour === undefined) return [];
  const block = blockOf(text, neighbour);
  const target = neighbour === previous ? { behind: block } : { before: block };
  return moveBlock(text, blockOf(text, node), target, eol + eol, numbered);
}

/** The lines of a section, without the blank ones behind it. */
function blockOf(text: string, { span }: SceneNode): Span {
  return { start: span.start, end: endOfWords(text, span) };
}

/**
 * A beat that goes on from the one before begins with a cut where that is another one now, and says in words
 * where it is.
 */
function beatEdits(
  script: ParsedScript,
  { beat }: StoryEntry,
  wanted: readonly StoryEntry[],
  to: number,
  isBehind: boolean,
): { readonly edits: TextEdit[]; readonly cut: ReadonlySet<Beat> } {
  const { text, outline, eol } = script;
  const nothing = { edits: [], cut: new Set<Beat>() };
  const itemOf = (one: StoryEntry | undefined): BeatNode | undefined =>
    one?.beat && outline.find((item) => item.beat === one.beat);
  const item = outline.find((one) => one.beat === beat);
  const previous = itemOf(wanted.slice(0, to).findLast((one) => one.beat !== undefined));
  const next = itemOf(wanted.slice(to + 1).find((one) => one.beat !== undefined));
  const neighbour = isBehind ? (previous ?? next) : (next ?? previous);
  if (item === undefined || neighbour === undefined) return nothing;
  const rest = outline.filter((one) => one !== item);
  const place = rest.indexOf(neighbour) + Number(neighbour === previous);
  const order = rest.toSpliced(place, 0, item);
  if (outline.every((one, index) => one === order[index])) return nothing;
  const isCut = (one: BeatNode, now: number): boolean =>
    one.beat.contract.continues && outline[outline.indexOf(one) - 1] !== order[now - 1];
  const inner = withoutLost(
    order.flatMap((one, now) => [
      ...(isCut(one, now) ? cutBefore(text, one) : []),
      ...itemNumber(text, one, outline.indexOf(one) + 1, now + 1),
    ]),
  );
  const block = itemBlock(text, neighbour);
  const target = neighbour === previous ? { behind: block } : { before: block };
  return {
    edits: moveBlock(text, itemBlock(text, item), target, eol, inner),
    cut: new Set(order.filter(isCut).map((one) => one.beat)),
  };
}

/** The lines of an item, without the blank ones behind it. */
function itemBlock(text: string, { span }: BeatNode): Span {
  return { start: lineStart(text, span.start), end: endOfWords(text, span) };
}

function endOfWords(text: string, { start, end }: Span): number {
  return start + text.slice(start, end).trimEnd().length;
}
