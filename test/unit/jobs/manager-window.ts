/**
 * Windows of one process, to be killed: each takes up the jobs in a folder of its own, orders two takes
 * of some scenes, and all say together when nothing is left that gets on by itself.
 *
 * Arguments: base URL of the service, what tells these windows from others on the same folders, number of the
 * first scene to order, how many (0: none), folders.
 */
import path from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { OwnerLock } from '../../../src/base/lock.ts';
import { Downloader } from '../../../src/downloads/download.ts';
import { JobManager } from '../../../src/jobs/manager.ts';
import { finalStates } from '../../../src/jobs/job.ts';
import { clipPath } from '../../../src/jobs/paths.ts';
import { ClipClaims } from '../../../src/jobs/sharing/claims.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import { Http } from '../../../src/net/http.ts';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import type { RemoteJob, StudioContext, UpscaleRequest } from '../../../src/studios/port.ts';
import { storageIn } from './killed-windows.ts';
import { recordOf, sceneOf } from './world.ts';

/** The protocol knows no enlargement; one that is ordered like a render will do. */
class UpscalingStudio extends OpenAiVideosStudio {
  upscale({ jobId, seconds }: UpscaleRequest, context: StudioContext): Promise<RemoteJob> {
    const { scene, number, scriptTitle, style, aspect } = recordOf();
    const request = { jobId, scene, number, scriptTitle, style, aspect, seconds, prompt: '4K' };
    return this.submit(request, context);
  }
}

const [baseUrl = '', side = '', first = '1', count = '0', ...folders] = process.argv.slice(2);
const http = new Http({ systemCertificates: false });
const studio = new UpscalingStudio({ baseUrl, model: 'm', http });

function manager(folder: string): JobManager {
  const storage = storageIn(folder, side);
  return new JobManager({
    store: new JobStore(storage),
    lock: new OwnerLock(path.join(storage, 'owner'), { clock: systemClock, beatMs: 50 }),
    claims: new ClipClaims(path.join(folder, '.shared'), storage, folder + side),
    studios: () => studio,
    account: (id) => ({
      id,
      name: id,
      key: () => Promise.resolve(`sk-secret-of-${id}`),
    }),
    download: new Downloader({ http, clock: systemClock, backoff: { baseMs: 5, maxMs: 20 } }),
    posters: { make: () => Promise.resolve(undefined) },
    clock: systemClock,
    pollMs: () => 5,
    submitParallel: 2,
    submitBackoff: { baseMs: 5, maxMs: 20 },
    upscale: () => '4k',
  });
}

async function open(folder: string): Promise<JobManager> {
  const window = manager(folder);
  await window.start();
  // A lock that was struck while it was being written counts as alive for a few looks.
  while (!window.owner) await systemClock.sleep(10);
  const { script, scriptTitle, style, aspect, prompt } = recordOf();
  const numbers = Array.from({ length: Number(count) }, (_, index) => Number(first) + index);
  // Each of them twice, and at once: as two takes.
  const takes = numbers.flatMap((number) => [number, number]);
  await window.enqueue(
    takes.map((number) => ({
      script,
      another: true,
      scriptTitle,
      style,
      aspect,
      prompt: `${prompt} ${number}`,
      scene: sceneOf(number),
      number,
      pictureHash: `hash-${number}`,
      studio: studio.id,
      price: { currency: 'USD', amount: 0.5 },
      accounts: ['a', 'b', 'c', 'd'],
      file: clipPath(path.join(folder, 'videos'), 'story.md', number),
      root: folder,
    })),
  );
  return window;
}

process.send?.('loaded');
const windows = await Promise.all(folders.map(open));
process.send?.('ready');
const isDry = (): boolean =>
  windows.every((window) => window.views().every(({ state }) => finalStates.has(state)));
while (!isDry()) await systemClock.sleep(20);
// What they show is on disk only when they have ended.
await Promise.all(windows.map((window) => window.dispose()));
process.send?.('dry');
