import type { Registration } from '../commands/registration.ts';
import type { ScriptTools } from '../script/register-script.ts';
import { VideoJobs, type VideoJobsTools } from './video-jobs.ts';

/** The video jobs of this workspace; they go on once everybody listens. */
export function registerJobs(
  registration: Registration,
  documents: ScriptTools,
  services: Pick<VideoJobsTools, 'accounts' | 'services' | 'http' | 'notices'>,
): VideoJobs {
  const videoJobs = registration.own(new VideoJobs({ registration, ...documents, ...services }));
  registration.onStart(async () => {
    await videoJobs.manager.start().catch((error: unknown) => {
      registration.messages.error(error);
    });
  });
  registration.onClose(() => videoJobs.close());
  return videoJobs;
}
