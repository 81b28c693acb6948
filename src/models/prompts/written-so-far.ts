import type { Scene } from '../../script/script-model.ts';
import { numbered, sceneInFull, sceneInOneLine } from './script-text.ts';
import { memoize } from '../../base/memoize.ts';
import { piece, type Piece } from '../language-model/token-estimate.ts';

/**
 * What has been written before a scene: the nearest scenes in full, those before them by one line
 * each, the oldest not at all where there is no room. Wherever a limit lies it moves in steps, so that
 * what the next request is told begins, most of the time, with all that this one was told.
 */

/** A written scene and its place in the outline, from 0; below 0 where the outline lacks it. */
export interface Placed {
  readonly scene: Scene;
  readonly position: number;
}

/** So many of the nearest scenes are given in full, less by up to a step. */
const mostInFull = 11;
const fullStep = 4;

/** The scenes in full may take so much of the room, and the nearest one all of it. */
const fullShare = 0.6;

/** The oldest scenes are left out by so many at a time. */
const omittedStep = 20;

/** Tokens of a scene's number and of the line ends around it. */
const framing = 6;

const full = memoize((scene: Scene): Piece => piece(sceneInFull(scene)));
const line = memoize((scene: Scene): Piece => piece(sceneInOneLine(scene)));

/** Tokens that a scene takes in full, its framing included. */
export function fullTokens(scene: Scene): number {
  return full(scene).tokens + framing;
}

/** @param room tokens; the text never takes more, and is empty where it cannot say anything */
export function writtenSoFar(before: readonly Placed[], room: number): Piece {
  const nearest = before.at(-1);
  if (nearest === undefined) return within(room, piece('Nothing yet.'));
  if (fullTokens(nearest.scene) > room) {
    return within(room, piece(numbered(line(nearest.scene).text, nearest.position)));
  }
  const start = firstInFull(before, room);
  let taken = 0;
  for (const { scene } of before.slice(start)) taken += fullTokens(scene);

  const omitted = piece(`(Earlier scenes are left out here.)`);
  let first = start;
  let lines = 0;
  while (first > 0) {
    const next = before[first - 1];
    const more = next === undefined ? 0 : line(next.scene).tokens + framing;
    if (taken + lines + more + (first > 1 ? omitted.tokens : 0) > room) break;
    lines += more;
    first--;
  }
  if (first > 0) first = Math.min(start, Math.ceil(first / omittedStep) * omittedStep);

  const parts: string[] = [];
  const earlier = before
    .slice(first, start)
    .map(({ scene, position }) => numbered(line(scene).text, position));
  if (first > 0 && taken + omitted.tokens <= room) earlier.unshift(omitted.text);
  if (earlier.length > 0) parts.push(earlier.join('\n'));
  for (const { scene, position } of before.slice(start)) {
    parts.push(numbered(full(scene).text, position));
  }
  return { text: parts.join('\n\n'), tokens: Math.min(room, taken + lines + omitted.tokens) };
}

/** What is written behind a scene: the next one in full if `direct`, and some more by one line each. */
export function writtenAfter(after: readonly Placed[], direct: boolean, room: number): string {
  const parts: string[] = [];
  let left = room;
  for (const [i, { scene, position }] of after.slice(0, linesAfter).entries()) {
    const inFull = i === 0 && direct && fullTokens(scene) <= left;
    const { text, tokens } = inFull ? full(scene) : line(scene);
    left -= tokens + framing;
    if (left < 0) break;
    parts.push(numbered(text, position) + (inFull ? '\n' : ''));
  }
  return parts.join('\n').trim();
}

/** So many scenes after the one to be written are told. */
const linesAfter = 12;

/** Index of the first scene that is given in full. The nearest one always is. */
function firstInFull(before: readonly Placed[], room: number): number {
  let start = before.length;
  let step: number | undefined;
  let taken = 0;
  for (const { scene } of before.toReversed()) {
    taken += fullTokens(scene);
    const isNearest = start === before.length;
    if (!isNearest && (taken > room * fullShare || before.length - start >= mostInFull)) break;
    start--;
    if (start % fullStep === 0) step = start;
  }
  return step ?? start;
}

function within(room: number, text: Piece): Piece {
  return text.tokens + framing <= room
    ? { text: text.text, tokens: text.tokens + framing }
    : { text: '', tokens: 0 };
}
