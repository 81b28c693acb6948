/** What the programs have in common whose windows are killed: `manager-window.ts`, `picture-window.ts`. */
import path from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { OwnerLock } from '../../../src/base/lock.ts';
import { Downloader } from '../../../src/downloads/download.ts';
import { finalStates } from '../../../src/jobs/job.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import { JobManager } from '../../../src/jobs/manager.ts';
import type { JobManagerOptions } from '../../../src/jobs/manager-options.ts';
import { ClipClaims } from '../../../src/jobs/sharing/claims.ts';
import type { Http } from '../../../src/net/http.ts';
import { storageIn } from './killed-windows.ts';
import { scriptAddresses } from './script-addresses.ts';

/**
 * A window on the jobs in a folder, in a hurry with everything.
 *
 * @param side what tells it from other windows on the same folder
 */
export function windowOn(
  folder: string,
  http: Http,
  studios: Pick<JobManagerOptions, 'studios' | 'pictureStudios' | 'upscale'>,
  side = '',
): JobManager {
  const storage = storageIn(folder, side);
  return new JobManager({
    store: new JobStore(storage),
    lock: new OwnerLock(path.join(storage, 'owner'), { clock: systemClock, beatMs: 50 }),
    claims: new ClipClaims(path.join(folder, '.shared'), storage, folder + side),
    scripts: scriptAddresses,
    account: (id) => ({ id, name: id, key: () => Promise.resolve(`sk-secret-of-${id}`) }),
    download: new Downloader({ http, clock: systemClock, backoff: { baseMs: 5, maxMs: 20 } }),
    posters: { make: () => Promise.resolve(undefined) },
    clock: systemClock,
    pollMs: () => 5,
    submitParallel: 2,
    submitBackoff: { baseMs: 5, maxMs: 20 },
    ...studios,
  });
}

/** Start a window; resolves once the jobs are its own. */
export async function owned(window: JobManager): Promise<JobManager> {
  await window.start();
  // A lock that was struck while it was being written counts as alive for a few looks.
  while (!window.owner) await systemClock.sleep(10);
  return window;
}

/** Say that all windows are there, and once nothing is left in them that gets on by itself. */
export async function liveToTheEnd(windows: readonly JobManager[]): Promise<void> {
  process.send?.('ready');
  const isDry = (): boolean =>
    windows.every((window) => window.views().every(({ state }) => finalStates.has(state)));
  while (!isDry()) await systemClock.sleep(20);
  // What they show is on disk only when they have ended.
  await Promise.all(windows.map((window) => window.dispose()));
  process.send?.('dry');
}
