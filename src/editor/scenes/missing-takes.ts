import type * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { rangeOf } from '../script/document-edits.ts';
import { clipProblem, type ClipProblemFinder } from './clip-problems.ts';

/**
 * Problems of scenes whose script names a take that is not here: not rendered on this computer yet, or its
 * file is gone. The newest one that is counts meanwhile.
 */
export const missingTakes: ClipProblemFinder = (document, { scenes }, clips) =>
  scenes.flatMap((node, index): vscode.Diagnostic[] => {
    const chosen = clips[index]?.takes.find(({ take }) => take === node.take);
    if (node.take === undefined || node.takeSpan === undefined || chosen?.state === 'here')
      return [];
    const counting = clips[index]?.take;
    const message =
      counting === undefined
        ? t('Take {0} is chosen, and there is no clip of this scene here.', node.take)
        : t('Take {0} is chosen, and its clip is not here; take {1} counts.', node.take, counting);
    return [clipProblem(rangeOf(document, node.takeSpan), message, 'take-not-here')];
  });
