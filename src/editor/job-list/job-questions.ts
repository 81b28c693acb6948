import { t } from '../../base/l10n.ts';
import type { JobView } from '../../jobs/job.ts';
import { subjectOfView } from '../../jobs/subject.ts';
import { strangerWords } from '../consent/agreement.ts';
import { isStranger, type Caller } from '../commands/caller.ts';
import { isUnfinished } from './job-filter.ts';
import { ask } from '../ui/window.ts';

/**
 * Retrying what may have been taken already may cost its price twice.
 *
 * @returns the jobs to retry: those that are clear in any case
 */
export async function mayPayTwice(
  jobs: readonly JobView[],
  caller: Caller,
): Promise<readonly JobView[]> {
  const unclear = jobs.filter(({ state }) => state === 'unclear');
  const [only] = unclear;
  if (only === undefined) return jobs;
  const isAgreed = await agrees(
    caller,
    unclear.length === 1
      ? t('Hand in scene {0} again?', only.scene)
      : t('Hand in {0} scenes again?', unclear.length),
    t(
      'The studio’s answer was lost, so what was handed in may have been accepted. Handing it in again may cost its price twice. Look into your account at the studio first.',
    ),
    t('Hand In Again'),
  );
  return isAgreed ? jobs : jobs.filter(({ state }) => state !== 'unclear');
}

/** Studios with accounts may charge for an enlargement. */
export async function mayPay(
  jobs: readonly JobView[],
  caller: Caller,
): Promise<readonly JobView[]> {
  const [paid] = jobs.filter(({ account }) => account !== undefined);
  if (paid === undefined) return jobs;
  const isAgreed = await agrees(
    caller,
    jobs.length === 1
      ? t('Enlarge the clip of scene {0} to 4K?', paid.scene)
      : t('Enlarge {0} clips to 4K?', jobs.length),
    t(
      'Where the studio ({0}) offers it, it is done there and may cost money; its price is not known here. Otherwise it is scaled on this machine. The clips themselves stay.',
      paid.studio,
    ),
    t('Enlarge'),
  );
  return isAgreed ? jobs : [];
}

/** A job that is removed while it is under way is cancelled, and what it has cost is lost. */
export async function mayLosePaid(
  jobs: readonly JobView[],
  caller: Caller,
): Promise<readonly JobView[]> {
  const unfinished = jobs.filter(isUnfinished).length;
  if (unfinished === 0) return jobs;
  const isAgreed = await agrees(
    caller,
    jobs.length === 1
      ? t('Cancel this job and remove it?')
      : t('Remove {0} jobs, of which {1} are unfinished?', jobs.length, unfinished),
    t(
      'What is unfinished is cancelled, and what the studio has begun may have to be paid all the same. Clips and pictures that are here stay.',
    ),
    t('Remove'),
  );
  return isAgreed ? jobs : [];
}

/** It was agreed to when it was ordered, but with the frame; who chooses it by hand knows. */
export function mayGoWithout(
  jobs: readonly JobView[],
  caller: Caller,
): Promise<readonly JobView[]> {
  return unlessStranger(jobs, caller, (first) => [
    jobs.length === 1
      ? t('Render scene {0} without the last frame of the one before?', first.scene)
      : t('Render {0} scenes without the last frames of those before them?', jobs.length),
    t(
      'They wait for clips that do not come by themselves. What they cost stays as it was agreed to.',
    ),
    t('Render'),
  ]);
}

/** A person who cancels a job knows what they do; anybody else may not. */
export function mayCancel(jobs: readonly JobView[], caller: Caller): Promise<readonly JobView[]> {
  return unlessStranger(jobs, caller, (first) => [
    jobs.length === 1
      ? t('Cancel the job for {0}?', subjectOfView(first))
      : t('Cancel {0} jobs?', jobs.length),
    t('What the studio has begun may have to be paid all the same.'),
    t('Cancel Job'),
  ]);
}

/**
 * What a person does unasked, and has to agree to where it may be anybody.
 *
 * @param asked question, detail and the word for yes, for the first of the jobs
 */
async function unlessStranger(
  jobs: readonly JobView[],
  caller: Caller,
  asked: (first: JobView) => readonly [question: string, detail: string, yes: string],
): Promise<readonly JobView[]> {
  const [first] = jobs;
  if (first === undefined || !isStranger(caller)) return jobs;
  return (await agrees(caller, ...asked(first))) ? jobs : [];
}

function agrees(caller: Caller, question: string, detail: string, yes: string): Promise<boolean> {
  return ask(question, [detail, ...(isStranger(caller) ? [strangerWords()] : [])], yes);
}
