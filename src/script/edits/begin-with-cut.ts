import { contractLabel } from '../parse/beat-contract.ts';
import type { BeatNode } from '../parse/outline-section.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import { renderPlaceAndTime } from '../parse/scene-fields.ts';
import type { SceneId } from '../script-model.ts';
import type { TextEdit } from './text-edit.ts';

/** Takes away the line, or the sign in its head, by which the beat goes on from the one before. */
export function beginWithCut({ text, outline }: ParsedScript, id: SceneId): TextEdit[] {
  const node = outline.find(({ beat }) => beat.id === id);
  return node === undefined ? [] : cutBefore(text, node);
}

/** The same for a beat where it stands. */
export function cutBefore(text: string, node: BeatNode): TextEdit[] {
  return [...(node.goesOn ? sayPlace(text, node) : []), ...withoutLine(text, node)];
}

function withoutLine(text: string, { span }: BeatNode): TextEdit[] {
  const lines = text.slice(span.start, span.end).matchAll(/(?:\r\n|\n|\r)([^\r\n]*)/g);
  const line = [...lines].find(([, own = '']) => {
    const bullet = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+/.exec(own)?.[0];
    return bullet !== undefined && contractLabel(own.slice(bullet.length))?.key === 'continues';
  });
  if (!line) return [];
  const start = span.start + line.index;
  // The beat's id may stand behind anything in it.
  const comments = line[0].match(/<!--.*?-->/g) ?? [];
  const kept = comments.map((comment) => ` ${comment}`).join('');
  return [{ start, end: start + line[0].length, text: kept }];
}

/** The place and time of a beat, where its head has only a sign for those of the one before. */
function sayPlace(text: string, { head, beat }: BeatNode): TextEdit[] {
  const sign = /([·•∙|]\s*)(?:…|\.{3})(?=\s*(?:[·•∙|]|<!|$))/u.exec(
    text.slice(head.start, head.end),
  );
  if (sign === null) return [];
  const start = head.start + sign.index + (sign[1] ?? '').length;
  const end = head.start + sign.index + sign[0].length;
  return [{ start, end, text: renderPlaceAndTime(beat.place, beat.time) }];
}
