import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { untiedWords } from '../../script/problems/untied-words.ts';
import { untiedScenes } from '../../script/untied-scenes.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';

/**
 * Between the question about what is written already and the first look of the run that follows, the
 * person may have taken back what was answered.
 *
 * @throws ScenewrightError `bad-script` where the script seems to have something that would be ordered
 */
export function refuseUntied(script: ParsedScript): void {
  const [first] = untiedScenes(script);
  if (first === undefined) return;
  throw new ScenewrightError(
    'bad-script',
    t(
      'Nothing was ordered, because the script was changed meanwhile. {0} Choose “Write Scenes” once more.',
      untiedWords(first),
    ),
    { next: 'write-scenes' },
  );
}
