import type { Section } from '../parse/layout.ts';
import { plainSceneHeading, readSceneHeading } from '../parse/scene-heading.ts';
import { shiftedSpan } from '../markdown/shift-blocks.ts';
import { escapeInline } from '../markdown/inline-text.ts';
import { ownMarks } from '../markdown/own-marks.ts';
import { saidBy } from '../parse/scene-section.ts';
import { renderSeconds } from '../parse/scene-fields.ts';
import { titleParts } from '../parse/title-parts.ts';
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
  const from = isSource ? kept.length : 0;
  const parts = titleParts(raw.slice(from));
  // What stands around the title stays where it is; where emphasis goes around both, it follows the new one.
  const isAnew = !isSource || parts.closing !== '';
  const last = Math.min(own.length, from + parts.span.end);
  const around = isAnew
    ? own
        .slice(last, from + parts.end)
        .replace(parts.closing, '')
        .trim()
    : '';
  const first = isAnew ? from : from + parts.span.start;
  const behind = inHeading && last === own.length ? raw.slice(id.span.end - rawSpan.start) : '';
  const isMore = behind !== '' && parts.end === parts.span.end;
  const marks = marksOf(`${own.slice(first, last)} ${isMore ? behind : ''}`);
  // A heading that is underlined needs its words to be one.
  if (title === '' && kept === '' && rawSpan.start - heading.start < 2) return [];
  const isParted = kept === '' || first > from;
  const separator = isParted ? '' : /[:：.·–—-]$/.test(kept) ? ' ' : ': ';
  const words = title === '' ? '' : separator + renderTitle(title);
  const start = rawSpan.start + first;
  const end = rawSpan.start + (isAnew ? own.length : last);
  const text = (isSource ? '' : kept) + words + marks + (around === '' ? '' : ` ${around}`);
  const edits = [{ ...shiftedSpan({ start, end }, at), text }];
  // What stands behind the comment is more of the title.
  if (isMore) {
    edits.push({ ...shiftedSpan({ start: id?.span.end ?? end, end: rawSpan.end }, at), text: '' });
  }
  return edits;
}

/** The seconds that a heading says, where they are others than the scene has. */
export function editHeadingSeconds({ content, at }: Section, seconds: number): TextEdit[] {
  const { heading } = content;
  const said = saidBy(heading);
  if (said === undefined || said.seconds === seconds) return [];
  const span = shiftedSpan(said.span, at + heading.rawSpan.start);
  return [{ ...span, text: renderSeconds(seconds) }];
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
