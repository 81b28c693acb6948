import { lineEnd } from '../markdown/lines.ts';
import type { Span } from '../markdown/block-types.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import { pictureNodes, type PictureNode } from '../picture-nodes.ts';
import { linkOf } from '../picture-path.ts';
import type { PicturePath } from '../script-model.ts';
import type { TextEdit } from './text-edit.ts';

/** The document names another picture in this place. */
export function replacePicture({ span, form }: PictureNode, to: PicturePath): TextEdit {
  return { ...span, text: form === 'yaml' ? yamlPath(to) : linkOf(to) };
}

/** The document names no picture in this place any more. */
export function removePicture(text: string, { form, span, whole }: PictureNode): TextEdit {
  const start = text.lastIndexOf('\n', whole.start - 1) + 1;
  const end = lineEnd(text, whole.end);
  const [before, after] = [text.slice(start, whole.start), text.slice(whole.end, end)];
  const isAlone =
    form === 'yaml'
      ? /^\s*(?:-|(?:pictures?|inside|outside)\s*:)\s+$/u.test(before) &&
        /^\s*(?:#.*)?$/u.test(after)
      : /^[\s>]*(?:[-*+]\s+)?(?:[*_]*[\p{L}\s]{1,30}[:：][*_\s]*)?$/u.test(before) &&
        after.trim() === '';
  if (!isAlone) return form === 'yaml' ? withComma(text, span) : { ...whole, text: '' };
  const next = /^\r?\n/u.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  // Of the two empty lines around an image one is enough.
  const gap = form === 'yaml' ? '' : (/^(?:[ \t]*\r?\n)/u.exec(text.slice(end + next))?.[0] ?? '');
  return { start, end: end + next + gap.length, text: '' };
}

/** A scene has no first frame any more; none where it is in a shape that is too rare to be edited by range. */
export function dropFirstFrame(script: ParsedScript, { span, scene }: SceneNode): TextEdit[] {
  const image = pictureNodes(script).find(
    ({ file, whole }) =>
      file === scene.firstFrame && span.start <= whole.start && whole.end <= span.end,
  );
  return image === undefined ? [] : [removePicture(script.text, image)];
}

/** In `[a.png, b.png]` the comma goes with it. */
function withComma(text: string, { start, end }: Span): TextEdit {
  const behind = /^\s*,\s*/u.exec(text.slice(end));
  if (behind) return { start, end: end + behind[0].length, text: '' };
  const before = /,\s*$/u.exec(text.slice(0, start));
  return { start: start - (before?.[0].length ?? 0), end, text: '' };
}

function yamlPath(path: PicturePath): string {
  return /^[\p{L}\p{N}_.][\p{L}\p{M}\p{N}_./-]*$/u.test(path) ? path : JSON.stringify(path);
}
