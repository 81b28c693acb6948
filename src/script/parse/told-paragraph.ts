import { plainText } from '../markdown/inline-text.ts';
import { normaliseProse } from '../normalise-text.ts';
import type { DialogueLine } from '../script-model.ts';
import type { List, Quote } from '../markdown/block-types.ts';
import {
  asReference,
  isSpeech,
  namesSpeaker,
  readDialogue,
  type SpeakerNames,
} from './dialogue.ts';
import { leadOf } from './paragraph-lead.ts';
import { isCheckbox, splitTable } from './own-blocks.ts';
import { isOrdinaryWord, type LabelKind, labelKind } from './part-labels.ts';

/** What a paragraph outside of quotes tells: texts behind labels, speech of somebody who is known, or action. */
export type Told =
  | { readonly kind: 'action' | 'narration' | 'sound'; readonly text: string }
  | { readonly kind: 'dialogue'; readonly lines: readonly DialogueLine[] }
  | { readonly kind: 'own' };

export interface Label {
  readonly kind: LabelKind;
  /** What stands behind it, as Markdown. */
  readonly rest: string;
}

/** @param isQuoted it stands in a quote, where people speak */
export function labelOf(source: string, isQuoted = false): Label | undefined {
  const lead = leadOf(source);
  if (lead) {
    const kind = labelKind(lead.name, isQuoted);
    const isOne = kind !== undefined && (!isOrdinaryWord(kind, lead.name) || lead.isMarked);
    if (isOne && (lead.isMarked || /^\P{Ll}/u.test(lead.name))) {
      return { kind, rest: kind === 'seen' ? source : lead.rest };
    }
  }
  const bare = /^\*\*(narration|sound)\*\*\s*/i.exec(source);
  if (!bare || isQuoted) return undefined;
  const kind = bare[1]?.toLowerCase() === 'sound' ? 'sound' : 'narration';
  return { kind, rest: source.slice(bare[0].length) };
}

/** A paragraph tells one thing, unless lines in it start with labels that are emphasised. */
export function* readParagraph(raw: string, names: SpeakerNames): Generator<Told> {
  for (const part of partsOf(splitTable(raw).text)) {
    const label = labelOf(part);
    if (label) yield toldBy(label);
    else if (isSpeech(part, names)) yield { kind: 'dialogue', lines: readDialogue([part], names) };
    else yield { kind: 'action', text: normaliseProse(plainText(part)) };
  }
}

export function toldBy({ kind, rest }: Label): Told {
  if (kind === 'own') return { kind };
  const text = plainText(rest);
  return kind === 'seen' ? { kind: 'action', text: normaliseProse(text) } : { kind, text };
}

function partsOf(raw: string): string[] {
  if (!raw.includes('\n')) return [raw];
  const parts: string[] = [];
  for (const line of raw.split('\n')) {
    const last = parts.at(-1);
    const isMore = last !== undefined && !(/^[*_]/.test(line) && labelOf(line));
    if (isMore) parts[parts.length - 1] = `${last}\n${line}`;
    else parts.push(line);
  }
  return parts.map((part, i) => (i < parts.length - 1 ? part.replace(/\\$/, '') : part));
}

/** Whether the source of a text is read as action. */
export function readsAsAction(source: string, names: SpeakerNames): boolean {
  return labelOf(source) === undefined && !isSpeech(source, names);
}

/** The source of a text so that nothing but text is read in it, and it shows the same. */
export function asText(source: string): string {
  const marked = source.replace(/[·•∙⋅‧｜]/gu, (mark) => `&#${mark.charCodeAt(0)};`);
  return asReference(marked.replaceAll('|', '\\|'));
}

/** The sources of the paragraphs in a list or quote that may tell something; check boxes are own. */
export function paragraphsIn(block: List | Quote): string[] {
  const children =
    block.type === 'list'
      ? block.items.flatMap((item) => (isCheckbox(item) ? [] : item.own.children))
      : block.children;
  return children.flatMap((child) => {
    if (child.type === 'paragraph') return [child.raw];
    return child.type === 'list' || child.type === 'quote' ? paragraphsIn(child) : [];
  });
}

/** Whether a list or quote says who speaks in it, or what it tells. Among what is said others are own. */
export function isTold(block: List | Quote, names: SpeakerNames): boolean {
  return paragraphsIn(block).some(
    (raw) => namesSpeaker(raw, names) || (labelOf(raw, true) ?? { kind: 'own' }).kind !== 'own',
  );
}
