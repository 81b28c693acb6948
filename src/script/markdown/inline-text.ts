import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Span } from './block-types.ts';

const escapes = /\\[!-/:-@[-`{-~]/g;
const escapesAndLineEnds = /\\([!-/:-@[-`{-~])|\\\n|\n/g;
const markup = /[`*_[<&]|%%/;

/**
 * The text of inline Markdown as it would be shown: escapes and emphasis taken away, links by their
 * text, also those of notebooks (`[[Mara]]`); comments and other HTML, also `%%` of notebooks, images and
 * references to footnotes left out. A line end counts as a
 * space, a hard break as `\n`.
 *
 * @param raw Content of a paragraph or heading as in `block-types.ts`.
 */
export function plainText(raw: string): string {
  const known = recent.get(raw);
  if (known !== undefined) return known;
  if (!hasMarkup(raw) || isBeyond(raw)) return withoutEscapes(raw);
  const text = textOf(parseInline(/\[\^|\]\[|\[\[|%%/.test(raw) ? withoutReferences(raw) : raw));
  if (recent.size >= mostRecent) recent.clear();
  recent.set(raw, text);
  return text;
}

/** What the full parser has read last: several readers ask for the same paragraph, one after the other. */
const recent = new Map<string, string>();
const mostRecent = 64;

/** Inline Markdown as the full parser reads it. */
export function parseInline(raw: string): Root {
  return fromMarkdown(raw, { extensions: [inlineOnly] });
}

/**
 * `[^1]` and `![a lamp][photo]`, which the parser takes for text where it does not see what they refer to, and
 * the pictures, comments and links of notebooks: `![[lamp.png]]`, `%% ask Lu %%`, `[[Mara Voss|Mara]]`. What is no
 * group of the expression is escaped, or code.
 */
const references =
  /\\[\s\S]|(?<!`)(`+)(?!`)[\s\S]*?[^`]\1(?!`)|(?<reference>\[\^[^\s[\]\\]+\](?![(:])|!\[[^[\]\\]*\]\[[^[\]\\]+\]|!\[\[[^[\]\\\n]+\]\]|%%(?:(?!%%)[^\\]){1,2000}%%)|\[\[(?:[^[\]\\|\n]*\|)?(?<link>[^[\]\\|\n]+)\]\]/g;

export function referencesIn(raw: string): Span[] {
  return [...raw.matchAll(references)].flatMap(({ index, groups }) => {
    const reference = groups?.reference;
    return reference === undefined ? [] : [{ start: index, end: index + reference.length }];
  });
}

function withoutReferences(raw: string): string {
  return raw.replace(references, (whole, _fence, reference?: string, link?: string) =>
    reference === undefined ? (link ?? whole) : '',
  );
}

/** Whether the full parser is needed to read the text. */
export function hasMarkup(raw: string): boolean {
  return markup.test(raw.includes('\\') ? raw.replace(escapes, '') : raw);
}

/**
 * Marks that the parser may compare each with each, or look for the end of to the end of the text:
 * a text that has so many is taken as it stands.
 */
const maxMarks = 400;
const maxSteps = 1_000_000;

/** Whether a text has more marks than the parser is given. */
export function isBeyond(raw: string): boolean {
  let marks = 0;
  for (let i = 0; i < raw.length; i++) {
    if ('`*_[]!<&~('.includes(raw.charAt(i)) && ++marks > maxMarks) return true;
  }
  return marks * raw.length > maxSteps;
}

function withoutEscapes(raw: string): string {
  return raw.replace(
    escapesAndLineEnds,
    (match, escaped: string | undefined) => escaped ?? (match === '\n' ? ' ' : '\n'),
  );
}

const inlineOnly = {
  disable: {
    null: [
      'blockQuote',
      'codeFenced',
      'codeIndented',
      'definition',
      'headingAtx',
      'htmlFlow',
      'list',
      'setextUnderline',
      'thematicBreak',
    ],
  },
};

/** Without recursion: what a file holds may be nested more deeply than the stack. */
function textOf(root: Nodes): string {
  let text = '';
  const open: Nodes[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'text') text += node.value.replace(/\r\n|\n|\r/g, ' ');
    else if (node.type === 'inlineCode') text += node.value;
    else if (node.type === 'break') text += '\n';
    else if (node.type === 'html') text += /^<br\b/i.test(node.value) ? '\n' : '';
    else if ('children' in node) {
      for (let i = node.children.length - 1; i >= 0; i--) {
        const child = node.children[i];
        if (child) open.push(child);
      }
    }
  }
  return text;
}

/**
 * `[a note]` that no Markdown takes for a link, because no address and no second name follows, and that is
 * no footnote `[^1]` and no alert `[!NOTE]`.
 */
const note = /\[(?![\^!])[^[\]\\`*_<&~]+\](?![[(:])/;
const mark =
  /[\\`*[]|%(?=%)|~(?=~)|(?<=~)~|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|<(?=[a-z/!?])|&(?=[a-z#])/u;
const notesAndMarks = new RegExp(`(${note.source})|${mark.source}`, 'giu');

/**
 * Escape whatever inline Markdown would take for markup, and no more, so that the source stays
 * pleasant. Line ends are not its business, and neither is what only matters at a line's start.
 */
export function escapeInline(text: string): string {
  return text.replace(notesAndMarks, (found, kept: string | undefined) => kept ?? `\\${found}`);
}

/** Whether the line makes a table of it and the one before, as GitHub's Markdown has them: `| --- | :-: |`. */
export function isDelimiterRow(line: string): boolean {
  return /^[-:| \t]+$/.test(line) && line.includes('|') && line.includes('-');
}

/** Escape what would start another block where this line stands. */
export function escapeLineStart(line: string): string {
  if (isDelimiterRow(line)) return `\\${line}`;
  return line
    .replace(/^(?=#{1,6}(?: |$)|>|[-+](?: |$)|-[- ]*$|=+ *$)/, '\\')
    .replace(/^(\d{1,9})(?=[.)](?: |$))/, '$1\\');
}

/**
 * The bold text that inline Markdown begins with, and what follows it, both still as Markdown; nothing
 * where it begins otherwise. Read from the source: Markdown itself takes `**麻衣:**こんばんは` for
 * no bold text, because no space follows, and yet it is how people write it where there are no spaces.
 */
export function leadingBold(raw: string): { bold: string; rest: string } | undefined {
  const [whole = '', bold] = /^\*\*((?:\\[\s\S]|[^*\\])+)\*\*/.exec(raw) ?? [];
  return bold === undefined ? undefined : { bold, rest: raw.slice(whole.length) };
}

/**
 * The parts of inline Markdown between separators, still as Markdown. What stands behind a backslash
 * parts nothing.
 *
 * @param separators Each character of it parts.
 */
export function splitRaw(raw: string, separators: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i < raw.length; i++) {
    const char = raw.charAt(i);
    if (char === '\\') {
      i++;
    } else if (separators.includes(char)) {
      parts.push(raw.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(raw.slice(start));
  return parts;
}
