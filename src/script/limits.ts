import { t } from '../base/l10n.ts';
import type { Span } from './markdown/block-types.ts';
import { maxDuration } from './script-model.ts';
import { problem, type Problem } from './problems/script-problem.ts';

/**
 * What a document may be at most. A script comes from anywhere and is read anew after every key
 * stroke, so that reading it may never take long. No script of up to three hours comes near these
 * limits; lengths are UTF-16 code units.
 */
export const limits = {
  /** Of the whole document. */
  document: 4_000_000,
  frontMatter: 200_000,
  /** Signs and values of the front matter: what reading YAML takes its time for. */
  frontMatterTokens: 20_000,
  /** Mentions of something else in the front matter: for each the library looks through all before it. */
  frontMatterAliases: 100,
  /** Collections in collections in the front matter; what stands in them counts, too. */
  frontMatterDepth: 32,
  /** No video has more, with scenes of a second each. */
  scenes: maxDuration,
  /** What the full Markdown parser may be given of one document, as {@link effortOf} counts. */
  effort: 5_000_000,
  /** The same of one block: what takes more is not looked into. */
  blockEffort: 500_000,
  /** Lists and quotes in each other; what is deeper is not looked into. */
  nesting: 24,
  /** Names in a cast, a bible or a speech: what is longer is compared with none. */
  name: 200,
  /** Problems of one document; nobody reads more. */
  problems: 1000,
} as const;

/**
 * What the full Markdown parser takes for a text that it reads in one go; ten thousand take it a few
 * milliseconds. The lines of one item or quote cost it more the more of them there are: at each that lacks the
 * marks of what it stands in, all before it are looked at. At each line that begins an item, or ends one quote
 * for another, all that it knows so far is copied, which takes ever longer once that is no small piece of
 * memory any more.
 */
export function effortOf(text: string): number {
  let effort = text.length + 100;
  /** Lines that may begin an item, or stand in a quote that stands in something else. */
  let items = 0;
  /** Lists and quotes that such lines open, as often as they do. */
  let containers = 0;
  /** Lines of the innermost item or quote so far; none are counted outside of any. */
  let lines = 0;
  let inContainer = false;
  let atStart = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) effort += 50;
    else if (code < 128 && marks[code] === 1) effort += 25;
    if (code === 10) atStart = true;
    else if (atStart && code !== 32 && code !== 9) {
      atStart = false;
      const count = containersAt(text, i);
      const isWithin = code === 62 && i > 0 && text.charCodeAt(i - 1) !== 10;
      if (count > 1 || isWithin || '-+*0123456789'.includes(text.charAt(i))) {
        items++;
        containers += isWithin ? count + 1 : Math.max(1, count);
      }
      if (count > 0 && code !== 62) {
        inContainer = true;
        lines = 0;
      } else if (inContainer || code === 62) {
        inContainer = true;
        effort += lines++ / 8;
      }
    }
  }
  return effort + (items * containers * Math.max(1, containers / 2000)) / 8;
}

const containerMark = /(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t\r\n]|$))[ \t]*/y;

/** How many lists and quotes the line opens or goes on with that has its first sign at `at`. */
function containersAt(text: string, at: number): number {
  let count = 0;
  containerMark.lastIndex = at;
  // Deeper ones are hidden from the parser.
  while (count < limits.nesting && containerMark.test(text)) count++;
  return count;
}

/** What Markdown may take for markup, by character code. */
const marks = Uint8Array.from({ length: 128 }, (_, code) =>
  /[!-/:-@[-`{-~\t]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Why a document is not read at all. The whole document is as it was, and edits refuse it. */
export function beyondLimits(span: Span, what: string): Problem {
  return problem(
    'beyond-limits',
    'error',
    span,
    t('{0}, so the document is not read as a script. Nothing was changed.', what),
  );
}
