import type { Image, Nodes } from 'mdast';
import { memoize } from '../../base/memoize.ts';
import type { Block } from '../markdown/block-types.ts';
import { hasMarkup, isBeyond, parseInline } from '../markdown/inline-text.ts';
import { nameKey } from '../names.ts';
import { pathIn } from '../picture-path.ts';
import type { PicturePath } from '../script-model.ts';
import { wordsFor } from './label-words.ts';

/**
 * The pictures that a scene's clip begins and ends with: ordinary images in the scene, marked by what stands
 * for them where they cannot be shown, `![First frame](stairs.png)`, by their title, or by a label before
 * them, `**First frame:** ![](stairs.png)`.
 */
export type FrameName = 'firstFrame' | 'lastFrame';

interface Frame {
  readonly name: FrameName;
  readonly path: PicturePath;
}

interface FramesOfBlock {
  readonly frames: readonly Frame[];
  /** Whether it has frames, and beside them nothing but their labels. */
  readonly isAll: boolean;
}

const none: FramesOfBlock = { frames: [], isAll: false };

/** Of several for one end the first counts. */
export function framesAmong(
  blocks: readonly Block[],
): Readonly<Partial<Record<FrameName, PicturePath>>> {
  const found: Partial<Record<FrameName, PicturePath>> = {};
  for (const { name, path } of blocks.flatMap((block) => framesOf(block).frames)) {
    found[name] ??= path;
  }
  return found;
}

/** Whether a block is there for frames alone, so that none of its words are told. */
export function isFrameBlock(block: Block): boolean {
  return framesOf(block).isAll;
}

const framesOf = memoize((block: Block): FramesOfBlock => {
  switch (block.type) {
    case 'paragraph':
      return framesIn(block.raw);
    case 'list':
      return together(block.items.flatMap(({ own }) => own.children.map(framesOf)));
    case 'quote':
      return together(block.children.map(framesOf));
    case 'html':
      return framesInHtml(block.raw);
    default:
      return none;
  }
});

function together(parts: readonly FramesOfBlock[]): FramesOfBlock {
  return {
    frames: parts.flatMap(({ frames }) => frames),
    isAll: parts.length > 0 && parts.every(({ isAll }) => isAll),
  };
}

function framesIn(raw: string): FramesOfBlock {
  if (!/!\[|<img\b/i.test(raw) || !hasMarkup(raw) || isBeyond(raw)) return none;
  const frames: Frame[] = [];
  /** The words since the last image, and whether any so far are none of a label. */
  let words = '';
  let othersToo = false;
  const take = (path: string | undefined, ...marks: (string | null | undefined)[]): void => {
    const before = frameNamed(words);
    const name = marks.map(frameNamed).find((one) => one !== undefined) ?? before;
    if (name === undefined || path === undefined) othersToo = true;
    else frames.push({ name, path });
    if (before === undefined && !isBare(words)) othersToo = true;
    words = '';
  };
  const open: Nodes[] = [parseInline(withSpaces(raw))];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'image') take(pathOf(node), node.alt, node.title);
    else if (node.type === 'html') {
      const image = imageInHtml(node.value);
      if (image !== undefined) take(image.path, image.alt, image.title);
    } else if (node.type === 'text' || node.type === 'inlineCode') words += node.value;
    else if ('children' in node) open.push(...node.children.toReversed());
  }
  if (!isBare(words)) othersToo = true;
  return { frames, isAll: frames.length > 0 && !othersToo };
}

/**
 * `![First frame](my stairs.png)`, which Markdown takes for text, as the image that it is to who has typed it. What is
 * no group of the expression is escaped, or code.
 */
function withSpaces(raw: string): string {
  return raw.replace(spacedImages, (whole, ...more: unknown[]) => {
    const { alt, path } = more.at(-1) as Readonly<Record<'alt' | 'path', string | undefined>>;
    return path === undefined ? whole : `![${alt ?? ''}](<${path}>)`;
  });
}

const spacedImages =
  /\\[\s\S]|(?<!`)(`+)(?!`)[\s\S]*?[^`]\1(?!`)|!\[(?<alt>[^[\]\\]{0,1000})\]\([ \t]*(?<path>[^\s()<>\\"']{1,500}(?:[ \t]+[^\s()<>\\"']{1,500}){1,20})[ \t]*\)/g;

function framesInHtml(raw: string): FramesOfBlock {
  const frames = [...raw.matchAll(/<img\b[^>]*>/gi)].flatMap(([tag]): Frame[] => {
    const image = imageInHtml(tag);
    const name = frameNamed(image?.alt) ?? frameNamed(image?.title);
    return name === undefined || image?.path === undefined ? [] : [{ name, path: image.path }];
  });
  return { frames, isAll: false };
}

function imageInHtml(
  tag: string,
):
  | { path: PicturePath | undefined; alt: string | undefined; title: string | undefined }
  | undefined {
  if (!/^<img\b/i.test(tag)) return undefined;
  const value = (name: string): string | undefined =>
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag)?.slice(1).find(Boolean);
  const address = value('src');
  return {
    path: address === undefined ? undefined : pathIn(address),
    alt: value('alt'),
    title: value('title'),
  };
}

function pathOf({ url }: Image): PicturePath | undefined {
  return url === '' ? undefined : pathIn(url);
}

/** The frame that a text names, whatever else stands behind its colon: `First frame: Mara on the stairs`. */
function frameNamed(text: string | null | undefined): FrameName | undefined {
  if (text === null || text === undefined) return undefined;
  const [label = ''] = text.split(/[:：–—(（]/u);
  const key = nameKey(label.replace(/[\s_-]+/gu, ' ').trim());
  return key === '' ? undefined : known.get(key);
}

function isBare(words: string): boolean {
  return !/[\p{L}\p{N}]/u.test(words);
}

const frameNames: readonly FrameName[] = ['firstFrame', 'lastFrame'];

const known = new Map(
  frameNames.flatMap((name) =>
    wordsFor(name).map((word) => [nameKey(word.replace(/-/gu, ' ')), name] as const),
  ),
);
