import type * as vscode from 'vscode';
import { cancelledError, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { isStranger, type Caller } from '../commands/caller.ts';
import { strangerWords } from '../consent/agreement.ts';
import { editDocument } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { shortened } from '../ui/format.ts';
import { askAmong } from '../ui/window.ts';

/** So many of what was found are told in a question; all of it is in Problems. */
const most = 3;

/**
 * See to it that nothing is ordered that the script seems to have already: the person may have it tied
 * to the outline, say in the script that it is none of it, or have it written all the same.
 *
 * @returns whether it may be written again
 * @throws ScenewrightError `bad-script` where nobody is there to decide and nothing is confirmed,
 * `cancelled` where the person wants neither
 */
export async function settleUntied(
  scripts: OpenScripts,
  document: vscode.TextDocument,
  caller: Caller,
): Promise<boolean> {
  if (caller.trusted && caller.confirmed) return true;
  const { untiedScenes } = await import('../../script/untied-scenes.ts');
  for (;;) {
    const script = scripts.parse(document);
    const found = untiedScenes(script);
    if (found.length === 0) return false;
    const { untiedWords } = await import('../../script/problems/untied-words.ts');
    const words = found.slice(0, most).map(untiedWords);
    if (found.length > most) words.push(t('{0} more are in Problems.', found.length - most));
    if (!caller.interactive && !caller.confirmed) {
      throw new ScenewrightError(
        'bad-script',
        t(
          'Nothing was ordered. {0} Pass “confirmed: true” to write all the same.',
          words.join(' '),
        ),
      );
    }
    const { keepOutside } = await import('../../script/edits/keep-outside.ts');
    const { tieScenes } = await import('../../script/edits/tie-scenes.ts');
    const tie = t('Tie to the Outline');
    const again = t('Write Again');
    const outside = t('Keep Outside the Outline');
    const canTie = tieScenes(script).length > 0;
    const canKeep = keepOutside(script).length > 0;
    const answer = await askAmong(
      t(
        'Some of what would be written of “{0}” seems to be there already. Write it again?',
        shortened(script.title),
      ),
      [...words, ...(isStranger(caller) ? [strangerWords()] : [])],
      ...(canTie ? [tie] : []),
      again,
      ...(canKeep ? [outside] : []),
    );
    if (answer === again) return true;
    if (answer !== tie && answer !== outside) throw cancelledError(t('The writing'));
    const change = answer === tie ? tieScenes : keepOutside;
    await editDocument(document.uri, (now) => change(scripts.parse(now)));
  }
}
