/**
 * Windows of one process, to be killed: each takes up the jobs in a folder of its own, orders two pictures of which
 * one is made after the other, and all say together when nothing is left that gets on by itself.
 *
 * Arguments: base URL of the service, number of this life (0: order nothing), folders.
 */
import path from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { OwnerLock } from '../../../src/base/lock.ts';
import { Downloader } from '../../../src/downloads/download.ts';
import { finalStates, type NewJob } from '../../../src/jobs/job.ts';
import { JobManager } from '../../../src/jobs/manager.ts';
import { ClipClaims } from '../../../src/jobs/sharing/claims.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import { Http } from '../../../src/net/http.ts';
import { KeptPictures } from '../../../src/studios/drawing/kept-pictures.ts';
import { createDrawing } from '../../../src/studios/drawing/registry.ts';
import { storageIn } from './killed-windows.ts';
import { recordOf, sceneOf } from './world.ts';

const [baseUrl = '', life = '0', ...folders] = process.argv.slice(2);
const http = new Http({ systemCertificates: false });

/** Says that a picture is on disk a moment before anybody else can know it. */
class SlowlyKept extends KeptPictures {
  override async keep(jobId: string, bytes: Uint8Array): Promise<void> {
    await super.keep(jobId, bytes);
    process.send?.('kept');
    await systemClock.sleep(20);
  }
}

function manager(folder: string): JobManager {
  const storage = storageIn(folder);
  const kept = new SlowlyKept(path.join(folder, '.kept'));
  const studio = createDrawing('openai-images', { baseUrl, model: 'm', http, kept });
  return new JobManager({
    store: new JobStore(storage),
    lock: new OwnerLock(path.join(storage, 'owner'), { clock: systemClock, beatMs: 50 }),
    claims: new ClipClaims(path.join(folder, '.shared'), storage, folder),
    studios: () => undefined,
    pictureStudios: () => studio,
    account: (id) => ({ id, name: id, key: () => Promise.resolve(`sk-secret-of-${id}`) }),
    download: new Downloader({ http, clock: systemClock, backoff: { baseMs: 5, maxMs: 20 } }),
    posters: { make: () => Promise.resolve(undefined) },
    clock: systemClock,
    pollMs: () => 5,
    submitParallel: 2,
    submitBackoff: { baseMs: 5, maxMs: 20 },
  });
}

function still(folder: string, number: number, follows?: number): NewJob {
  const { script, scriptTitle, style, aspect, prompt } = recordOf();
  return {
    script,
    scriptTitle,
    style,
    aspect,
    prompt: `${prompt} ${number}`,
    scene: sceneOf(number),
    number,
    drawing: 'still',
    pictureHash: `${life}-${number}`,
    studio: 'openai-images',
    price: { currency: 'USD', amount: 0.04 },
    accounts: ['a', 'b'],
    file: path.join(folder, 'videos', 'story', 'pictures', `scene-00${number}.png`),
    root: folder,
    ...(follows === undefined ? {} : { follows }),
  };
}

async function open(folder: string): Promise<JobManager> {
  const window = manager(folder);
  await window.start();
  // A lock that was struck while it was being written counts as alive for a few looks.
  while (!window.owner) await systemClock.sleep(10);
  if (life !== '0') await window.enqueue([still(folder, 1), still(folder, 2, 0)]);
  return window;
}

const windows = await Promise.all(folders.map(open));
process.send?.('ready');
const isDry = (): boolean =>
  windows.every((window) => window.views().every(({ state }) => finalStates.has(state)));
while (!isDry()) await systemClock.sleep(20);
await Promise.all(windows.map((window) => window.dispose()));
process.send?.('dry');
