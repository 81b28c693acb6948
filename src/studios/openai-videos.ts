import { systemClock, type Clock } from '../base/clock.ts';
import { ScenewrightError } from '../base/errors.ts';
import type { Http } from '../net/http.ts';
import type { Aspect } from '../script/model.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
  VideoStudio,
} from './port.ts';

export interface OpenAiVideosOptions {
  /** As in `https://host/v1`; `/videos` is added. */
  readonly baseUrl: string;
  readonly model: string;
  readonly http: Http;
  /** How the order is written: SGLang wants JSON (the default), vLLM-Omni multipart. */
  readonly body?: 'json' | 'multipart';
  /** The clip lengths that this server takes, in seconds, ascending (default 1 to 20). */
  readonly seconds?: readonly number[];
  readonly clock?: Clock;
}

/** A render that the service has only just taken may not be visible everywhere yet. */
const settlingMs = 120_000;

/** An order may wait for a place before it is answered. */
const submitTimeoutMs = 180_000;

const sizes: Readonly<Record<Aspect, string>> = {
  '16:9': '1280x720',
  '9:16': '720x1280',
  '1:1': '1024x1024',
};

/**
 * The `/v1/videos` protocol. The service that gave it its name is gone, but others serve it, each
 * with a dialect: a status that is not known means that the render goes on.
 */
export class OpenAiVideosStudio implements VideoStudio {
  readonly id = 'openai-videos';
  readonly label = 'OpenAI-compatible videos';
  readonly needsAccount = true;
  private readonly base: string;
  private readonly options: OpenAiVideosOptions;
  private readonly clock: Clock;

  constructor(options: OpenAiVideosOptions) {
    this.options = options;
    this.base = options.baseUrl.replace(/\/+$/, '');
    this.clock = options.clock ?? systemClock;
  }

  capabilities(): Promise<StudioCapabilities> {
    const seconds = this.options.seconds ?? Array.from({ length: 20 }, (_, index) => index + 1);
    return Promise.resolve({ seconds, aspects: ['16:9', '9:16', '1:1'] });
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const fields = {
      model: this.options.model,
      prompt: request.prompt,
      seconds: String(request.seconds),
      size: sizes[request.aspect],
    };
    const answer = await this.options.http.json(this.address(), {
      method: 'POST',
      ...(this.options.body === 'multipart' ? { form: fields } : { json: fields }),
      // Where the service honours it, even an order that was lost on the way is made only once.
      headers: { ...authorization(context), 'idempotency-key': request.jobId },
      headersMs: submitTimeoutMs,
      signal: context.signal,
      once: true,
    });
    const id = text(field(answer, 'id'));
    if (id === undefined) {
      throw new ScenewrightError(
        'unclear',
        `${this.host()} took the order but its answer names no render. It was not sent again; look there before you do.`,
      );
    }
    return { remoteId: id, data: { base: this.base, submittedAt: String(this.clock.now()) } };
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    let answer: unknown;
    try {
      answer = await this.options.http.json(this.address(job), {
        headers: authorization(context),
        signal: context.signal,
      });
    } catch (error) {
      const status = error instanceof ScenewrightError ? error.status : undefined;
      if (status === 410) return { state: 'expired' };
      if (status !== 404) throw error;
      const age = this.clock.now() - Number(job.data?.submittedAt ?? 0);
      if (age < settlingMs) return { state: 'rendering' };
      // Not "expired": a retry of that would order anew, and this may be a server's bad moment.
      throw new ScenewrightError(
        'bad-answer',
        `${this.host()} does not know this render any more (404). A retry asks again; if it is gone for good, render the scene anew.`,
        { cause: error, status },
      );
    }
    return readStatus(answer);
  }

  /** The protocol's own address for the content, or the one that the service names instead. */
  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const headers = authorization(context);
    const { signal } = context;
    const answer = await this.options.http.json(this.address(job), { headers, signal });
    const named = this.named(text(field(answer, 'url')));
    if (named === undefined) return this.content(job, context, 'video');
    const own = named.origin === new URL(this.base).origin;
    return { kind: 'http', url: named.href, headers: own ? headers : {} };
  }

  /** The server may not know variants and send the clip instead; whoever reads it has to look. */
  thumbnail(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    return Promise.resolve(this.content(job, context, 'thumbnail'));
  }

  /**
   * An address in a service's answer, if it can be meant for us: servers behind a gateway like to
   * name their own files, or themselves as they are known on their own machine.
   */
  private named(address: string | undefined): URL | undefined {
    if (address === undefined || !URL.canParse(address)) return undefined;
    const url = new URL(address);
    const base = new URL(this.base);
    if (url.protocol !== 'https:' && url.protocol !== base.protocol) return undefined;
    return isLoopback(url) && !isLoopback(base) ? undefined : url;
  }

  private content(job: RemoteJob, context: StudioContext, variant: string): ClipSource {
    return {
      kind: 'http',
      url: `${this.address(job)}/content?variant=${variant}`,
      headers: authorization(context),
    };
  }

  /** The address of all renders or of one, which has to be a render of the server that is set now. */
  private address(job?: RemoteJob): string {
    if (!URL.canParse(this.base) || !/^https?:/.test(this.base)) {
      throw new ScenewrightError(
        'bad-input',
        'The base URL of the video service is not a web address. Set it, such as https://host/v1.',
      );
    }
    if (job === undefined) return `${this.base}/videos`;
    const from = job.data?.base;
    if (from !== undefined && from !== this.base) {
      // The key of today must not go to the server of yesterday.
      throw new ScenewrightError(
        'bad-input',
        `This render was ordered from ${from}, but the video service is now ${this.base}. Set it back to fetch the clip, then retry.`,
      );
    }
    return `${this.base}/videos/${encodeURIComponent(job.remoteId)}`;
  }

  private host(): string {
    return new URL(this.base).host;
  }
}

function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\])$/.test(hostname);
}

function authorization({ secret }: StudioContext): Record<string, string> {
  return secret === undefined ? {} : { authorization: `Bearer ${secret.trim()}` };
}

function readStatus(answer: unknown): PollAnswer {
  const status = (text(field(answer, 'status')) ?? '').toLowerCase().replaceAll(/[\s-]/g, '_');
  switch (status) {
    case 'completed':
    case 'succeeded':
    case 'success':
      return { state: 'ready' };
    case 'failed':
    case 'failure':
    case 'error':
      return { state: 'failed', reason: reasonOf(answer) };
    case 'cancelled':
    case 'canceled':
      return { state: 'cancelled' };
    case 'expired':
      return { state: 'expired' };
    default: {
      const progress = progressOf(field(answer, 'progress'));
      return { state: 'rendering', ...(progress === undefined ? {} : { progress }) };
    }
  }
}

function reasonOf(answer: unknown): string {
  const error = field(answer, 'error');
  const said = text(error) ?? text(field(error, 'message')) ?? text(field(error, 'code'));
  return said ?? 'the service gave no reason';
}

/** Per cent by the protocol, as a number or text; some servers send a fraction instead. */
function progressOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number.parseFloat(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return undefined;
  const fraction = number < 1 ? number : number / 100;
  return Math.min(1, fraction);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** A text or a number as a text; nothing else, and not an empty one. */
function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
