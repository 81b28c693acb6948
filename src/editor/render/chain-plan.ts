import { t } from '../../base/l10n.ts';
import type { ChainLink, JobRecord } from '../../jobs/job.ts';
import { hasClip, mayStillCome } from '../../jobs/job-state.ts';
import { findFfmpeg } from '../../media/ffmpeg.ts';
import { chainedTo } from '../../script/chained.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import type { TakenPictures } from '../../studios/pictures.ts';
import type { VideoStudio } from '../../studios/port.ts';
import type { SceneClip } from '../jobs/scene-clips.ts';
import { settings } from '../settings.ts';
import { scenesWords } from './order-pictures.ts';

/** How the clip of a scene goes on from the one before it without a cut. */
export interface Chained {
  readonly link: ChainLink;
  /**
   * What it begins with the last frame of: the clip of a scene that is ordered together with it, by its number, or
   * that of a job. Absent where it is rendered without one.
   */
  readonly from?: { readonly ordered: number } | { readonly job: JobRecord };
}

export interface ChainTools {
  readonly studio: Pick<VideoStudio, 'id' | 'holdsItself' | 'lastFrame'>;
  /** Which pictures the model takes; absent where it takes none. */
  readonly takes: TakenPictures | undefined;
  /** How a scene stands with its clip; its number is that in the document, from 1. */
  readonly clipOf: (node: SceneNode, number: number) => SceneClip;
  /** The scenes that are ordered together, and the jobs of those that are under way already, by number. */
  readonly ordered: ReadonlySet<number>;
  readonly underWay: ReadonlyMap<number, JobRecord>;
}

/**
 * What the clips of scenes go on from, by the scene's number. A studio that draws everything the same each time
 * chains nothing.
 */
export async function chainsOf(
  script: ParsedScript,
  numbers: readonly number[],
  tools: ChainTools,
): Promise<ReadonlyMap<number, Chained>> {
  const { studio, takes } = tools;
  const chains = new Map<number, Chained>();
  if (studio.holdsItself === true) return chains;
  const isDecoded = await canDecode();
  const isReturned = studio.lastFrame !== undefined;
  for (const number of numbers) {
    const before = chainedTo(script, number);
    if (before === undefined) continue;
    const place = { scene: before.scene.id, number: number - 1 };
    if (takes?.firstFrame !== true) {
      chains.set(number, { link: { ...place, without: 'not-taken' } });
      continue;
    }
    const from = sourceOf(before, number - 1, tools);
    const mayBeHad =
      from !== undefined &&
      (isDecoded ||
        ('job' in from
          ? from.job.frames?.last !== undefined ||
            (isReturned && from.job.studio === studio.id && !hasClip(from.job))
          : isReturned));
    chains.set(
      number,
      mayBeHad ? { link: place, from } : { link: { ...place, without: 'missing' } },
    );
  }
  return chains;
}

/** Whether clips of a studio can begin with the last frame of another one at all. */
export async function canChain({
  studio,
  takes,
}: Pick<ChainTools, 'studio' | 'takes'>): Promise<boolean> {
  if (studio.holdsItself === true || takes?.firstFrame !== true) return false;
  return studio.lastFrame !== undefined || (await canDecode());
}

/** Whether this computer gets frames out of clips. */
async function canDecode(): Promise<boolean> {
  return (await findFfmpeg(settings.ffmpegPath.value)) !== undefined;
}

/** The clip that will count of a scene once everything that is ordered is here. */
function sourceOf(
  before: SceneNode,
  number: number,
  { clipOf, ordered, underWay }: ChainTools,
): Chained['from'] {
  const clip = clipOf(before, number);
  const isPinned = before.take !== undefined && clip.take === before.take;
  if (!isPinned && ordered.has(number)) return { ordered: number };
  const coming = underWay.get(number) ?? (clip.state === 'running' ? clip.news : undefined);
  if (!isPinned && coming !== undefined) return linkable(coming);
  if (clip.file !== undefined) return linkable(clip.job);
  // What may have been taken, or has been and was not fetched, is waited for, and not done without.
  const newest = clip.news ?? clip.job;
  return newest !== undefined && mayStillCome(newest) ? linkable(newest) : undefined;
}

/** No clip of a service begins with a frame of a sketch. */
function linkable(job: JobRecord | undefined): Chained['from'] {
  return job === undefined || job.studio === 'animatic' ? undefined : { job };
}

/** What there is to know of chains before an order, one sentence each. */
export function chainWords(
  chains: ReadonlyMap<number, Chained>,
  studio: string,
): readonly string[] {
  const scenesOf = (isMeant: (one: Chained) => boolean): string => {
    const numbers = [...chains].flatMap(([number, one]) => (isMeant(one) ? number : []));
    return numbers.length === 0 ? '' : scenesWords(numbers);
  };
  const joined = scenesOf(({ from }) => from !== undefined);
  const missing = scenesOf(({ link }) => link.without === 'missing');
  const notTaken = scenesOf(({ link }) => link.without === 'not-taken');
  return [
    joined === ''
      ? ''
      : t('These begin with the last frame of the clip before, once that is here: {0}.', joined),
    missing === ''
      ? ''
      : t(
          'These go on without a cut, but begin without the last frame of the clip before, which cannot be had (there is no such clip, or no ffmpeg on this computer): {0}.',
          missing,
        ),
    notTaken === ''
      ? ''
      : t(
          'These go on without a cut, but {0} takes no first frame, so the last one of the clip before is not sent: {1}.',
          studio,
          notTaken,
        ),
  ].filter((words) => words !== '');
}
