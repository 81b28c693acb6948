import { parseScript } from '../../parse/parse-script.ts';
import type { ParsedScript } from '../../parse/parsed-script.ts';
import type { BeatNode } from '../../parse/outline-section.ts';
import { beatOf } from '../../story-order.ts';
import type { Beat, SceneId } from '../../script-model.ts';
import { applyEdits, type TextEdit, withoutLost } from '../text-edit.ts';
import { type ContractLine, contractLines } from './contract-lines.ts';
import { editBeatFields } from '../scenes/edit-fields.ts';
import { insertBeat } from './insert-beat.ts';

/**
 * Give the second part of a scene a beat of its own behind that of the first. How things stand at the end, and
 * what carries over into the next scene, is said of it from now on.
 *
 * @returns no edits where the scene has no beat, or the outline none that can be put into it for sure
 */
export function splitBeat(script: ParsedScript, first: SceneId, second: SceneId): TextEdit[] {
  const { text, outline, scenes } = script;
  const index = outline.findIndex(({ beat }) => beat.id === first);
  const item = outline[index];
  const [a, b] = [first, second].map((id) => scenes.find((node) => node.id === id)?.scene);
  if (item === undefined || a === undefined || b === undefined) return [];
  const { place, time, cast, contract } = item.beat;
  const beat: Beat = { ...beatOf(b), place, time, cast };
  const atEnd = contractLines(text, item).filter(({ key }) => key === 'exit' || key === 'handOff');
  for (const moved of [atEnd, []]) {
    const put = insertBeat(
      script,
      index,
      beat,
      moved.flatMap(({ lines }) => lines),
    );
    if (put === undefined) return [];
    const fields = editBeatFields(script, item, { ...item.beat, seconds: a.seconds });
    const edits = withoutLost([
      ...fields,
      ...moved.flatMap((line) => cutOut(text, item, line)),
      ...put,
    ]);
    const after = parseScript(applyEdits(text, edits), script).outline;
    const [one, other] = after.slice(index, index + 2).map((node) => node.beat);
    const [exit, handOff] = moved.length > 0 ? [contract.exit, contract.handOff] : ['', ''];
    if (
      other?.id === second &&
      other.contract.continues &&
      other.contract.exit === exit &&
      other.contract.handOff === handOff &&
      one?.id === first &&
      one.contract.entry === contract.entry &&
      one.summary === item.beat.summary
    )
      return edits;
  }
  return [];
}

/** Take a line of a contract away; with the blank line before it where nothing of the item follows. */
function cutOut(text: string, { span: item }: BeatNode, { span }: ContractLine): TextEdit[] {
  const isLast = text.slice(span.end, item.end).trim() === '';
  const before = text.slice(0, span.start);
  const start = isLast ? before.trimEnd().length : before.replace(/(?:\r\n|\n|\r)$/, '').length;
  return [{ start, end: span.end, text: '' }];
}
