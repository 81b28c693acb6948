import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { secretsOf } from '../net/request-secrets.ts';
import type { FetchAnswer, Fetcher } from '../net/fetcher.ts';
import { hostOf } from '../net/server-name.ts';
import type { Hop } from '../net/redirect.ts';
import type { ClipOnTheWeb } from '../studios/port.ts';
import { clipIn, type ClipAnswer } from './clip-answer.ts';
import { isSameFile, refuseUnusable, contentRangeOf } from './content-range.ts';
import type { ByteRange } from './byte-ranges.ts';
import type { PartInfo } from './sidecar.ts';

export interface RangeRequesterOptions {
  readonly fetcher: Fetcher;
  readonly source: ClipOnTheWeb;
  readonly allowPrivate: boolean;
  readonly idleMs: number;
  readonly firstByteMs: number;
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
  private readonly onAsk: () => void;
  /** Where the file really is, after redirects, once an answer came from there. */
  private found: Hop | undefined;

  /** @param onAsk called when it is the server's turn to send the file, or one stretch after another */
  constructor(options: RangeRequesterOptions, signal: AbortSignal, onAsk: () => void) {
    this.options = options;
    this.signal = signal;
    this.onAsk = onAsk;
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
  async all(): Promise<ClipAnswer> {
    const answer = await this.ask({}, [200, 206]);
    if (answer.status === 200) return answer;
    answer.body.discard();
    throw new ScenewrightError(
      'bad-answer',
      hostOf(answer.hop.url).say((host) =>
        t('Only a part of the clip came from {0}, though all of it was asked for.', host),
      ),
      { status: answer.status, retryable: true },
    );
  }

  /**
   * Ask for what is missing of a file of which some is here. The answer carries all of the file where
   * it is another one by now, and nothing is returned where the server makes no sense, or will not
   * hear of stretches: all of it may well be had from it.
   *
   * @throws ScenewrightError
   */
  async rest(hole: ByteRange, info: PartInfo): Promise<ClipAnswer | Rest | undefined> {
    const answer = await this.askForStretch(rangeHeaders(hole, info));
    if (answer === undefined || answer.status === 200) return answer;
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
    const { fetcher, allowPrivate, idleMs, firstByteMs } = this.options;
    if (this.found === undefined) return undefined;
    const answer = await fetcher.get(this.found, {
      headers: { ...this.found.headers, ...rangeHeaders(range, info) },
      allowPrivate,
      idleMs,
      firstByteMs,
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

  private async askForStretch(
    range: Readonly<Record<string, string>>,
  ): Promise<ClipAnswer | undefined> {
    for (let breaks = 0; ;) {
      try {
        return await this.ask(range, [200, 206, 416]);
      } catch (error) {
        if (refusesStretches(error)) return undefined;
        if (!isBrokenOff(error)) throw error;
        // A line that breaks once before the answer may be the line; twice it looks like an answer.
        if (++breaks === 2) return undefined;
      }
    }
  }

  private async ask(
    range: Readonly<Record<string, string>>,
    usable: readonly number[],
  ): Promise<ClipAnswer> {
    const { fetcher, source, allowPrivate, idleMs, firstByteMs } = this.options;
    const { signal, onAsk } = this;
    const headers = { ...source.headers, ...range, 'accept-encoding': 'identity' };
    const how = { headers, allowPrivate, idleMs, firstByteMs, signal, onAsk };
    const answer = await fetcher.get(source.url, how);
    await refuseUnusable(answer, usable, this.secrets, Date.now());
    this.found = answer.hop;
    return answer.status === 200 ? await clipIn(answer, this.secrets) : answer;
  }

  private get secrets(): string[] {
    const { url, headers } = this.options.source;
    return secretsOf(new URL(url), headers);
  }
}

/**
 * Whether a refusal may be one of stretches alone. Not so what is said of the file, of the key, of too
 * much haste, or by a service that is not well: those say the same of all of it.
 */
function refusesStretches(error: unknown): boolean {
  const { status = 0 } = error instanceof ScenewrightError ? error : {};
  const others = [401, 402, 404, 407, 408, 409, 410, 425, 429];
  return (status >= 400 && status < 500 && !others.includes(status)) || [501, 505].includes(status);
}

/** Whether a connection ended before there was any answer on it. */
function isBrokenOff(error: unknown): boolean {
  const { cause } = error instanceof ScenewrightError ? error : {};
  const { code = '' } = Object(cause) as NodeJS.ErrnoException;
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'BAD_HTTP'].includes(code);
}

/** To the end of the file the range is left open: some servers know no other. */
function rangeHeaders(
  [from, to]: ByteRange,
  { total = Infinity, validator = '' }: PartInfo,
): Record<string, string> {
  const last = to >= total ? '' : String(to - 1);
  return { range: `bytes=${from}-${last}`, 'if-range': validator };
}
