import { isDeepStrictEqual } from 'node:util';
import { lineStart } from '../../markdown/lines.ts';
import type { Span } from '../../markdown/block-types.ts';
import { sameName } from '../../names.ts';
import { parseScript, readingOf } from '../../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../../parse/parsed-script.ts';
import { framesAmong, type FrameName } from '../../parse/scene-frames.ts';
import { sceneLabel } from '../../render/script-words.ts';
import type { Scene } from '../../script-model.ts';
import { applyEdits, composeEdits, type TextEdit, tidyEdits } from '../text-edit.ts';
import { byLines } from './by-lines.ts';
import { editSceneFields, type Fields } from './edit-fields.ts';
import { mergeBeats } from '../beats/merge-beats.ts';
import { shiftNumbers } from './renumber-scenes.ts';
import { isSameElsewhere, toldTogether } from './same-elsewhere.ts';
import { isPromptPiece, type Piece, piecesOf, tells } from './scene-pieces.ts';
import type { SceneChange } from './split-scene.ts';

/**
 * Make one scene of one and the next. Their texts follow one another and their lengths add up; id, title, take,
 * prompt and first frame are those of the first. What is read as no part of it any more stays beside it: the second
 * heading with its line as a comment where the second text begins, its prompt as a quote behind the first.
 *
 * @returns `undefined` where it is not sure what belongs to what
 */
export function mergeScenes(script: ParsedScript, first: SceneNode): SceneChange | undefined {
  readingOf(script);
  const { text, scenes } = script;
  const second = scenes[scenes.indexOf(first) + 1];
  if (first.id === undefined || second?.id === undefined || first.id === second.id)
    return undefined;
  const joined = joinSections(script, first, second);
  const sections = parseScript(applyEdits(text, joined), script);
  const node = sections.scenes.find(({ id }) => id === first.id);
  if (node === undefined) return undefined;
  const fields = fieldsOf(first.scene, second.scene);
  const both = composeEdits(text, joined, editSceneFields(sections, node, fields));
  const after = parseScript(applyEdits(text, both), script);
  const edits = composeEdits(text, both, mergeBeats(after, first, second, fields));
  const merged = parseScript(applyEdits(text, edits), script);
  return isMerged(script, first, second, merged)
    ? { edits: byLines(text, edits), id: first.id }
    : undefined;
}

function fieldsOf(a: Scene, b: Scene): Fields {
  const more = b.cast.filter((name) => !a.cast.some((one) => sameName(one, name)));
  const { place, time } = a.place === '' && a.time === '' ? b : a;
  return {
    seconds: Number((a.seconds + b.seconds).toFixed(3)),
    place,
    time,
    cast: [...a.cast, ...more],
  };
}

/**
 * The second section goes on where the first one ends. The first one's prompt, and its notes, come behind the
 * second text: where they stand before it, what follows would be theirs.
 */
function joinSections(script: ParsedScript, first: SceneNode, second: SceneNode): TextEdit[] {
  const { text, eol, scenes } = script;
  const a = piecesOf(script, first);
  const b = piecesOf(script, second);
  const lastTold = a.parts.findLastIndex(tells);
  const promptAt = a.parts.findIndex((piece, i) => i > lastTold && isPromptPiece(piece));
  const tail = promptAt === -1 ? [] : a.parts.slice(promptAt);
  const told = promptAt === -1 ? a.parts : a.parts.slice(0, promptAt);
  const start = endOf(told, first);
  const end = Math.max(start, endOf([...a.parts, ...a.notes], first));
  const isKept = first.scene.prompt !== '';
  const own = b.parts.filter((piece) => !isHead(piece, second));
  const ownTail = isKept ? own.filter(isPromptPiece) : own.slice(behindLastTold(own));
  const body = own.filter((piece) => !ownTail.includes(piece));
  const source = (pieces: readonly Piece[]): string[] =>
    pieces.map((piece) => text.slice(piece.start, piece.end));
  const whole = [
    ...seamOf(script, first, second),
    ...source(body).map((one) => withoutFrames(script, first, second, one)),
    ...source(tail),
    ...(isKept ? asides(source(ownTail), ownTail, eol) : source(ownTail)),
    ...source(a.notes),
    ...source(b.notes),
  ];
  const index = scenes.indexOf(second);
  const last = endOf([...b.parts, ...b.notes], second);
  return tidyEdits([
    ...lastFrames(script, first, second, told),
    { start, end, text: whole.map((one) => eol + eol + one).join('') },
    { start: startOfSection(text, end, second), end: last, text: '' },
    ...shiftNumbers(script, index + 1, -1),
  ]);
}

/** Where the last of these blocks ends, or the heading and the id of their scene. */
function endOf(pieces: readonly Piece[], { heading, idSpan }: SceneNode): number {
  return Math.max(heading.end, idSpan?.end ?? 0, pieces.at(-1)?.end ?? 0);
}

/** Where a section begins, with the blank lines before it. */
function startOfSection(text: string, least: number, { heading }: SceneNode): number {
  const start = lineStart(text, heading.start);
  return Math.max(least, text.slice(0, start).trimEnd().length);
}

