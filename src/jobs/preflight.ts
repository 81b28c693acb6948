import type { Aspect } from '../script/script-model.ts';
import type { StudioCapabilities } from '../studios/port.ts';
import { clipBytes } from './clip-size.ts';

/** A clip that is to be ordered. */
export interface PlannedClip {
  /** The scene's number in the script, from 1. */
  readonly number: number;
  readonly seconds: number;
  readonly aspect: Aspect;
  readonly prompt: string;
}

/** Why a studio would not take some clips; each kind once, with all its scenes. */
export type RenderProblem =
  | {
      readonly kind: 'seconds';
      readonly clips: readonly PlannedClip[];
      /** What the studio renders, in seconds, ascending. */
      readonly allowed: readonly number[];
    }
  | {
      readonly kind: 'aspect';
      readonly clips: readonly PlannedClip[];
      readonly allowed: readonly Aspect[];
    }
  | {
      readonly kind: 'prompt';
      readonly clips: readonly PlannedClip[];
      /** The most characters. */
      readonly allowed: number;
    };

/** Everything that a studio would refuse, found before the first order goes out. */
export function renderProblems(
  clips: readonly PlannedClip[],
  { seconds, aspects, promptLimit = Infinity }: StudioCapabilities,
): readonly RenderProblem[] {
  const wrongLength = clips.filter((clip) => !seconds.includes(clip.seconds));
  const wrongAspect = clips.filter((clip) => !aspects.includes(clip.aspect));
  const tooLong = clips.filter(({ prompt }) => promptLength(prompt) > promptLimit);
  return [
    ...(wrongLength.length === 0
      ? []
      : [{ kind: 'seconds' as const, clips: wrongLength, allowed: seconds }]),
    ...(wrongAspect.length === 0
      ? []
      : [{ kind: 'aspect' as const, clips: wrongAspect, allowed: aspects }]),
    ...(tooLong.length === 0
      ? []
      : [{ kind: 'prompt' as const, clips: tooLong, allowed: promptLimit }]),
  ];
}

/** In characters as services count them: a letter outside the basic plane is one. */
export function promptLength(prompt: string): number {
  return Array.from(prompt).length;
}

/** The length nearest to the wanted one, of two that are equally near the longer. */
export function nearestLength(wanted: number, allowed: readonly number[]): number | undefined {
  return [...allowed].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || b - a)[0];
}

/** An enlarged clip needs about as much room as so many plain ones. */
const enlargedSize = 4;

/**
 * Bytes that the clips may need on the disk at most.
 *
 * @param upscale whether each is enlarged as well
 */
export function expectedBytes(clips: readonly PlannedClip[], upscale: boolean): number {
  const seconds = clips.reduce((sum, clip) => sum + clip.seconds, 0);
  return clipBytes(seconds) * (upscale ? 1 + enlargedSize : 1);
}
