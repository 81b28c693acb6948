import { plainText } from '../markdown/inline-text.ts';
import { normaliseProse } from '../normalise-text.ts';
import type { DialogueLine } from '../script-model.ts';
import {
  asReference,
  isCue,
  isPerson,
  isSpeech,
  namesSpeaker,
  readDialogue,
  type SpeakerNames,
} from './dialogue.ts';
import { saysFields } from './labelled-fields.ts';
import { leadOf, shownName } from './paragraph-lead.ts';
import { splitTable } from './own-blocks.ts';
import { isOrdinaryWord, type LabelKind, labelKind } from './part-labels.ts';

/** What a paragraph outside of quotes tells: texts behind labels, speech of somebody who is known, or action. */
export type Told =
  | { readonly kind: 'action' | 'narration' | 'sound' | 'prompt'; readonly text: string }
  | { readonly kind: 'dialogue'; readonly lines: readonly DialogueLine[] }
  | { readonly kind: 'own'; readonly source: string }
  | Waiting;

/** A label or the name of who speaks alone in its paragraph: what it is about comes in the next one. */
export interface Waiting {
  readonly kind: 'waiting';
  readonly about: 'action' | 'narration' | 'sound' | 'prompt' | 'dialogue';
  /** As Markdown; with the next paragraph right beneath it, both are one. */
  readonly source: string;
  /** It is somebody's name. */
  readonly isCue: boolean;
}

export interface Label {
  readonly kind: LabelKind;
  /** What stands behind it, as Markdown. */
  readonly rest: string;
}

/**
 * The label that a text begins with. Somebody of the script may be called like one; only who is called
 * like a narrator is one.
 *
 * @param isQuoted it stands in a quote, where people speak
 */
export function labelOf(source: string, names: SpeakerNames, isQuoted = false): Label | undefined {
  const lead = leadOf(source);
  if (lead) {
    const kind = labelKind(lead.name, isQuoted);
    const isOne = kind !== undefined && (!isOrdinaryWord(kind, lead.name) || lead.isMarked);
    if (isOne && (lead.isMarked || /^\P{Ll}/u.test(lead.name))) {
      if (kind !== 'narration' && isPerson(lead.name, names)) return undefined;
      return { kind, rest: kind === 'seen' ? source : lead.rest };
    }
  }
  return isQuoted ? undefined : (bareLabel(source, names) ?? bracketedLabel(source, names));
}

/**
 * A label without a colon: emphasised or in capitals on a line of its own, or emphasised and with a dash or an
 * arrow behind it.
 */
function bareLabel(source: string, names: SpeakerNames): Label | undefined {
  if (!/^[*_=<\p{Lu}\p{Lo}]/u.test(source)) return undefined;
  const found =
    aloneInLine.exec(source) ??
    beforeStop.exec(source) ??
    beforeDash.exec(source) ??
    capitalsAlone.exec(source);
  const { label = '' } = found?.groups ?? {};
  const kind = label === '' ? undefined : labelKind(shownName(label));
  if (found && kind !== undefined && kind !== 'own' && kind !== 'seen') {
    if (kind !== 'narration' && isPerson(shownName(label), names)) return undefined;
    return { kind, rest: source.slice(found[0].length) };
  }
  const bare = /^\*\*(narration|sound)\*\*\s*/i.exec(source);
  if (!bare) return undefined;
  return {
    kind: bare[1]?.toLowerCase() === 'sound' ? 'sound' : 'narration',
    rest: source.slice(bare[0].length),
  };
}

const aloneInLine =
  /^(?<mark>[*_]{1,3}|==)(?<label>[^*_=\n:：]{2,40})\k<mark>[ \t]*(?:\\?\n|$)|^<(?<tag>u|b|strong|mark)>(?<label>[^<>\n]{2,40})<\/\k<tag>>[ \t]*(?:\\?\n|$)/u;
/** `**Visual.** She waits.` */
const beforeStop = /^(?<mark>[*_]{2,3})(?<label>[^*_\n:：]{2,40}?)\.\k<mark>\s+(?=\S)/u;
const beforeDash =
  /^(?<mark>[*_]{2,3})(?<label>[^*_\n:：]{2,40}?)(?:\k<mark>\s*(?:[–—-]+>?|→|=>?)|\s*(?:[–—]|[-=]?>)\k<mark>)\s+(?=\S)/u;
const capitalsAlone = /^(?<label>\p{Lu}[^\p{Ll}\n:：]{1,40})(?:\\?\n|$)/u;

/** `[SFX: wind]`, `(Music: a waltz)`. */
function bracketedLabel(source: string, names: SpeakerNames): Label | undefined {
  const [, , round, square] =
    /^([*_]{0,3})(?:\(([^()]+)\)|\[([^[\]]+)\])\1$/.exec(source.trim()) ?? [];
  const inner = round ?? square;
  const label = inner === undefined ? undefined : labelOf(inner, names);
  return label?.kind === 'own' || label?.kind === 'seen' ? undefined : label;
}

/**
 * A paragraph tells one thing, unless lines in it start with labels that are emphasised.
 *
 * @param waiting what stands before it and is about it, unless it says itself what it is
 */
