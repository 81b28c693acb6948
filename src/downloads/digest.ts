import { createHash } from 'node:crypto';
import { openRegular } from '../base/enclosure/regular-file.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { HeaderReader } from '../net/http-types.ts';
import { Crc32c } from './crc32c.ts';

/** A checksum of the whole file, as the server announced it. */
export interface Digest {
  readonly algorithm: 'sha512' | 'sha256' | 'md5' | 'crc32c';
  /** Base64. */
  readonly value: string;
}

/** Whether a value that was written down is a checksum. */
export function isDigest(value: unknown): value is Digest {
  if (typeof value !== 'object' || value === null) return false;
  const { algorithm, value: sum } = value as Record<string, unknown>;
  const known = Object.values(algorithms).some(({ name }) => name === algorithm);
  return known && typeof sum === 'string';
}

/** By the names that headers use, the strongest first. */
const algorithms: Readonly<Record<string, { name: Digest['algorithm']; bytes: number }>> = {
  'sha-512': { name: 'sha512', bytes: 64 },
  'sha-256': { name: 'sha256', bytes: 32 },
  md5: { name: 'md5', bytes: 16 },
  crc32c: { name: 'crc32c', bytes: 4 },
};

/**
 * The strongest checksum of the whole file among an answer's headers.
 *
 * @param whole Whether the answer carries the whole file: some headers speak of the answer only.
 */
export function announcedDigest(headers: HeaderReader, whole: boolean): Digest | undefined {
  const found = new Map<string, string>();
  const fields = ['repr-digest', 'digest', 'x-goog-hash', ...(whole ? ['content-digest'] : [])];
  for (const part of fields.flatMap((name) => headers.get(name)?.split(',') ?? [])) {
    const match = /^\s*([\w-]+)=:?([A-Za-z0-9+/]+=*):?\s*$/.exec(part);
    if (match?.[1] !== undefined && match[2] !== undefined) {
      found.set(match[1].toLowerCase(), match[2]);
    }
  }
  const md5 = whole ? headers.get('content-md5') : null;
  if (md5) found.set('md5', md5.trim());
  for (const [name, algorithm] of Object.entries(algorithms)) {
    const value = found.get(name);
    // Some servers write hexadecimal digits; what is not a checksum of this kind proves nothing.
    if (value !== undefined && Buffer.from(value, 'base64').length === algorithm.bytes) {
      return { algorithm: algorithm.name, value };
    }
  }
  return undefined;
}

/**
 * Checks a checksum while the file comes in. Only what comes in order is taken along; the rest is
 * read from the file at the end.
 */
export class RunningDigest {
  private readonly digest: Digest;
  private readonly hash: { update(bytes: Uint8Array): unknown; digest(coding: 'base64'): string };
  private position = 0;

  constructor(digest: Digest) {
    this.digest = digest;
    this.hash = digest.algorithm === 'crc32c' ? new Crc32c() : createHash(digest.algorithm);
  }

  /** These bytes belong at `position` of the file. */
  note(bytes: Uint8Array, position: number): void {
    if (position !== this.position) return;
    this.hash.update(bytes);
    this.position += bytes.length;
  }

  /** @throws ScenewrightError `bad-answer` when the file is not the one that was announced */
  async verify(file: string): Promise<void> {
    const handle = await openRegular(file);
    const rest = handle.createReadStream({ start: this.position, highWaterMark: 1024 * 1024 });
    for await (const chunk of rest) this.hash.update(chunk as Buffer);
    if (
      Buffer.from(this.hash.digest('base64'), 'base64').equals(
        Buffer.from(this.digest.value, 'base64'),
      )
    ) {
      return;
    }
    throw new ScenewrightError(
      'bad-answer',
      t('The clip was damaged on its way: its checksum is not the one that the service announced.'),
      { retryable: true },
    );
  }
}
