import { innerWords } from '../inner-text.ts';
import { memoize, memoizeLast } from '../../base/memoize.ts';
import type { Block, Code, Heading } from '../markdown/block-types.ts';
import { plainText } from '../markdown/inline-text.ts';
import { shownWords } from '../markdown/shown-words.ts';
import type { SpeakerNames } from './dialogue.ts';
import { framesAmong, isFrameBlock } from './scene-frames.ts';
import { isFieldBlock, labelledFields } from './labelled-fields.ts';
import { isMetaBlock, type Meta, metaIn, type MetaLine, readMeta } from './meta-line.ts';
import { isOwnBlock, splitTable } from './own-blocks.ts';
import { wordsFor } from './label-words.ts';
import { labelKind } from './part-labels.ts';
import { readList, readPrompt, readQuote } from './told-block.ts';
import { readAs, readParagraph, type Told, type Waiting } from './told-paragraph.ts';
import { readField } from './scene-fields.ts';
import { ownTitle, type SaidSeconds, titleParts } from './title-parts.ts';
import type { SectionContent } from './layout.ts';
import { isSlugLine, settingOf } from '../slug-line.ts';
import { plainSceneHeading, readSceneHeading, type SceneHeading } from './scene-heading.ts';
import { type KnownNames, named } from '../names.ts';
import type { Beat, DialogueLine, Scene } from '../script-model.ts';
import { defaultSeconds } from './beat-head.ts';
import { speakerNames, withQuestions } from '../normalise-scene.ts';
import { readQuestions } from './questions.ts';
import { normaliseLines, normaliseProse } from '../normalise-text.ts';

/** What a block of a scene's section tells; one paragraph may tell several things. */
export type PartKind = 'meta' | 'action' | 'dialogue' | 'narration' | 'sound' | 'prompt';

export interface ScenePart {
  readonly block: Block;
  /** Empty for blocks that are the writer's own. */
  readonly kinds: readonly PartKind[];
  /** It ends with a label or a name that is about what follows it. */
  readonly waits?: boolean;
}

/** A scene with where its values stand; offsets count as those of its section's content. */
export interface ReadScene {
  readonly scene: Scene;
  readonly number: number | undefined;
  readonly written: boolean;
  /** The section's blocks up to the first deeper heading: from there on they are notes. */
  readonly parts: readonly ScenePart[];
  /** Those of each kind. */
  readonly lines: readonly Block[];
  readonly quotes: readonly Block[];
  /** Fences before others. */
  readonly prompts: readonly Block[];
  /** Something stands where the seconds belong, but no number. */
  readonly badSeconds: boolean;
}

/** Read one scene. Its beat answers for what the section does not say. */
export const readScene = memoizeLast(readSection);

function readSection(
  section: SectionContent,
  names: KnownNames,
  beat: Beat | undefined,
): ReadScene {
  const heading = readSceneHeading(section.heading);
  let meta: Meta = {
    ...settingOfScene(beat, heading, names),
    cast: beat?.cast ?? [],
    seconds: secondsInHeading(section.heading) ?? beat?.seconds ?? defaultSeconds,
  };
  let badSeconds = false;
  const told: Record<Exclude<PartKind, 'meta' | 'dialogue'>, string[]> = {
    action: [],
    narration: [],
    sound: [],
    prompt: [],
  };
  const dialogue: DialogueLine[] = [];

  const blocks = section.blocks.slice(0, notesIn(section.blocks));
  const line = metaIn(blocks);
  if (line) ({ badSeconds, ...meta } = readMeta(line.fields, meta, names));
  const labelled = line ? undefined : labelledFields(blocks, names);
  if (labelled) meta = { ...meta, ...labelled.meta };
  const speakers = speakerNames(meta.cast, names);
  let waiting: Waiting | undefined;
  let chapter: Waiting | undefined;
  const frames = framesAmong(blocks);
  const parts = blocks.map((block): ScenePart => {
    if (isOwnBlock(block) || isFrameBlock(block)) return { block, kinds: [] };
    if (block.type === 'heading') {
      chapter = labelHeading(block);
      waiting = chapter;
      return { block, kinds: chapter ? [chapter.about] : [] };
    }
    const kinds = new Set<PartKind>();
    const isLabelled = labelled?.rests.has(block) === true;
    const rest = isLabelled ? labelled.rests.get(block) : block;
    const isMeta = block === line?.block || isLabelled;
    if (isMeta) kinds.add('meta');
    let waits: Waiting | undefined;
    const isTold = rest !== undefined && !(block === line?.block && line.below === '');
    for (const one of isTold ? readBlock(rest, speakers, waiting, line) : []) {
      if (one.kind === 'own') continue;
      waits = one.kind === 'waiting' ? one : undefined;
      if (one.kind === 'waiting') kinds.add(one.about);
      else if (one.kind === 'dialogue') {
        for (const speech of one.lines) dialogue.push(speech);
        if (one.lines.length > 0) kinds.add('dialogue');
      } else if (one.text.trim() !== '') {
        told[one.kind].push(one.text);
        kinds.add(one.kind);
      }
    }
    if (block.type === 'code' && isPrompt(block)) kinds.add('prompt');
    if (kinds.size > 0) waiting = waits ?? chapter;
    return { block, kinds: [...kinds], ...(waits ? { waits: true } : {}) };
  });

  const scene: Scene = {
    id: section.id?.value ?? '',
    title: titleOf(section.heading),
    ...meta,
    action: normaliseProse(told.action.join('\n\n')),
    dialogue,
    narration: normaliseLines(told.narration.join('\n')),
    sound: normaliseLines(told.sound.join('\n')),
    prompt: normaliseProse(told.prompt.join('\n\n')),
    ...frames,
    ...withQuestions(readQuestions(blocks).map(({ text }) => text)),
  };
  const ofKind = (kind: PartKind): Block[] =>
    parts.filter(({ kinds }) => kinds.includes(kind)).map(({ block }) => block);
  return {
    scene,
    written: isWritten(scene),
    lines: ofKind('meta'),
    quotes: ofKind('dialogue'),
    prompts: ofKind('prompt').sort((a, b) => Number(b.type === 'code') - Number(a.type === 'code')),
    number: heading?.number,
    parts,
    badSeconds,
  };
}

