import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { orAborted } from '../base/abort.ts';
import { ScenewrightError, messageOf } from '../base/errors.ts';
import { exists, writeFileAtomic } from '../base/files.ts';
import { t } from '../base/l10n.ts';
import { sweep } from '../base/leftovers.ts';
import type { OrderPictures } from '../studios/pictures.ts';
import { aspects } from '../script/script-model.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
  VideoStudio,
} from '../studios/port.ts';
import type { AnimaticFiles } from './animatic-files.ts';
import { RenderPool } from './render-pool.ts';

export interface AnimaticOptions extends AnimaticFiles {
  /** Absolute; made when missing. Finished clips wait here until they are fetched. */
  readonly outputFolder: string;
  /** Renders at the same time; by default as many as the computer's cores allow, 1 to 4. */
  readonly parallel?: number;
}

/** More pictures of people and places have no room in a frame. */
const mostReferences = 12;

/** How soon to ask again: asking costs nothing here, and a clip takes a second or two. */
const askAgainMs = 300;

interface Render {
  readonly abort: AbortController;
  readonly finished: Promise<void>;
  progress: number;
  state: 'rendering' | 'ready' | 'failed' | 'cancelled';
  reason: string;
}

/**
 * The studio without a service: draws each scene as an animatic on this computer.
 *
 * `RemoteJob.data.request` holds the whole {@link RenderRequest} as JSON, so that a job whose render
 * went away with an earlier window is simply rendered again when it is polled.
 */
export class AnimaticStudio implements VideoStudio {
  readonly id = 'animatic';
  readonly label = t('Animatic (on this computer)');
  readonly needsAccount = false;
  readonly pollMs = askAgainMs;
  readonly holdsItself = true;
  private readonly outputFolder: string;
  private readonly pool: RenderPool;
  private readonly renders = new Map<string, Render>();
  private swept: Promise<void> | undefined;

  constructor(options: AnimaticOptions) {
    this.outputFolder = options.outputFolder;
    this.pool = new RenderPool(options);
  }

  capabilities(): Promise<StudioCapabilities> {
    return Promise.resolve({
      seconds: Array.from({ length: 30 }, (_, i) => i + 1),
      aspects,
      pictures: { firstFrame: true, lastFrame: 'alone', references: mostReferences },
    });
  }

  submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    context.signal.throwIfAborted();
    if (!Number.isInteger(request.seconds) || request.seconds < 1 || request.seconds > 30) {
      return Promise.reject(
        new ScenewrightError(
          'bad-input',
          t(
            "Scene {0} asks for {1} seconds. An animatic lasts 1 to 30 whole seconds: change the scene's length and render it again.",
            request.number,
            request.seconds,
          ),
        ),
      );
    }
    return this.begin(request);
  }

  /** Pictures are kept beside the clip, for a render that has to begin anew in another window. */
  private async begin(request: RenderRequest): Promise<RemoteJob> {
    const { pictures, ...words } = request;
    const kept = this.picturesPath(request.jobId);
    if (pictures !== undefined) await writeFileAtomic(kept, serialize(pictures));
    if (this.renders.get(request.jobId)?.state !== 'rendering') {
      this.start(request.jobId, () => Promise.resolve(request));
    }
    return {
      remoteId: request.jobId,
      data: {
        request: JSON.stringify(words),
        ...(pictures === undefined ? {} : { pictures: 'kept' }),
      },
    };
  }

  async poll(job: RemoteJob): Promise<PollAnswer> {
    const known = this.renders.get(job.remoteId);
    if (!known && (await exists(this.clipPath(job.remoteId)))) return { state: 'ready' };
    const render = known ?? this.restart(job);
    switch (render.state) {
      case 'rendering':
        return { state: 'rendering', progress: render.progress };
      case 'failed':
        return { state: 'failed', reason: render.reason };
      case 'ready':
      case 'cancelled':
        return { state: render.state };
    }
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const clip = this.clipPath(job.remoteId);
    if (this.renders.get(job.remoteId)?.state === 'rendering' || !(await exists(clip))) {
      // Somebody cleared the folder, or did not wait: render it (again) and wait.
      const running = this.renders.get(job.remoteId);
      const render = running?.state === 'rendering' ? running : this.restart(job);
      await orAborted(render.finished, context.signal);
      if (render.state !== 'ready') throw new ScenewrightError('internal', render.reason);
    }
    return { kind: 'file', path: clip };
  }

  async thumbnail(job: RemoteJob): Promise<ClipSource | undefined> {
    const poster = this.posterPath(job.remoteId);
    return (await exists(poster)) ? { kind: 'file', path: poster } : undefined;
  }

  async cancel(job: RemoteJob): Promise<void> {
    const render = this.renders.get(job.remoteId);
    if (render?.state !== 'rendering') return;
    render.state = 'cancelled';
    render.reason = t('The animatic was cancelled.');
    render.abort.abort();
    await render.finished;
  }

  /** Ends all renders and workers. */
  async dispose(): Promise<void> {
    await this.pool.dispose();
  }

  private restart(job: RemoteJob): Render {
    const request = job.data?.request;
    if (request === undefined) {
      throw new ScenewrightError(
        'internal',
        t('The render is not known any more and its request was not kept. Render the scene again.'),
      );
    }
    const words = JSON.parse(request) as RenderRequest;
    return this.start(words.jobId, async () =>
      job.data?.pictures === undefined
        ? words
        : { ...words, pictures: await this.keptPictures(words.jobId) },
    );
  }

  private async keptPictures(id: string): Promise<OrderPictures> {
    try {
      return deserialize(await readFile(this.picturesPath(id))) as OrderPictures;
    } catch (cause) {
      throw new ScenewrightError(
        'internal',
        t('The pictures of this render were not kept. Render the scene again.'),
        { cause },
      );
    }
  }

  private start(id: string, ordered: () => Promise<RenderRequest>): Render {
    const abort = new AbortController();
    const run = async (): Promise<void> => {
      await this.sweep();
      const request = await ordered();
      await this.pool.render(
        { request, clip: this.clipPath(id), poster: this.posterPath(id) },
        (progress) => {
          render.progress = progress;
        },
        abort.signal,
      );
    };
    const finished = run().then(
      () => {
        render.state = 'ready';
      },
      (error: unknown) => {
        if (render.state === 'cancelled') return;
        render.state = 'failed';
        render.reason = messageOf(error);
      },
    );
    const render: Render = { abort, finished, progress: 0, state: 'rendering', reason: '' };
    this.renders.set(id, render);
    return render;
  }

  /** Job ids come back from disk: hashed, they cannot lead out of the folder. */
  private clipPath(id: string): string {
    return path.join(
      this.outputFolder,
      `${createHash('sha256').update(id).digest('hex').slice(0, 32)}.mp4`,
    );
  }

  private posterPath(id: string): string {
    return this.clipPath(id).replace(/\.mp4$/, '.png');
  }

  private picturesPath(id: string): string {
    return this.clipPath(id).replace(/\.mp4$/, '.pictures');
  }

  /** Removes clips that nobody fetched within a day; they can be rendered again for nothing. */
  sweep(): Promise<void> {
    return (this.swept ??= sweep(this.outputFolder, (name) =>
      /^[0-9a-f]{32}\.(mp4|png|jpg|pictures)/.test(name),
    ));
  }
}
