/**
 * Windows of one process, to be killed: each takes up the jobs in a folder of its own, orders two takes
 * of some scenes, and all say together when nothing is left that gets on by itself.
 *
 * Arguments: base URL of the service, what tells these windows from others on the same folders, number of the
 * first scene to order, how many (0: none), folders.
 */
import path from 'node:path';
import type { JobManager } from '../../../src/jobs/manager.ts';
import { clipPath } from '../../../src/jobs/paths.ts';
import { Http } from '../../../src/net/http.ts';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import type { RemoteJob, StudioContext, UpscaleRequest } from '../../../src/studios/port.ts';
import { liveToTheEnd, owned, windowOn } from './killed-process.ts';
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

async function open(folder: string): Promise<JobManager> {
  const studios = { studios: () => studio, upscale: () => '4k' as const };
  const window = await owned(windowOn(folder, http, studios, side));
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
await liveToTheEnd(windows);
