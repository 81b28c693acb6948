import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock, type Clock } from '../../../src/base/clock.ts';
import { Downloader } from '../../../src/downloads/download.ts';
import { OwnerLock } from '../../../src/base/lock.ts';
import { JobManager, type JobManagerOptions } from '../../../src/jobs/manager.ts';
import type { JobOrder, JobRecord, JobState, JobView, NewJob } from '../../../src/jobs/job.ts';
import { clipPath } from '../../../src/jobs/paths.ts';
import { ClipClaims } from '../../../src/jobs/sharing/claims.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import { Http } from '../../../src/net/http.ts';
import type { Scene } from '../../../src/script/script-model.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
  VideoStudio,
} from '../../../src/studios/port.ts';
import { TestAccounts } from '../../support/key-store.ts';
import { Loopback } from '../net/loopback.ts';
import { serve } from './clips.ts';
import { scriptAddresses } from './script-addresses.ts';

export function sceneOf(number: number): Scene {
  return {
    id: `scene${number}`,
    title: `Scene the ${number}th`,
    seconds: 8,
    place: 'Lighthouse',
    time: 'night',
    cast: ['Mara'],
    action: 'She climbs.',
    dialogue: [{ speaker: 'Mara', tone: '', line: 'Up.' }],
    narration: '',
    sound: '',
    prompt: 'A lighthouse',
  };
}

export type RecordParts = Partial<JobRecord> & {
  /** How its orders differ from a render that nobody has sent, and no enlargement. */
  readonly render?: Partial<JobOrder>;
  readonly upscale?: Partial<JobOrder>;
};

export function recordOf({ render, upscale, ...more }: RecordParts = {}): JobRecord {
  const order = { state: 'queued', attempt: 0, accounts: ['account-1'] } as const;
  const first: JobOrder = { kind: 'render', ...order, account: 'account-1', ...render };
  const larger: JobOrder[] =
    upscale === undefined ? [] : [{ kind: 'upscale', ...order, ...upscale }];
  return {
    version: 3,
    id: 'job-1',
    script: 'file:///story.md',
    scriptTitle: 'Story',
    scene: sceneOf(1),
    number: 1,
    style: 'ink',
    aspect: '16:9',
    prompt: 'A lighthouse, ink',
    pictureHash: 'hash',
    studio: 'fake',
    createdAt: 1,
    updatedAt: 1,
    paused: false,
    file: '/films/videos/story/scene-001.mp4',
    root: '/films',
    posterTried: first.state === 'saved',
    orders: [first, ...larger],
    ...more,
  };
}

/** As adapters note where a render was ordered: clips of a service on this machine may come from it. */
export function onThisMachine({ remoteId, data }: RemoteJob): RemoteJob {
  return { remoteId, data: { base: 'http://127.0.0.1', ...data } };
}

/** Where {@link FakeStudio} would be. */
const fakeAddress = 'https://studio.example/v1';

/** What a studio was asked with. */
export interface AskedWith extends StudioContext {
  readonly secret?: string;
}

/** Look up the key, as an adapter does for every request. */
export async function askedWith(context: StudioContext): Promise<AskedWith> {
  const secret = await context.account?.key(fakeAddress);
  return { ...context, ...(secret === undefined ? {} : { secret }) };
}

/** A studio of which every step can be scripted; by default all goes well at once. */
class FakeStudio implements VideoStudio {
  readonly id = 'fake';
  readonly label = 'Fake';
  needsAccount = true;
  readonly submitted: { readonly request: RenderRequest; readonly secret: string | undefined }[] =
    [];
  readonly cancelledIds: string[] = [];
  /** Enlarges only where a test gives it that. */
  upscale?: NonNullable<VideoStudio['upscale']>;
  /** Returns last frames only where a test gives it that. */
  lastFrame?: NonNullable<VideoStudio['lastFrame']>;
  pollMs?: number;
  polls = 0;
  onSubmit: (request: RenderRequest, context: AskedWith) => Promise<RemoteJob> = (request) =>
    Promise.resolve({ remoteId: `remote-${request.jobId}` });
  onPoll: (job: RemoteJob, context: AskedWith) => Promise<PollAnswer> = () =>
    Promise.resolve({ state: 'ready' });
  onResult: (job: RemoteJob, context: AskedWith) => Promise<ClipSource> = () =>
    Promise.reject(new Error('No result is set.'));
  onCancel: (job: RemoteJob) => Promise<void> = () => Promise.resolve();

