import { memoizeLast } from '../../base/memoize.ts';
import type { Block, Heading, List, Paragraph, Quote } from '../markdown/block-types.ts';
import { readDialogue } from './dialogue.ts';
import { isCast, readField, readNames, readSeconds, splitFields } from './scene-fields.ts';
import { plainText } from '../markdown/inline-text.ts';
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

type Meta = Pick<Scene, 'place' | 'time' | 'cast' | 'seconds'>;

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
  const parts = blocks.map((block): ScenePart => {
    if (block.type === 'html' || block.type === 'other') return { block, kinds: [] };
    const metaLine = open && block.type === 'paragraph' ? metaSource(block.raw) : undefined;
    open = false;
    if (metaLine !== undefined) {
      ({ badSeconds, ...meta } = readMeta(metaLine, meta, names));
      return { block, kinds: ['meta'] };
    }
    const kinds = new Set<PartKind>();
    const tell = (kind: keyof typeof told, value: string): void => {
      if (value.trim() === '') return;
      told[kind].push(value);
      kinds.add(kind);
    };
    if (block.type === 'code' && block.info.toLowerCase() === 'prompt') {
      tell('prompt', normaliseProse(readPrompt(block.value)));
      kinds.add('prompt');
    } else if (block.type === 'paragraph') {
      for (const [kind, text] of readParagraph(block)) tell(kind, text);
    } else if (block.type === 'list') {
      tell('action', listText(block));
    } else if (block.type === 'quote') {
      const lines = readDialogue(paragraphsOf(block), speakerNames(meta.cast, names));
      for (const line of lines) dialogue.push(line);
      if (lines.length > 0) kinds.add('dialogue');
    }
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

/** The fields of `*Lamp room · night · Mara · 8 s*`; nothing for other paragraphs. */
function metaSource(raw: string): string | undefined {
  const found = /^\*(?!\*)((?:\\[\s\S]|[^*\\])+)\*$/.exec(raw) ?? /^_(?!_)([\s\S]+)_$/.exec(raw);
  const source = found?.[1];
  if (source === undefined) return undefined;
  return splitFields(source).length > 1 || readSeconds(source) !== undefined ? source : undefined;
}

function readMeta(
  source: string,
  otherwise: Meta,
  names: KnownNames,
): Meta & { badSeconds: boolean } {
  const fields = splitFields(source);
  const seconds = readSeconds(fields.at(-1) ?? '');
  const full = fields.length > 3;
  if (seconds !== undefined || full) fields.pop();
  let [place = '', time = '', cast = ''] = fields;
  if (fields.length === 2 && isCast(time, names)) [time, cast] = ['', time];
  if (fields.length === 1 && isCast(place, names)) [place, cast] = ['', place];
  return {
    badSeconds: full && seconds === undefined,
    seconds: seconds ?? otherwise.seconds,
    place: readField(place),
    time: readField(time),
    cast: readNames(cast),
  };
}

const label = /^\*\*(narration|sound)(?:\s*:\s*\*\*|\*\*\s*:?)\s*/i;

/** A paragraph tells one thing, unless lines in it start with labels. */
function* readParagraph({ raw }: Paragraph): Generator<['action' | 'narration' | 'sound', string]> {
  for (const part of raw.split(/\\?\n(?=\*\*(?:narration|sound)\b)/i)) {
    const found = label.exec(part);
    const kind = found?.[1]?.toLowerCase() === 'sound' ? 'sound' : 'narration';
    yield found
      ? [kind, plainText(part.slice(found[0].length))]
      : ['action', normaliseProse(plainText(part))];
  }
}

function listText({ items }: List): string {
  return items
    .flatMap(({ children }) =>
      children.map((block) => {
        if (block.type === 'paragraph') return normaliseLine(plainText(block.raw));
        return block.type === 'list' ? listText(block) : '';
      }),
    )
    .join('\n');
}

function paragraphsOf({ children }: Quote): string[] {
  return children.flatMap((block) => (block.type === 'paragraph' ? [block.raw] : []));
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
