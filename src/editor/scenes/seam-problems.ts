import { t } from '../../base/l10n.ts';
import { seamDistance, seamStrength } from '../../media/seam.ts';
import { continues } from '../../script/chained.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { SceneClip } from '../jobs/scene-clips.ts';
import { rangeOf } from '../script/document-edits.ts';
import { clipProblem, type ClipProblemFinder } from './clip-problems.ts';

/** Of more than these, the rest is for later: the list is to be worked on, not to be despaired of. */
const mostSeams = 5;

/** A cut between two clips that is seen although the script says that there is none. */
interface VisibleSeam {
  /** Of the scene behind it, from 1. */
  readonly number: number;
  /** How plainly it is seen, from 1. */
  readonly strength: number;
}

/**
 * The cuts that are seen although the scene behind them goes on without one, the plainest first: by what the clips
 * that count begin and end with, where that is known. A cut to another place or time is to be seen, and not measured.
 *
 * @param clips of each scene, in the order of the document
 */
function visibleSeams(script: ParsedScript, clips: readonly SceneClip[]): readonly VisibleSeam[] {
  const seams = script.scenes.flatMap((node, index): VisibleSeam[] => {
    if (index === 0 || !continues(script, node)) return [];
    const [from, to] = [clips[index - 1], clips[index]].map((clip) =>
      clip?.file === undefined ? undefined : clip.job?.frames?.edges,
    );
    if (from === undefined || to === undefined) return [];
    const strength = seamStrength(seamDistance(bytesOf(from.last), bytesOf(to.first)));
    return strength < 1 ? [] : [{ number: index + 1, strength }];
  });
  return seams.sort((a, b) => b.strength - a.strength).slice(0, mostSeams);
}

function bytesOf(base64: string): Uint8Array {
  return Buffer.from(base64, 'base64');
}

/** The plainest seams of a script, at the headings of the scenes behind them. */
export const seamProblems: ClipProblemFinder = (document, script, clips) =>
  visibleSeams(script, clips).flatMap(({ number }) => {
    const heading = script.scenes[number - 1]?.heading;
    if (heading === undefined) return [];
    const message = t(
      'The cut to this scene is seen, though the scene goes on without one: its clip begins with another picture than the clip of scene {0} ends with. Render it again so that it begins with that, choose another take, or take “Continues” out of its beat.',
      number - 1,
    );
    return [clipProblem(rangeOf(document, heading), message, 'visible-seam')];
  });
