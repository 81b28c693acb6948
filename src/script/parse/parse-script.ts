import { ScenewrightError } from '../../base/errors.ts';
import type { Block, Span } from '../markdown/block-types.ts';
import { findFrontMatter } from '../markdown/read-blocks.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import { plainText } from '../markdown/inline-text.ts';
import { inlineEffort } from '../markdown/inline-effort.ts';
import { mayBeScript } from './is-script.ts';
import { type Layout, readLayout, type SceneSection } from './layout.ts';
import { beyondLimits, limits } from '../limits.ts';
import type { Beat, Bible, Brief, Scene, SceneId } from '../script-model.ts';
import { maxDuration } from '../script-model.ts';
import { type ReadBeat, readOutline } from './outline-section.ts';
import type { Problem } from '../problems/script-problem.ts';
import { findProblems } from '../problems/find-problems.ts';
import { isWritten, type PartKind, readScene, type ReadScene } from './scene-section.ts';
import { normaliseLine } from '../normalise-text.ts';

export type { Span } from '../markdown/block-types.ts';
export type { Problem, ProblemCode } from '../problems/script-problem.ts';

export interface SceneNode {
  readonly id: SceneId | undefined;
  /** The comment that holds the id. */
  readonly idSpan?: Span;
  /** The number in the heading; not necessarily the scene's place in the document. */
  readonly number: number | undefined;
  /** From the heading to just before the next heading of level 1 or 2. */
  readonly span: Span;
  readonly heading: Span;
  /** Its id is empty while the document has none; what it does not say is its beat's. */
  readonly scene: Scene;
  /** It has action, dialogue, narration or a prompt. */
  readonly written: boolean;
  /** The line with place, time, cast and seconds. */
  readonly lineSpan?: Span;
  /** The quotes with what is spoken. */
  readonly dialogueSpans: readonly Span[];
  /** The first prompt block, with its fences. */
  readonly promptSpan?: Span;
}

export interface BeatNode {
  /** Its id is empty while the document has none. */
  readonly beat: Beat;
  readonly span: Span;
  /** The line with the title. */
  readonly head: Span;
  readonly hasId: boolean;
}

/** A script as it stands in the document. Offsets are UTF-16 code units into `text`. */
export interface ParsedScript {
  readonly text: string;
  /** The line end that most lines have. */
  readonly eol: '\n' | '\r\n';
  /** The front matter says `scenewright: 1`, and the document is within our limits. */
  readonly isScript: boolean;
  /** A duration that is missing is what the outline adds up to. */
  readonly brief: Brief;
  readonly title: string;
  /** The story in a sentence or two; may be empty. */
  readonly logline: string;
  readonly bible: Bible;
  /** Label of the writer model; may be empty. */
  readonly writer: string;
  readonly outline: readonly BeatNode[];
  readonly scenes: readonly SceneNode[];
  /** Of scripts only: nothing is wrong with other people's Markdown. */
  readonly problems: readonly Problem[];
  /**
   * Why a document that may well be a script was not read: it is larger or nested more deeply than
   * any script is. Nothing of it is known then, and edits refuse it. It is among the problems.
   */
  readonly beyond?: Problem;
}

/** Everything the edits need besides: what stands where. */
export interface ReadScript {
  readonly layout: Layout;
  readonly beats: readonly ReadBeat[];
  readonly scenes: readonly (ReadScene & { readonly section: SceneSection })[];
  readonly parsed: ParsedScript;
}

/**
 * Read a script. Any text at all can be read, in a time that grows with its length alone; what is
 * wrong with it is in `problems`. What is in all likelihood no script, ask {@link mayBeScript} first.
 */
export function parseScript(text: string): ParsedScript {
  return readScript(text).parsed;
}

/**
 * The same for edits.
 *
 * @throws ScenewrightError `bad-script` for a document that is beyond our limits
 */
export function readForEdit(text: string): ReadScript {
  const read = readScript(text);
  const { beyond } = read.parsed;
  if (beyond) throw new ScenewrightError('bad-script', beyond.message);
  return read;
}

export function readScript(text: string): ReadScript {
  if (text.length > limits.document) {
    const start = { start: 0, end: text.indexOf('\n') + 1 };
    return unread(text, mayBeScript(text) ? [beyondLimits(start, 'It is too long')] : []);
  }
  const front = readFrontMatter(text, findFrontMatter(text)?.content);
  if (front.beyond) return unread(text, [front.beyond]);
  const layout = readLayout(text);
  const beyond = front.isScript ? beyondOf(layout) : undefined;
  return beyond ? unread(text, [beyond]) : readSections(text, front, layout);
}

