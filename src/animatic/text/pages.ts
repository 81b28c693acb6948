import type { Typeface } from '../fonts/typeface.ts';
import { type Line, type Run, wrap } from './wrap.ts';

/** One screenful of a text. */
export interface Page {
  readonly lines: readonly Line[];
  /** Font size in pixels. */
  readonly size: number;
}

export interface PageSetting {
  /** Pixels a line may be wide. */
  readonly width: number;
  /** From the wished font size down to the smallest; smaller ones may have more lines. */
  readonly steps: readonly { readonly size: number; readonly lines: number }[];
  /** More pages than this only when even the smallest size needs them. */
  readonly pages: number;
}

/** Set a text on as few pages as are wished, in the largest size that manages it. */
export function setPages(runs: readonly Run[], setting: PageSetting, typeface: Typeface): Page[] {
  let pages: Page[] = [];
  for (const { size, lines } of setting.steps) {
    const all = wrap(runs, setting.width, size, typeface);
    pages = balanced(all, lines).map((part) => ({ lines: part, size }));
    if (pages.length <= setting.pages) break;
  }
  const [only] = pages;
  return only && pages.length === 1 ? [evened(only, runs, setting.width, typeface)] : pages;
}

/** As many lines, but about equally long: no single word alone on the last one. */
function evened(page: Page, runs: readonly Run[], width: number, typeface: Typeface): Page {
  const count = page.lines.length;
  if (count < 2 || count > 4) return page;
  let { lines } = page;
  let low = width * 0.4;
  let high = width;
  for (let i = 0; i < 6; i++) {
    const middle = (low + high) / 2;
    const tried = wrap(runs, middle, page.size, typeface);
    if (tried.length > count) low = middle;
    else {
      high = middle;
      lines = tried;
    }
  }
  return { ...page, lines };
}

/** Pages of about the same number of lines: no page with a single word after a full one. */
function balanced(lines: readonly Line[], most: number): Line[][] {
  const count = Math.ceil(lines.length / most);
  const pages: Line[][] = [];
  for (let i = 0; i < count; i++) {
    pages.push(
      lines.slice(
        Math.round((lines.length * i) / count),
        Math.round((lines.length * (i + 1)) / count),
      ),
    );
  }
  return pages;
}

/** How much there is to read; a short line needs a moment too. */
export function readingWeight(page: Page): number {
  const letters = page.lines
    .flatMap((line) => line.runs)
    .reduce((sum, run) => sum + Array.from(run.text).length, 0);
  return letters + 8;
}

export interface Span {
  /** Frame numbers: shown from `from` to just before `to`. */
  readonly from: number;
  readonly to: number;
}

/** Share `frames` out in proportion to the weights; every part gets one while there are enough. */
export function share(weights: readonly number[], frames: number): Span[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const spans: Span[] = [];
  let sum = 0;
  let from = 0;
  weights.forEach((weight, i) => {
    sum += weight;
    const left = weights.length - i - 1;
    const wished = Math.round((frames * sum) / total);
    const to = Math.min(frames, Math.max(from + 1, Math.min(wished, frames - left)));
    if (to > from) spans.push({ from, to });
    from = to;
  });
  return spans;
}
