import { EventQueue } from './event-queue.ts';
import type { WritingEvent } from './events.ts';
import type { WriteOptions } from './options.ts';
import { Writing } from './writing.ts';

export type { WriteOptions } from './options.ts';

/**
 * Write a script, or what is missing of it.
 *
 * Never throws: whatever happens is told by the events, the last of which is `stopped`. After
 * `planned` and `batchWritten` a consumer that comes back for the next event says by that that the
 * plan or batch is safely in the document. No scene is begun before the plan is; while a batch is on
 * its way into the document the writing goes on. A consumer that leaves the loop early aborts the
 * run; finished scenes stay kept for the next one.
 */
export async function* writeScript(options: WriteOptions): AsyncGenerator<WritingEvent, void> {
  const abandoned = new AbortController();
  const events = new EventQueue<WritingEvent>();
  const signal = AbortSignal.any([options.signal, abandoned.signal]);
  const running = new Writing(options, signal, events).run();
  try {
    yield* events.values();
  } finally {
    abandoned.abort();
    await running;
  }
}
