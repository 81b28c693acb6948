import { innerText } from '../inner-text.ts';
import { memoizeLast } from '../../base/memoize.ts';
import type { Block, Heading, List } from '../markdown/block-types.ts';
import { shownWords } from '../markdown/shown-words.ts';
import { isPerson, type SpeakerNames } from '../parse/dialogue.ts';
import { type Lead, leadOf, shownName } from '../parse/paragraph-lead.ts';
import { isShotHeading } from '../parse/scene-section.ts';
import { isOrdinaryWord, isTellingLabel, labelKind } from '../parse/part-labels.ts';
import { looksSpoken } from './looks-spoken.ts';
import type { FoundForm, SceneSource } from './unread-forms.ts';

/**
 * A deeper heading that is a label, or the name of who speaks, behind what is told already: from there on
 * all is the writer's notes.
 */
export function headingForm(
  { blocks, names, parts }: SceneSource,
  index: number,
): FoundForm | undefined {
  const block = blocks[index];
  if (block?.type !== 'heading' || parts.length > index) return undefined;
  const paragraph = index < notesFrom(blocks, names) ? meantBy(block, names) : undefined;
  return paragraph === undefined ? undefined : { paragraphs: [paragraph], until: index };
}

/** Behind a heading that is neither a label nor a name there are notes. */
const notesFrom = memoizeLast((blocks: readonly Block[], names: SpeakerNames): number => {
  const first = blocks.findIndex(
    (block) => block.type === 'heading' && meantBy(block, names) === undefined,
  );
  return first === -1 ? Infinity : first;
});

function meantBy(heading: Heading, names: SpeakerNames): string | undefined {
  const words = innerText(shownWords(heading), /\p{L}/u, /[\p{L}\p{M}.]/u);
  if (isTellingLabel(words)) return `**${words}:**`;
  if (isShotHeading(heading)) return `**${shownWords(heading)}**`;
  return words === words.toUpperCase() && isPerson(words, names) ? `**${words}**` : undefined;
}

/** `[MARA] Not tonight.`, `MARA – I know.`, `MARA; Not tonight.`, `Prompt; A lamp.`, `**MARA.** Not I!`; `**Mara**` alone before what she says. */
export function cueForm(
  { blocks, sourceOf, names, parts }: SceneSource,
  index: number,
): FoundForm | undefined {
  const block = blocks[index];
  if (block?.type === 'other') return referenceForm(sourceOf(block), index, names);
  if (!parts[index]?.kinds.includes('action')) return undefined;
  if (block?.type === 'list') return listForm(block, index, names);
  if (block?.type !== 'paragraph') return undefined;
  const { raw } = block;
  const alone = /^([*_]{2,3})([^*_\n]{2,40})\1$/.exec(raw)?.[2];
  if (alone !== undefined) {
    const isSaid = blocks[index + 1]?.type === 'paragraph' && isPerson(shownName(alone), names);
    return isSaid
      ? { paragraphs: [`**${shownName(alone).toUpperCase()}**`], until: index }
      : undefined;
  }
  const said = saidBy(raw, names) ?? mistypedLead(raw, names);
  if (said) return { paragraphs: [said], until: index };
  const found =
    /^(?<mark>[*_]{0,3})(?:\[(?<bracketed>[^[\]*_\n]{2,40})\]|(?<name>[^*_[\]\n–—.>|]{2,40}))(?<end>\.?)\k<mark>\s*(?:[–—]|>{1,2}|\||-(?=\s))?\s+(?<rest>\S[^]*)$/u.exec(
      raw,
    );
  const { bracketed, name = bracketed ?? '', end = '', rest = '' } = found?.groups ?? {};
  const shown = shownName(name);
  const separator = raw.slice(0, raw.length - rest.length);
  if (shown === '' || shown !== shown.toUpperCase() || !isPerson(shown, names)) return undefined;
  const isParted = bracketed !== undefined || end !== '' || /[–—>|-]\s+$/u.test(separator);
  // In brackets, and in bold with a full stop as in plays, it is no part of a sentence.
  const isSure = bracketed !== undefined || (end !== '' && raw.startsWith('*'));
  const isSpoken = isSure || looksSpoken({ name: shown, tone: '', rest, isMarked: false });
  if (!isParted || !isSpoken) return undefined;
  return { paragraphs: [`**${shown}:** ${rest}`], until: index };
}