/** The title without `Scene 1:`; all of the heading where that says nothing of a scene and its number. */
function titleOf(heading: Heading): string {
  const plain = plainSceneHeading(heading.raw);
  if (plain) return readField(plain.title);
  const shown = readSceneHeading(heading);
  if (shown && (shown.lead !== '' || heading.raw.startsWith('.'))) return shown.title;
  return readField(ownTitle(heading.raw));
}

/** The seconds that a heading says of its scene. */
export function secondsInHeading(heading: Heading): number | undefined {
  return readSceneHeading(heading)?.seconds ?? saidBy(heading)?.seconds;
}

/** The same with where they stand in its source, unless emphasis stands around more than them. */
export const saidBy = memoize(({ raw }: Heading): SaidSeconds | undefined => {
  const plain = plainSceneHeading(raw);
  return plain ? plain.said : titleParts(raw).said;
});

/** Place and time as the beat has them, or a heading as screenplays have it. */
function settingOfScene(
  beat: Beat | undefined,
  heading: SceneHeading | undefined,
  { places }: KnownNames,
): Pick<Scene, 'place' | 'time'> {
  if (beat) return { place: beat.place, time: beat.time };
  if (heading?.lead !== '' || !isSlugLine(heading.title)) return { place: '', time: '' };
  const { place, time } = settingOf(heading.title);
  return { place: named(places, place)?.name ?? place, time };
}

/** Whether anything that makes a scene is there; a sound alone does not. */
export function isWritten({ action, dialogue, narration, prompt }: Scene): boolean {
  return action !== '' || dialogue.length > 0 || narration !== '' || prompt !== '';
}

/** What a block tells; nothing for code that is not the prompt. */
function readBlock(
  block: Block,
  names: SpeakerNames,
  waiting: Waiting | undefined,
  line: MetaLine | undefined,
): Iterable<Told> {
  switch (block.type) {
    case 'paragraph':
      return readParagraph(
        block === line?.block ? line.below : splitTable(block.raw).text,
        names,
        waiting,
      );
    case 'list':
      return readList(block, names, waiting);
    case 'quote':
      return readQuote(block, names, waiting);
    case 'code': {
      // A text may stand in a fence behind its label.
      const isTold = waiting !== undefined && !waiting.isCue && isPlain(block) && !isPrompt(block);
      if (isTold && waiting.about !== 'prompt') return [readAs(waiting, block.value, names)];
      const isOurs = isPrompt(block) || isTold;
      return isOurs ? [{ kind: 'prompt', text: normaliseProse(readPrompt(block.value)) }] : [];
    }
    default:
      return [];
  }
}

/** What fences are called that are the prompt, by the letters of it alone. */
const promptWords = new Set(wordsFor('prompt').map(lettersOf));

export function isPrompt({ info }: Code): boolean {
  return promptWords.has(lettersOf(info));
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{M}]/gu, '');
}

/** Whether a fence says of nothing but text that it is in it. */
export function isPlain({ info }: Code): boolean {
  return /^(?:|te?xt|plain(?:text)?|none|markdown|md)$/i.test(info);
}

/**
 * How many blocks stand before the writer's notes, which begin with a heading. In a scene that has told
 * nothing until then, headings may be what labels are elsewhere: `### Action`.
 */
function notesIn(blocks: readonly Block[]): number {
  const first = blocks.findIndex(({ type }) => type === 'heading');
  if (first === -1) return blocks.length;
  if (!blocks.slice(0, first).every(tellsNothing)) return first;
  const notes = blocks.findIndex((block) => block.type === 'heading' && !labelHeading(block));
  return notes === -1 ? blocks.length : notes;
}

function tellsNothing(block: Block): boolean {
  if (block.type === 'code') return !isPrompt(block);
  const isWordless = block.type === 'paragraph' && plainText(block.raw).trim() === '';
  return isWordless || isOwnBlock(block) || isMetaBlock(block) || isFieldBlock(block);
}

/** Whether a heading within a scene says which part of it follows: `Shot 2: Wide`. */
export function isShotHeading(heading: Heading): boolean {
  return shot.test(shownWords(heading).replace(/^[^\p{L}]+/u, ''));
}

const shot =
  /^(?:shot|clip|panel|frame|einstellung|plano|inquadratura|кадр|镜头|鏡頭|カット|컷|cú máy)\s*[#№]?\s*\p{Nd}{1,3}[a-z]?(?:\s*[:.()–—-]|$)/iu;

const labelHeading = memoize((heading: Heading): Waiting | undefined => {
  const words = innerWords(shownWords(heading));
  const isShot = isShotHeading(heading);
  const about = isShot ? 'action' : labelKind(words);
  if (about === undefined || about === 'own' || about === 'seen') return undefined;
  return { kind: 'waiting', about, source: isShot ? '**Action:**' : `**${words}:**`, isCue: false };
});
