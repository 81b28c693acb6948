import { memoize } from '../base/memoize.ts';
import { escapedIds } from './escaped-ids.ts';
import { isWithin, keptOutside } from './kept-outside.ts';
import { areInOrder, gapsOf, type LoosePart, type Missing, type Sides } from './loose-scenes.ts';
import { sidesOf, titlesOf } from './loose-scenes.ts';
import type { Span } from './markdown/block-types.ts';
import { nameKey } from './names.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';
import { indexByNumber } from './partners.ts';
import { reshaped } from './reshape.ts';
import {
  anyComment,
  strayEnds,
  headingLines,
  strayComments,
  type StrayText,
  strayTexts,
  type Untied,
} from './stray-scene-text.ts';
import type { SceneId } from './script-model.ts';
import { isToldIn } from './told-in.ts';

/**
 * What of the script Write Scenes would order although it seems to be there; nothing where it would
 * order nothing, and nothing of what is plainly the writer's own. In the order of the document.
 */
export const untiedScenes = memoize((script: ParsedScript): readonly Untied[] => {
  if (!script.isScript || script.beyond || script.conflicts.length > 0) return [];
  const planned = new Set(script.outline.map(({ beat }) => beat.id));
  const empty = script.scenes.some(
    ({ id, written }) => !written && (id === undefined || !planned.has(id)),
  );
  const isWithout = script.outline.length === 0 && !empty;
  const ids = escapedIds(script);
  // Before those are comments again nobody can say what belongs to what; but where everything was escaped,
  // all of it is put right at once.
  if (ids.length > 0 && !(isWithout && reshaped(script) !== undefined))
    return ids.map(({ start, end }): Untied => ({ kind: 'id', span: { start, end } }));
  if (isWithout) return withoutOutline(script);
  if (!empty && areAllTied(script, planned)) return [];
  const sides = sidesOf(script);
  if (sides.missing.size === 0 && !empty) return [];
  const outside = keptOutside(script);
  const isAsked = ({ span }: { span: Span }): boolean => !isWithin(outside, span.start);
  const pairs = pairsByTitle(script, sides);
  const open = new Map(sides.missing);
  for (const { number = 0 } of pairs) open.delete(number - 1);
  const lines =
    open.size === 0 && !empty ? [] : headingLines(script, [...open.values()]).filter(isAsked);
  const comments =
    open.size === 0 && !empty ? [] : strayComments(script, [...open.values()]).filter(isAsked);
  const found = [
    ...pairs,
    ...lines,
    ...comments.filter(({ beat }) => beat === undefined || !lines.some((one) => one.beat === beat)),
  ];
  for (const { number = 0 } of found) open.delete(number - 1);
  const named = new Set(found.map(({ node }) => node));
  const shown = [...lines, ...comments].map(({ span }) => span.start);
  const texts = strayTexts(script).filter(
    ({ start, from }) => !shown.some((at) => from <= at && at < start),
  );
  const parts = [
    ...looseParts(script, sides, open).filter(({ node }) => !named.has(node)),
    ...(open.size === 0 && !empty ? [] : texts.map((stray) => partOf(script, stray))),
    ...endParts(script, sides, open),
  ]
    .filter(isAsked)
    .sort((a, b) => a.start - b.start);
  return [...found, ...pairsByPlace(script, sides, open, parts)].sort(
    (a, b) => a.span.start - b.span.start,
  );
});

/** Without beats everything would be planned and written anew. */
function withoutOutline(script: ParsedScript): Untied[] {
  const [first] = script.scenes.filter(({ written }) => written);
  const outside = keptOutside(script);
  const span =
    first?.heading ??
    anyComment(script) ??
    strayTexts(script).find(({ start }) => !isWithin(outside, start)) ??
    escapedHeading(script);
  if (span === undefined) return [];
  return [{ kind: 'outline', span: { start: span.start, end: span.end } }];
}

/** A heading with a backslash before it, where the document is a script without those. */
function escapedHeading(script: ParsedScript): Span | undefined {
  const found = /^[ \t]*\\#[^\r\n]*/m.exec(script.text);
  if (found === null || reshaped(script) === undefined) return undefined;
  return { start: found.index, end: found.index + found[0].length };
}

/**
 * Whether each beat has a scene by its id and each scene a beat, as in nearly all scripts that are written:
 * then nothing is missing, whatever the titles are.
 */
function areAllTied({ scenes }: ParsedScript, planned: ReadonlySet<SceneId>): boolean {
  const open = new Set(planned);
  const isTied = scenes.every(
    ({ id, written }) => !written || (id !== undefined && open.delete(id)),
  );
  return isTied && open.size === 0;
}

