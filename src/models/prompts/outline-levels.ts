import type { Beat, SceneId } from '../../script/script-model.ts';
import { standingsOf } from '../../script/standing-facts.ts';
import { beatAsTitle, beatInFull, beatInOneLine, beatToWrite } from './script-text.ts';
import { memoize } from '../../base/memoize.ts';
import { piece, type Piece } from '../language-model/token-estimate.ts';

/** Everything about an outline that is the same for all of its scenes. */
export interface OutlineTexts {
  readonly positions: ReadonlyMap<SceneId, number>;
  /** The whole outline: with contracts, by one line each, by titles alone. */
  readonly levels: readonly Piece[];
  readonly beats: readonly Piece[];
  /** Each beat as whoever writes it is told of it. */
  readonly toWrite: readonly Piece[];
  readonly titles: readonly Piece[];
  /** Tokens of a beat together with its neighbours, where they are most. */
  readonly largestAround: number;
}

/** How many beats on each side of a scene are its neighbours. */
const neighbourhood = 2;

export const outlineTexts = memoize((outline: readonly Beat[]): OutlineTexts => {
  const each = (text: (beat: Beat, number: number) => string): Piece[] =>
    outline.map((beat, i) => piece(`${text(beat, i + 1)}\n`));
  const beats = each(beatInFull);
  const titles = each(beatAsTitle);
  const toWrite = standingsOf(outline).map(({ beat, entry }, i) =>
    piece(`${beatToWrite(beat, i + 1, entry)}\n`),
  );
  const around = toWrite.map((own, i) => own.tokens + tokens(neighbouring(beats, i)));
  return {
    positions: new Map(outline.map(({ id }, i) => [id, i])),
    levels: [beats, each(beatInOneLine), titles].map(joined),
    beats,
    toWrite,
    titles,
    largestAround: around.reduce((most, one) => Math.max(most, one), 0),
  };
});

/** An outline that is too long even by its titles is shown around a scene, by steps of some size. */
const steps = [40, 20, 10] as const;

/**
 * The outline from its fullest form down to none at all. Those of all of its beats come first and are
 * the same for every scene; then come those for the stretch of titles that the scene is in.
 */
export function* outlineForms(texts: OutlineTexts, index: number): Generator<Piece> {
  yield* texts.levels;
  const { titles } = texts;
  for (const step of steps) {
    const from = Math.max(0, (Math.floor(index / step) - 1) * step);
    const to = Math.min(titles.length, (Math.floor(index / step) + 2) * step);
    if (to - from >= titles.length) continue;
    const stretch = titles.slice(from, to);
    if (from > 0) stretch.unshift(piece(`(Scenes 1–${from} come before these.)\n`));
    if (to < titles.length) stretch.push(piece(`(Scenes ${to + 1}–${titles.length} follow.)`));
    yield joined(stretch);
  }
}

/** The beats around one, without it. */
export function neighboursOf({ beats }: OutlineTexts, index: number): Piece {
  return joined(neighbouring(beats, index));
}

function neighbouring(beats: readonly Piece[], index: number): Piece[] {
  return [
    ...beats.slice(Math.max(0, index - neighbourhood), index),
    ...beats.slice(index + 1, index + neighbourhood + 1),
  ];
}

function joined(pieces: readonly Piece[]): Piece {
  return {
    text: pieces
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
    tokens: tokens(pieces),
  };
}

function tokens(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, one) => sum + one.tokens, 0);
}
