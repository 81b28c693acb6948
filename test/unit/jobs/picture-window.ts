/**
 * Windows of one process, to be killed: each takes up the jobs in a folder of its own, orders two pictures of which
 * one is made after the other, and all say together when nothing is left that gets on by itself.
 *
 * Arguments: base URL of the service, number of this life (0: order nothing), folders.
 */
import path from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import type { NewJob } from '../../../src/jobs/job.ts';
import type { JobManager } from '../../../src/jobs/manager.ts';
import { Http } from '../../../src/net/http.ts';
import { KeptPictures } from '../../../src/studios/drawing/kept-pictures.ts';
import { createDrawing } from '../../../src/studios/drawing/registry.ts';
import { liveToTheEnd, owned, windowOn } from './killed-process.ts';
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
  const kept = new SlowlyKept(path.join(folder, '.kept'));
  const studio = createDrawing('openai-images', { baseUrl, model: 'm', http, kept });
  return windowOn(folder, http, { studios: () => undefined, pictureStudios: () => studio });
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
  const window = await owned(manager(folder));
  if (life !== '0') await window.enqueue([still(folder, 1), still(folder, 2, 0)]);
  return window;
}

const windows = await Promise.all(folders.map(open));
await liveToTheEnd(windows);