  capabilities(): Promise<StudioCapabilities> {
    return Promise.resolve({ seconds: [8], aspects: ['16:9'] });
  }

  async prepare(context: StudioContext): Promise<void> {
    await askedWith(context);
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const asked = await askedWith(context);
    this.submitted.push({ request, secret: asked.secret });
    return onThisMachine(await this.onSubmit(request, asked));
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    this.polls++;
    return await this.onPoll(job, await askedWith(context));
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    return await this.onResult(job, await askedWith(context));
  }

  async cancel(job: RemoteJob): Promise<void> {
    this.cancelledIds.push(job.remoteId);
    await this.onCancel(job);
  }
}

/** The real time, with all waits cut down to a few milliseconds. */
const hasty: Clock = {
  now: () => systemClock.now(),
  sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 3), signal),
};

/** Time that jumps to where somebody wants to wake up, one real millisecond later. */
export function jumpingTime(): Clock {
  let now = 1_000_000;
  return {
    now: () => now,
    sleep: async (ms, signal) => {
      const from = now;
      // Who has nothing to wait for does not make the time pass.
      await systemClock.sleep(ms > 60_000 ? ms : 1, signal);
      // Others may have slept at the same time: it passes only once.
      now = Math.max(now, from + ms);
    },
  };
}

/** A studio's adapter behind the {@link FakeStudio} of a world, with everything but its accounts. */
export function standIn(world: World, studio: VideoStudio): void {
  const bare = ({ signal }: StudioContext): StudioContext => ({ signal });
  world.studio.onSubmit = (request, context) => studio.submit(request, bare(context));
  world.studio.onPoll = (job, context) => studio.poll(job, bare(context));
  world.studio.onResult = (job, context) => studio.result(job, bare(context));
}

/** What stood on disk at one moment. */
export interface Moment {
  readonly records: readonly JobRecord[];
  /** How many orders the studio had got. */
  readonly submitted: number;
  /** Has the folder look like that again, once. */
  restore(): Promise<void>;
}

