import { isOnePlace } from '../base/one-place.ts';
import { picturesBeside } from './beside-clip.ts';
import { lastFrameOf } from './clip-frames.ts';
import { movedClips } from './job-moves.ts';
import type { JobRecord } from './job.ts';
import { clipFileOf, largeClipOf } from './job-state.ts';
import { upscaledPath } from './paths.ts';

/** The clip of a take, with all that goes where it goes. */
export interface TakeFiles {
  /** Whose clip it is; none where nobody here has ordered it. */
  readonly jobs: readonly JobRecord[];
  /** Paths of the clip, and of what belongs to it; not all need be there. */
  readonly files: ReadonlySet<string>;
}

/** What belongs to a clip, by the records and by its name. What was moved to such a name is another one's. */
export function takeFiles(records: readonly JobRecord[], clip: string): TakeFiles {
  const moved = movedClips(records);
  const isMoved = moved.has(clip);
  const jobs = records.filter(
    (job) => isOnePlace(clipFileOf(job), clip) && (job.moved?.clip !== undefined || !isMoved),
  );
  const known = jobs.flatMap((job) => [largeClipOf(job), job.poster, lastFrameOf(job)]);
  const beside = [...known, ...(isMoved ? [] : namedAfter(clip))];
  const own = beside.flatMap((file) => (file === undefined || moved.has(file) ? [] : [file]));
  return { jobs, files: new Set([clip, ...own]) };
}

/** What may belong to a clip by its name; where that was changed, it may be that of something else of the writer's. */
function namedAfter(clip: string): readonly string[] {
  const large = upscaledPath(clip);
  return [...picturesBeside(clip), large, ...picturesBeside(large)];
}
