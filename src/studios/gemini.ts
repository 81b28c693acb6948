import { defined } from '../base/defined.ts';
import { ScenewrightError } from '../base/errors.ts';
import { field, firstText, items, rendering, stateName, text } from './answer.ts';
import { range } from './families.ts';
import type { ClipPrice } from '../money/price.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
  VideoStudio,
} from './port.ts';
import { Service, type StudioOptions } from './service.ts';

export type GeminiResolution = '360p' | '720p' | '1080p' | '4k';

/** To the base URL `/v1beta` is added; a model is named as in `gemini-omni-1.1-flash`. */
export interface GeminiOptions extends StudioOptions {
  /** Default `720p`. */
  readonly resolution?: GeminiResolution;
}

/**
 * US dollars for a second of `gemini-omni-1.1-flash`, by the list price of November 2026: 5,792
 * tokens of 17.50 dollars a million for 720p, and in proportion for the others.
 */
const perSecond: Readonly<Record<GeminiResolution, number>> = {
  '360p': 0.034,
  '720p': 0.1014,
  '1080p': 0.152,
  '4k': 0.304,
};

/**
 * Google's interactions: the model is asked for a video as it would be for a text. It writes only
 * `16:9` and `9:16`, of 3 to 10 whole seconds.
 */
export class GeminiStudio implements VideoStudio {
  static readonly defaultBaseUrl = 'https://generativelanguage.googleapis.com';
  readonly id = 'gemini';
  readonly label = 'Google Gemini';
  readonly needsAccount = true;
  private readonly model: string;
  private readonly resolution: GeminiResolution;
  private readonly service: Service;

  constructor(options: GeminiOptions) {
    this.model = options.model;
    this.resolution = options.resolution ?? '720p';
    this.service = new Service({
      ...options,
      // With or without the version, as people copy it.
      baseUrl: options.baseUrl.trim().replace(/(\/v1beta)?\/*$/, ''),
      key: (secret) => ({ 'x-goog-api-key': secret }),
      // An id that it does not know is a malformed request to it.
      unknownStatuses: [400, 404],
    });
  }

  capabilities(): Promise<StudioCapabilities> {
    const price: ClipPrice | undefined = this.model.startsWith('gemini-omni-1.1-flash')
      ? { currency: 'USD', perClip: 0, perSecond: perSecond[this.resolution] }
      : undefined;
    return Promise.resolve({
      seconds: range(3, 10),
      aspects: ['16:9', '9:16'],
      ...defined({ price }),
    });
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const order = {
      model: this.model,
      input: request.prompt,
      background: true,
      response_format: {
        type: 'video',
        // Inside the answer it would be cut off at some megabytes.
        delivery: 'uri',
        aspect_ratio: request.aspect,
        resolution: this.resolution,
        // A bare number is refused, and where it is not, the clip gets the longest length.
        duration: `${request.seconds}s`,
      },
    };
    const answer = await this.service.order('/v1beta/interactions', { json: order }, context);
    return this.service.taken(field(answer, 'id'), context);
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    return await this.service.poll(job, this.address(job), context, (answer) =>
      this.status(answer, context),
    );
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const answer = await this.service.ask(this.address(job), context);
    const video = videoIn(answer);
    const uri = text(field(video, 'uri'));
    if (uri === undefined && field(video, 'data') !== undefined) {
      throw new ScenewrightError(
        'bad-answer',
        `${this.service.host} sent the clip inside its answer although an address was asked for, so it cannot be fetched from here. It is kept there as ${job.remoteId}.`,
      );
    }
    return this.service.clipOrFail(this.media(uri), context);
  }

  async cancel(job: RemoteJob, context: StudioContext): Promise<void> {
    await this.service.cancel(`${this.address(job)}/cancel`, 'POST', context);
  }

  private status(answer: unknown, context: StudioContext): PollAnswer {
    switch (stateName(field(answer, 'status'))) {
      case 'completed':
        if (videoIn(answer) !== undefined) return { state: 'ready' };
        return this.withoutVideo(answer, 'the service finished without a video', context);
      case 'failed':
        return this.service.failed(answer, context);
      case 'incomplete':
        return this.withoutVideo(answer, 'the service stopped before the video was whole', context);
      case 'budget_exceeded':
        return { state: 'failed', reason: "the service's budget for this render is used up" };
      case 'requires_action':
        return this.withoutVideo(answer, 'the service asks back, and cannot be answered', context);
      case 'cancelled':
      case 'canceled':
        return { state: 'cancelled' };
      default:
        return rendering();
    }
  }

  /** What the model says instead of drawing is why: a refusal comes as a finished text. */
  private withoutVideo(answer: unknown, otherwise: string, context: StudioContext): PollAnswer {
    const said = this.service.quoted(textIn(answer), context);
    if (said !== undefined) return { state: 'failed', reason: said };
    const failed = field(answer, 'error') ?? field(answer, 'errors', 0);
    return failed === undefined
      ? { state: 'failed', reason: otherwise }
      : this.service.failed(failed, context);
  }

  /** The address of a file's content, where the uri may be that of the file's entry. */
  private media(uri: string | undefined): string | undefined {
    if (uri === undefined) return undefined;
    const built = this.service.address('/v1beta/');
    // Also `files/abc`, as files are called elsewhere in this protocol.
    if (!URL.canParse(uri, built)) return undefined;
    const url = new URL(uri, built);
    if (url.origin !== new URL(built).origin) return url.href;
    if (/\/files\/[^/:]+$/.test(url.pathname)) url.pathname += ':download';
    // Without this the answer describes the file.
    if (!url.searchParams.has('alt')) url.searchParams.set('alt', 'media');
    return url.href;
  }

  private address(job: RemoteJob): string {
    return this.service.address(`/v1beta/interactions/${encodeURIComponent(job.remoteId)}`, job);
  }
}

/** All that the model has put out, in order. */
function outputs(answer: unknown): readonly unknown[] {
  return items(field(answer, 'steps'))
    .filter((step) => field(step, 'type') === 'model_output')
    .flatMap((step) => items(field(step, 'content')));
}

function videoIn(answer: unknown): unknown {
  return outputs(answer).findLast(
    (part) =>
      field(part, 'type') === 'video' &&
      firstText(field(part, 'uri'), field(part, 'data')) !== undefined,
  );
}

function textIn(answer: unknown): string | undefined {
  const texts = outputs(answer).flatMap((part) =>
    field(part, 'type') === 'text' ? (text(field(part, 'text')) ?? []) : [],
  );
  return texts.length === 0 ? undefined : texts.join(' ');
}
