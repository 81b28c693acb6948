import type { FontStyle, Typeface } from '../fonts/typeface.ts';

export interface Run {
  readonly text: string;
  readonly style: FontStyle;
}

/** One set line; runs stand side by side. */
export interface Line {
  readonly runs: readonly Run[];
  /** In pixels. */
  readonly width: number;
}

interface Piece extends Run {
  readonly width: number;
  readonly isSpace: boolean;
}

/**
 * Break text into lines no wider than `width` pixels: at spaces, between the characters of scripts
 * that use none, and inside a word only when it is wider than a line by itself.
 */
export function wrap(
  runs: readonly Run[],
  width: number,
  size: number,
  typeface: Typeface,
): Line[] {
  const lines: Line[] = [];
  let line: Piece[] = [];
  let lineWidth = 0;
  const finish = (): void => {
    while (line.at(-1)?.isSpace) lineWidth -= line.pop()?.width ?? 0;
    if (line.length > 0) lines.push({ runs: joined(line), width: lineWidth });
    line = [];
    lineWidth = 0;
  };
  for (const run of runs) {
    for (const piece of pieces(run, width, size, typeface)) {
      if (lineWidth + piece.width > width && !piece.isSpace) finish();
      if (piece.isSpace && line.length === 0) continue;
      line.push(piece);
      lineWidth += piece.width;
    }
  }
  finish();
  return lines;
}

function joined(line: readonly Piece[]): Run[] {
  const runs: { text: string; style: FontStyle }[] = [];
  for (const piece of line) {
    const last = runs.at(-1);
    if (last?.style === piece.style) last.text += piece.text;
    else runs.push({ text: piece.text, style: piece.style });
  }
  return runs;
}

function* pieces(run: Run, width: number, size: number, typeface: Typeface): Generator<Piece> {
  const measure = (text: string): number => typeface.width(text, size, run.style);
  for (const text of breakable(run.text)) {
    const isSpace = /^\s+$/u.test(text);
    const whole = measure(isSpace ? ' ' : text);
    if (isSpace || whole <= width) {
      yield { text: isSpace ? ' ' : text, style: run.style, width: whole, isSpace };
      continue;
    }
    let part = '';
    for (const cluster of clusters(text)) {
      if (part !== '' && measure(part + cluster) > width) {
        yield { text: part, style: run.style, width: measure(part), isSpace: false };
        part = '';
      }
      part += cluster;
    }
    if (part !== '') yield { text: part, style: run.style, width: measure(part), isSpace: false };
  }
}

/** Scripts written without spaces between words: a line may break between any two clusters. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uff60]/u;
const mayNotStart =
  /^[\p{Pe}\p{Pf}、。，．・：；？！ー々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…‥,.!?:;%）」』】〕〉》]/u;
const mayNotEnd = /[\p{Ps}\p{Pi}（「『【〔〈《]$/u;

function breakable(text: string): string[] {
  const parts = text.match(/\s+|[^\s]+/gu) ?? [];
  return parts.flatMap((part) => (unspaced.test(part) ? unspacedParts(part) : hyphenParts(part)));
}

/** A line may also break after a hyphen or dash inside a word. */
function hyphenParts(word: string): string[] {
  return word.match(/[^-–—/]*[-–—/]+|[^-–—/]+/gu) ?? [word];
}

function unspacedParts(text: string): string[] {
  const parts: string[] = [];
  for (const word of words(text)) {
    const last = parts.at(-1);
    if (last !== undefined && (mayNotStart.test(word) || mayNotEnd.test(last))) {
      parts[parts.length - 1] = last + word;
    } else {
      parts.push(word);
    }
  }
  return parts;
}

function words(text: string): string[] {
  return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].map(
    ({ segment }) => segment,
  );
}

function clusters(text: string): string[] {
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(
    ({ segment }) => segment,
  );
}
