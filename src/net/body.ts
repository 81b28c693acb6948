import { ScenewrightError } from '../base/errors.ts';

/** Read all of a body of at most `limit` bytes. */
export async function readBytes(body: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const { bytes, whole } = await take(body, limit);
  if (!whole) throw new ScenewrightError('bad-answer', 'The answer is far too long.');
  return bytes;
}

/** Read the first `limit` bytes of a body as text and let go of the rest. */
export async function readBeginning(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<string> {
  const { bytes } = await take(body, limit);
  return bytes.toString('utf8', 0, limit);
}

async function take(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ bytes: Buffer; whole: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop discards the rest, and with it the connection.
    if (length > limit) return { bytes: Buffer.concat(chunks), whole: false };
  }
  return { bytes: Buffer.concat(chunks), whole: true };
}
