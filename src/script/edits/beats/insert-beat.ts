import { endOfLine, lineStart } from '../../markdown/lines.ts';
import type { ParsedScript } from '../../parse/parsed-script.ts';
import { behind } from '../../parse/paragraph-lead.ts';
import { renderOutline } from '../../render/render-scene.ts';
import { wordsOf } from '../../render/script-words.ts';
import type { Beat } from '../../script-model.ts';
import { cutBefore } from '../begin-with-cut.ts';
import { withEol } from '../insert-blocks.ts';
import { type TextEdit, withoutLost } from '../text-edit.ts';
import { shiftItems } from './item-number.ts';

const itemMark = /^(?:\d{1,9}[.)]|[-+*•])(?=[ \t])/;

/**
 * Put a beat into an outline, in the form of its neighbours. The numbers of the beats behind it go up by one.
 *
 * @param before position of the beat that it comes behind; -1 for the start of the outline
 * @param lines of a contract, as other beats have them, without indentation; then it is what the beat before has
 *   been until now, and goes on from that without a cut. Otherwise the next beat does not go on from the one before
 *   any more.
 * @returns `undefined` where the outline has another form than lists have
 */
export function insertBeat(
  script: ParsedScript,
  before: number,
  beat: Beat,
  lines?: readonly string[],
): TextEdit[] | undefined {
  const { text, outline, eol } = script;
  const neighbour = outline[Math.max(0, before)];
  if (neighbour === undefined) return undefined;
  const { start, end } = neighbour.span;
  const lead = text.slice(lineStart(text, start), start);
  const [mark = ''] = itemMark.exec(text.slice(start)) ?? [];
  const sign = /[-+*•]|[.)]/.exec(mark)?.[0] ?? '.';
  if (mark === '' || !/^[ \t>]*$/.test(lead)) return undefined;
  const words = wordsOf(script);
  const number = before + 2;
  // Where numbers are aligned, they have been for as many as there are.
  const longest = lead === '' ? number : outline.length + 1;
  const item = renderOutline([beat], words, number, longest, sign);
  const indent = /^ *\S+ /.exec(item)?.[0].length ?? 0;
  const contract = lines === undefined ? [] : [contractOf(script, lines, indent)];
  const source = [item, ...contract].join('\n\n');
  const quote = lead.trimEnd();
  const block = source
    .split('\n')
    .map((line) => (line === '' ? quote : `${quote}${line}`))
    .join('\n');
  const to = before < 0 ? lineStart(text, start) : start + text.slice(start, end).trimEnd().length;
  const at = before < 0 ? to : endOfLine(text, to);
  const put = before < 0 ? `${block}\n${quote}\n` : `\n${quote}\n${block}`;
  const next = outline[before + 1];
  const cut = lines === undefined && next?.beat.contract.continues === true;
  return withEol(
    withoutLost([
      { start: at, end: at, text: put },
      ...(cut ? cutBefore(text, next) : []),
      ...shiftItems(script, before + 1, 1),
    ]),
    eol,
  );
}

/** The lines of a beat that goes on from the one before. */
function contractOf(script: ParsedScript, lines: readonly string[], indent: number): string {
  const { labels, colon } = wordsOf(script);
  const [label = ''] = labels.continues;
  const [yes = ''] = labels.yes;
  return [...lines, `- ${label}${behind(colon)}${yes}`]
    .map((line) => (line === '' ? '' : ' '.repeat(indent) + line))
    .join('\n');
}
