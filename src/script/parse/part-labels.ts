import { nameKey } from '../names.ts';
import type { LabelName } from './label-table.ts';
import { wordsFor } from './label-words.ts';

/** What a label before a text says that it tells. */
export type LabelKind = Exclude<
  LabelName,
  | 'scene'
  | 'outline'
  | 'teller'
  | 'firstFrame'
  | 'lastFrame'
  | 'entry'
  | 'exit'
  | 'handOff'
  | 'continues'
  | 'yes'
  | 'question'
>;

const kinds = ['narration', 'sound', 'action', 'dialogue', 'prompt', 'seen', 'own'] as const;

/** Each is the whole text before a colon. Of a word that stands for several the first counts. */
const known = new Map<string, LabelKind>(
  kinds.flatMap((kind) => wordsFor(kind).map((word) => [nameKey(word), kind] as const)).reverse(),
);
const tellers = new Set(wordsFor('teller').map(nameKey));

/** French for sounds, and in English somebody who may speak. */
const alsoPeople = new Set(['SON', 'SONS']);

/** @param isQuoted it stands in a quote, where whoever has a name speaks */
export function labelKind(name: string, isQuoted = false): LabelKind | undefined {
  if (name.length > 40) return undefined;
  const key = nameKey(name.replace(/\s*\([^()]*\)$/u, ''));
  if (isQuoted && alsoPeople.has(key)) return undefined;
  if (promptFor.test(name)) return 'prompt';
  return known.get(key) ?? (!isQuoted && tellers.has(key) ? 'narration' : undefined);
}

/** Whether a word is the label of what a scene tells, and not of what is the writer's own or seen in the picture. */
export function isTellingLabel(name: string): boolean {
  const kind = labelKind(name);
  return kind !== undefined && kind !== 'own' && kind !== 'seen';
}

/** `Veo 3 prompt`, `Text-to-video prompt`, `Prompt for Sora`. */
const promptFor = new RegExp(
  `^(?:(?:${[
    'ai|veo|sora|runway|kling|pika|luma|hailuo|minimax|midjourney|flux|wan|seedance|imagen|dall-?e|ltx',
    'text[- ]to[- ](?:video|image)|image[- ]to[- ]video|t2v|i2v|video|image|shot|clip|generation|main|final',
  ].join('|')})(?:[ -]?v?\\d+(?:\\.\\d+)?)?[ -])+prompt$|^prompt for [\\p{L}\\d .-]{1,25}$`,
  'iu',
);

/** Labels of words that are also said in sentences are not taken for one in small letters or without emphasis. */
export function isOrdinaryWord(kind: LabelKind, name: string): boolean {
  const isOrdinary = kind === 'seen' || kind === 'own' || kind === 'action' || kind === 'dialogue';
  return isOrdinary && name !== name.toUpperCase();
}