/** A workspace with its storage, in which managers come and go like windows. */
export class World {
  readonly folder: string;
  readonly http = new Http({ systemCertificates: false });
  readonly studio = new FakeStudio();
  /** The accounts as the product has them; `account-1` is there. */
  readonly keys = new TestAccounts('openai-videos', fakeAddress);
  readonly defects: unknown[] = [];
  private readonly managers: JobManager[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<World> {
    const world = new World(await mkdtemp(path.join(tmpdir(), 'scenewright-jobs-')));
    await world.keys.put('account-1', 'the-secret-key');
    return world;
  }

  get storage(): string {
    return path.join(this.folder, '.storage');
  }

  /** The storage that all windows share. */
  get shared(): string {
    return path.join(this.folder, '.shared');
  }

  /** A window that has taken up its work. */
  async opened(more: Partial<JobManagerOptions> = {}): Promise<JobManager> {
    const manager = this.window(more);
    await manager.start();
    return manager;
  }

  /** A server that has this clip for every render. The test stops it. */
  async serving(clip: Buffer): Promise<Loopback> {
    const server = await Loopback.start((asked, response) => {
      serve(clip, asked, response);
    });
    this.studio.onResult = () =>
      Promise.resolve({ kind: 'http', url: `${server.url}/clip`, headers: {} });
    return server;
  }

  window(more: Partial<JobManagerOptions> = {}): JobManager {
    const manager = new JobManager({
      store: new JobStore(this.storage),
      lock: new OwnerLock(path.join(this.storage, 'owner'), { clock: systemClock, beatMs: 10 }),
      claims: new ClipClaims(path.join(this.shared, 'clips'), this.storage, 'the window'),
      scripts: scriptAddresses,
      studios: (id) => (id === 'fake' ? this.studio : undefined),
      account: this.keys.account,
      download: new Downloader({ http: this.http, clock: hasty, retries: 2 }),
      posters: { make: ({ clip }) => Promise.resolve(clip.replace('.mp4', '.jpg')) },
      clock: hasty,
      pollMs: () => 1,
      submitBackoff: { baseMs: 1, maxMs: 2 },
      limitBackoff: { baseMs: 1, maxMs: 2 },
      graceMs: 50,
      onDefect: (error) => this.defects.push(error),
      ...more,
    });
    this.managers.push(manager);
    return manager;
  }

  /** A store that remembers what the whole folder looked like each time that it had written a record. */
  remembering(): {
    readonly store: JobStore;
    /** All of it, once nothing is written any more. */
    readonly remembered: () => Promise<readonly Moment[]>;
  } {
    const history: Moment[] = [];
    const { folder, storage, studio } = this;
    const store = new JobStore(storage);
    const save = store.save.bind(store);
    let turn = Promise.resolve();
    const remember = async (): Promise<void> => {
      const submitted = studio.submitted.length;
      const copy = await copyOf(folder);
      const { records } = await new JobStore(path.join(copy, '.storage')).load();
      const restore = async (): Promise<void> => {
        await rm(folder, { recursive: true, force: true });
        await rename(copy, folder);
        // The window that held it is no more.
        await rm(path.join(storage, 'owner'), { recursive: true, force: true });
      };
      history.push({ submitted, records, restore });
    };
    store.save = async (record) => {
      await save(record);
      turn = turn.then(remember);
      await turn;
    };
    return { store, remembered: async () => turn.then(() => history) };
  }

  /** Records as an earlier window may have left them. */
  async left(...records: readonly JobRecord[]): Promise<void> {
    const store = new JobStore(this.storage);
    await store.load();
    await Promise.all(records.map((record) => store.save(record)));
  }

  /** What stands on disk of a job. */
  async onDisk(id: string): Promise<JobRecord> {
    const record = await new JobStore(this.storage).find(id);
    if (record === undefined) throw new Error(`There is no record of ${id}.`);
    return record;
  }

  order(number: number): NewJob {
    const { script, scriptTitle, style, aspect, prompt } = recordOf();
    return {
      script,
      scriptTitle,
      scene: sceneOf(number),
      number,
      style,
      aspect,
      prompt,
      pictureHash: `hash-${number}`,
      studio: 'fake',
      accounts: ['account-1'],
      file: clipPath(path.join(this.folder, 'videos'), 'story.md', number),
      root: this.folder,
    };
  }

  orders(count: number): NewJob[] {
    return Array.from({ length: count }, (_, index) => this.order(index + 1));
  }

  async close(): Promise<void> {
    for (const manager of this.managers) await manager.dispose();
    await this.http.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A folder as it is, though others write in it. */
async function copyOf(folder: string): Promise<string> {
  for (;;) {
    const copy = await mkdtemp(path.join(tmpdir(), 'scenewright-moment-'));
    try {
      await cp(folder, copy, { recursive: true });
      return copy;
    } catch (error) {
      // Something went away between a look at the folder and at itself.
      await rm(copy, { recursive: true, force: true });
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** Resolves as soon as `check` holds; the test's own time limit is the only one. */
export async function until(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 1));
}

export async function untilState(
  manager: JobManager,
  id: string,
  state: JobState,
): Promise<JobView> {
  await until(() => manager.view(id)?.state === state);
  const view = manager.view(id);
  if (view === undefined) throw new Error(`Job ${id} is gone.`);
  return view;
}