/** Why a document is not read whose front matter is fine. */
function beyondOf(layout: Layout): Problem | undefined {
  const extra = layout.scenes[limits.scenes];
  if (extra) {
    const { start, end } = extra.heading;
    return beyondLimits({ start, end }, `It has more than ${limits.scenes} scenes`);
  }
  if (layout.effort + inlineEffort(layout.blocks) <= limits.effort) return undefined;
  const { start, end } = layout.frontMatter ?? { start: 0, end: 0 };
  return beyondLimits({ start, end }, 'It has too much Markdown that is not of a plain shape');
}

/** A document of which nothing is known but that it is beyond our limits. */
function unread(text: string, problems: readonly Problem[]): ReadScript {
  const read = readSections('', readFrontMatter('', undefined), readLayout(''));
  const [beyond] = problems;
  return { ...read, parsed: { ...read.parsed, text, problems, ...(beyond ? { beyond } : {}) } };
}

function readSections(text: string, front: FrontMatter, layout: Layout): ReadScript {
  const { bible, isScript } = front;
  const beats = layout.outline ? readOutline(layout.outline, text, bible) : [];
  const beatById = new Map<string, Beat>();
  for (const { beat } of beats) if (!beatById.has(beat.id)) beatById.set(beat.id, beat);
  const scenes = layout.scenes.map((section) => {
    const beat = section.id ? beatById.get(section.id.value) : undefined;
    return { ...readScene(section, bible, beat), section };
  });
  const outlined = Math.round(beats.reduce((sum, { beat }) => sum + beat.seconds, 0));
  const problems = isScript ? findProblems(text, bible, beats, scenes) : [];
  const parsed: ParsedScript = {
    text,
    eol: eolOf(text),
    isScript,
    brief: {
      ...front.brief,
      duration: front.brief.duration || Math.min(Math.max(outlined, 1), maxDuration),
    },
    title: titleOf(layout) || front.title,
    logline: front.logline || loglineOf(layout),
    bible,
    writer: front.writer,
    outline: beats.map(({ beat, span, head, hasId }) => ({ beat, span, head, hasId })),
    scenes: scenes.map(toNode),
    problems: [...front.problems, ...problems],
  };
  return { layout, beats, scenes, parsed };
}

/** The scene whose section holds the offset. */
export function sceneAt(parsed: ParsedScript, offset: number): SceneNode | undefined {
  return parsed.scenes.findLast(
    ({ span }, i) =>
      span.start <= offset &&
      (offset < span.end || (offset === span.end && i === parsed.scenes.length - 1)),
  );
}

function toNode({ scene, number, parts, section }: ReadScript['scenes'][number]): SceneNode {
  const blocks = (kind: PartKind): Block[] =>
    parts.filter(({ kinds }) => kinds.includes(kind)).map(({ block }) => block);
  const [line] = blocks('meta');
  const [prompt] = blocks('prompt');
  return {
    id: section.id?.value,
    ...(section.id ? { idSpan: section.id.span } : {}),
    number,
    span: { start: section.start, end: section.end },
    heading: { start: section.heading.start, end: section.heading.end },
    scene,
    written: isWritten(scene),
    ...(line ? { lineSpan: { start: line.start, end: line.end } } : {}),
    dialogueSpans: blocks('dialogue').map(({ start, end }) => ({ start, end })),
    ...(prompt ? { promptSpan: { start: prompt.start, end: prompt.end } } : {}),
  };
}

export function titleOf({ title }: Layout): string {
  return title ? normaliseLine(plainText(title.heading.raw)) : '';
}

/** The first paragraph under the title. */
export function loglineOf({ title }: Layout): string {
  const paragraph = title?.blocks.find((block) => block.type === 'paragraph');
  return paragraph?.type === 'paragraph' ? normaliseLine(plainText(paragraph.raw)) : '';
}

function eolOf(text: string): '\n' | '\r\n' {
  let all = 0;
  let windows = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    all++;
    if (text.charAt(at - 1) === '\r') windows++;
  }
  return windows * 2 > all ? '\r\n' : '\n';
}
