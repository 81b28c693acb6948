import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import { isOutOfDate } from '../jobs/scene-clips.ts';
import { staleReasons } from '../jobs/stale-reasons.ts';
import { rangeOf } from '../script/document-edits.ts';
import { clipProblem, type ClipProblemFinder } from './clip-problems.ts';

/** Clips that count and show something else than their scenes say now, at the headings of these. */
export const staleProblems: ClipProblemFinder = (document, script, clips) =>
  script.scenes.flatMap((node, index) => {
    const clip = clips[index];
    // A sketch is no fault of the script, and of one that is being rendered anew there is nothing to do.
    if (!node.written || clip?.job === undefined || clip.isOnlySketch === true) return [];
    if (clip.state === 'running' || !isOutOfDate(clip)) return [];
    const reasons = staleReasons(script, node.scene, clip.job);
    const message =
      reasons.length === 0
        ? t('The clip of this scene shows it as it was. It can still be used.')
        : t(
            'The clip of this scene shows it as it was. Since then there is something else about it: {0}. It can still be used.',
            listed(reasons),
          );
    return [clipProblem(rangeOf(document, node.heading), message, 'clip-stale')];
  });
