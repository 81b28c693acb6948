import { isMap, isScalar, isSeq, stringify } from 'yaml';
import { bibleNodes } from '../bible-nodes.ts';
import { lineEnd } from '../markdown/lines.ts';
import { named, sameName } from '../names.ts';
import { labelLanguage, wordsFor } from '../parse/label-words.ts';
import { parseScript, readingOf } from '../parse/parse-script.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import { readYaml } from '../parse/read-yaml.ts';
import { pictureNodes, type PictureNode } from '../picture-nodes.ts';
import { linkOf } from '../picture-path.ts';
import type { BibleList } from '../problems/script-problem.ts';
import type { PicturePath, SceneId } from '../script-model.ts';
import { replacePicture } from './change-picture.ts';
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

/** Whether a picture that the script names gives way to one that was drawn, by its path. */
export type GivesWay = (named: PicturePath) => boolean;

/** @param givesWay of pictures that are named there already; none where that is left out */
export function pictureStanding(
  script: ParsedScript,
  drawn: DrawnFor,
  givesWay: GivesWay = () => false,
): PictureStanding {
  const there = picturesThere(script, drawn);
  if (there === undefined) return 'gone';
  if (there.includes(drawn.path)) return 'there';
  return there.every(givesWay) ? 'free' : 'other';
}

/**
 * Write pictures into the script: into the entry of a character or place, or as the first frame of a scene. What has
 * a picture keeps it, unless that gives way: then the new one stands in the place of the first.
 *
 * @returns as one change; none of what stands in a shape that is too rare to be edited by range
 */
export function addPictures(
  script: ParsedScript,
  drawn: readonly DrawnFor[],
  givesWay?: GivesWay,
): TextEdit[] {
  const edits = drawn.flatMap((one) => {
    if (pictureStanding(script, one, givesWay) !== 'free') return [];
    const named = nodeThere(script, one);
    const own =
      named !== undefined
        ? [replacePicture(named, one.path)]
        : 'scene' in one
          ? frameEdits(script, one)
          : entryEdits(script, one);
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

/** Where the script names the first of the pictures that are there. */
function nodeThere(script: ParsedScript, drawn: DrawnFor): PictureNode | undefined {
  const [first] = picturesThere(script, drawn) ?? [];
  if (first === undefined) return undefined;
  const nodes = pictureNodes(script).filter(({ file }) => file === first);
  if ('scene' in drawn) {
    const span = script.scenes.find(({ id }) => id === drawn.scene)?.span;
    return nodes.find(({ whole }) => span && span.start <= whole.start && whole.end <= span.end);
  }
  const own = bibleNodes(script.reading.front)
    .filter(({ list, name }) => list === drawn.list && sameName(name.text, drawn.name))
    .flatMap(({ pictures }) => pictures);
  return nodes.find((node) => own.some(({ span }) => span.start === node.span.start));
}

/** On a line of its own behind the name, in block or flow style. */
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
    const isThere = item.has('picture') || item.has('pictures');
    if (isThere || !item.range) return undefined;
    if (item.flow === true) return { start: end, end, text: `, picture: ${value}` };
    const at = lineEnd(source, end);
    return { start: at, end: at, text: `\n${column(item.range[0])}picture: ${value}` };
  }
  return undefined;
}

/** As a picture of its own beneath the scene's line. */
function frameEdits(
  script: ParsedScript,
  { scene, path }: Extract<DrawnFor, { readonly scene: unknown }>,
): TextEdit[] {
  const { layout } = readingOf(script);
  const node = script.scenes.find(({ id }) => id === scene);
  if (node === undefined) return [];
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
