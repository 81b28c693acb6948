import type { BeatNode } from '../../parse/outline-section.ts';
import type { ParsedScript, SceneNode } from '../../parse/parsed-script.ts';
import {
  readSeconds,
  renderNames,
  renderPlaceAndTime,
  renderSeconds,
} from '../../parse/scene-fields.ts';
import type { Scene } from '../../script-model.ts';
import type { Span } from '../../markdown/block-types.ts';
import { sameName } from '../../names.ts';
import { idComment } from '../../parse/outline-items.ts';
import { replaceScene } from '../replace-scene.ts';
import type { TextEdit } from '../text-edit.ts';

/** What the line of a scene says, and the head of its beat. */
export type Fields = Pick<Scene, 'seconds' | 'place' | 'time' | 'cast'>;

/** Give a scene other fields, with no more of its line changed than need be. */
export function editSceneFields(
  script: ParsedScript,
  node: SceneNode,
  { seconds, place, time, cast }: Fields,
): TextEdit[] {
  const { scene, lineSpan } = node;
  const isLength =
    cast.length === scene.cast.length && place === scene.place && time === scene.time;
  if (isLength && seconds === scene.seconds) return [];
  const span = lineSpan && isLength ? secondsIn(script.text, lineSpan) : undefined;
  return span === undefined
    ? replaceScene(script, { ...scene, seconds, place, time, cast })
    : [{ ...span, text: renderSeconds(seconds) }];
}

/** The same in the head of a beat, to whose cast some are added; where it says no seconds, its scene does. */
export function editBeatFields(
  { text }: ParsedScript,
  { head, beat, goesOn }: BeatNode,
  { seconds, place, time, cast }: Fields,
): TextEdit[] {
  const span = seconds === beat.seconds ? undefined : secondsIn(text, head);
  const more = cast.filter((name) => !beat.cast.some((one) => sameName(one, name)));
  const isPlace = !goesOn && (place !== beat.place || time !== beat.time);
  const fields = fieldsIn(text, head).filter(({ start }) => start !== span?.start);
  const [, where, who] = fields;
  const last = fields.at(-1) ?? head;
  const edits = span === undefined ? [] : [{ ...span, text: renderSeconds(seconds) }];
  if (!isPlace && more.length === 0) return edits;
  const places = renderPlaceAndTime(place, time);
  const names = renderNames([...beat.cast, ...more]);
  const end = Math.max(last.end, span?.end ?? 0);
  // A head that has only one of the two is written on.
  if (where === undefined) return [...edits, { start: end, end, text: ` · ${places} · ${names}` }];
  if (isPlace) edits.push({ ...where, text: places });
  if (who === undefined) edits.push({ start: end, end, text: ` · ${names}` });
  else if (beat.cast.length === 0) edits.push({ ...who, text: names });
  else if (more.length > 0)
    edits.push({ start: who.end, end: who.end, text: `, ${renderNames(more)}` });
  return edits;
}

/** Where the seconds stand among fields, if only one of them says any. */
function secondsIn(text: string, span: Span): Span | undefined {
  const all = fieldsIn(text, span).filter(
    ({ start, end }) => readSeconds(text.slice(start, end)) !== undefined,
  );
  return all.length === 1 ? all[0] : undefined;
}

/** The fields of a line without the blanks and the emphasis around them. */
function fieldsIn(text: string, { start, end }: Span): Span[] {
  const whole = text.slice(start, end);
  const id = idComment.exec(whole)?.index ?? 0;
  // What stands behind the id is told of the beat already.
  const source = (id === 0 ? whole : whole.slice(0, id)).replace(/<!--.*?-->/gs, (comment) =>
    '·'.repeat(comment.length),
  );
  return [...source.matchAll(/[^·•∙|]+/g)].flatMap(({ 0: field, index }): Span[] => {
    const lead = /^[\s*_]*/.exec(field)?.[0].length ?? 0;
    const inner = field.slice(lead).replace(/[\s*_\\]+$/, '');
    const from = start + index + lead;
    return inner === '' ? [] : [{ start: from, end: from + inner.length }];
  });
}
