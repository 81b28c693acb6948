import { defined } from '../base/defined.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { errorBodyMs } from '../net/bounded-body.ts';
import { statusError } from '../net/http-errors.ts';
import { headerSecrets, secretsOf } from '../net/request-secrets.ts';
import { hostOf } from '../net/server-name.ts';
import { withWords } from '../net/service-words.ts';
import type { FetchAnswer } from '../net/fetcher.ts';
import type { HeaderReader } from '../net/http-types.ts';
import { beginningOf } from '../net/receive-buffer.ts';
import { codingsOf, type ClipAnswer } from './clip-answer.ts';
import { announcedDigest } from './digest.ts';
import type { PartInfo } from './sidecar.ts';

/** What an answer says about the file that it carries all or a stretch of. */
export interface ContentRange {
  readonly from: number;
  /** The first byte that is not in it; absent where the answer does not say. */
  readonly to?: number;
  readonly info: PartInfo;
  /** Whether the server says that it serves ranges. */
  readonly ranges: boolean;
}

/**
 * What of a file an answer carries; absent where it is no stretch of a file at all (416, or a range
 * that makes no sense).
 *
 * @param key of the render, for {@link PartInfo}
 */
export function contentRangeOf(
  { status, headers, isUnpacked = false }: ClipAnswer,
  key: string,
): ContentRange | undefined {
  // Nothing that is said of a packed file holds for what was in it.
  if (isUnpacked) return { from: 0, info: { key }, ranges: false };
  const validator = strongValidator(headers);
  const digest = mayBeOfPacked(headers) ? undefined : announcedDigest(headers, status === 200);
  const about = (total: number | undefined): PartInfo => ({
    key,
    ...defined({ total, validator, digest }),
  });
  if (status === 200) {
    const length = headers.get('content-length');
    const total = length !== null && /^\d+$/.test(length) ? Number(length) : undefined;
    const ranges = /\bbytes\b/i.test(headers.get('accept-ranges') ?? '');
    return { from: 0, ...defined({ to: total }), info: about(total), ranges };
  }
  const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(
    headers.get('content-range') ?? '',
  );
  if (status !== 206 || range === null) return undefined;
  const [from = 0, last = 0, total = 0] = range.slice(1).map(Number);
  if (from > last || last >= total) return undefined;
  return { from, to: last + 1, info: about(total), ranges: true };
}

/** Whether a checksum may be that of a packed file: some stores name it though they unpack on the way. */
function mayBeOfPacked(headers: HeaderReader): boolean {
  return ['content-encoding', 'x-goog-stored-content-encoding'].some(
    (name) => codingsOf(headers.get(name)).length > 0,
  );
}

/** Whether two answers may speak of the very same file. */
export function isSameFile(known: PartInfo, told: PartInfo): boolean {
  return (
    (told.validator === undefined || told.validator === known.validator) &&
    (known.total === undefined || told.total === undefined || told.total === known.total)
  );
}

/**
 * Turn away a refusal.
 *
 * @param secrets of the request, never to be shown even if the server repeats them
 * @param now milliseconds since the epoch, to read `Retry-After` dates by
 * @throws ScenewrightError; the answer is discarded then
 */
export async function refuseUnusable(
  answer: FetchAnswer,
  usable: readonly number[],
  secrets: readonly string[],
  now: number,
): Promise<void> {
  const { status, headers, hop, body } = answer;
  if (usable.includes(status)) return;
  const text = (await beginningOf(body, 16 * 1024, errorBodyMs)).toString('utf8');
  const all = [...secretsOf(hop.url, hop.headers), ...secrets];
  const failure = statusError({ status, headers, text }, hop.url, all, now);
  // Who was shown no key cannot have refused it, and nobody shall change a good one.
  const isOfKey = failure.code === 'account' && headerSecrets(hop.headers).length > 0;
  if (isOfKey || (status !== 401 && status !== 403)) throw failure;
  const { said, retryAfterMs } = failure;
  const fact = hostOf(hop.url).say((host) =>
    t('The clip is not handed out by {0} ({1}).', host, status),
  );
  throw new ScenewrightError('bad-answer', withWords(fact, said ?? ''), {
    status,
    said,
    retryAfterMs,
  });
}

/**
 * What proves that two answers carry the same bytes: a strong `ETag`, or a `Last-Modified` that was
 * at least a minute old when it was told, so that no second change can hide in the same second.
 */
function strongValidator(headers: HeaderReader): string | undefined {
  const tag = headers.get('etag');
  if (tag !== null && /^"[^"]*"$/.test(tag)) return tag;
  const modified = headers.get('last-modified');
  if (tag !== null || modified === null) return undefined;
  const age = Date.parse(headers.get('date') ?? '') - Date.parse(modified);
  return age >= 60_000 ? modified : undefined;
}
