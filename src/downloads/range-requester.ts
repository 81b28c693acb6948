import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { secretsOf } from '../net/request-secrets.ts';
import type { FetchAnswer, Fetcher } from '../net/fetcher.ts';
import type { Hop } from '../net/redirect.ts';
import type { ClipSource } from '../studios/port.ts';
import { isSameFile, refuseUnusable, contentRangeOf } from './content-range.ts';
import type { ByteRange } from './byte-ranges.ts';
import type { PartInfo } from './sidecar.ts';

export interface RangeRequesterOptions {
  readonly fetcher: Fetcher;
  readonly source: Extract<ClipSource, { readonly kind: 'http' }>;
  readonly allowPrivate: boolean;
  readonly idleMs: number;
}

/** Two answers do not speak of the same file. */
export class Contradiction extends Error {}

/** An answer that carries a stretch of the file, and which. */
export interface Rest {
  readonly answer: FetchAnswer;
  readonly range: ByteRange;
}

/** Asks a server for all of a file or a stretch of it, and sees to it that it is what was asked for. */
export class RangeRequester {
  private readonly options: RangeRequesterOptions;
  private readonly signal: AbortSignal;
  /** Where the file really is, after redirects, once an answer came from there. */
  private found: Hop | undefined;

  constructor(options: RangeRequesterOptions, signal: AbortSignal) {
    this.options = options;
    this.signal = signal;
  }

  /** Where the file really is, as far as is known. */
  get url(): URL | undefined {
    return this.found?.url;
  }

  /**
   * Ask for all of the file.
   *
   * @throws ScenewrightError
   */
  async all(): Promise<FetchAnswer> {
    const answer = await this.ask({}, [200, 206]);
    if (answer.status === 200) return answer;
    answer.body.discard();
    throw new ScenewrightError(
      'bad-answer',
      t('{0} sent a part of the clip although all of it was asked for.', answer.hop.url.host),
      { status: answer.status, retryable: true },
    );
  }

  /**
   * Ask for what is missing of a file of which some is here. The answer carries all of the file where
   * it is another one by now, and nothing is returned where the server makes no sense.
   *
   * @throws ScenewrightError
   */
  async rest(hole: ByteRange, info: PartInfo): Promise<FetchAnswer | Rest | undefined> {
    const answer = await this.ask(rangeHeaders(hole, info), [200, 206, 416]);
    if (answer.status === 200) return answer;
    const stretch = contentRangeOf(answer, info.key);
    if (stretch?.from === hole[0] && isSameFile(info, stretch.info)) {
      const to = stretch.to ?? hole[1];
      // Fewer bytes than were asked for will do; the rest is asked for again.
      if (to <= hole[1]) return { answer, range: [hole[0], to] };
    }
    answer.body.discard();
    return undefined;
  }

  /**
   * Ask for one more stretch, without detours and only where a connection is free.
   *
   * @throws ScenewrightError, or Contradiction where the answer speaks of another file
   */
  async more(range: ByteRange, info: PartInfo): Promise<FetchAnswer | undefined> {
    const { fetcher, allowPrivate, idleMs } = this.options;
    if (this.found === undefined) return undefined;
    const answer = await fetcher.get(this.found.url, {
      headers: { ...this.found.headers, ...rangeHeaders(range, info) },
      allowPrivate,
      idleMs,
      signal: this.signal,
      onlyIfFree: true,
    });
    if (answer === undefined) return undefined;
    await refuseUnusable(answer, [200, 206, 416], this.secrets, Date.now());
    const stretch = contentRangeOf(answer, info.key);
    if (
      answer.status === 206 &&
      stretch?.from === range[0] &&
      stretch.to === range[1] &&
      isSameFile(info, stretch.info)
    ) {
      return answer;
    }
    answer.body.discard();
    throw new Contradiction();
  }

  private async ask(
    range: Readonly<Record<string, string>>,
    usable: readonly number[],
  ): Promise<FetchAnswer> {
    const { fetcher, source, allowPrivate, idleMs } = this.options;
    const { url } = source;
    const headers = { ...source.headers, ...range, 'accept-encoding': 'identity' };
    const answer = await fetcher.get(url, { headers, allowPrivate, idleMs, signal: this.signal });
    await refuseUnusable(answer, usable, this.secrets, Date.now());
    this.found = answer.hop;
    return answer;
  }

  private get secrets(): string[] {
    const { url, headers } = this.options.source;
    return secretsOf(new URL(url), headers);
  }
}

/** To the end of the file the range is left open: some servers know no other. */
function rangeHeaders(
  [from, to]: ByteRange,
  { total = Infinity, validator = '' }: PartInfo,
): Record<string, string> {
  const last = to >= total ? '' : String(to - 1);
  return { range: `bytes=${from}-${last}`, 'if-range': validator };
}
