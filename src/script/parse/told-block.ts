import type { Block, List, Quote } from '../markdown/block-types.ts';
import { plainText } from '../markdown/inline-text.ts';
import { normaliseLine } from '../normalise-text.ts';
import { isPerson, namesSpeaker, readDialogue, type SpeakerNames } from './dialogue.ts';
import { isCheckbox } from './own-blocks.ts';
import {
  labelOf,
  readAs,
  readParagraph,
  type Told,
  toldBy,
  type Waiting,
} from './told-paragraph.ts';

/** What lists, quotes and prompt blocks of a scene tell. */

/** Texts of neighbouring items are one text, unless they have labels. */
export function readList(list: List, names: SpeakerNames, waiting?: Waiting): Told[] {
  const told: Told[] = [];
  // What stands beneath a name alone is told of them.
  const about = waiting?.isCue === true ? undefined : waiting;
  for (const { raw, isFirst } of itemParagraphs(list)) {
    const before = told.at(-1);
    // A label or a name alone is about what follows in its item.
    const ofItem = !isFirst && before?.kind === 'waiting' ? before : undefined;
    // A name in a list says who the list is about, as often as who speaks.
    const isAbout = /^[^*_\n]+[:：]$/u.test(raw) && raw !== raw.toUpperCase();
    const read: Iterable<Told> =
      isAbout && isPerson(raw.slice(0, -1), names)
        ? [{ kind: 'action', text: plainText(raw) }]
        : readParagraph(raw, names, ofItem ?? about);
    for (const one of read) {
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
export function readQuote(quote: Quote, names: SpeakerNames, waiting?: Waiting): Told[] {
  const [only, ...more] = quote.children;
  if (only?.type === 'paragraph' && more.length === 0 && isTransition(only.raw)) {
    return [{ kind: 'action', text: plainText(only.raw).replace(/\s*<$/, '') }];
  }
  const paragraphs = spokenIn(quote, names);
  const [first, ...others] = paragraphs;
  // Action is not quoted: what is, somebody says.
  const isAbout = waiting !== undefined && waiting.about !== 'action' && first !== undefined;
  if (isAbout && !paragraphs.some((raw) => isTelling(raw, names))) {
    return waiting.isCue
      ? [readAs(waiting, [first, ...others].join('\n'), names)]
      : paragraphs.map((raw) => readAs(waiting, raw, names));
  }
  const told: Told[] = [];
  let spoken: string[] = [];
  const finish = (): void => {
    if (spoken.length > 0) told.push({ kind: 'dialogue', lines: readDialogue(spoken, names) });
    spoken = [];
  };
  for (const raw of paragraphs) {
    const label = labelOf(raw, names, true);
    if (!label) spoken.push(raw);
    else {
      finish();
      told.push(toldBy(label, names, ''));
    }
  }
  finish();
  return told;
}

/** `> CUT TO:`, `> FADE OUT.`, `> THE END <`: Fountain has cuts and what stands in the middle so. */
function isTransition(raw: string): boolean {
  return /^[*_]{0,3}(?:(?:FADE|CUT|SMASH CUT|MATCH CUT|JUMP CUT|DISSOLVE|WIPE|IRIS)\b[\p{Lu} ]*[:.]?|THE END\.?|[^\p{Ll}<>:]{2,60}(?= <))[*_]{0,3}(?:\s+<)?$/u.test(
    raw,
  );
}

/** The paragraphs of a quote, and of what in it says who speaks. */
function spokenIn({ children }: Quote, names: SpeakerNames): string[] {
  return children.flatMap((child) => {
    if (child.type === 'paragraph') return [child.raw];
    const isNested = child.type === 'list' || child.type === 'quote';
    return isNested && isTold(child, names) ? paragraphsIn(child) : [];
  });
}

/** The same of a list, with which of them begin an item of it. */
function itemParagraphs({ items }: List): { raw: string; isFirst: boolean }[] {
  return items.flatMap((item) =>
    isCheckbox(item)
      ? []
      : paragraphsAmong(item.own.children).map((raw, i) => ({ raw, isFirst: i === 0 })),
  );
}

/** The sources of the paragraphs in a list or quote that may tell something; check boxes are own. */
function paragraphsIn(block: List | Quote): string[] {
  const children =
    block.type === 'list'
      ? block.items.flatMap((item) => (isCheckbox(item) ? [] : item.own.children))
      : block.children;
  return paragraphsAmong(children);
}

function paragraphsAmong(children: readonly Block[]): string[] {
  return children.flatMap((child) => {
    if (child.type === 'paragraph') return [child.raw];
    return child.type === 'list' || child.type === 'quote' ? paragraphsIn(child) : [];
  });
}

/** Whether a list or quote says who speaks in it, or what it tells. Among what is said others are own. */
export function isTold(block: List | Quote, names: SpeakerNames): boolean {
  return paragraphsIn(block).some((raw) => isTelling(raw, names));
}

function isTelling(raw: string, names: SpeakerNames): boolean {
  return namesSpeaker(raw, names) || (labelOf(raw, names, true) ?? { kind: 'own' }).kind !== 'own';
}

/**
 * The text of a prompt block. As everywhere in the script a line end counts as a space, so that
 * prompts can be wrapped; a `\` at the end of a line keeps it, and an empty line parts paragraphs.
 */
export function readPrompt(value: string): string {
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