export function* readParagraph(
  raw: string,
  names: SpeakerNames,
  waiting?: Waiting,
): Generator<Told> {
  let before = waiting;
  for (const part of partsOf(splitTable(raw).text, names)) {
    yield readPart(part, names, before);
    before = undefined;
  }
}

function readPart(part: string, names: SpeakerNames, waiting: Waiting | undefined): Told {
  if (isProperties(part)) return { kind: 'own', source: part };
  const label = labelOf(part, names);
  if (label) return toldBy(label, names, part);
  if (isCue(part, names)) return { kind: 'waiting', about: 'dialogue', source: part, isCue: true };
  if (isSpeech(part, names)) return spoken([part], names, part);
  const text = plainText(part);
  if (waiting === undefined || text.trim() === '') {
    return { kind: 'action', text: normaliseProse(text) };
  }
  return readAs(waiting, part, names);
}

/** `id:: 65a1`, `collapsed:: true`: what notebooks keep of a block, and no field of a scene. */
function isProperties(part: string): boolean {
  if (!part.includes('::')) return false;
  return (
    part.split(/\\?\n/).every((line) => /^\s*\p{L}[\p{L}\p{N}_-]{0,30}::(?:\s|$)/u.test(line)) &&
    !saysFields(part)
  );
}

/** What a text tells that something waits for. */
export function readAs(waiting: Waiting, raw: string, names: SpeakerNames): Told {
  const whole = `${waiting.source}\n${raw}`;
  if (waiting.isCue) {
    // How it is said may stand in a paragraph of its own as well.
    const isTone = /^\s*([*_]{0,3})[(（][^()（）]*[)）]\1\s*$/u.test(raw);
    return isTone ? { ...waiting, source: whole } : spoken([whole], names, '');
  }
  const label = labelOf(whole, names);
  return label
    ? toldBy(label, names, '')
    : { kind: 'action', text: normaliseProse(plainText(raw)) };
}

/** @param source all of the text, in which the label may stand alone; empty where it does not */
export function toldBy({ kind, rest }: Label, names: SpeakerNames, source: string): Told {
  if (kind === 'own') return { kind, source: source === '' ? rest : source };
  const text = plainText(kind === 'seen' ? (leadOf(rest)?.rest ?? rest) : rest);
  const about = kind === 'seen' ? 'action' : kind;
  if (text.trim() === '' && source !== '') return { kind: 'waiting', about, source, isCue: false };
  if (kind === 'dialogue') return spoken(speechesBy(rest, names), names, '');
  if (kind === 'seen') return { kind: 'action', text: normaliseProse(plainText(rest)) };
  return { kind, text: kind === 'sound' || kind === 'narration' ? text : normaliseProse(text) };
}

/** A name with nothing that is said behind it waits for that, where there is a source of it. */
function spoken(paragraphs: readonly string[], names: SpeakerNames, source: string): Told {
  const lines = readDialogue(paragraphs, names);
  const isEmpty = lines.length > 0 && lines.every(({ line }) => line === '');
  return isEmpty && source !== ''
    ? { kind: 'waiting', about: 'dialogue', source, isCue: true }
    : { kind: 'dialogue', lines };
}

/** Where it is said that people speak, each line that begins with a name is by another one. */
function speechesBy(source: string, names: SpeakerNames): string[] {
  const speeches: string[] = [];
  for (const line of source.split(/\\?\n/)) {
    const last = speeches.at(-1);
    if (last === undefined || namesSpeaker(line, names)) speeches.push(line);
    else speeches[speeches.length - 1] = `${last}\n${line}`;
  }
  return speeches;
}

/** What emphasis begins with, behind a picture or a bullet that Markdown knows nothing of. */
const emphasised = /^[^\p{L}\p{N}]{0,8}[*_<=]/u;

function partsOf(raw: string, names: SpeakerNames): string[] {
  const lines = raw.replace(/(?<!\\)<br\s*\/?>[ \t]*\n?(?=\S)/gi, '\\\n').split('\n');
  const [first = ''] = lines;
  if (lines.length === 1) return [first];
  const parts: string[] = [];
  // Where the first label has no emphasis, neither have the others.
  const isBare = !emphasised.test(first) && labelOf(first, names) !== undefined;
  for (const line of lines) {
    const last = parts.at(-1);
    const begins = (isBare || emphasised.test(line)) && labelOf(line, names) !== undefined;
    if (last !== undefined && !begins) parts[parts.length - 1] = `${last}\n${line}`;
    else parts.push(line);
  }
  return parts.map((part, i) => (i < parts.length - 1 ? part.replace(/\\$/, '') : part));
}

/** Whether the source of a text is read as action. */
export function readsAsAction(source: string, names: SpeakerNames): boolean {
  return (
    labelOf(source, names) === undefined &&
    !isCue(source, names) &&
    !isSpeech(source, names) &&
    !isProperties(source)
  );
}

/** The source of a text so that nothing but text is read in it, and it shows the same. */
export function asText(source: string): string {
  const marked = source.replace(/[·•∙⋅‧｜]/gu, (mark) => `&#${mark.charCodeAt(0)};`);
  return asReference(marked.replaceAll('|', '\\|').replaceAll('::', ':\\:'));
}
