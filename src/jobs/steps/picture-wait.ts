import { readRegular } from '../../base/enclosure/regular-file.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { mostPictureBytes, pictureType } from '../../studios/pictures.ts';
import { hashOf } from '../job-pictures.ts';
import { clipFileOf, hasClip, isOver } from '../job-state.ts';
import type { Job, JobTable } from '../job-table.ts';
import { subjectOf } from '../subject.ts';
import type { Wait } from './step-context.ts';

/** How soon to look again whether the picture before is here, in milliseconds. */
const lookAgainMs = 500;

/**
 * Let the picture that another one is made after join its order, once it is here.
 *
 * @returns whether there is nothing to wait for any more
 */
export async function joinPicture(
  job: Job,
  after: string,
  table: JobTable,
): Promise<{ readonly isHere: true } | { readonly isHere: false; readonly wait: Wait }> {
  const before = table.get(after);
  if (before !== undefined && !isOver(before.record)) return { isHere: false, wait: lookAgainMs };
  const file = before !== undefined && hasClip(before.record) ? clipFileOf(before.record) : '';
  const bytes = file === '' ? undefined : await readRegular(file, mostPictureBytes);
  if (before === undefined || bytes === undefined || pictureType(bytes) === undefined) {
    return { isHere: false, wait: await table.fail(job, 'submit', notThere(job, before)) };
  }
  const name = subjectOf(before.record);
  const picture = { role: 'reference', file, name, path: file, sha256: hashOf(bytes) } as const;
  await table.apply(job, { type: 'join', picture });
  return { isHere: true };
}

function notThere(job: Job, before: Job | undefined): ScenewrightError {
  const [subject, other] = [job, before].map((one) => one && subjectOf(one.record));
  return new ScenewrightError(
    'bad-input',
    t(
      'Nothing was ordered: {0} is made after {1}, which is not here. Draw that first, then retry.',
      subject ?? '',
      other ?? t('the still before it'),
    ),
    { retryable: true },
  );
}
