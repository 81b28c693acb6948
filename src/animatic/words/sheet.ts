import { writingSystemOf } from '../fonts/scripts.ts';
import type { Typeface } from '../fonts/typeface.ts';
import type { Size } from '../frames/frame-format.ts';
import type { Box } from '../frames/raster.ts';
import type { Page } from '../text/pages.ts';

/** Words and marks over the picture, as SVG for a part of the frame. */
export interface Plate {
  readonly svg: string;
  readonly box: Box;
}

/** A plate that is shown from frame `from` to just before frame `to`. */
export interface TimedPlate extends Plate {
  readonly from: number;
  readonly to: number;
  /** Comes and goes softly. */
  readonly fades: boolean;
}

/** Measures of one frame; all in pixels. */
export interface Sheet {
  readonly size: Size;
  /** A hundredth of the shorter side. */
  readonly unit: number;
  readonly margin: number;
  readonly isWide: boolean;
  readonly typeface: Typeface;
  readonly accent: string;
}

/** Whole pixels within the frame. */
export function wholeBox(x: number, y: number, width: number, height: number, size: Size): Box {
  const left = Math.max(0, Math.floor(x));
  const top = Math.max(0, Math.floor(y));
  return {
    x: left,
    y: top,
    width: Math.min(size.width, Math.ceil(x + width)) - left,
    height: Math.min(size.height, Math.ceil(y + height)) - top,
  };
}

/** More than anybody reads while a clip lasts. */
const mostLetters = 4000;

/**
 * The text as it can be drawn, from its beginning. Where no font has its writing system, `instead` is asked for a note
 * that stands in its place: a frame full of empty boxes tells nobody anything.
 */
export function legible(
  text: string,
  { typeface }: Sheet,
  instead: (writing: string) => string = () => '',
): string {
  const shown = text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text;
  const clean = typeface.withoutOrnaments(shown);
  if (typeface.covers(clean)) return clean;
  const writing = writingSystemOf(clean)?.name;
  return writing === undefined ? typeface.coveredPart(clean) : instead(writing);
}

/** The lines with their last word given up for an ellipsis: there is more than is shown. */
export function withEllipsis(page: Page): Page['lines'] {
  const last = page.lines.at(-1);
  const run = last?.runs.at(-1);
  if (!last || !run) return page.lines;
  const shorter = run.text.replace(/[\s\p{P}]*\S{1,3}$/u, '');
  return [
    ...page.lines.slice(0, -1),
    { ...last, runs: [...last.runs.slice(0, -1), { ...run, text: `${shorter}…` }] },
  ];
}
