import { isMap, isScalar, isSeq, stringify } from 'yaml';
import { lineEnd } from '../markdown/lines.ts';
import { named, sameName } from '../names.ts';
import { labelLanguage, wordsFor } from '../parse/label-words.ts';
import { parseScript, readingOf } from '../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import { readYaml } from '../parse/read-yaml.ts';
import type { BibleList } from '../problems/script-problem.ts';
import type { PicturePath, SceneId } from '../script-model.ts';
import { insertBlocks, withEol } from './insert-blocks.ts';
import { lastBefore } from './replace-scene.ts';
import { applyEdits, type TextEdit, tidyEdits } from './text-edit.ts';

/** A picture that was drawn for a script, and what for. */
export type DrawnFor =
  | { readonly list: BibleList; readonly name: string; readonly path: PicturePath }
  | { readonly scene: SceneId; readonly path: PicturePath };

/** How a script stands to a picture that was drawn for it. */
export type PictureStanding =
  /** It has the picture. */
  | 'there'
  /** It has another one there, which is the writer's to replace. */
  | 'other'
  /** There is room for it. */
  | 'free'
  /** It has no such character, place or scene any more. */
  | 'gone';

export function pictureStanding(script: ParsedScript, drawn: DrawnFor): PictureStanding {
  const there = picturesThere(script, drawn);
  if (there === undefined) return 'gone';
  if (there.includes(drawn.path)) return 'there';
  return there.length === 0 ? 'free' : 'other';
}

/**
 * Write pictures into the script: into the entry of a character or place, or as the first frame of a scene. What has
 * a picture keeps it, unless `replace` says that the new one is to stand in its place.
 *
 * @returns as one change; none of what stands in a shape that is too rare to be edited by range
 */
export function addPictures(
  script: ParsedScript,
  drawn: readonly DrawnFor[],
  replace = false,
): TextEdit[] {
  const edits = drawn.flatMap((one) => {
    const standing = pictureStanding(script, one);
    if (standing === 'gone' || standing === 'there') return [];
    if (standing === 'other' && !replace) return [];
    const own = 'scene' in one ? frameEdits(script, one) : entryEdits(script, one);
    return isTold(script, own, one) ? own : [];
  });
  return tidyEdits(edits);
}

/** Whether the script has the picture after the edits, and no more is wrong with it than before. */
function isTold(script: ParsedScript, edits: readonly TextEdit[], drawn: DrawnFor): boolean {
  if (edits.length === 0) return false;
  const after = parseScript(applyEdits(script.text, edits), script);
  return (
    pictureStanding(after, drawn) === 'there' && after.problems.length <= script.problems.length
  );
}

function picturesThere(script: ParsedScript, drawn: DrawnFor): readonly PicturePath[] | undefined {
  if ('scene' in drawn) {
    const scene = script.scenes.find(({ id }) => id === drawn.scene)?.scene;
    if (scene === undefined) return undefined;
    return scene.firstFrame === undefined ? [] : [scene.firstFrame];
  }
  const place = drawn.list === 'places' ? named(script.bible.places, drawn.name) : undefined;
  const entry =
    place ?? (drawn.list === 'places' ? undefined : named(script.bible.characters, drawn.name));
  if (entry === undefined) return undefined;
  return [...(entry.pictures ?? []), ...(place?.inside ?? []), ...(place?.outside ?? [])];
}

/** On a line of its own behind the name, in block or flow style; in place of the one that is there. */
function entryEdits(
  script: ParsedScript,
  { list, name, path }: Extract<DrawnFor, { readonly list: unknown }>,
): TextEdit[] {
  const content = readingOf(script).layout.frontMatter?.content;
  if (content === undefined) return [];
  const source = script.text.slice(content.start, content.end);
  const edit = entryEdit(source, list, name, stringify(path, { lineWidth: 0 }).trim());
  if (edit === undefined) return [];
  const { start, end, text } = edit;
  const placed = { start: content.start + start, end: content.start + end, text };
  return withEol([placed], script.eol);
}

function entryEdit(
  source: string,
  list: BibleList,
  name: string,
  value: string,
): TextEdit | undefined {
  const document = readYaml(source);
  const entries = typeof document === 'string' ? undefined : document.get(list);
  if (!isSeq(entries)) return undefined;
  for (const item of entries.items) {
    const node = isMap(item) ? item.get('name', true) : item;
    if (!isScalar(node) || !node.range || !sameName(String(node.value), name)) continue;
    const [start, end] = node.range;
    const column = (from: number): string =>
      ' '.repeat(from - (source.lastIndexOf('\n', from - 1) + 1));
    if (!isMap(item)) {
      if (entries.flow === true) {
        return { start, end, text: `{ name: ${source.slice(start, end)}, picture: ${value} }` };
      }
      const text = `name: ${source.slice(start, end)}\n${column(start)}picture: ${value}`;
      return { start, end, text };
    }
    const there = item.get('picture', true) ?? item.get('pictures', true);
    if (isScalar(there) && there.range && there.value !== null) {
      return { start: there.range[0], end: there.range[1], text: value };
    }
    if (there !== undefined || !item.range) return undefined;
    if (item.flow === true) return { start: end, end, text: `, picture: ${value}` };
    const at = lineEnd(source, end);
    return { start: at, end: at, text: `\n${column(item.range[0])}picture: ${value}` };
  }
  return undefined;
}

/** As a picture of its own beneath the scene's line; in place of the one that is there. */
function frameEdits(
  script: ParsedScript,
  { scene, path }: Extract<DrawnFor, { readonly scene: unknown }>,
): TextEdit[] {
  const { layout } = readingOf(script);
  const node = script.scenes.find(({ id }) => id === scene);
  if (node === undefined) return [];
  const { firstFrame } = node.scene;
  if (firstFrame !== undefined) return otherFrame(script.text, node, firstFrame, path);
  const { section, parts } = node;
  const language = labelLanguage(script.brief.language) ?? 'en';
  const [label = 'First frame'] = [
    ...wordsFor('firstFrame', language),
    ...wordsFor('firstFrame', 'en'),
  ];
  const after = section.index + 1 + lastBefore('action', parts, section.content.id?.span);
  const blocks = [`![${label}](${linkOf(path)})`];
  return withEol(insertBlocks(script.text, layout, [{ after, blocks }]), script.eol);
}

function otherFrame(
  text: string,
  { span }: SceneNode,
  before: PicturePath,
  path: PicturePath,
): TextEdit[] {
  const images = text.slice(span.start, span.end).matchAll(/!\[[^\]]*\]\((<[^>\n]*>|[^\s)]*)/g);
  for (const { 0: all, 1: link = '', index } of images) {
    if (pathOf(link.replace(/^<|>$/g, '')) !== before) continue;
    const end = span.start + index + all.length;
    return [{ start: end - link.length, end, text: linkOf(path) }];
  }
  return [];
}

/** What cannot stand in a link as it is, or means something else there. */
const special = /[\s()<>[\]\\%&"'`*?#:!|~^{}]/gu;

/** A path as a link of Markdown has it. Letters of all languages stay readable. */
function linkOf(path: PicturePath): string {
  return path.replace(special, (sign) =>
    [...Buffer.from(sign)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}

function pathOf(link: string): PicturePath {
  try {
    return decodeURIComponent(link);
  } catch {
    return link;
  }
}
