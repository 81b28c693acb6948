import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { memoizeLast } from '../../base/memoize.ts';
import { beyondLimits, limits } from '../limits.ts';
import type { Span } from '../markdown/block-types.ts';
import { findFrontMatter } from '../markdown/find-front-matter.ts';
import { plainText } from '../markdown/inline-text.ts';
import { ownCopy } from '../markdown/lines.ts';
import { withoutAttributes } from '../markdown/shown-words.ts';
import { shiftedSpan } from '../markdown/shift-blocks.ts';
import { mergeConflicts } from '../merge-conflicts.ts';
import type { KnownNames, Named } from '../names.ts';
import { normaliseLine } from '../normalise-text.ts';
import { findProblems } from '../problems/find-problems.ts';
import type { Problem } from '../problems/script-problem.ts';
import type { Bible } from '../script-model.ts';
import { maxDuration } from '../script-model.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import { mayBeScript } from './is-script.ts';
import { type Layout, readLayout, type SectionContent } from './layout.ts';
import { beatsById, placedBeats, readOutline } from './outline-section.ts';
import type { ParsedScript, Reading, SceneNode } from './parsed-script.ts';
import { readScene, type ReadScene } from './scene-section.ts';

export type { Span } from '../markdown/block-types.ts';
export type { BeatNode } from './outline-section.ts';
export type { ProblemCode } from '../problems/script-problem.ts';

/**
 * Read a script. Any text at all can be read, in a time that grows with its length alone; what is
 * wrong with it is in `problems`. What is in all likelihood no script, ask {@link mayBeScript} first.
 *
 * @param before an earlier version of the document: only the sections that have changed are read
 * again then, unless a name of the bible has changed. What comes out is the same.
 */
export function parseScript(text: string, before?: ParsedScript): ParsedScript {
  if (text.length > limits.document) {
    const start = { start: 0, end: text.indexOf('\n') + 1 };
    return unread(text, mayBeScript(text) ? [beyondLimits(start, t('It is too long'))] : []);
  }
  const front = frontMatterOf(text, before?.reading.front);
  if (front.beyond) return unread(text, [front.beyond]);
  const layout = readLayout(text, before?.reading.layout);
  const beyond = front.isScript ? beyondOf(layout) : undefined;
  return beyond ? unread(text, [beyond]) : readSections(text, front, layout, before?.reading);
}

/**
 * What edits need.
 *
 * @throws ScenewrightError `bad-script` for a document that is beyond our limits, or has conflicts
 */
export function readingOf({ beyond, conflicts: [conflict], reading }: ParsedScript): Reading {
  const why = beyond ?? conflict;
  if (why) throw new ScenewrightError('bad-script', why.message);
  return reading;
}

function frontMatterOf(text: string, before: FrontMatter | undefined): FrontMatter {
  const found = findFrontMatter(text);
  const head = text.slice(0, found?.end ?? 0);
  return before?.head === head ? before : readFrontMatter(ownCopy(head), found?.content);
}

/** Why a document is not read whose front matter is fine. */
function beyondOf(layout: Layout): Problem | undefined {
  const extra = layout.scenes[limits.scenes];
  if (extra) {
    const heading = shiftedSpan(extra.content.heading, extra.at);
    return beyondLimits(heading, t('It has more than {0} scenes', limits.scenes));
  }
  const inline = layout.pieces.reduce((sum, { piece }) => sum + piece.inlineEffort, 0);
  if (layout.effort + inline <= limits.effort) return undefined;
  const { start, end } = layout.frontMatter ?? { start: 0, end: 0 };
  return beyondLimits({ start, end }, t('It has too much Markdown that is not of a plain shape'));
}

/** A document of which nothing is known but that it is beyond our limits. */
function unread(text: string, problems: readonly Problem[]): ParsedScript {
  const nothing = readSections('', readFrontMatter('', undefined), readLayout(''));
  const [beyond] = problems;
  return { ...nothing, text, problems, ...(beyond ? { beyond } : {}) };
}

