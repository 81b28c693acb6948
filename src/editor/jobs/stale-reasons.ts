import { t } from '../../base/l10n.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { sameName } from '../../script/names.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { pictureHash, shownPictures } from '../../script/picture-text.ts';
import { wantedPictures } from '../../script/wanted-pictures.ts';
import type { Scene } from '../../script/script-model.ts';

/** What has changed in the script since a stale clip was ordered, a few words each; see `pictureHash`. */
export function staleReasons(
  { brief, bible }: Pick<ParsedScript, 'brief' | 'bible'>,
  scene: Scene,
  job: Pick<JobRecord, 'scene' | 'studio' | 'style' | 'aspect' | 'pictureHash' | 'pictures'>,
): readonly string[] {
  const then = job.scene;
  const reasons = [
    then.prompt === scene.prompt ? '' : t('the prompt'),
    then.seconds === scene.seconds ? '' : t('the length ({0} s before)', then.seconds),
    sameName(then.place, scene.place) ? '' : t('the place'),
    then.time === scene.time ? '' : t('the time of day'),
    sameCast(then.cast, scene.cast) ? '' : t('who is seen'),
    job.style === brief.style ? '' : t('the style'),
    job.aspect === brief.aspect ? '' : t('the shape of the picture'),
    ...(job.studio === 'animatic' ? changedWords(then, scene) : []),
  ].filter((reason) => reason !== '');
  if (reasons.length > 0) return reasons;
  const sent = job.pictures?.filter(({ dropped }) => dropped !== true) ?? [];
  const pictures = sent.filter(({ chained }) => chained !== true);
  const shown = shownPictures(pictures);
  const isOther = pictureHash(scene, bible, brief.style, brief.aspect, shown) !== job.pictureHash;
  if (isOther) return [t('how somebody or a place looks')];
  const asksForPictures = pictures.length > 0 || wantedPictures(scene, bible).length > 0;
  if (asksForPictures) return [t('a picture')];
  return sent.length > pictures.length ? [t('the last frame of the clip before')] : [];
}

/** Of what an animatic prints. */
function changedWords(then: Scene, now: Scene): readonly string[] {
  const isSame = (key: 'action' | 'narration' | 'dialogue' | 'title'): boolean =>
    JSON.stringify(then[key]) === JSON.stringify(now[key]);
  return [
    isSame('title') ? '' : t('the title'),
    isSame('action') ? '' : t('the action'),
    isSame('dialogue') && isSame('narration') ? '' : t('what is spoken'),
  ];
}

function sameCast(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.some((other) => sameName(name, other)));
}
