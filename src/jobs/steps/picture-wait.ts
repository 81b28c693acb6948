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

type Turn = { readonly isHere: true } | { readonly isHere: false; readonly wait: Wait };

/**
 * Let the pictures that another one is made after join its order, each once it is here: those of whom and what it
 * shows, then the one before it.
 *
 * @returns whether there is nothing to wait for any more
 */
export async function joinPictures(job: Job, table: JobTable): Promise<Turn> {
  for (const sheet of job.record.sheets ?? []) {
    const turn = await join(job, sheet, table, true);
    if (!turn.isHere) return turn;
  }
  const { after } = job.record;
  return after === undefined ? { isHere: true } : await join(job, after, table, false);
}

async function join(job: Job, id: string, table: JobTable, isSheet: boolean): Promise<Turn> {
  const before = table.get(id);
  if (before !== undefined && !isOver(before.record)) return { isHere: false, wait: lookAgainMs };
  const file = before !== undefined && hasClip(before.record) ? clipFileOf(before.record) : '';
  const bytes = file === '' ? undefined : await readRegular(file, mostPictureBytes);
  if (before === undefined || bytes === undefined || pictureType(bytes) === undefined) {
    return { isHere: false, wait: await table.fail(job, 'submit', notThere(job, before)) };
  }
  const { title } = before.record.scene;
  const name = isSheet ? title : subjectOf(before.record);
  const picture = { role: 'reference', file, name, path: file, sha256: hashOf(bytes) } as const;
  await table.apply(job, { type: 'join', picture, ...(isSheet ? { sheet: id } : {}) });
  return { isHere: true };
}

function notThere(job: Job, before: Job | undefined): ScenewrightError {
  const [subject, other] = [job, before].map((one) => one && subjectOf(one.record));
  return new ScenewrightError(
    'bad-input',
    t(
      'Nothing was ordered: {0} is made after {1}, which is not here. Draw that first, then retry.',
      subject ?? '',
      other ?? t('a picture that is off the list'),
    ),
    { retryable: true },
  );
}
