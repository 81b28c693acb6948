import { t } from '../../base/l10n.ts';
import type { JobRecord } from '../../jobs/job.ts';
import type { TakeShown } from '../../webview/protocol.ts';
import type { SceneClip } from '../jobs/scene-clips.ts';
import { formatMoney, formatSeconds } from '../ui/format.ts';

/**
 * The takes of a scene that are here, the first first; nothing where there is none to choose from.
 *
 * @param posterOf the address of a job's picture, where it is there
 */
export function takesShown(
  { takes, take: counting }: Pick<SceneClip, 'takes' | 'take'>,
  posterOf: (job: JobRecord) => string | undefined,
): readonly TakeShown[] | undefined {
  const here = takes.filter(({ state }) => state === 'here');
  if (here.length < 2) return undefined;
  return here.map(({ take, job }): TakeShown => {
    const poster = job && posterOf(job);
    return {
      take,
      chosen: take === counting,
      words: job === undefined ? t('from elsewhere') : wordsOf(job),
      ...(poster === undefined ? {} : { poster }),
    };
  });
}

/** `8 s · veo-3 · $0.40` */
function wordsOf({ clipSeconds, terms, price, instruction }: JobRecord): string {
  const words = [
    clipSeconds === undefined ? undefined : formatSeconds(clipSeconds),
    terms?.model,
    price === undefined ? undefined : formatMoney(price),
    instruction,
  ];
  return words.filter((word) => word !== undefined && word !== '').join(' · ');
}