/** For Markdown `[MARA]: Never` is where a link leads. */
function referenceForm(source: string, index: number, names: SpeakerNames): FoundForm | undefined {
  const [, name = '', rest = ''] = /^\[([^[\]\n]{2,40})\]:[ \t]*(\S[^\n]*)$/u.exec(source) ?? [];
  const isAddress = /:\/\/|^[#/.]|\.\w{2,4}$/u.test(rest);
  if (isAddress || !isPerson(name, names)) return undefined;
  return {
    paragraphs: [asSpeech({ name, tone: '', rest: rest.replace(/^<|>$/g, '') })],
    until: index,
  };
}

/**
 * A name in capitals, or a label, with another sign where its colon belongs: `MARA; Not tonight.`, `Prompt = A lamp.`,
 * `prompt: A lamp.`, `Sound – wind`, `[Prompt] A lamp.`; a name also with its colon in the next line.
 */
function mistypedLead(raw: string, names: SpeakerNames): string | undefined {
  const { word = '', sign = '', rest = '' } = mistyped.exec(raw)?.groups ?? {};
  const { inside = word, said = rest } = labelInBrackets.exec(raw)?.groups ?? {};
  const name = shownName(inside);
  if (name === '' || said === '') return undefined;
  const isBelow = sign.startsWith('\n');
  const isDash = /[–—-]/u.test(sign);
  if (isPerson(name, names)) {
    const isAlone = isDash && raw.startsWith('**') && /^\P{Ll}/u.test(said);
    const isParted = /[;；=]/u.test(sign) || isAlone;
    const isSure = isBelow || (isParted && name === name.toUpperCase());
    return isSure ? asSpeech({ name, tone: '', rest: said }) : undefined;
  }
  const kind = labelKind(name);
  const isLabel =
    isTellingLabel(name) &&
    kind !== undefined &&
    !isOrdinaryWord(kind, name) &&
    !(isDash && /^\p{Ll}/u.test(name));
  return isLabel ? `**${name}:** ${said.replace(/[*_]{1,3}$/u, '')}` : undefined;
}

const mistyped =
  /^[*_]{0,3}(?<word>\p{L}[^*_\n;；=:–—]{1,38}?)[*_]{0,3}(?<sign>[ \t]*[;；:：](?=\s)|[ \t]*=(?=\s)|[ \t]+[–—-](?=\s)|\n:(?=\s))\s+(?<rest>\S[^]*)$/u;
const labelInBrackets = /^[*_]{0,3}\[(?<inside>[^[\]*_\n:]{2,40})\][*_]{0,3}\s+(?<said>\S[^]*)$/u;

/** `- Mara: Not tonight, I said.` for each of those who speak. */
function listForm({ items }: List, index: number, names: SpeakerNames): FoundForm | undefined {
  if (items.length > mostSpeeches) return undefined;
  const leads = items.map(({ own: { children } }) => {
    const [only, ...more] = children;
    const lead = only?.type === 'paragraph' && more.length === 0 ? leadOf(only.raw) : undefined;
    return lead && isPerson(lead.name, names) ? lead : undefined;
  });
  const known = leads.filter((lead) => lead !== undefined);
  const isSpoken = known.length === items.length && known.some((lead) => soundsSpoken(lead));
  return isSpoken ? { paragraphs: known.map(asSpeech), until: index } : undefined;
}

/** So many items are looked at. */
const mostSpeeches = 50;

/**
 * What somebody who is known says in a paragraph of its own: `Mara: I know.`, `Mara (whispering): Not tonight.`,
 * `**Mara** (whispering) Not tonight.`, `**Mara** → Not tonight.`, `“Not tonight.” — Mara`.
 */
function saidBy(raw: string, names: SpeakerNames): string | undefined {
  const lead = leadOf(raw);
  if (lead && isPerson(lead.name, names)) {
    const isTone = /^\p{Ll}[\p{L}\p{M} ’'-]*$/u.test(lead.tone) && lead.rest !== '';
    return isTone || soundsSpoken(lead) ? asSpeech(lead) : undefined;
  }
  const {
    inside = '',
    name = inside,
    tone = '',
    rest = '',
  } = behindMark.exec(raw)?.groups ??
  behindTone.exec(raw)?.groups ??
  signed.exec(raw)?.groups ??
  {};
  return name !== '' && isPerson(shownName(name), names)
    ? asSpeech({ name: shownName(name), tone, rest })
    : undefined;
}

const behindMark =
  /^[*_]{0,3}(?<name>[^*_\n:→»]{2,40}?)[*_]{0,3}\s*(?:→|»|=>|->|>>)\s+(?<rest>\S[^]*)$/u;
const behindTone =
  /^(?<mark>[*_]{2,3})(?<name>[^*_\n:()]{2,40})\k<mark>\s+[*_]{0,3}\((?<tone>[^()\n]{1,80})\)[*_]{0,3}\s+(?<rest>[^\s\p{Ll}(][^]*)$/u;
const signed =
  /^(?<rest>(?:"[^"]+"|“[^”]+”|„[^“”]+[“”]|«[^»]+»))\s*(?:[–—-]\s*(?<name>[^\n()]{2,40})|\((?<inside>[^\n()]{2,40})\))$/u;

function soundsSpoken({ name, tone, rest }: Lead): boolean {
  return looksSpoken({ name: name.toUpperCase(), tone, rest, isMarked: false });
}

function asSpeech({ name, tone, rest }: Pick<Lead, 'name' | 'tone' | 'rest'>): string {
  return `**${name.toUpperCase()}**${tone === '' ? '' : ` (${tone})`}: ${rest}`;
}
