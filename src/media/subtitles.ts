import { spokenSeconds } from '../script/durations/spoken-seconds.ts';
import type { Scene } from '../script/script-model.ts';
import { shareTime } from './share-time.ts';
import { lineWidth, subtitleLines, widthOf } from './subtitle-lines.ts';

/** One subtitle. */
export interface Cue {
  /** In whole milliseconds from the beginning of the video. */
  readonly startMs: number;
  /** Later than `startMs`, and not later than the next cue's start. */
  readonly endMs: number;
  /** Two where a quick exchange shares a subtitle, else one. */
  readonly parts: readonly CuePart[];
}

export interface CuePart {
  /** Who speaks; empty for the narrator, for one who is not named, and where only one speaks. */
  readonly speaker: string;
  readonly lines: readonly string[];
}

/** A cue is shown no shorter than this if there is time, and never longer than the other. */
const shortestMs = 1000;
const longestMs = 7000;

/** Two pictures without text tell the eye that the text has changed. */
const gapMs = 80;

/** Nobody reads ten cues a second; there all text of the scene is shown as one. */
const hardlyMs = 100;

/** What stands before each of two voices in one subtitle. */
const voiceMark = '– ';

/**
 * Subtitles from what is spoken in the script: dialogue, then narration, as they stand in a scene.
 *
 * When exactly something is said in a clip nobody tells, so each speech gets a share of its clip by
 * how long it takes to say, and is shown in the middle of that share for somewhat longer than it
 * takes. No cue reaches beyond its clip.
 *
 * @param scenes in the order of the video
 * @param seconds how long each scene's clip really lasts
 * @param language BCP 47 tag of what is spoken
 */
export function subtitlesOf(
  scenes: readonly Scene[],
  seconds: readonly number[],
  language: string,
): Cue[] {
  const cues: Cue[] = [];
  let offset = 0;
  scenes.forEach((scene, i) => {
    const from = Math.ceil(offset * 1000);
    offset += seconds[i] ?? 0;
    const to = Math.floor(offset * 1000);
    if (to > from) cues.push(...sceneCues(scene, from, to, language));
  });
  return cues;
}

/** The lines of a cue as they are read, with a mark before each of two voices. */
export function cueLines(parts: readonly CuePart[]): readonly string[] {
  return parts.flatMap((part) => markedLines(part, parts.length > 1));
}

export function markedLines({ lines }: CuePart, isOneOfTwo: boolean): readonly string[] {
  return lines.map((line, i) => (isOneOfTwo && i === 0 ? voiceMark + line : line));
}

/** What one voice says without a break, or two in a quick exchange. */
interface Speech {
  /** The parts of each cue that it takes. */
  readonly cues: readonly (readonly CuePart[])[];
  /** How long each cue takes to say, in milliseconds. */
  readonly spokenMs: readonly number[];
}

function sceneCues(scene: Scene, from: number, to: number, language: string): readonly Cue[] {
  const length = to - from;
  let speeches = speechesOf(scene, language);
  const count = (): number => speeches.flatMap(({ cues }) => cues).length;
  if (count() * shortestMs > length) speeches = exchanges(speeches);
  if (count() * hardlyMs > length) {
    const parts = speeches.flatMap(({ cues }) => cues.flat());
    return [{ startMs: from, endMs: Math.min(to, from + longestMs), parts }];
  }
  const slots = shareTime(
    length,
    speeches.map(({ spokenMs }) => sum(spokenMs)),
    speeches.map(({ cues }) => cues.length * shortestMs),
  );
  let slotStart = from;
  return speeches.flatMap((speech, i) => {
    const slot = slots[i] ?? 0;
    const cues = speechCues(speech, slotStart, slot);
    slotStart += slot;
    return cues;
  });
}

function speechCues({ cues, spokenMs }: Speech, slotStart: number, slot: number): readonly Cue[] {
  const floor = cues.length * shortestMs;
  const comfortable = Math.max(floor, sum(spokenMs) * 1.5 + 2000);
  const window = Math.min(slot, comfortable, cues.length * longestMs);
  const shares = shareTime(
    window,
    spokenMs,
    cues.map(() => Math.min(shortestMs, window / cues.length)),
  );
  let start = slotStart + (slot - window) / 2;
  return cues.map((parts, i) => {
    const startMs = Math.ceil(start);
    start += shares[i] ?? 0;
    const full = Math.min(Math.floor(start), startMs + longestMs);
    const endMs = full - startMs >= shortestMs + gapMs ? full - gapMs : full;
    return { startMs, endMs, parts };
  });
}

function speechesOf(scene: Scene, language: string): readonly Speech[] {
  const said = [
    ...scene.dialogue.map(({ speaker, line }) => ({ speaker: speaker.trim(), text: line })),
    { speaker: '', text: scene.narration },
  ];
  const spoken = said
    .map(({ speaker, text }) => ({ speaker, cues: subtitleLines(text, language) }))
    .filter(({ cues }) => cues.length > 0);
  const several = new Set(spoken.map(({ speaker }) => speaker)).size > 1;
  return spoken.map(({ speaker, cues }) => ({
    cues: cues.map((lines) => [{ speaker: several ? speaker : '', lines }]),
    // Even a sigh takes its moment.
    spokenMs: cues.map((lines) => Math.max(200, spokenSeconds(lines.join(' '), language) * 1000)),
  }));
}

/** Where time is short, lets two people who say a line each share a cue. */
function exchanges(speeches: readonly Speech[]): readonly Speech[] {
  const merged: Speech[] = [];
  for (const speech of speeches) {
    const last = merged.at(-1);
    const [first, second] = [last && onlyLine(last), onlyLine(speech)];
    if (last && first && second && first.speaker !== second.speaker) {
      const spokenMs = [sum(last.spokenMs) + sum(speech.spokenMs)];
      merged[merged.length - 1] = { cues: [[first, second]], spokenMs };
    } else merged.push(speech);
  }
  return merged;
}

/** What is said, if it is one line of a named speaker with room for the mark. */
function onlyLine({ cues }: Speech): CuePart | undefined {
  const [parts, ...more] = cues;
  const [part, ...others] = parts ?? [];
  if (!part || more.length > 0 || others.length > 0 || part.speaker === '') return undefined;
  const fits =
    part.lines.length === 1 && widthOf(part.lines[0] ?? '') <= lineWidth - voiceMark.length;
  return fits ? part : undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
