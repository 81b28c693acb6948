import { bibleNodes } from './bible-nodes.ts';
import type { Span } from './markdown/block-types.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';
import { pathIn } from './picture-path.ts';
import type { PicturePath } from './script-model.ts';

/** A picture where the document names it: in the front matter, or as the frame of a scene. */
export interface PictureNode {
  readonly file: PicturePath;
  /** Its path as it stands there. */
  readonly span: Span;
  /** All that is there for it alone: the image; in the front matter the path. */
  readonly whole: Span;
  /** How a path is written there. */
  readonly form: 'yaml' | 'link' | 'html';
}

/** All pictures that a script names, in the order of the document. */
export function pictureNodes(script: ParsedScript): PictureNode[] {
  if (!script.isScript || script.conflicts.length > 0) return [];
  return [
    ...bibleNodes(script.reading.front).flatMap(({ pictures }) =>
      pictures.map(({ text, span }): PictureNode => ({
        file: text,
        span,
        whole: span,
        form: 'yaml',
      })),
    ),
    ...script.scenes.flatMap((node) => framesOf(script.text, node)),
  ];
}

/**
 * `![…](path)`, also with spaces in it, and `<img … src="path" …>`; bounded, as the text may be anybody's. What is no whole tag is found out
 * in one go, before a `src` is looked for in it.
 */
const images =
  /!\[(?:\\.|[^\]\\]){0,1000}\]\(\s*(?:<([^>\n]{1,2000})>|((?:\\.|[^\s()\\]|\([^\s()\\]{0,200}\)){1,2000}|[^\s()<>\\"']{1,500}(?:[ \t]+[^\s()<>\\"']{1,500}){1,20}))(?:\s+(?:"[^"]{0,1000}"|'[^']{0,1000}'))?\s*\)|<img\b(?=(?:[^<>"']|"[^"]{0,2000}"|'[^']{0,2000}'){0,1000}>)[^>]{0,1000}?\ssrc\s*=\s*(?:"([^"]{1,2000})"|'([^']{1,2000})')[^>]{0,1000}>/dgiu;

/** Those of a scene's images that are its frames. */
function framesOf(text: string, { span, scene }: SceneNode): PictureNode[] {
  const { firstFrame, lastFrame } = scene;
  if (firstFrame === undefined && lastFrame === undefined) return [];
  return [...text.slice(span.start, span.end).matchAll(images)].flatMap((match) => {
    const group = match.slice(1).findIndex((one: string | undefined) => one !== undefined) + 1;
    const [at, source] = [match.indices?.[group], match[group]];
    if (at === undefined || source === undefined) return [];
    const form = group > 2 ? 'html' : 'link';
    const file = pathIn(form === 'link' ? source.replace(/\\([!-/:-@[-`{-~])/gu, '$1') : source);
    if (file !== firstFrame && file !== lastFrame) return [];
    const start = span.start + match.index;
    return {
      file,
      span: { start: span.start + at[0], end: span.start + at[1] },
      whole: { start, end: start + match[0].length },
      form,
    };
  });
}
