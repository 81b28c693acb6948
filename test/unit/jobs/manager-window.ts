/**
 * A window of its own process, to be killed: takes up the jobs in a folder, orders what it is told
 * to, and says when the queue has run dry.
 *
 * Arguments: folder, base URL of the service, number of scenes to order (0: none).
 */
import path from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { Downloader } from '../../../src/jobs/download.ts';
import { OwnerLock } from '../../../src/base/lock.ts';
import { JobManager } from '../../../src/jobs/manager.ts';
import { clipPath } from '../../../src/jobs/paths.ts';
import { JobStore } from '../../../src/jobs/store.ts';
import { Http } from '../../../src/net/http.ts';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import { recordOf, sceneOf } from './world.ts';

const [folder = '', baseUrl = '', scenes = '0'] = process.argv.slice(2);
const storage = path.join(folder, '.storage');
const http = new Http({ systemCertificates: false });
const studio = new OpenAiVideosStudio({ baseUrl, model: 'm', http });
const manager = new JobManager({
  store: new JobStore(storage),
  lock: new OwnerLock(path.join(storage, 'owner'), { clock: systemClock, beatMs: 5 }),
  studios: () => studio,
  secret: () => Promise.resolve('sk-the-secret'),
  download: new Downloader({ http, clock: systemClock, backoff: { baseMs: 5, maxMs: 20 } }),
  posters: { make: () => Promise.resolve(undefined) },
  clock: systemClock,
  pollMs: () => 5,
  submitParallel: 2,
  submitBackoff: { baseMs: 5, maxMs: 20 },
});
manager.onDidFinish(() => process.send?.('dry'));
await manager.start();
const { script, scriptTitle, style, aspect, prompt } = recordOf();
const count = Number(scenes);
if (count > 0) {
  await manager.enqueue(
    Array.from({ length: count }, (_, index) => ({
      script,
      scriptTitle,
      style,
      aspect,
      prompt: `${prompt} ${index + 1}`,
      scene: sceneOf(index + 1),
      number: index + 1,
      pictureHash: `hash-${index + 1}`,
      studio: studio.id,
      account: 'account-1',
      file: clipPath(path.join(folder, 'videos'), 'story.md', index + 1),
      root: folder,
    })),
  );
}
process.send?.('ready');