/** Loose scenes that have the title of a missing beat, and an id that keeps them from it. */
function pairsByTitle({ scenes }: ParsedScript, { missing, loose }: Sides): Untied[] {
  const byTitle = Map.groupBy(missing.values(), ({ beat }) => nameKey(beat.beat.title));
  byTitle.delete('');
  return scenes.flatMap((node): Untied[] => {
    const same = loose.has(node) && byTitle.get(nameKey(node.scene.title))?.shift();
    return same ? [scene(node, same)] : [];
  });
}

function scene(node: SceneNode, { beat, index }: Missing): Untied {
  return { kind: 'scene', span: node.heading, node, beat, number: index + 1 };
}

/** What may be a scene, as its place is found. */
interface Part extends LoosePart {
  readonly span: Span;
  readonly told: string;
  /** See `Untied`. */
  readonly begins?: Span;
}

/**
 * Scenes that may be of the outline: those with a prompt, as a model writes them, where others are put in
 * by hand, and copies have the id and the title of another; and those that say the number of a missing
 * beat and stand in another place.
 */
function looseParts(
  script: ParsedScript,
  { tied, loose }: Sides,
  open: ReadonlyMap<number, Missing>,
): Part[] {
  const twins = new Set(Array.from(tied.keys(), idAndTitle));
  return script.scenes
    .filter((node) => {
      if (tied.has(node)) return false;
      const index = indexByNumber(node);
      if (index !== undefined && open.has(index)) return true;
      return loose.has(node) && node.promptSpan !== undefined && !twins.has(idAndTitle(node));
    })
    .map((node) => ({
      start: node.span.start,
      node,
      span: node.heading,
      told: script.text.slice(node.heading.end, node.span.end),
    }));
}

function partOf(script: ParsedScript, stray: StrayText): Part {
  const { start, end, begins, until } = stray;
  const told = script.text.slice((begins ?? stray).end, until);
  return { start, span: { start, end }, told, ...(begins ? { begins } : {}) };
}

/** What may be the end of the next scene, where that is missing. */
function endParts(
  script: ParsedScript,
  { tied }: Sides,
  open: ReadonlyMap<number, Missing>,
): Part[] {
  if (open.size === 0) return [];
  return strayEnds(script).flatMap(({ start, end, node }): Part[] => {
    const index = tied.get(node);
    if (index === undefined || !open.has(index + 1)) return [];
    const told = script.text.slice(start, node.span.end);
    return [{ start, span: { start, end }, told, begins: { start, end: start } }];
  });
}

function idAndTitle({ id = '', scene }: SceneNode): string {
  return `${id} ${nameKey(scene.title)}`;
}

/** So many beats to each side are compared with a text. */
const near = 8;
/** So many are offered for a scene. */
const most = 3;

/** Which of the parts are which missing beats by their order, and which of them may be. */
function pairsByPlace(
  script: ParsedScript,
  sides: Sides,
  open: ReadonlyMap<number, Missing>,
  parts: readonly Part[],
): Untied[] {
  const { outline, reading } = script;
  const titleOf = titlesOf(outline);
  const titled = new Set(titleOf.values());
  titled.delete('');
  const inOrder = areInOrder(script, sides);
  const isToldOf = ({ told }: Part, { beat, index }: Missing): boolean => {
    const others = outline.slice(Math.max(0, index - near), index + near + 1);
    const compared = others.filter((other) => other !== beat).map((other) => other.beat);
    return isToldIn(told, beat.beat, compared, reading.names);
  };
  return gapsOf(script, sides, parts).flatMap((gap): Untied[] => {
    const { indexes, beside } = gap;
    // No beat is missing there: the writer has deleted the beat and kept the scene, with its id, unless
    // those beside it may have changed their ids.
    const isKept =
      gap.parts.every(({ node }) => node?.id !== undefined && !titleOf.has(node.id)) &&
      beside.every(({ id = '', scene }) => titleOf.get(id) === nameKey(scene.title));
    if (sides.missing.size === 0 || (inOrder && indexes.length === 0 && isKept)) return [];
    const candidates = indexes.flatMap((index) => open.get(index) ?? []);
    const areAsMany =
      candidates.length === gap.parts.length &&
      !gap.parts.some(({ node }) => titled.has(nameKey(node?.scene.title ?? '')));
    return gap.parts.map((part, i): Untied => {
      const { node, span, begins } = part;
      const sure = areAsMany ? candidates[i] : undefined;
      const isSure = sure !== undefined && isToldOf(part, sure);
      const numbered = node && open.get(indexByNumber(node) ?? -1);
      const maybe = [...(numbered ? [numbered] : []), ...candidates.slice(0, most)];
      return {
        kind: node ? 'scene' : 'text',
        span,
        ...(node ? { node } : {}),
        ...(begins ? { begins } : {}),
        ...(isSure ? { beat: sure.beat, number: sure.index + 1 } : { maybe: [...new Set(maybe)] }),
      };
    });
  });
}
