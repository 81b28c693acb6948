import { t } from '../base/l10n.ts';
import type { JobView, NewJob } from './job.ts';

/** What a job makes, in the midst of a sentence: `scene 12`, `the picture of Mara`. */
export function subjectOf({
  drawing,
  number,
  scene: { title },
}: Pick<NewJob, 'drawing' | 'number' | 'scene'>): string {
  return words(drawing, number, title);
}

/** The same by what is shown of a job. */
export function subjectOfView({
  drawing,
  scene,
  title,
}: Pick<JobView, 'drawing' | 'scene' | 'title'>): string {
  return words(drawing, scene, title);
}

function words(drawing: NewJob['drawing'], number: number, title: string): string {
  if (drawing === undefined) return t('scene {0}', number);
  switch (drawing) {
    case 'still':
      return t('the still of scene {0}', number);
    case 'character':
    case 'place':
      return t('the picture of {0}', title);
  }
}
