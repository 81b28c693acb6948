import type { Block } from '../markdown/block-types.ts';
import { plainText } from '../markdown/inline-text.ts';
import { isTellingLabel } from '../parse/part-labels.ts';
import { isPerson } from '../parse/dialogue.ts';
import type { FoundForm, SceneSource } from './unread-forms.ts';

/** What is drawn or laid out, and no text of a scene. */
const drawn =
  /<(?:img|video|audio|picture|svg|iframe|script|style|table|a|kbd|sub|sup|input|br)\b/i;
/** Tags whose contents are told in paragraphs of their own. */
const lines =
  /<\/?(?:p|div|center|blockquote|aside|section|article|figure|pre|details|summary|h[1-6]|li|ul|ol|dl|dt|dd)\b[^<>]*>/gi;
/** What a list of definitions says of a word. */
const definition = /<dt\b[^<>]*>([^<>]*)<\/dt>\s*<dd\b[^<>]*>/gi;

/**
 * A block of HTML with text in it: `<center>**MARA**</center>`, `<p align="center">`, `<pre class="prompt">`,
 * `<Dialogue speaker="Mara">`.
 */
export function htmlForm({ blocks, names }: SceneSource, index: number): FoundForm | undefined {
  const block = blocks[index];
  const raw = block ? htmlOf(block) : undefined;
  if (raw === undefined || drawn.test(raw.replace(/<br\s*\/?>/gi, ' '))) return undefined;
  const [, tag = '', attributes = ''] = /^<([a-z][\w-]*)([^<>]*)>/i.exec(raw) ?? [];
  const label = [tag, ...(/class\s*=\s*["']?([^"'>]+)/i.exec(attributes)?.[1] ?? '').split(/\s+/)]
    .map((word) => word.replaceAll(/[-_]/g, ' '))
    .find((word) => isLabel(word));
  const paragraphs = raw
    .replace(/<summary\b[^<>]*>([^<>]*)<\/summary>/gi, (_, words: string) =>
      isLabel(words) ? `\n\n**${words.trim()}:**\n\n` : `\n\n${words}\n\n`,
    )
    .replace(bySomebody, (whole, name: string) =>
      isPerson(name, names) ? `\n\n**${name.toUpperCase()}:** ` : whole,
    )
    .replace(definition, (_, term: string) => {
      const word = isPerson(term.trim(), names) ? term.trim().toUpperCase() : term.trim();
      return `\n\n**${word}:** `;
    })
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(lines, '\n\n')
    .replace(/<\/?(?:b|strong)\b[^<>]*>/gi, '**')
    .replace(/<\/?(?:i|em)\b[^<>]*>/gi, '*')
    .replace(/<!--[^]*?-->|<\/?[a-z][^<>]*>/gi, '')
    .split(/\n[ \t]*\n/)
    .map((text) => text.replace(/^[ \t]+|[ \t]+$/gm, '').trim())
    .filter((text) => /[\p{L}\p{N}]/u.test(plainText(text)));
  if (paragraphs.length === 0) return undefined;
  const lead = label === undefined || isSaid(paragraphs[0]) ? '' : `**${label}:** `;
  const marks = raw.match(/<!--[^]*?-->/g) ?? [];
  return { paragraphs: paragraphs.map((text) => lead + text), marks, until: index, leastWords: 4 };
}

/** `<Dialogue speaker="Mara">`. */
const bySomebody =
  /<[a-z][\w-]*\b[^<>]*?\b(?:speaker|character|name|who)\s*=\s*["']([^"'<>]+)["'][^<>]*>/gi;

function isSaid(text = ''): boolean {
  return /^\*\*[^*]+:\*\* /.test(text);
}

/** A block of HTML, or a paragraph that is one element which says what it is. */
function htmlOf(block: Block): string | undefined {
  if (block.type === 'html') return /^<[a-z]/i.test(block.raw) ? block.raw : undefined;
  if (block.type !== 'paragraph' || !block.raw.startsWith('<')) return undefined;
  const [, tag = ''] = /^<([a-z][\w-]*)\b[^<>]*>[^]*<\/\1>$/i.exec(block.raw) ?? [];
  return isLabel(tag) ? block.raw : undefined;
}

function isLabel(word: string): boolean {
  return isTellingLabel(word.trim());
}
