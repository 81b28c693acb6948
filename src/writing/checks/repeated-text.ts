import type { Beat, Scene } from '../../script/script-model.ts';
import { spokenText } from '../../script/durations/speech-length.ts';
import { memoize } from '../../base/memoize.ts';

/**
 * Recognises text that has been written before. Texts are compared by their runs of words (of
 * characters, where words are not parted by spaces), so that small changes do not hide a copy and a
 * common phrase does not make one.
 */

/** What a text is made of, with letter case and punctuation gone. */
export function unitsOf(text: string): string[] {
  return text.normalize('NFC').toLowerCase().match(unit) ?? [];
}

const unspaced = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]`;
const unit = new RegExp(String.raw`${unspaced}\p{M}*|(?:(?!${unspaced})[\p{L}\p{M}\p{N}])+`, 'gu');
const unspacedUnit = new RegExp(`^${unspaced}`, 'u');

/** About how many words that is: two characters stand for one where words are not parted. */
export function wordsIn(units: readonly string[]): number {
  const characters = units.filter((one) => unspacedUnit.test(one)).length;
  return units.length - characters / 2;
}

/** By their hashes: whole texts of all runs of a long script would take several times its own size. */
type Runs = ReadonlySet<number>;

interface Fingerprint {
  /** The runs of everything that is seen and said. */
  readonly runs: Runs;
  readonly actionRuns: Runs;
  /** The sentences that are spoken, by their units, as they are written. */
  readonly spoken: ReadonlyMap<string, string>;
}

const fingerprintOf = memoize((scene: Scene): Fingerprint => {
  const spoken = new Map<string, string>();
  for (const sentence of spokenText(scene).match(/[^.!?…。！？\n]+[.!?…。！？]*/gu) ?? []) {
    spoken.set(unitsOf(sentence).join(' '), sentence.trim());
  }
  return {
    runs: runsOf(`${scene.action}\n${spokenText(scene)}`),
    actionRuns: runsOf(scene.action),
    spoken,
  };
});

/** Lengths of a run; characters say less than words. */
const wordsInRun = 4;
const charactersInRun = 8;

/** A text with fewer runs is too short to be called a copy of another. */
const fewestRuns = 10;

function runsOf(text: string): Runs {
  const units = unitsOf(text);
  const length = wordsIn(units) < units.length * 0.75 ? charactersInRun : wordsInRun;
  const hashes = units.map(hashOf);
  const runs = new Set<number>();
  for (let i = 0; i + length <= hashes.length; i++) {
    let run = 0;
    for (let j = i; j < i + length; j++) run = mixed(run, hashes[j] ?? 0);
    // Small enough to be kept as a number and nothing else.
    runs.add(run >>> 2);
  }
  return runs;
}

function hashOf(unit: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < unit.length; i++) hash = mixed(hash, unit.charCodeAt(i));
  return hash;
}

/** One step of FNV-1a, with whatever is to be taken in beyond a byte folded down by what follows. */
function mixed(hash: number, more: number): number {
  const next = Math.imul(hash ^ more, 0x01000193);
  return next ^ (next >>> 15);
}

/** How much of the shorter text the longer one has too, from 0 to 1. */
function overlap(a: Runs, b: Runs): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  if (few.size < fewestRuns) return 0;
  let common = 0;
  for (const run of few) if (many.has(run)) common++;
  return common / few.size;
}

/** How much of one scene the other one tells again, from 0 to 1. */
export function sceneOverlap(a: Scene, b: Scene): number {
  return overlap(fingerprintOf(a).runs, fingerprintOf(b).runs);
}

/** The same for what is seen alone. */
export function actionOverlap(a: Scene, b: Scene): number {
  return overlap(fingerprintOf(a).actionRuns, fingerprintOf(b).actionRuns);
}

/** The runs of words of a scene, which two texts that tell the same share. */
export function runsIn(scene: Scene): ReadonlySet<number> {
  return fingerprintOf(scene).runs;
}

/** What is spoken in a scene in sentences of at least so many words, without letter case and punctuation. */
export function sentencesIn(scene: Scene, words: number): readonly string[] {
  return [...fingerprintOf(scene).spoken.keys()].filter(
    (units) => wordsIn(units.split(' ')) >= words,
  );
}

/** Sentences of at least so many words that are spoken in both scenes, as the second one has them. */
export function sharedSpeech(a: Scene, b: Scene, words: number): string[] {
  const known = fingerprintOf(a).spoken;
  return [...fingerprintOf(b).spoken]
    .filter(([units]) => known.has(units) && wordsIn(units.split(' ')) >= words)
    .map(([, sentence]) => sentence);
}

const summaryUnits = memoize(({ summary }: Beat) => new Set(unitsOf(summary)));

/** So much of a summary in the other one is the same thing asked for twice. */
const sameSummary = 0.6;

/**
 * Whether two beats ask for the same, as the items of a list or a line that comes back may: then it
 * is the plan that repeats itself, and no fault of the scenes that do.
 */
export function askForTheSame(a: Beat | undefined, b: Beat | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [one, other] = [summaryUnits(a), summaryUnits(b)];
  const [few, many] = one.size <= other.size ? [one, other] : [other, one];
  if (few.size === 0) return false;
  let common = 0;
  for (const unit of few) if (many.has(unit)) common++;
  return common / few.size >= sameSummary;
}