/** Whether a block is nothing but a scene's id, or its line. */
function isHead({ start, end, kinds }: Piece, { idSpan }: SceneNode): boolean {
  const isId = idSpan !== undefined && start <= idSpan.start && idSpan.end <= end;
  return isId || (kinds.length === 1 && kinds[0] === 'meta');
}

function behindLastTold(pieces: readonly Piece[]): number {
  const last = pieces.findLastIndex(tells);
  const prompt = pieces.findIndex((piece, i) => i > last && isPromptPiece(piece));
  return prompt === -1 ? pieces.length : prompt;
}

/** What the second scene said of itself, as a comment; nothing where that was no more than a number. */
function seamOf({ text, eol }: ParsedScript, first: SceneNode, second: SceneNode): string[] {
  const { title, place, time } = second.scene;
  const { heading, idSpan, takeSpan, lineSpan } = second;
  const said = (span: Span | undefined): string => (span ? text.slice(span.start, span.end) : '');
  const comment = said(idSpan);
  const rest = comment
    .slice((takeSpan?.end ?? (idSpan?.start ?? 0) + comment.length) - (idSpan?.start ?? 0))
    .replace(/-->$/, '');
  const words = [
    said(heading)
      .replace(comment === '' ? /$^/ : comment, ' ')
      .replace(/^#+|#+$|[-=]+$/g, ''),
    said(lineSpan).replace(/^[*_\s]+|[*_\s]+$/g, ''),
    rest,
  ]
    .map((one) =>
      one
        .replace(/<!--|-->/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((one) => one !== '');
  const isSame = title === '' && place === first.scene.place && time === first.scene.time;
  if (words.length === 0 || (isSame && rest.trim() === '')) return [];
  return [`<!-- ${words.join(' · ')} -->`.replaceAll('\n', eol)];
}

/** Prompts that are read as no part of the scene any more: quotes, in a fence where they had none. */
function asides(sources: readonly string[], pieces: readonly Piece[], eol: string): string[] {
  return sources.map((source, i) => {
    const isFence = pieces[i]?.block.type === 'code';
    const lines = source.split(/\r\n|\n|\r/);
    const fenced = isFence ? lines : ['```prompt', ...lines, '```'];
    return fenced.map((line) => `> ${line}`.trimEnd()).join(eol);
  });
}

const image = /!\[(?=[^\]\n]*\])/g;

/** The second scene's first frame is no frame of the one that both are now. */
function withoutFrames(
  script: ParsedScript,
  first: SceneNode,
  second: SceneNode,
  source: string,
): string {
  const isFrame = second.scene.firstFrame !== undefined && first.scene.firstFrame === undefined;
  return isFrame ? disowned(script, second, source, 'firstFrame') : source;
}

/** Nor is the first scene's last frame. */
function lastFrames(
  script: ParsedScript,
  first: SceneNode,
  { scene }: SceneNode,
  told: readonly Piece[],
): TextEdit[] {
  if (first.scene.lastFrame === undefined || scene.lastFrame === undefined) return [];
  return told.flatMap(({ start, end }): TextEdit[] => {
    const source = script.text.slice(start, end);
    const text = disowned(script, first, source, 'lastFrame');
    return text === source ? [] : [{ start, end, text }];
  });
}

/** An image says whose frame it was: `![Scene 4: First frame](stairs.png)`. */
function disowned(script: ParsedScript, node: SceneNode, source: string, name: FrameName): string {
  const [paragraph] = parseScript(`${source}\n`).reading.layout.pieces.flatMap(
    ({ piece }) => piece.blocks,
  );
  if (paragraph === undefined || framesAmong([paragraph])[name] === undefined) return source;
  const number = node.number ?? script.scenes.indexOf(node) + 1;
  return source.replace(image, `![${sceneLabel(script, number)}: `);
}

function isMerged(
  script: ParsedScript,
  { id, scene: a, take }: SceneNode,
  { id: second, scene: b }: SceneNode,
  after: ParsedScript,
): boolean {
  const node = after.scenes.find((one) => one.id === id);
  if (node === undefined || after.scenes.some((one) => one.id === second)) return false;
  const { scene } = node;
  const { seconds, place, time, cast } = scene;
  const both = (value: (one: Scene) => string, parting: string): boolean =>
    value(scene) === toldTogether([value(a), value(b)], parting);
  const questions = [...(a.questions ?? []), ...(b.questions ?? [])];
  return (
    node.take === take &&
    scene.title === a.title &&
    isDeepStrictEqual({ seconds, place, time, cast }, fieldsOf(a, b)) &&
    both(({ action }) => action, '\n\n') &&
    both(({ narration }) => narration, '\n') &&
    both(({ sound }) => sound, '\n') &&
    isDeepStrictEqual(scene.dialogue, [...a.dialogue, ...b.dialogue]) &&
    isDeepStrictEqual(scene.questions ?? [], questions) &&
    scene.prompt === (a.prompt === '' ? b.prompt : a.prompt) &&
    scene.firstFrame === a.firstFrame &&
    scene.lastFrame === b.lastFrame &&
    isSameElsewhere(script, after, new Set([id ?? '', second ?? '']))
  );
}
