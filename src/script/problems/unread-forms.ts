import { t } from '../../base/l10n.ts';
import { memoize, memoizeLast } from '../../base/memoize.ts';
import { limits } from '../limits.ts';
import type { Block, Span } from '../markdown/block-types.ts';
import { shiftedSpan } from '../markdown/shift-blocks.ts';
import type { KnownNames } from '../names.ts';
import { speakerNames } from '../normalise-scene.ts';
import type { SpeakerNames } from '../parse/dialogue.ts';
import type { SectionContent } from '../parse/layout.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import type { ReadScene } from '../parse/scene-section.ts';
import { cueForm, headingForm } from './forms-of-lines.ts';
import { containerForm, indentedForm } from './forms-of-containers.ts';
import { htmlForm } from './forms-of-html.ts';
import { tableForm } from './forms-of-tables.ts';
import { inForm, type TellsKind } from './in-form.ts';
import { wordsOfScene } from '../render/script-words.ts';
import { underlinedTexts } from './underlined-texts.ts';

/**
 * What of scenes is told in a form that Markdown has, or other kinds of it, and that is not read: HTML,
 * containers, tables, indented lines, headings among what is told. Each with what stands in the script's
 * form for it, in the same words.
 */
export interface UnreadForm extends Span {
  readonly tells: TellsKind | 'heading';
  /** What is to stand there: wanted only of the one that is put in. */
  readonly text: () => string;
}

/** What one of the readers finds: paragraphs as Markdown, in the place of some blocks. */
export interface FoundForm {
  readonly paragraphs: readonly string[];
  /** Comments that stand in none of them, and stay. */
  readonly marks?: readonly string[];
  /** Index of the last of the blocks. */
  readonly until: number;
  /** So many words are needed where they are mere action; without it one will do. */
  readonly leastWords?: number;
}

/** What the readers know of a scene. */
export interface SceneSource {
  /** The blocks of its section. */
  readonly blocks: readonly Block[];
  readonly sourceOf: (block: Block) => string;
  readonly names: SpeakerNames;
  readonly parts: SceneNode['parts'];
}

const readers: readonly ((scene: SceneSource, index: number) => FoundForm | undefined)[] = [
  htmlForm,
  containerForm,
  tableForm,
  indentedForm,
  headingForm,
  cueForm,
];

export const unreadForms = memoize((script: ParsedScript) => formsAmong(script, script.scenes));

/** The same where none but these scenes may have any. */
export function formsAmong(
  script: ParsedScript,
  nodes: readonly SceneNode[],
): readonly UnreadForm[] {
  const found: UnreadForm[] = [...underlinedTexts(script)];
  for (const node of nodes) {
    if (found.length >= limits.problems) break;
    found.push(...formsIn(script, node));
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Whether a scene may have any, by what it says alone. */
export function mayHaveForms(
  { parts, scene }: ReadScene,
  { blocks }: SectionContent,
  names: KnownNames,
): boolean {
  return candidatesIn(parts, blocks, scene.cast, names).size > 0;
}

/** What is told there, and that it is not read. */
export function formWords(tells: UnreadForm['tells']): string {
  switch (tells) {
    case 'prompt':
      return t('This seems to be the prompt of the scene, in a form that is not read as one.');
    case 'dialogue':
      return t('Somebody seems to speak here, in a form that is not read as dialogue.');
    case 'narration':
      return t('This seems to be narration, in a form that is not read as such.');
    case 'sound':
      return t('This seems to say what is heard, in a form that is not read as such.');
    case 'action':
      return t('This seems to be told of the scene, in a form that is not read.');
    case 'heading':
      return t(
        'The line right beneath this makes it a heading, and the scene before it ends here. With an empty line between them it is text.',
      );
  }
}

function formsIn(script: ParsedScript, node: SceneNode): UnreadForm[] {
  const { text, bible, reading } = script;
  const { section, scene } = node;
  const { blocks } = section.content;
  const candidates = candidatesIn(node.parts, blocks, scene.cast, reading.names);
  if (candidates.size === 0) return [];
  const names = speakerNames(scene.cast, reading.names);
  const sourceOf = (block: Block): string => {
    const { start, end } = shiftedSpan(block, section.at);
    return text.slice(start, end).replace(/\r\n?/g, '\n');
  };
  const source: SceneSource = { blocks, sourceOf, names, parts: node.parts };
  const forms: UnreadForm[] = [];
  let done = -1;
  for (const index of candidates) {
    if (index <= done) continue;
    const form = readForm(source, index);
    const told = form && inForm(form, names, bible, () => wordsOfScene(script, node));
    const [first, last] = form ? [blocks[index], blocks[form.until]] : [];
    if (!form || !told || !first || !last) continue;
    forms.push({ start: section.at + first.start, end: section.at + last.end, ...told });
    done = form.until;
  }
  return forms;
}

function readForm(source: SceneSource, index: number): FoundForm | undefined {
  for (const read of readers) {
    const form = read(source, index);
    if (form) return form;
  }
  return undefined;
}

/** Indexes of the blocks that any of the readers has to look at; most scenes have none. */
const candidatesIn = memoizeLast(
  (
    parts: SceneNode['parts'],
    blocks: readonly Block[],
    cast: readonly string[],
    known: KnownNames,
  ): ReadonlySet<number> => {
    const names = speakerNames(cast, known);
    const isCandidate = (block: Block, index: number): boolean => {
      switch (block.type) {
        case 'html':
          return !block.raw.startsWith('<!');
        case 'quote': {
          const [first] = block.children;
          return first?.type === 'paragraph' && first.raw.startsWith('[!');
        }
        case 'other':
          return true;
        case 'heading':
          return index >= parts.length;
        case 'list':
          return parts[index]?.kinds.includes('action') === true
            ? cueForm({ blocks, sourceOf: () => '', names, parts }, index) !== undefined
            : false;
        case 'paragraph':
          return (
            /^\s*[|:!?{<]/.test(block.raw) ||
            cueForm({ blocks, sourceOf: () => '', names, parts }, index) !== undefined
          );
        default:
          return false;
      }
    };
    return new Set(blocks.flatMap((block, i) => (isCandidate(block, i) ? [i] : [])));
  },
);
