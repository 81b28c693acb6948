import { outsideMark } from '../kept-outside.ts';
import type { Block } from '../markdown/block-types.ts';
import { lineStart } from '../markdown/lines.ts';
import { blocksOf } from '../markdown/read-blocks.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import type { Untied } from '../stray-scene-text.ts';
import { untiedScenes } from '../untied-scenes.ts';
import { beneath } from './assign-ids.ts';
import { withEol } from './insert-blocks.ts';
import { type TextEdit, tidyEdits } from './text-edit.ts';
import { tieScenes } from './tie-scenes.ts';

/**
 * Say in the document that what may be scenes of the outline is none of it, so that it is not asked
 * about again. Nothing is said of what is all but sure, as long as it can be tied.
 *
 * @param at where the only one shows that it is to be said of
 */
export function keepOutside(script: ParsedScript, at?: number): TextEdit[] {
  const canTie = at === undefined && tieScenes(script).length > 0;
  const unsure = untiedScenes(script).filter(
    ({ beat, kind, span }) =>
      kind !== 'outline' &&
      kind !== 'id' &&
      (at === undefined ? beat === undefined || !canTie : span.start === at),
  );
  const edits = new Map(
    unsure.flatMap((one) => markOf(script, one) ?? []).map((edit) => [edit.start, edit]),
  );
  return tidyEdits(withEol([...edits.values()], script.eol));
}

function markOf(script: ParsedScript, { node, span, begins }: Untied): TextEdit | undefined {
  const { text, reading } = script;
  if (node) return beneath(text, Math.max(node.heading.end, node.idSpan?.end ?? 0), outsideMark);
  if (begins && begins.end > begins.start) return beneath(text, begins.end, outsideMark);
  const block = blocksOf(reading.layout).findLast(({ start }) => start <= span.start);
  if (block === undefined || hidesText(block, span.start)) return undefined;
  if (block.type === 'heading') return beneath(text, block.end, outsideMark);
  const from = lineStart(text, block.start);
  return { start: from, end: from, text: `${outsideMark}\n` };
}

/** Whether the fence of a prompt was not closed before an offset: nothing can be said within it. */
function hidesText(block: Block, at: number): boolean {
  return block.type === 'code' && block.start < at && block.info.toLowerCase() === 'prompt';
}
