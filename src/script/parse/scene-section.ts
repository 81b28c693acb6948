import { memoizeLast } from '../../base/memoize.ts';
import type { Block, Heading, List, Quote } from '../markdown/block-types.ts';
import { readDialogue, type SpeakerNames } from './dialogue.ts';
import { isWholeMeta, type Meta, metaFields, readMeta } from './meta-line.ts';
import { isOwnBlock, splitTable } from './own-blocks.ts';
import {
  isTold,
  labelOf,
  paragraphsIn,
  readParagraph,
  type Told,
  toldBy,
} from './told-paragraph.ts';
import { readField } from './scene-fields.ts';
import type { SectionContent } from './layout.ts';
import { isSlugLine, settingOf } from '../slug-line.ts';
import { plainSceneHeading, readSceneHeading, type SceneHeading } from './scene-heading.ts';
import { type KnownNames, named } from '../names.ts';
import type { Beat, DialogueLine, Scene } from '../script-model.ts';
import { defaultSeconds } from './beat-head.ts';
import { speakerNames, withQuestions } from '../normalise-scene.ts';
import { readQuestions } from './questions.ts';
import { normaliseLine, normaliseLines, normaliseProse } from '../normalise-text.ts';

/** What a block of a scene's section tells; one paragraph may tell several things. */
export type PartKind = 'meta' | 'action' | 'dialogue' | 'narration' | 'sound' | 'prompt';

export interface ScenePart {
  readonly block: Block;
  /** Empty for blocks that are the writer's own. */
  readonly kinds: readonly PartKind[];
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
    seconds: beat?.seconds ?? defaultSeconds,
  };
  let badSeconds = false;
  const told: Record<Exclude<PartKind, 'meta' | 'dialogue'>, string[]> = {
    action: [],
    narration: [],
    sound: [],
    prompt: [],
  };
  const dialogue: DialogueLine[] = [];

  const notes = section.blocks.findIndex((block) => block.type === 'heading');
  const blocks = notes === -1 ? section.blocks : section.blocks.slice(0, notes);
  let open = true;
  let hasMeta = false;
  const parts = blocks.map((block): ScenePart => {
    if (isOwnBlock(block)) return { block, kinds: [] };
    const kinds = new Set<PartKind>();
    const raw = block.type === 'paragraph' ? splitTable(block.raw).text : '';
    const line = raw === '' ? undefined : metaLineOf(raw, open && !hasMeta);
    if (line !== undefined && (open || !hasMeta)) {
      ({ badSeconds, ...meta } = readMeta(line.fields, meta, names));
      [open, hasMeta] = [false, true];
      kinds.add('meta');
      if (line.below === '') return { block, kinds: ['meta'] };
    }
    const tell = (kind: keyof typeof told, value: string): void => {
      if (value.trim() === '') return;
      told[kind].push(value);
      kinds.add(kind);
    };
    const take = (one: Told): void => {
      if (one.kind === 'own') return;
      if (one.kind !== 'dialogue') {
        tell(one.kind, one.text);
        return;
      }
      for (const speech of one.lines) dialogue.push(speech);
      if (one.lines.length > 0) kinds.add('dialogue');
    };
    const speakers = (): SpeakerNames => speakerNames(meta.cast, names);
    if (block.type === 'code' && block.info.toLowerCase().replace(/[^\p{L}]/gu, '') === 'prompt') {
      tell('prompt', normaliseProse(readPrompt(block.value)));
      kinds.add('prompt');
    } else if (block.type === 'paragraph') {
      for (const one of readParagraph(line?.below ?? raw, speakers())) take(one);
    } else if (block.type === 'list') {
      for (const one of readList(block, speakers())) take(one);
    } else if (block.type === 'quote') {
      for (const one of readQuote(block, speakers())) take(one);
    }
    if (kinds.size > 0) open = false;
    return { block, kinds: [...kinds] };
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
    ...withQuestions(readQuestions(blocks).map(({ text }) => text)),
  };
  const ofKind = (kind: PartKind): Block[] =>
    parts.filter(({ kinds }) => kinds.includes(kind)).map(({ block }) => block);
  return {
    scene,
    written: isWritten(scene),
    lines: ofKind('meta'),
    quotes: ofKind('dialogue'),
    prompts: ofKind('prompt'),
    number: heading?.number,
    parts,
    badSeconds,
  };
}

/** The title without `Scene 1:`; all of the heading where that is in other words. */
function titleOf(heading: Heading): string {
  const plain = plainSceneHeading(heading.raw);
  if (plain) return readField(plain.title);
  const shown = readSceneHeading(heading);
  return shown && /^scene(?!\p{L})/iu.test(shown.lead) ? shown.title : readField(heading.raw);
}

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

/** The fields of a line with place, time, cast and seconds, and what follows it in its paragraph. */
function metaLineOf(
  raw: string,
  isFirst: boolean,
): { fields: readonly string[]; below: string } | undefined {
  const fields = metaFields(raw);
  if (fields && (isFirst || isWholeMeta(raw, fields))) return { fields, below: '' };
  const end = raw.search(/\\?\n/);
  if (end === -1 || !/^[*_]/.test(raw)) return undefined;
  const first = raw.slice(0, end);
  const alone = metaFields(first);
  const isOne = alone !== undefined && isWholeMeta(first, alone);
  return isOne ? { fields: alone, below: raw.slice(end).replace(/^\\?\n/, '') } : undefined;
}

/** Texts of neighbouring items are one text, unless they have labels. */
function readList(list: List, names: SpeakerNames): Told[] {
  const told: Told[] = [];
  for (const raw of paragraphsIn(list)) {
    for (const one of readParagraph(raw, names)) {
      const last = told.at(-1);
      if (one.kind === 'action' && last?.kind === 'action') {
        told[told.length - 1] = {
          kind: 'action',
          text: `${last.text}\n${normaliseLine(one.text)}`,
        };
      } else {
        told.push(one.kind === 'action' ? { ...one, text: normaliseLine(one.text) } : one);
      }
    }
  }
  return told;
}

/** What stands behind a label tells what that says, and everything else is spoken. */
function readQuote(quote: Quote, names: SpeakerNames): Told[] {
  const told: Told[] = [];
  let spoken: string[] = [];
  const finish = (): void => {
    if (spoken.length > 0) told.push({ kind: 'dialogue', lines: readDialogue(spoken, names) });
    spoken = [];
  };
  for (const raw of spokenIn(quote, names)) {
    const label = labelOf(raw, true);
    if (!label) spoken.push(raw);
    else {
      finish();
      told.push(toldBy(label));
    }
  }
  finish();
  return told;
}

/** The paragraphs of a quote, and of what in it says who speaks. */
function spokenIn({ children }: Quote, names: SpeakerNames): string[] {
  return children.flatMap((child) => {
    if (child.type === 'paragraph') return [child.raw];
    const isNested = child.type === 'list' || child.type === 'quote';
    return isNested && isTold(child, names) ? paragraphsIn(child) : [];
  });
}

/**
 * The text of a prompt block. As everywhere in the script a line end counts as a space, so that
 * prompts can be wrapped; a `\` at the end of a line keeps it, and an empty line parts paragraphs.
 */
function readPrompt(value: string): string {
  let text = '';
  for (const line of value.split('\n')) {
    let own = line.length;
    while (line.charAt(own - 1) === '\\') own--;
    const slashes = line.length - own;
    const end = line === '' ? '\n\n' : slashes % 2 === 1 ? '\n' : ' ';
    text += line.slice(0, own) + '\\'.repeat(Math.floor(slashes / 2)) + end;
  }
  return text;
}
