import { t } from '../../base/l10n.ts';
import { holds } from '../markdown/block-types.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { isSceneId } from '../scene-ids.ts';
import { insertBlocks, withEol } from './insert-blocks.ts';
import { blocksOf } from '../markdown/read-blocks.ts';
import type { Section } from '../parse/layout.ts';
import type { Scene, SceneId } from '../script-model.ts';
import { normaliseScene } from '../normalise-scene.ts';
import { secondsInHeading } from '../parse/scene-section.ts';
import { readingOf } from '../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import { editTitle } from './edit-title.ts';
import { renderBody, renderPart, renderScene } from '../render/render-scene.ts';
import { wordsOf, wordsOfScene } from '../render/script-words.ts';
import { type TextEdit, tidyEdits } from './text-edit.ts';

/**
 * Put finished scenes into the document. Nothing that is there is changed or taken away.
 *
 * - A scene goes behind the section of the scene that comes before it in the document's outline, or
 *   of the nearest one before that which the document has; if it has none of them, before the
 *   nearest one that comes later, and if there is none either, behind the last scene. Scenes that
 *   land together are one edit.
 * - Scenes that the outline does not know go behind the last scene, in the order they are given.
 * - Without any scene yet, they go behind the outline, and without one to the end of the document.
 * - A section with the scene's id that is not written yet is filled in place; heading, line and sound
 *   that stand there stay. One that is written is left alone, so inserting twice does nothing.
 *
 * Place is found by id alone, whatever the writer has edited above, below or between.
 *
 * @throws ScenewrightError `internal` for a scene whose id is none.
 */
export function insertScenes(parsed: ParsedScript, scenes: readonly Scene[]): TextEdit[] {
  if (scenes.length === 0) return [];
  const { layout } = readingOf(parsed);
  const present = new Map<SceneId, SceneNode[]>();
  for (const node of parsed.scenes) {
    const twins = node.id && present.get(node.id);
    if (twins) twins.push(node);
    else if (node.id) present.set(node.id, [node]);
  }

  const edits: TextEdit[] = [];
  const fresh = new Map<SceneId, Scene>();
  for (const given of scenes) {
    if (!isSceneId(given.id)) {
      throw new ScenewrightError('internal', t('A scene cannot have the id “{0}”.', given.id));
    }
    const scene = normaliseScene(given, parsed.bible);
    const sections = present.get(scene.id) ?? [];
    const [first] = sections;
    if (!first) fresh.set(scene.id, scene);
    else if (!sections.some(({ written }) => written)) edits.push(...fillIn(parsed, first, scene));
  }

  const insertions = placesOf(parsed, present, fresh).map(({ after, scene, number }) => ({
    after,
    blocks: [renderScene(scene, number, parsed.bible, wordsOf(parsed), layout.level)],
  }));
  edits.push(...insertBlocks(parsed.text, layout, insertions));
  return tidyEdits(withEol(edits, parsed.eol));
}

interface Place {
  readonly after: number;
  readonly scene: Scene;
  readonly number: number;
}

/** Where each new scene goes, in the order in which they follow each other. */
function placesOf(
  { outline, scenes: existing, reading }: ParsedScript,
  present: ReadonlyMap<SceneId, readonly SceneNode[]>,
  fresh: ReadonlyMap<SceneId, Scene>,
): Place[] {
  const sectionOf = (id: SceneId): Section | undefined => present.get(id)?.[0]?.section;
  const lastScene = existing.at(-1)?.section;
  const end = lastScene ?? reading.layout.outline;
  const atEnd = end ? lastBlock(end) : blocksOf(reading.layout).length - 1;
  const firstPresent = outline.map(({ beat }) => sectionOf(beat.id)).find((found) => found);
  let after = firstPresent ? firstPresent.index - 1 : atEnd;

  const places: Place[] = [];
  const left = new Map(fresh);
  outline.forEach(({ beat }, i) => {
    const section = sectionOf(beat.id);
    if (section) after = lastBlock(section);
    const scene = left.get(beat.id);
    if (!scene) return;
    places.push({ after, scene, number: i + 1 });
    left.delete(beat.id);
  });
  let number = existing.reduce((most, scene) => Math.max(most, scene.number ?? 0), outline.length);
  for (const scene of left.values()) places.push({ after: atEnd, scene, number: ++number });
  return places;
}

/** Index of a section's last block among those of the document. */
function lastBlock({ index, content }: Section): number {
  return index + content.blocks.length;
}

/** Put into a section what it has not got yet. */
function fillIn(parsed: ParsedScript, node: SceneNode, scene: Scene): TextEdit[] {
  const { text, bible, reading } = parsed;
  const { section, parts, scene: old } = node;
  const words = wordsOfScene(parsed, node);
  const { index, content } = section;
  const { blocks, id } = content;
  const meta = parts.findIndex(({ kinds }) => kinds.includes('meta'));
  const comment = blocks.findIndex((block) => holds(block, id?.span));
  const missing = renderBody(old.sound === '' ? scene : { ...scene, sound: '' }, bible, words);
  // The heading stays, and with it the seconds that it says.
  const seconds = secondsInHeading(content.heading) ?? scene.seconds;
  if (meta === -1) missing.unshift(renderPart('meta', { ...scene, seconds }, bible, words));
  const after = index + 1 + (meta === -1 ? comment : meta);
  const edits = insertBlocks(text, reading.layout, [{ after, blocks: missing }]);

  if (old.title === '' && scene.title !== '') edits.push(...editTitle(section, scene.title));
  return edits;
}
