import { ScenewrightError } from '../base/errors.ts';
import { readBeginning } from '../net/body.ts';
import { connectionError, secretsOf, statusError } from '../net/failure.ts';
import type { HeaderReader } from '../net/hints.ts';
import type { Http, HttpResponse } from '../net/http.ts';
import type { ClipSource } from '../studios/port.ts';
import { announcedDigest } from './digest.ts';
import type { PartFile, PartInfo } from './part-file.ts';

export interface TransferOptions {
  readonly http: Http;
  readonly source: Extract<ClipSource, { readonly kind: 'http' }>;
  readonly part: PartFile;
  readonly idleMs: number;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Called with every piece: bytes that are here, and in all where that is known. */
  readonly onBytes: (bytes: number, total: number | undefined) => void;
}

/**
 * Fetch what is missing of a part over one connection. Goes on where the part ends if the server
 * vouches that it still has the same file, and begins anew otherwise.
 *
 * @throws ScenewrightError; what has arrived until then stays in the part.
 */
export async function transfer(options: TransferOptions): Promise<void> {
  const { part } = options;
  if (part.bytes > 0 && part.info.validator !== undefined) {
    const rest = await request(options, {
      range: `bytes=${part.bytes}-`,
      'if-range': part.info.validator,
    });
    if (rest.status === 200) return receive(options, rest);
    if (continues(rest, part)) return receive(options, rest);
    // A range that does not fit (or 416: nothing lies beyond) proves nothing about what is here.
    rest.body.discard();
  }
  const answer = await request(options, {});
  if (answer.status === 200) return receive(options, answer);
  answer.body.discard();
  throw new ScenewrightError(
    'bad-answer',
    `${answer.url.host} sent a part of the clip although all of it was asked for.`,
    { status: answer.status, retryable: true },
  );
}

async function request(
  { http, source, signal, idleMs, now }: TransferOptions,
  range: Readonly<Record<string, string>>,
): Promise<HttpResponse> {
  const headers = { ...source.headers, ...range, 'accept-encoding': 'identity' };
  const answer = await http.send(source.url, { headers, signal, idleMs });
  const usable = [200, 206, ...('range' in range ? [416] : [])];
  if (usable.includes(answer.status)) {
    if (answer.status !== 416) await refusePages(answer);
    return answer;
  }
  const text = await beginning(answer);
  const refused = { status: answer.status, headers: answer.headers, text };
  throw statusError(refused, answer.url, secretsOf(new URL(source.url), headers), now());
}

/** An error page with a friendly status must not be fetched, let alone saved. */
async function refusePages(answer: HttpResponse): Promise<void> {
  const type = answer.headers.get('content-type') ?? '';
  const encoding = answer.headers.get('content-encoding') ?? 'identity';
  if (/^\s*(text\/|application\/(json|xml|xhtml))/i.test(type)) {
    await beginning(answer);
    throw new ScenewrightError(
      'bad-answer',
      `${answer.url.host} sent a page (${type}) instead of the clip.`,
      { status: answer.status },
    );
  }
  if (encoding !== 'identity') {
    answer.body.discard();
    throw new ScenewrightError(
      'bad-answer',
      `${answer.url.host} sent the clip packed (${encoding}).`,
    );
  }
}

async function beginning(answer: HttpResponse): Promise<string> {
  try {
    return await readBeginning(answer.body, 64 * 1024);
  } catch {
    return '';
  }
}

/** Whether a partial answer is exactly the rest of what is here. */
function continues(answer: HttpResponse, part: PartFile): boolean {
  if (answer.status !== 206) return false;
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.headers.get('content-range') ?? '');
  if (range === null) return false;
  const [first, last, total] = range.slice(1).map(Number) as [number, number, number];
  const now = strongValidator(answer.headers);
  return (
    first === part.bytes &&
    last === total - 1 &&
    (part.info.total === undefined || part.info.total === total) &&
    (now === undefined || now === part.info.validator)
  );
}

async function receive(options: TransferOptions, answer: HttpResponse): Promise<void> {
  const { part, signal, onBytes } = options;
  let { total } = part.info;
  if (answer.status === 200) {
    const info = describe(answer.headers, part.info.key);
    total = info.total;
    await part.restart(info);
  } else {
    total ??= Number(answer.headers.get('content-range')?.split('/')[1]);
  }
  if (part.bytes > 0) onBytes(part.bytes, total);
  try {
    for await (const chunk of answer.body) {
      await part.append(chunk);
      onBytes(part.bytes, total);
    }
  } catch (error) {
    // What has come is worth keeping, also when the line broke.
    await part.flush();
    if (isDiskError(error)) throw error;
    throw connectionError(error, answer.url, signal);
  }
  await part.flush();
  if (total !== undefined && part.bytes !== total) {
    throw new ScenewrightError(
      'network',
      `${answer.url.host} sent ${part.bytes} of ${total} bytes of the clip.`,
      { retryable: true },
    );
  }
}

function describe(headers: HeaderReader, key: string): PartInfo {
  const length = headers.get('content-length');
  const validator = strongValidator(headers);
  const digest = announcedDigest(headers, true);
  return {
    key,
    ...(length !== null && /^\d+$/.test(length) ? { total: Number(length) } : {}),
    ...(validator === undefined ? {} : { validator }),
    ...(digest === undefined ? {} : { digest }),
  };
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

function isDiskError(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return (syscall === 'write' || syscall === 'open' || syscall === 'ftruncate') && code !== 'EPIPE';
}
