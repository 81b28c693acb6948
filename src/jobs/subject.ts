import { t } from '../base/l10n.ts';
import type { NewJob } from './job.ts';

/** What a job makes, in the midst of a sentence: `scene 12`, `the picture of Mara`. */
export function subjectOf({
  drawing,
  number,
  scene,
}: Pick<NewJob, 'drawing' | 'number' | 'scene'>): string {
  if (drawing === undefined) return t('scene {0}', number);
  switch (drawing) {
    case 'still':
      return t('the still of scene {0}', number);
    case 'character':
    case 'place':
      return t('the picture of {0}', scene.title);
  }
}
