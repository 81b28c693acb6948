// Runs in a worker thread: the sockets, checksums and files of all downloads, so that the thread
// that VS Code shares among all extensions stays free.
import { parentPort, workerData } from 'node:worker_threads';
import { translateLikeMainThread } from '../base/l10n.ts';
import type { AttemptNews } from './attempt.ts';
import { LocalEngine } from './local-engine.ts';
import {
  toPlain,
  type WorkerMessage,
  type WorkerRequest,
  type WorkerSetup,
} from './worker-messages.ts';

/** Progress is told at most this often, in milliseconds. */
const tellMs = 50;

const port = parentPort;
if (port === null) throw new Error('This file runs in a worker thread only.');
translateLikeMainThread();
const engine = new LocalEngine(workerData as WorkerSetup);
const running = new Map<number, AbortController>();
const tell = (message: WorkerMessage): void => {
  port.postMessage(message);
};

async function run({ id, task }: Extract<WorkerRequest, { type: 'attempt' }>): Promise<void> {
  const stop = new AbortController();
  running.set(id, stop);
  let toldAt = 0;
  try {
    const news: AttemptNews = {
      onBytes: (bytes, total) => {
        const now = performance.now();
        if (now - toldAt < tellMs && bytes !== total) return;
        toldAt = now;
        tell({ type: 'bytes', id, bytes, total });
      },
      onWaiting: () => {
        tell({ type: 'waiting', id });
      },
    };
    const video = await engine.attempt(task, news, stop.signal);
    tell({ type: 'done', id, video });
  } catch (error) {
    tell({ type: 'failed', id, error: toPlain(error) });
  } finally {
    running.delete(id);
  }
}

port.on('message', (request: WorkerRequest) => {
  switch (request.type) {
    case 'attempt':
      void run(request);
      return;
    case 'stop':
      running.get(request.id)?.abort();
      return;
    case 'limits':
      engine.setLimits(request.limits);
  }
});
