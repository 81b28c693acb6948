import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { ResponseBody } from './response-body.ts';

/** The most that is read of an answer that is wanted whole, in bytes, unpacked. */
export const maxWholeBytes = 8 * 1024 * 1024;

/** The most that is read of what a service says about an error, in bytes, unpacked. */
export const maxErrorBytes = 64 * 1024;

/** What a service says about an error has to be said in so many milliseconds. */
export const errorBodyMs = 10_000;

/** Read all of a body of at most `limit` bytes. */
export async function readBytes(body: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    // Leaving the loop discards the rest, and with it the connection.
    if (length > limit) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The first `limit` bytes of a body as text, or what of it comes within `ms` or before the line
 * breaks. The rest is let go of.
 */
export async function readBeginning(
  body: ResponseBody,
  limit: number,
  ms: number,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const timer = setTimeout(() => {
    body.discard();
  }, ms);
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= limit) break;
    }
  } catch {
    // What has come is all there is to read.
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).toString('utf8', 0, limit);
}

/** What becomes of a body that goes over its bounds. */
export interface BodyBounds {
  /** Bytes, unpacked. */
  readonly limit: number;
  /** Milliseconds until it has to be over; absent: as long as it likes. */
  readonly ms?: number;
  /** Whether what has come by then will do, as of an error's text; otherwise reading fails. */
  readonly mayEndEarly: boolean;
}

/**
 * A stream with bounds, for readers that have none of their own. It takes nothing from the
 * connection before it is asked for.
 */
export function bounded(
  body: ReadableStream<Uint8Array>,
  { limit, ms, mayEndEarly }: BodyBounds,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let length = 0;
  const letGo = (): void => {
    reader.cancel().catch(() => undefined);
  };
  // A read that is waiting is told of the end by this.
  const timer = ms === undefined ? undefined : setTimeout(letGo, ms);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            clearTimeout(timer);
            controller.close();
            return;
          }
          const room = limit - length;
          length += value.length;
          if (length <= limit) {
            controller.enqueue(value);
            return;
          }
          clearTimeout(timer);
          letGo();
          if (!mayEndEarly) throw tooLong();
          if (room > 0) controller.enqueue(value.subarray(0, room));
          controller.close();
        } catch (error) {
          clearTimeout(timer);
          controller.error(error);
        }
      },
      async cancel(reason) {
        clearTimeout(timer);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The error of an answer that is longer than any that is of use. */
export function tooLong(): ScenewrightError {
  return new ScenewrightError('bad-answer', t('The answer is far too long.'));
}
