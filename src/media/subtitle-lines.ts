/**
 * Where a text breaks into subtitles of at most two lines. Widths are in letters: a line holds 42,
 * as the style guides of broadcasters and streaming services have it, or 16 ideographs.
 */
export const lineWidth = 42;

/** Of a Chinese, Japanese or Korean character. */
const wideWidth = lineWidth / 16;

const wide =
  /\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Hang}|[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** Scripts that put no spaces between words. */
const unspaced =
  /\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Thai}|\p{sc=Laoo}|\p{sc=Khmr}|\p{sc=Mymr}/u;

const opening = /^[\p{Ps}\p{Pi}¿¡]+$/u;
const wordLike = /[\p{L}\p{N}]/u;

/** Between words; not a space that forbids a break. */
const blank = /(?:(?![\u00a0\u202f])[\p{Cc}\p{Zs}])+/u;

/** What may follow the end of a sentence or clause: closing quotes and brackets. */
const closed = `["'\\p{Pe}\\p{Pf}]*$`;
const sentenceEnd = new RegExp(`[.!?…。！？؟।]${closed}`, 'u');
const clauseEnd = new RegExp(`[,;:،؛、，；：–—]${closed}`, 'u');

/** Something that stays on one line. */
interface Token {
  readonly text: string;
  readonly width: number;
  /** Whether a space parts it from the token before it. */
  readonly spaced: boolean;
  /** How bad it is to break after it: 0 at the end of a sentence. */
  readonly tear: number;
}

const tears = { sentence: 0, clause: 4, word: 12 };

/** Each further subtitle costs as much as this, so that a text is not chopped up. */
const cueCost = 10;

/**
 * Break a text into subtitles, each of one or two lines. Sentences and clauses stay together where
 * they can, and the lines of a pair are about equally long. Every word is in exactly one line.
 *
 * @param language BCP 47 tag; tells words apart where there are no spaces.
 */
export function subtitleLines(text: string, language: string): readonly (readonly string[])[] {
  const tokens = tokensOf(text, language);
  if (tokens.length > mostTokens) return filled(tokens);
  // By number of tokens: the least cost of breaking so many, and where the last subtitle begins.
  const best: { cost: number; from: number; lines: readonly string[] }[] = [
    { cost: 0, from: 0, lines: [] },
  ];
  for (let to = 1; to <= tokens.length; to++) {
    const tear = to === tokens.length ? 0 : (tokens[to - 1]?.tear ?? 0);
    let found: (typeof best)[number] | undefined;
    for (let from = to - 1; from >= 0; from--) {
      const layout = twoLines(tokens.slice(from, to));
      if (!layout) break;
      const cost = (best[from]?.cost ?? 0) + cueCost + tear + layout.cost;
      if (!found || cost < found.cost) found = { cost, from, lines: layout.lines };
    }
    best.push(found ?? { cost: 0, from: to - 1, lines: [tokens[to - 1]?.text ?? ''] });
  }
  const cues: (readonly string[])[] = [];
  for (let to = tokens.length; to > 0;) {
    const { from, lines } = best[to] ?? { from: 0, lines: [] };
    cues.push(lines);
    to = from;
  }
  return cues.reverse();
}

/** What nobody can say in one clip: it is not weighed where it breaks best. */
const mostTokens = 2000;

/** Lines and subtitles as full as they get. */
function filled(tokens: readonly Token[]): readonly (readonly string[])[] {
  const lines: string[] = [];
  let line: Token[] = [];
  let width = 0;
  for (const token of tokens) {
    const more = token.width + (token.spaced && line.length > 0 ? 1 : 0);
    if (line.length > 0 && width + more > lineWidth) {
      lines.push(set(line));
      line = [token];
      width = token.width;
    } else {
      line.push(token);
      width += more;
    }
  }
  lines.push(set(line));
  return Array.from({ length: Math.ceil(lines.length / 2) }, (_, i) =>
    lines.slice(2 * i, 2 * i + 2),
  );
}

/** The width of a text in letters, as far as that can be told without a font. */
export function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** To make one takes longer than to take a line apart. */
const graphemes = new Intl.Segmenter();

