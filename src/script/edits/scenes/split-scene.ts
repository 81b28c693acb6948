import { isDeepStrictEqual } from 'node:util';
import { parseScript, readingOf } from '../../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../../parse/parsed-script.ts';
import { framesAmong } from '../../parse/scene-frames.ts';
import { renderHeading, renderPart } from '../../render/render-scene.ts';
import { wordsOf, wordsOfScene } from '../../render/script-words.ts';
import { newSceneId } from '../../scene-ids.ts';
import type { Scene, SceneId } from '../../script-model.ts';
import { freshIds } from '../assign-ids.ts';
import { applyEdits, composeEdits, type TextEdit } from '../text-edit.ts';
import { splitBeat } from '../beats/split-beat.ts';
import { byLines } from './by-lines.ts';
import { editSceneFields } from './edit-fields.ts';
import { shiftNumbers } from './renumber-scenes.ts';
import { isSameElsewhere, toldTogether } from './same-elsewhere.ts';
import { isPromptPiece, type Piece, piecesOf, sourcesOf, takeAway } from './scene-pieces.ts';
import { shareSeconds } from './shared-seconds.ts';
import { splitPlaces, type SplitPlace } from './split-places.ts';

export interface SplitOptions {
  /** Lengths that clips can have. */
  readonly lengths?: readonly number[];
  /** Title of the second scene. */
  readonly title?: string;
  readonly newId?: () => SceneId;
}

/** A change of a script, and the scene that it has made or left. */
export interface SceneChange {
  readonly edits: readonly TextEdit[];
  readonly id: SceneId;
}

/**
 * Part a scene in two between the blocks at an offset. The first keeps id, take, prompt and first frame; the
 * second begins without a cut where it ends, and has the last frame. Its length is shared out by what is told
 * in each. The beat is parted in the same way: how things stand at the end is said of the second.
 *
 * @returns `undefined` where nothing would be told in one of the two, or it is not sure what belongs to what
 */
export function splitScene(
  script: ParsedScript,
  node: SceneNode,
  offset: number,
  { lengths = [], title, newId = newSceneId }: SplitOptions = {},
): SceneChange | undefined {
  readingOf(script);
  const { text } = script;
  if (node.id === undefined) return undefined;
  const id = freshIds(script, newId)();
  const { parts } = piecesOf(script, node);
  for (const place of splitPlaces(text, parts, offset)) {
    const name = title ?? nextTitle(node.scene.title);
    const parted = partSection(script, node, parts, place, { ...node.scene, id, title: name });
    const after = parseScript(applyEdits(text, parted), script);
    const seconds = secondsOf(after, node, id, lengths);
    if (seconds === undefined) continue;
    const edits = withLengths(script, node, id, composeIn(text, parted, after, seconds));
    if (edits !== undefined) return { edits: byLines(text, edits), id };
  }
  return undefined;
}

/** The lengths of both parts, in the text that has them. */
function composeIn(
  text: string,
  parted: readonly TextEdit[],
  after: ParsedScript,
  seconds: readonly [SceneNode, number][],
): TextEdit[] {
  const lengths = seconds.flatMap(([one, length]) =>
    editSceneFields(after, one, { ...one.scene, seconds: length }),
  );
  return composeEdits(text, parted, lengths);
}

function withLengths(
  script: ParsedScript,
  node: SceneNode,
  id: SceneId,
  parted: readonly TextEdit[],
): TextEdit[] | undefined {
  const { text } = script;
  const after = parseScript(applyEdits(text, parted), script);
  if (!isParted(script, node, id, after)) return undefined;
  const beats = splitBeat(after, node.id ?? '', id);
  if (beats.length === 0) return [...parted];
  const edits = composeEdits(text, parted, beats);
  return isParted(script, node, id, parseScript(applyEdits(text, edits), script))
    ? edits
    : undefined;
}

/** `The lamp` goes on as `The lamp (2)`. */
function nextTitle(title: string): string {
  const [, own = title, number = '1'] = /^(.*\S)\s*\((\d{1,3})\)$/su.exec(title) ?? [];
  return title === '' ? '' : `${own} (${Number(number) + 1})`;
}

