import { endOfLine, lineStart } from '../markdown/lines.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import { renderOutline } from '../render/render-scene.ts';
import { wordsOf } from '../render/script-words.ts';
import { newSceneId } from '../scene-ids.ts';
import { beatOf } from '../story-order.ts';
import { beneathHeading, freshIds } from './assign-ids.ts';
import { sayPlace } from './begin-with-cut.ts';
import { withEol } from './insert-blocks.ts';
import { insertPlan } from './insert-plan.ts';
import { type TextEdit, tidyEdits } from './text-edit.ts';

/**
 * Give a scene that the writer has put in a beat of its own, behind that of the scene before it. The
 * numbers of the beats behind it go up by one where they stay as long as they are.
 *
 * @param at where its heading stands
 */
export function addToOutline(script: ParsedScript, at: number, newId = newSceneId): TextEdit[] {
  const { text, outline, scenes, eol } = script;
  const node = scenes.find(({ heading }) => heading.start === at);
  if (node === undefined || outline.some(({ beat }) => beat.id === node.id)) return [];
  const id = node.id ?? freshIds(script, newId)();
  const own = node.id === undefined ? [beneathHeading(script, node, id)] : [];
  const beat = beatOf({ ...node.scene, id });
  const before = indexBefore(script, node);
  const neighbour = outline[Math.max(0, before)];
  if (neighbour === undefined) {
    const { title, logline, bible } = script;
    return tidyEdits([
      ...own,
      ...insertPlan(script, { title, logline, bible, outline: [beat] }, ''),
    ]);
  }
  const { start, end } = neighbour.span;
  const lead = text.slice(lineStart(text, start), start);
  const [mark = ''] = itemMark.exec(text.slice(start)) ?? [];
  const sign = /[-+*•]|[.)]/.exec(mark)?.[0] ?? '.';
  // An outline of another shape gets one more of it at its end.
  if (mark === '' || !/^[ \t>]*$/.test(lead)) return [];
  const number = before + 2;
  const source = renderOutline([beat], wordsOf(script), number, outline.length + 1, sign);
  const lines = source.split('\n').map((line) => (line === '' ? line : `${lead.trimEnd()}${line}`));
  const block = lines.join('\n');
  const to = before < 0 ? lineStart(text, start) : endOfLine(text, end);
  const put = { start: to, end: to, text: before < 0 ? `${block}\n\n` : `\n\n${block}` };
  const next = outline[before + 1];
  // It does not go on from the scene before it any more.
  const place = next?.goesOn === true ? sayPlace(text, next) : [];
  return tidyEdits(withEol([...own, put, ...place, ...numbersBehind(script, before + 1)], eol));
}

const itemMark = /^(?:\d{1,9}[.)]|[-+*•])(?=[ \t])/;

/** The position of the beat of the nearest scene before one; -1 where there is none. */
function indexBefore({ outline, scenes }: ParsedScript, node: SceneNode): number {
  const indexes = new Map(outline.map(({ beat }, i) => [beat.id, i]));
  for (let i = scenes.indexOf(node) - 1; i >= 0; i--) {
    const index = indexes.get(scenes[i]?.id ?? '');
    if (index !== undefined) return index;
  }
  return -1;
}

function numbersBehind({ text, outline }: ParsedScript, from: number): TextEdit[] {
  return outline.slice(from).flatMap(({ span: { start } }, i): TextEdit[] => {
    const digits = /^\d{1,9}(?=[.)][ \t])/.exec(text.slice(start, start + 12))?.[0];
    const number = String(from + i + 2);
    if (digits === undefined || Number(digits) !== from + i + 1) return [];
    if (digits.length !== number.length) return [];
    return [{ start, end: start + digits.length, text: number }];
  });
}
