import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ScenewrightError, cancelledError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { AnimaticFiles } from './animatic-files.ts';
import type {
  CardTask,
  ClipTask,
  DrawingTask,
  Task,
  WorkerMessage,
  WorkerSetup,
} from './worker-messages.ts';

export interface RenderPoolOptions extends AnimaticFiles {
  /** Renders at the same time; see {@link defaultParallel}. */
  readonly parallel?: number;
  /** How long a worker without work is kept for the next clip, in milliseconds. */
  readonly idleMs?: number;
}

/**
 * One core is left to the editor, except where there are only two: a whole script would take twice as
 * long there. Each worker needs about 150 MB, so four at most.
 */
export function defaultParallel(cores: number = availableParallelism()): number {
  return cores <= 2 ? Math.max(1, cores) : Math.min(4, cores - 1);
}

interface QueuedTask {
  readonly task: Task;
  readonly onProgress: (progress: number) => void;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface Slot {
  readonly worker: Worker;
  entry: QueuedTask | undefined;
  idle: NodeJS.Timeout | undefined;
}

/** Renders clips in worker threads: at most `parallel` at once, the rest waits in order. */
export class RenderPool {
  private readonly options: RenderPoolOptions;
  private readonly parallel: number;
  private readonly waiting: QueuedTask[] = [];
  private readonly slots = new Set<Slot>();
  private disposed = false;

  constructor(options: RenderPoolOptions) {
    this.options = options;
    this.parallel = options.parallel ?? defaultParallel();
  }

  /**
   * Resolves once clip and poster are in their places.
   *
   * @throws ScenewrightError `cancelled` at once when `signal` aborts (a running worker is ended),
   * `internal` when the renderer failed.
   */
  render(
    task: ClipTask,
    onProgress: (progress: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    return this.run({ type: 'clip', ...task }, onProgress, signal);
  }

  /** Draw a card; resolves and fails as {@link render}. */
  card(task: CardTask, signal: AbortSignal): Promise<void> {
    return this.run({ type: 'card', ...task }, () => undefined, signal);
  }

  /** Draw a picture; resolves and fails as {@link render}. */
  drawing(task: DrawingTask, signal: AbortSignal): Promise<void> {
    return this.run({ type: 'drawing', ...task }, () => undefined, signal);
  }

  /** Ends all workers; what is under way is rejected as cancelled. */
  async dispose(): Promise<void> {
    this.disposed = true;
    for (const entry of this.waiting.splice(0)) entry.reject(cancelledError(t('The animatic')));
    await Promise.all(
      [...this.slots].map((slot) => this.end(slot, cancelledError(t('The animatic')))),
    );
  }

  private async run(
    task: Task,
    onProgress: (progress: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.disposed || signal.aborted) throw cancelledError(t('The animatic'));
    let stop: (() => void) | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const entry: QueuedTask = { task, onProgress, resolve, reject };
        stop = () => {
          this.drop(entry);
        };
        signal.addEventListener('abort', stop, { once: true });
        this.waiting.push(entry);
        this.next();
      });
    } finally {
      if (stop) signal.removeEventListener('abort', stop);
    }
  }

  private next(): void {
    while (this.waiting.length > 0) {
      const slot =
        [...this.slots].find((candidate) => candidate.entry === undefined) ??
        (this.slots.size < this.parallel ? this.open() : undefined);
      if (!slot) return;
      const entry = this.waiting.shift();
      if (!entry) return;
      clearTimeout(slot.idle);
      slot.entry = entry;
      slot.worker.ref();
      slot.worker.postMessage(entry.task);
    }
  }

  private open(): Slot {
    const setup: WorkerSetup = { assets: this.options.assets };
    // Without `execArgv` a worker would inherit flags such as --inspect-brk and wait for a debugger.
    const worker = new Worker(this.options.workerFile, { workerData: setup, execArgv: [] });
    const slot: Slot = { worker, entry: undefined, idle: undefined };
    worker.on('message', (message: WorkerMessage) => {
      this.receive(slot, message);
    });
    worker.on('error', (error) => {
      void this.end(slot, failure(error instanceof Error ? error.message : String(error), error));
    });
    worker.on('exit', () => {
      void this.end(slot, failure(t('its worker ended early')));
    });
    this.slots.add(slot);
    return slot;
  }

  private receive(slot: Slot, message: WorkerMessage): void {
    const entry = slot.entry;
    if (!entry) return;
    if (message.type === 'progress') {
      entry.onProgress(message.progress);
      return;
    }
    slot.entry = undefined;
    slot.worker.unref();
    slot.idle = setTimeout(() => {
      void this.end(slot, cancelledError(t('The animatic')));
    }, this.options.idleMs ?? 10_000);
    slot.idle.unref();
    if (message.type === 'done') entry.resolve();
    else entry.reject(failure(message.message));
    this.next();
  }

  private drop(entry: QueuedTask): void {
    const position = this.waiting.indexOf(entry);
    if (position >= 0) {
      this.waiting.splice(position, 1);
      entry.reject(cancelledError(t('The animatic')));
      return;
    }
    for (const slot of this.slots) {
      if (slot.entry === entry) void this.end(slot, cancelledError(t('The animatic')));
    }
  }

  /** Safe to call again for a slot that has ended. */
  private async end(slot: Slot, reason: Error): Promise<void> {
    if (!this.slots.delete(slot)) return;
    clearTimeout(slot.idle);
    slot.entry?.reject(reason);
    slot.entry = undefined;
    const ended = slot.worker.terminate();
    if (!this.disposed) this.next();
    await ended;
  }
}

function failure(detail: string, cause?: unknown): ScenewrightError {
  return new ScenewrightError(
    'internal',
    t('The animatic could not be rendered: {0}. Try again.', detail),
    {
      cause,
      retryable: true,
    },
  );
}