function graphemeWidth(grapheme: string): number {
  if (wide.test(grapheme)) return wideWidth;
  // Signs that only steer the direction of writing take no room.
  return /^[\p{Cf}\p{Mn}]+$/u.test(grapheme) ? 0 : 1;
}

/** The best way to set tokens in at most two lines; undefined where they do not fit. */
function twoLines(
  tokens: readonly Token[],
): { readonly cost: number; readonly lines: readonly string[] } | undefined {
  const whole = setWidth(tokens);
  if (whole <= lineWidth) return { cost: 0, lines: [set(tokens)] };
  if (whole > 2 * lineWidth + 1) return undefined;
  let best: { cost: number; lines: readonly string[] } | undefined;
  for (let k = 1; k < tokens.length; k++) {
    const [upper, lower] = [tokens.slice(0, k), tokens.slice(k)];
    const [above, below] = [setWidth(upper), setWidth(lower)];
    if (above > lineWidth || below > lineWidth) continue;
    const cost = (upper.at(-1)?.tear ?? 0) / 4 + Math.abs(above - below) / 8;
    if (!best || cost < best.cost) best = { cost, lines: [set(upper), set(lower)] };
  }
  return best;
}

function set(tokens: readonly Token[]): string {
  return tokens.map(({ text, spaced }, i) => (spaced && i > 0 ? ` ${text}` : text)).join('');
}

function setWidth(tokens: readonly Token[]): number {
  return tokens.reduce((sum, { width, spaced }, i) => sum + width + (spaced && i > 0 ? 1 : 0), 0);
}

function tokensOf(text: string, language: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const paragraph of text.split(/[\r\n\u2028\u2029]+/u)) {
    const words = gathered(paragraph.split(blank));
    words.forEach((word, i) => {
      const isLast = i === words.length - 1;
      const parts = unspaced.test(word) ? segments(word, language) : [word];
      parts.flatMap(cut).forEach((part, k) => {
        tokens.push({ text: part, width: widthOf(part), spaced: k === 0, tear: tearAfter(part) });
      });
      const last = tokens.at(-1);
      if (isLast && last) tokens[tokens.length - 1] = { ...last, tear: tears.sentence };
    });
  }
  return tokens;
}

/** Puts signs that stand alone, as French has them, to the word that they belong to. */
function gathered(words: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let before = '';
  for (const word of words) {
    if (word.trim() === '') continue;
    const last = kept.at(-1);
    if (opening.test(word)) before += `${word} `;
    else if (wordLike.test(word) || last === undefined || before !== '') {
      kept.push(before + word);
      before = '';
    } else kept[kept.length - 1] = `${last} ${word}`;
  }
  const rest = before.trim();
  return rest === '' ? kept : [...kept, rest];
}

/** The words of a text without spaces; no part begins with a sign that ends one, or the reverse. */
function segments(text: string, language: string): readonly string[] {
  const kept: string[] = [];
  let before = '';
  for (const { segment, isWordLike } of segmenter(language).segment(text)) {
    const last = kept.at(-1);
    if (opening.test(segment)) before += segment;
    else if (isWordLike === true || last === undefined || before !== '') {
      kept.push(before + segment);
      before = '';
    } else kept[kept.length - 1] = last + segment;
  }
  return before === '' ? kept : [...kept, before];
}

function segmenter(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: 'word' });
  } catch {
    // A writer may have put anything there.
    return new Intl.Segmenter('und', { granularity: 'word' });
  }
}

/** What is wider than a line by itself, such as an address, is cut anywhere. */
function cut(word: string): readonly string[] {
  if (widthOf(word) <= lineWidth) return [word];
  const parts: string[] = [];
  let part = '';
  let width = 0;
  for (const { segment } of graphemes.segment(word)) {
    const own = graphemeWidth(segment);
    if (width + own > lineWidth) {
      parts.push(part);
      part = '';
      width = 0;
    }
    part += segment;
    width += own;
  }
  return [...parts, part];
}

function tearAfter(text: string): number {
  if (sentenceEnd.test(text)) return tears.sentence;
  return clauseEnd.test(text) ? tears.clause : tears.word;
}
