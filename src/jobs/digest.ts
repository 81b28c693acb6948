import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { ScenewrightError } from '../base/errors.ts';
import type { HeaderReader } from '../net/hints.ts';

/** A checksum of the whole file, as the server announced it. */
export interface Digest {
  readonly algorithm: 'sha512' | 'sha256' | 'md5';
  /** Base64. */
  readonly value: string;
}

const names: Readonly<Record<string, Digest['algorithm']>> = {
  'sha-512': 'sha512',
  'sha-256': 'sha256',
  md5: 'md5',
};

/**
 * The strongest checksum of the whole file among an answer's headers.
 *
 * @param whole Whether the answer carries the whole file: some headers speak of the answer only.
 */
export function announcedDigest(headers: HeaderReader, whole: boolean): Digest | undefined {
  const found: Digest[] = [];
  const fields = ['repr-digest', 'digest', 'x-goog-hash', ...(whole ? ['content-digest'] : [])];
  for (const part of fields.flatMap((name) => headers.get(name)?.split(',') ?? [])) {
    const match = /^\s*([\w-]+)=:?([A-Za-z0-9+/]+=*):?\s*$/.exec(part);
    const algorithm = names[match?.[1]?.toLowerCase() ?? ''];
    const value = match?.[2];
    if (algorithm !== undefined && value !== undefined) found.push({ algorithm, value });
  }
  const md5 = whole ? headers.get('content-md5') : null;
  if (md5) found.push({ algorithm: 'md5', value: md5.trim() });
  const order = Object.values(names);
  return found.sort((a, b) => order.indexOf(a.algorithm) - order.indexOf(b.algorithm))[0];
}

/** @throws ScenewrightError `bad-answer` when the file is not the one that was announced. */
export async function verifyDigest(file: string, { algorithm, value }: Digest): Promise<void> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk as Buffer);
  }
  if (hash.digest('base64').replace(/=+$/, '') === value.replace(/=+$/, '')) return;
  throw new ScenewrightError(
    'bad-answer',
    'The clip was damaged on its way: its checksum is not the one that the service announced.',
    { retryable: true },
  );
}
