import type { Http } from '../../net/http.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Services } from '../accounts/services.ts';
import type { Registration } from '../commands/registration.ts';
import type { ScriptMoves } from '../script/script-moves.ts';
import { VideoJobs } from './video-jobs.ts';

/** The video jobs of this workspace; they go on once everybody listens. */
export function registerJobs(
  registration: Registration,
  moves: ScriptMoves,
  services: { readonly accounts: Accounts; readonly services: Services; readonly http: Http },
): VideoJobs {
  const videoJobs = registration.own(new VideoJobs({ registration, moves, ...services }));
  registration.onStart(async () => {
    await videoJobs.manager.start().catch((error: unknown) => {
      registration.messages.error(error);
    });
  });
  registration.onClose(() => videoJobs.close());
  return videoJobs;
}
