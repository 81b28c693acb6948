import { Worker } from 'node:worker_threads';
import { ScenewrightError, cancelledError, messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { AttemptNews, AttemptTask } from './attempt.ts';
import type { Engine, EngineOptions, Limits } from './engine.ts';
import { fromPlain, type WorkerMessage, type WorkerRequest } from './worker-messages.ts';
import type { VerifiedVideo } from './verify-video.ts';

/** How long a worker without work is kept for the next download, in milliseconds. */
const idleMs = 30_000;

interface OpenDownload {
  readonly news: AttemptNews;
  readonly resolve: (video: VerifiedVideo) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Does the work in a thread of its own, which is started with the first download and ended when
 * there was none for a while. If the thread crashes, what was under way fails in a way that a retry
 * helps, and the next attempt starts a new one.
 */
export class WorkerEngine implements Engine {
  private readonly workerFile: string;
  private readonly entries = new Map<number, OpenDownload>();
  private options: EngineOptions;
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;
  private lastId = 0;
  private closed = false;

  /** @param workerFile `worker.cjs` when bundled, `worker.ts` from source */
  constructor(workerFile: string, options: EngineOptions) {
    this.workerFile = workerFile;
    this.options = options;
  }

  async attempt(task: AttemptTask, news: AttemptNews, signal: AbortSignal): Promise<VerifiedVideo> {
    if (this.closed || signal.aborted) throw cancelledError(t('The download'));
    const id = ++this.lastId;
    const worker = this.open();
    const stop = (): void => {
      send(worker, { type: 'stop', id });
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await new Promise<VerifiedVideo>((resolve, reject) => {
        this.entries.set(id, { news, resolve, reject });
        send(worker, { type: 'attempt', id, task });
      });
    } finally {
      signal.removeEventListener('abort', stop);
      this.entries.delete(id);
      this.restIfIdle();
    }
  }

  setLimits(limits: Limits): void {
    this.options = { ...this.options, limits };
    if (this.worker !== undefined) send(this.worker, { type: 'limits', limits });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.end(cancelledError(t('The download')));
  }

  private open(): Worker {
    clearTimeout(this.idle);
    if (this.worker !== undefined) {
      this.worker.ref();
      return this.worker;
    }
    // Without `execArgv` a worker would inherit flags such as --inspect-brk and wait for a debugger.
    const worker = new Worker(this.workerFile, { workerData: this.options, execArgv: [] });
    this.worker = worker;
    const failed = (reason: string, cause?: unknown): void => {
      if (this.worker === worker) void this.end(crashed(reason, cause));
    };
    worker.on('message', (message: WorkerMessage) => {
      this.receive(message);
    });
    worker.on('error', (error) => {
      failed(messageOf(error), error);
    });
    worker.on('exit', () => {
      failed(t('it ended early'));
    });
    return worker;
  }

  private receive(message: WorkerMessage): void {
    const entry = this.entries.get(message.id);
    switch (message.type) {
      case 'bytes':
        entry?.news.onBytes(message.bytes, message.total);
        return;
      case 'waiting':
        entry?.news.onWaiting();
        return;
      case 'done':
        entry?.resolve(message.video);
        return;
      case 'failed':
        entry?.reject(fromPlain(message.error));
    }
  }

  private restIfIdle(): void {
    if (this.entries.size > 0) return;
    this.worker?.unref();
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      void this.end(cancelledError(t('The download')));
    }, idleMs);
    this.idle.unref();
  }

  /** Safe to call again for a worker that has ended. */
  private async end(reason: Error): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    for (const entry of this.entries.values()) entry.reject(reason);
    await worker?.terminate();
  }
}

function send(worker: Worker, request: WorkerRequest): void {
  worker.postMessage(request);
}

function crashed(reason: string, cause: unknown): ScenewrightError {
  return new ScenewrightError(
    'internal',
    t(
      'The download was interrupted: its worker failed ({0}). What is here already is kept.',
      reason,
    ),
    { cause, retryable: true },
  );
}
