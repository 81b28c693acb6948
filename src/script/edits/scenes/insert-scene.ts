import { parseScript, readingOf } from '../../parse/parse-script.ts';
import type { ParsedScript } from '../../parse/parsed-script.ts';
import { blocksOf } from '../../markdown/read-blocks.ts';
import { renderScene } from '../../render/render-scene.ts';
import { wordsOf } from '../../render/script-words.ts';
import { newSceneId } from '../../scene-ids.ts';
import type { Beat, Scene, SceneId } from '../../script-model.ts';
import { normaliseScene } from '../../normalise-scene.ts';
import { addToOutline } from '../add-to-outline.ts';
import { freshIds } from '../assign-ids.ts';
import { insertBlocks, withEol } from '../insert-blocks.ts';
import { applyEdits, composeEdits, type TextEdit } from '../text-edit.ts';
import { shiftNumbers } from './renumber-scenes.ts';
import { isSameElsewhere } from './same-elsewhere.ts';
import type { SceneChange } from './split-scene.ts';

/**
 * Put an empty scene into a script, to be written by hand or by a run, and its beat into the outline where there is
 * one. A scene that has gone on from the one before it begins with a cut from now on.
 *
 * @param behind number of the scene that it comes behind, from 1; 0 for the start
 * @returns `undefined` where the script would not be what it was with one more scene
 */
export function insertScene(
  script: ParsedScript,
  behind: number,
  { title, seconds }: Pick<Scene, 'title' | 'seconds'>,
  newId: () => SceneId = newSceneId,
): SceneChange | undefined {
  const { layout } = readingOf(script);
  const { text, scenes, outline, eol, bible } = script;
  if (behind < 0 || behind > scenes.length) return undefined;
  const id = freshIds(script, newId)();
  const empty: Scene = {
    id,
    title,
    seconds,
    place: '',
    time: '',
    cast: [],
    action: '',
    dialogue: [],
    narration: '',
    sound: '',
    prompt: '',
  };
  const scene = normaliseScene(empty, bible);
  const source = renderScene(scene, behind + 1, bible, wordsOf(script), layout.level);
  const put = withEol(
    [
      ...insertBlocks(text, layout, [{ after: blockBefore(script, behind), blocks: [source] }]),
      ...shiftNumbers(script, behind, 1),
    ],
    eol,
  );
  const after = parseScript(applyEdits(text, put), script);
  const node = after.scenes[behind];
  if (node?.id !== id || !isSameElsewhere(script, after, new Set([id]))) return undefined;
  if (outline.length === 0) return { edits: put, id };
  const edits = composeEdits(text, put, addToOutline(after, node.heading.start));
  return isInserted(script, edits, id) ? { edits, id } : { edits: put, id };
}

/** Index of the block that the new section comes behind. */
function blockBefore({ scenes, reading }: ParsedScript, behind: number): number {
  const previous = scenes[behind - 1]?.section;
  if (previous) return previous.index + previous.content.blocks.length;
  const first = scenes[0]?.section;
  if (first) return first.index - 1;
  const { outline } = reading.layout;
  if (outline) return outline.index + outline.content.blocks.length;
  return blocksOf(reading.layout).length - 1;
}

function isInserted(script: ParsedScript, edits: readonly TextEdit[], id: SceneId): boolean {
  const after = parseScript(applyEdits(script.text, edits), script);
  const at = after.outline.findIndex(({ beat }) => beat.id === id);
  const next = after.outline[at + 1]?.beat.id;
  const isCut = (beat: Beat): boolean => beat.id === next;
  return at !== -1 && isSameElsewhere(script, after, new Set([id]), isCut);
}
