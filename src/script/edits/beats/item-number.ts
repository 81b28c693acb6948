import { lineStart } from '../../markdown/lines.ts';
import type { BeatNode } from '../../parse/outline-section.ts';
import type { ParsedScript } from '../../parse/parsed-script.ts';
import type { TextEdit } from '../text-edit.ts';

/** Number the outline's items in its order; one that has `1.` for all of them stays as it is. */
export function renumberOutline({ text, outline }: ParsedScript): TextEdit[] {
  const numbers = outline.map((node) => numberOf(text, node));
  if (outline.length > 1 && numbers.every((one) => one === undefined || one === 1)) return [];
  return outline.flatMap((node, index) => withNumber(text, node, index + 1));
}

/** The items from one on, numbered for so many more or fewer before them; only those that have the number of their place. */
export function shiftItems({ text, outline }: ParsedScript, from: number, by: number): TextEdit[] {
  return outline
    .slice(from)
    .flatMap((node, i) => itemNumber(text, node, from + i + 1, from + i + 1 + by));
}

/** The number of an item, where it is that of its place. */
export function itemNumber(text: string, node: BeatNode, was: number, now: number): TextEdit[] {
  return was === now || numberOf(text, node) !== was ? [] : withNumber(text, node, now);
}

function numberOf(text: string, node: BeatNode): number | undefined {
  const mark = markOf(text, node);
  return mark === undefined ? undefined : Number(mark.digits);
}

function markOf(
  text: string,
  { span }: BeatNode,
): { readonly start: number; readonly whole: string; readonly digits: string } | undefined {
  const start = lineStart(text, span.start);
  const [whole, digits] = /^ {0,3}(\d{1,9})(?=[.)][ \t])/.exec(text.slice(start, start + 16)) ?? [];
  return whole === undefined || digits === undefined ? undefined : { start, whole, digits };
}

function withNumber(text: string, node: BeatNode, now: number): TextEdit[] {
  const mark = markOf(text, node);
  if (mark === undefined || Number(mark.digits) === now) return [];
  const { start, whole } = mark;
  const number = String(now).padStart(whole.length);
  const more = number.length - whole.length;
  return [
    { start, end: start + whole.length, text: number },
    ...(more > 0 ? indented(text, node, ' '.repeat(more)) : []),
  ];
}

/** What is indented beneath an item goes with its text, where its number has become longer. */
function indented(text: string, { span }: BeatNode, by: string): TextEdit[] {
  const lines = text.slice(span.start, span.end).matchAll(/(?<=[\r\n])(?=[ \t]+[^\s])/g);
  return [...lines].map(({ index }) => {
    const start = span.start + index;
    return { start, end: start, text: by };
  });
}
