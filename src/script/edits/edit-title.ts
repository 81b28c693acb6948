import type { Section } from '../parse/layout.ts';
import { plainSceneHeading, readSceneHeading } from '../parse/scene-heading.ts';
import { shiftedSpan } from '../markdown/shift-blocks.ts';
import { escapeInline } from '../markdown/inline-text.ts';
import { ownMarks } from '../markdown/own-marks.ts';
import { renderTitle } from '../render/render-scene.ts';
import type { TextEdit } from './text-edit.ts';

/**
 * Change only the title in a scene's heading: its number, its separator, comments and pictures
 * stay. The words of an underlined heading that has nothing else are not taken away.
 */
export function editTitle({ content, at }: Section, title: string): TextEdit[] {
  const { heading, id } = content;
  const { raw, rawSpan } = heading;
  const inHeading = id && rawSpan.start <= id.span.start && id.span.end <= rawSpan.end;
  const own = inHeading ? raw.slice(0, id.span.start - rawSpan.start).trimEnd() : raw;
  if (own === '') {
    if (title === '') return [];
    const text = renderTitle(title);
    const start = at + (inHeading ? rawSpan.start : heading.start + heading.depth);
    return [{ start, end: start, text: inHeading ? `${text} ` : ` ${text}` }];
  }
  const kept = leadOf(own).trimEnd();
  // Where it is not how the source begins, emphasis goes on into the title, and it is written anew.
  const isSource = own.startsWith(kept);
  const behind = inHeading ? raw.slice(id.span.end - rawSpan.start) : '';
  const marks = marksOf(`${isSource ? own.slice(kept.length) : own} ${behind}`);
  const start = rawSpan.start + (isSource ? kept.length : 0);
  const end = inHeading ? rawSpan.start + own.length : rawSpan.end;
  // A heading that is underlined needs its words to be one.
  if (title === '' && kept === '' && rawSpan.start - heading.start < 2) return [];
  const separator = kept === '' ? '' : /[:：.·–—-]$/.test(kept) ? ' ' : ': ';
  const span = shiftedSpan({ start, end }, at);
  const words = title === '' ? '' : separator + renderTitle(title);
  const edits = [{ ...span, text: (isSource ? '' : kept) + words + marks }];
  // What stands behind the comment is more of the title.
  if (inHeading && id.span.end < rawSpan.end) {
    edits.push({ ...shiftedSpan({ start: id.span.end, end: rawSpan.end }, at), text: '' });
  }
  return edits;
}

/** What stands before the title of a heading, and stays. Emphasis that goes on into the title does not. */
function leadOf(own: string): string {
  const plain = plainSceneHeading(own);
  return plain?.lead ?? escapeInline(readSceneHeading({ raw: own })?.lead ?? '');
}

/** What of the writer's own stands in the words of a heading, to follow others in their place. */
export function marksOf(raw: string): string {
  return ownMarks(raw)
    .map((mark) => ` ${mark.replace(/\\?\n/g, ' ')}`)
    .join('');
}
