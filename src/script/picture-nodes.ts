import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { memoize } from '../base/memoize.ts';
import type { Span } from './markdown/block-types.ts';
import { findFrontMatter } from './markdown/find-front-matter.ts';
import { normaliseLine } from './normalise-text.ts';
import type { FrontMatter } from './parse/front-matter.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';
import { readYaml } from './parse/read-yaml.ts';
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
    ...picturesOfBible(script.reading.front),
    ...script.scenes.flatMap((node) => framesOf(script.text, node)),
  ];
}

const picturesOfBible = memoize(({ head }: FrontMatter): readonly PictureNode[] => {
  const content = findFrontMatter(head)?.content;
  const document = content && readYaml(head.slice(content.start, content.end));
  if (content === undefined || document === undefined || typeof document === 'string') return [];
  const found: PictureNode[] = [];
  const take = (node: unknown): void => {
    if (isSeq(node)) node.items.forEach(take);
    else if (isScalar(node) && node.range && normaliseLine(String(node.value)) !== '') {
      const [start, end] = node.range;
      const span = { start: content.start + start, end: content.start + end };
      found.push({ file: normaliseLine(String(node.value)), span, whole: span, form: 'yaml' });
    }
  };
  for (const list of ['characters', 'places']) {
    const entries = valueAt(document.contents, list);
    for (const entry of isSeq(entries) ? entries.items : []) {
      const value = valueAt(entry, 'picture') ?? valueAt(entry, 'pictures');
      if (isMap(value) && list === 'places') {
        take(valueAt(value, 'inside'));
        take(valueAt(value, 'outside'));
      } else take(value);
    }
  }
  return found;
});

function valueAt(map: unknown, key: string): Node | undefined {
  if (!isMap(map)) return undefined;
  const pair = map.items.find((one) => isScalar(one.key) && one.key.value === key);
  return (pair?.value as Node | null | undefined) ?? undefined;
}

/** `![…](path)`, and `<img … src="path" …>`; bounded, as the text may be anybody's. */
const images =
  /!\[(?:\\.|[^\]\\]){0,1000}\]\(\s*(?:<([^>\n]{1,2000})>|((?:\\.|[^\s()\\]|\([^\s()\\]{0,200}\)){1,2000}))(?:\s+(?:"[^"]{0,1000}"|'[^']{0,1000}'))?\s*\)|<img\b[^>]{0,1000}?\ssrc\s*=\s*(?:"([^"]{1,2000})"|'([^']{1,2000})')[^>]{0,1000}>/dgiu;

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