function partSection(
  script: ParsedScript,
  node: SceneNode,
  parts: readonly Piece[],
  place: SplitPlace,
  second: Scene,
): TextEdit[] {
  const { text, eol, bible, scenes, reading } = script;
  const index = scenes.indexOf(node);
  const before = parts.slice(0, place.pieces);
  const behind = parts.slice(place.pieces);
  const up = new Set([...promptsOf(behind), ...framesOf(behind, 'firstFrame')]);
  const down = new Set(framesOf(before, 'lastFrame'));
  const heading = renderHeading(second.title, index + 2, wordsOf(script), reading.layout.level);
  const meta = renderPart('meta', second, bible, wordsOfScene(script, node));
  const head = `${heading}\n<!-- scene: ${second.id} -->\n\n${meta}\n\n`.replaceAll('\n', eol);
  const lead =
    place.isInQuote || !/(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)$/.test(text.slice(0, place.start));
  const put =
    (lead ? (place.isInQuote ? eol + eol : eol) : '') +
    sourcesOf(text, [...up], eol) +
    head +
    sourcesOf(text, [...down], eol);
  return [
    ...takeAway(before, down),
    { start: place.start, end: place.end, text: put },
    ...takeAway(behind, up),
    ...shiftNumbers(script, index + 1, 1),
  ];
}

/** What the first scene keeps: the last prompts of it, with their labels. */
function promptsOf(pieces: readonly Piece[]): Piece[] {
  return pieces.filter(isPromptPiece);
}

function framesOf(pieces: readonly Piece[], name: 'firstFrame' | 'lastFrame'): Piece[] {
  return pieces.filter(({ isFrame, block }) => isFrame && framesAmong([block])[name] !== undefined);
}

/** How long each of the two is; nothing where they are not both there. */
function secondsOf(
  after: ParsedScript,
  { id, scene }: SceneNode,
  second: SceneId,
  lengths: readonly number[],
): readonly [SceneNode, number][] | undefined {
  const [a, b] = [id, second].map((one) => after.scenes.find((node) => node.id === one));
  if (a === undefined || b === undefined) return undefined;
  const [first, rest] = [amountOf(a.scene), amountOf(b.scene)];
  if (first === 0 || rest === 0) return undefined;
  const seconds = shareSeconds(scene.seconds, first / (first + rest), lengths);
  return [
    [a, seconds],
    [b, scene.seconds - seconds],
  ];
}

/** How much is told: what is seen and what is spoken take their time alike. */
function amountOf({ action, narration, dialogue }: Scene): number {
  return (
    action.length + narration.length + dialogue.reduce((sum, { line }) => sum + line.length, 0)
  );
}

function isParted(
  script: ParsedScript,
  { id, scene, take }: SceneNode,
  second: SceneId,
  after: ParsedScript,
): boolean {
  const index = after.scenes.findIndex((node) => node.id === id);
  const [a, b] = after.scenes.slice(index, index + 2);
  if (a === undefined || b?.id !== second || a.take !== take || b.take !== undefined) return false;
  const both = (value: (one: Scene) => string, parting: string): boolean =>
    toldTogether([value(a.scene), value(b.scene)], parting) === value(scene);
  const { questions = [] } = scene;
  return (
    both(({ action }) => action, '\n\n') &&
    both(({ narration }) => narration, '\n') &&
    both(({ sound }) => sound, '\n') &&
    isDeepStrictEqual([...a.scene.dialogue, ...b.scene.dialogue], scene.dialogue) &&
    isDeepStrictEqual([...(a.scene.questions ?? []), ...(b.scene.questions ?? [])], questions) &&
    a.scene.prompt === scene.prompt &&
    b.scene.prompt === '' &&
    a.scene.firstFrame === scene.firstFrame &&
    a.scene.lastFrame === undefined &&
    b.scene.firstFrame === undefined &&
    b.scene.lastFrame === scene.lastFrame &&
    Math.abs(a.scene.seconds + b.scene.seconds - scene.seconds) < 0.001 &&
    isSameElsewhere(script, after, new Set([id ?? '', second]))
  );
}