function readSections(
  text: string,
  front: FrontMatter,
  layout: Layout,
  before?: Reading,
): ParsedScript {
  const { bible, isScript } = front;
  const names = namesOf(bible, before?.names);
  const section = layout.outline;
  const read = section && readOutline(section, text, names, before?.outline);
  const outline = section && read ? placedBeats(read, section.at) : [];
  const beats = read && beatsById(read);
  const scenes = layout.scenes.map((section) => {
    const { content } = section;
    const beat = content.id && beats?.get(content.id.value);
    const { at, start, end, index } = section;
    return sceneNode(readScene(content, names, beat), content, at, start, end, index);
  });
  const outlined = Math.round(outline.reduce((sum, { beat }) => sum + beat.seconds, 0));
  const conflicts = isScript ? mergeConflicts(text, layout) : [];
  // What else is wrong then comes of it: both sides have the same ids.
  const problems = conflicts[0]
    ? conflicts
    : [...front.problems, ...(isScript ? findProblems(text, names, outline, scenes) : [])];
  return {
    text,
    eol: eolOf(text),
    isScript,
    brief: {
      ...front.brief,
      duration: front.brief.duration || Math.min(Math.max(outlined, 1), maxDuration),
    },
    ...defined({ seed: front.seed }),
    title: titleOf(layout) || front.title,
    logline: front.logline || loglineOf(layout),
    bible,
    writer: front.writer,
    outline,
    scenes,
    conflicts,
    problems,
    reading: { front, names, layout, outline: read },
  };
}

/** The same object as before where no name has changed: all readings are with the same names then. */
function namesOf({ characters, places }: Bible, before: KnownNames | undefined): KnownNames {
  const alike = (some: readonly Named[], others: readonly Named[]): boolean =>
    some.length === others.length && some.every(({ name }, i) => name === others[i]?.name);
  if (before && alike(characters, before.characters) && alike(places, before.places)) return before;
  return { characters, places };
}

/** The scene whose section holds the offset. */
export function sceneAt({ scenes }: ParsedScript, offset: number): SceneNode | undefined {
  let [from, to] = [0, scenes.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((scenes[middle]?.section.start ?? Infinity) <= offset) from = middle + 1;
    else to = middle;
  }
  const last = scenes[from - 1];
  if (!last) return undefined;
  const { end } = last.section;
  return offset < end || (offset === end && from === scenes.length) ? last : undefined;
}

/** The same object for as long as it stands where it stood: the scenes before the one that is typed in. */
const sceneNode = memoizeLast(
  (
    read: ReadScene,
    content: SectionContent,
    at: number,
    start: number,
    end: number,
    index: number,
  ): SceneNode => {
    const { id } = content;
    const { scene, number, written, badSeconds, parts, lines, quotes, prompts } = read;
    const place = (span: Span | undefined): Span | undefined => span && shiftedSpan(span, at);
    const take = id?.take?.number;
    const node: SceneNode = {
      id: id?.value,
      idSpan: place(id?.span),
      takeSpan: place(id?.take?.span),
      number,
      span: { start, end },
      heading: shiftedSpan(content.heading, at),
      scene,
      written,
      lineSpan: place(lines[0]),
      dialogueSpans: quotes.map((quote) => shiftedSpan(quote, at)),
      promptSpan: place(prompts[0]),
      badSeconds,
      section: { content, at, index, start, end },
      read,
      parts,
    };
    return take === undefined ? node : { ...node, take };
  },
);

export function titleOf({ title }: Layout): string {
  return title ? normaliseLine(plainText(withoutAttributes(title.content.heading.raw))) : '';
}

/** The first paragraph under the title. */
export function loglineOf({ title }: Layout): string {
  const paragraph = title?.content.blocks.find((block) => block.type === 'paragraph');
  return paragraph?.type === 'paragraph' ? normaliseLine(plainText(paragraph.raw)) : '';
}

function eolOf(text: string): '\n' | '\r\n' {
  if (!text.includes('\r')) return '\n';
  let all = 0;
  let windows = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    all++;
    if (text.charAt(at - 1) === '\r') windows++;
  }
  return windows * 2 > all ? '\r\n' : '\n';
}
