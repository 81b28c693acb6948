/**
 * Windows of one process, to be stopped, continued and killed: each works on the jobs in a store of its
 * own and has every scene rendered that has no job yet, over and over, as a writer who is told to wait.
 *
 * Arguments: base URL of the service, storage that all windows share, number of scenes, and for each
 * window its folder and its store.
 */
import { systemClock } from '../../../src/base/clock.ts';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { OwnerLock } from '../../../src/base/lock.ts';
import { Downloader } from '../../../src/downloads/download.ts';
import { JobManager } from '../../../src/jobs/manager.ts';
import { finalStates } from '../../../src/jobs/job.ts';
import { clipPath } from '../../../src/jobs/paths.ts';
import { ClipClaims } from '../../../src/jobs/sharing/claims.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import { Http } from '../../../src/net/http.ts';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import path from 'node:path';
import { scriptAddresses } from './script-addresses.ts';
import { recordOf, sceneOf } from './world.ts';

const [baseUrl = '', shared = '', count = '0', ...places] = process.argv.slice(2);
const http = new Http({ systemCertificates: false });
const studio = new OpenAiVideosStudio({ baseUrl, model: 'm', http });
const ways = { baseMs: 5, maxMs: 20 };

class Window {
  readonly manager: JobManager;
  private readonly folder: string;

  constructor(folder: string, storage: string) {
    this.folder = folder;
    this.manager = new JobManager({
      store: new JobStore(storage),
      lock: new OwnerLock(path.join(storage, 'owner'), { clock: systemClock, beatMs: 20 }),
      claims: new ClipClaims(path.join(shared, 'clips'), storage, storage),
      scripts: scriptAddresses,
      studios: () => studio,
      account: (id) => ({ id, name: id, key: () => Promise.resolve('sk-secret') }),
      download: new Downloader({ http, clock: systemClock, backoff: ways }),
      posters: { make: () => Promise.resolve(undefined) },
      clock: systemClock,
      pollMs: () => 5,
      submitParallel: 2,
      submitBackoff: ways,
    });
  }

  /** Order what there is no job for; a failure that is no clip is no job either. */
  async order(): Promise<void> {
    const { manager, folder } = this;
    if (!manager.owner) return;
    const has = new Set(
      manager.views().flatMap(({ state, scene }) => (state === 'failed' ? [] : scene)),
    );
    const { script, scriptTitle, style, aspect } = recordOf();
    for (let number = 1; number <= Number(count); number++) {
      if (has.has(number)) continue;
      const order = {
        script,
        scriptTitle,
        style,
        aspect,
        prompt: `${path.basename(folder)} ${number}`,
        scene: sceneOf(number),
        number,
        pictureHash: `hash-${number}`,
        studio: studio.id,
        accounts: ['a'],
        file: clipPath(path.join(folder, 'videos'), 'story.md', number),
        root: folder,
      };
      await manager.enqueue([order]).catch((error: unknown) => {
        // Another window has it, or has just become the owner.
        if (!(error instanceof ScenewrightError)) throw error;
      });
    }
  }

  get isDry(): boolean {
    const views = this.manager.views();
    return views.every(({ state }) => finalStates.has(state));
  }
}

const windows = Array.from(
  { length: places.length / 2 },
  (_, index) => new Window(places[index * 2] ?? '', places[index * 2 + 1] ?? ''),
);
process.send?.('loaded');
await Promise.all(windows.map(({ manager }) => manager.start()));
process.send?.('ready');
const ending = new AbortController();
process.on('message', () => {
  ending.abort();
});
for (let quiet = 0; quiet < 30;) {
  await Promise.all(windows.map((window) => window.order()));
  await systemClock.sleep(10);
  quiet = ending.signal.aborted && windows.every(({ isDry }) => isDry) ? quiet + 1 : 0;
}
await Promise.all(windows.map(({ manager }) => manager.dispose()));
process.send?.('dry');
process.disconnect();
