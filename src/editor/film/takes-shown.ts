import { defined } from '../../base/defined.ts';
import { t } from '../../base/l10n.ts';
import type { JobRecord } from '../../jobs/job.ts';
import type { Take } from '../../jobs/takes.ts';
import type { SceneNode } from '../../script/parse/parsed-script.ts';
import type { TakeShown } from '../../webview/protocol.ts';
import { endedBadly, type SceneClip } from '../jobs/scene-clips.ts';
import { takeFacts, takeList, takeState } from '../jobs/take-list.ts';

/** What is asked of others about a take. */
export interface TakeLookups {
  /** Address of a file for the page, another one once it is written anew; nothing for one that it may not see. */
  readonly addressOf: (file: string | undefined, job: JobRecord | undefined) => string | undefined;
  /** How a job stands. */
  readonly wordsOf: (job: JobRecord) => string | undefined;
}

/** Whether there is anything to say of a take: it is here, on its way, or has failed. */
export function isTold({ state, job }: Take): boolean {
  return state !== 'over' || (job !== undefined && endedBadly(job));
}

/** The picture of a clip is another one when this is. */
export function pictureVersion(job: JobRecord | undefined): string {
  return job === undefined ? '' : `${job.id}.${job.updatedAt}`;
}

/** The takes of a scene, the first first; nothing where there is none. */
export function takesShown(
  node: SceneNode,
  clip: SceneClip,
  { addressOf, wordsOf }: TakeLookups,
): readonly TakeShown[] | undefined {
  const takes = clip.takes.filter(isTold);
  if (takes.length === 0) return undefined;
  return takeList(node, { ...clip, takes }).map((known, index): TakeShown => {
    const { take, counts, stale, file, instruction } = known;
    const job = takes[index]?.job;
    const state = { here: stale ? 'stale' : 'current', coming: 'running', over: 'failed' } as const;
    const isHere = known.state === 'here';
    return {
      take,
      chosen: counts,
      state: state[known.state],
      words: isHere ? takeState(known) || t('clip ready') : ((job && wordsOf(job)) ?? ''),
      facts: job === undefined ? t('from elsewhere') : takeFacts(known),
      ...defined({
        instruction,
        clip: addressOf(file, job),
        picture: file === undefined ? undefined : pictureVersion(job),
      }),
    };
  });
}
