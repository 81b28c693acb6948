import type { Aspect } from '../script/script-model.ts';
import { field, firstText, rendering, stateName } from './answer.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
  VideoStudio,
} from './port.ts';
import { Service, bearer, type StudioOptions } from './service.ts';

/** The base URL is as in `https://host/v1`; `/videos` is added. */
export interface OpenAiVideosOptions extends StudioOptions {
  /** How the order is written: SGLang wants JSON (the default), vLLM-Omni multipart. */
  readonly body?: 'json' | 'multipart';
  /** The clip lengths that this server takes, in seconds, ascending (default 1 to 20). */
  readonly seconds?: readonly number[];
}

const sizes: Readonly<Record<Aspect, string>> = {
  '16:9': '1280x720',
  '9:16': '720x1280',
  '1:1': '1024x1024',
};

/**
 * The `/v1/videos` protocol. The service that gave it its name is gone, but others serve it, each
 * with a dialect: a status that is not known means that the render goes on, some wrap their answers
 * in `data`, and the finished clip's address has many places.
 */
export class OpenAiVideosStudio implements VideoStudio {
  readonly id = 'openai-videos';
  readonly label = 'OpenAI-compatible videos';
  readonly needsAccount = true;
  private readonly options: OpenAiVideosOptions;
  private readonly service: Service;

  constructor(options: OpenAiVideosOptions) {
    this.options = options;
    this.service = new Service({ ...options, key: bearer });
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
    const body = this.options.body === 'multipart' ? { form: fields } : { json: fields };
    const answer = await this.service.order('/videos', body, context, {
      // Where the service honours it, even an order that was lost on the way is made only once.
      'idempotency-key': request.jobId,
    });
    const inner = unwrapped(answer);
    return this.service.taken(
      firstText(field(inner, 'id'), field(inner, 'video_id'), field(inner, 'task_id')),
      context,
    );
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    return await this.service.poll(job, this.address(job), context, (answer) =>
      this.status(unwrapped(answer), context),
    );
  }

  /** The protocol's own address for the content, or the one that the service names instead. */
  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const answer = unwrapped(await this.service.ask(this.address(job), context));
    const named = this.service.clip(namedClip(answer), context);
    return named ?? this.content(job, context, 'video');
  }

  /** The server may not know variants and send the clip instead; whoever reads it has to look. */
  thumbnail(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    return Promise.resolve(this.content(job, context, 'thumbnail'));
  }

  private status(answer: unknown, context: StudioContext): PollAnswer {
    switch (stateName(field(answer, 'status'))) {
      case 'completed':
      case 'complete':
      case 'succeeded':
      case 'success':
        return { state: 'ready' };
      case 'failed':
      case 'failure':
      case 'error':
      case 'rejected':
        return this.service.failed(answer, context);
      case 'cancelled':
      case 'canceled':
        return { state: 'cancelled' };
      case 'expired':
        return { state: 'expired' };
      default:
        return rendering(field(answer, 'progress'));
    }
  }

  private content(job: RemoteJob, context: StudioContext, variant: string): ClipSource {
    return this.service.source(`${this.address(job)}/content?variant=${variant}`, context);
  }

  private address(job: RemoteJob): string {
    return this.service.address(`/videos/${encodeURIComponent(job.remoteId)}`, job);
  }
}

/** Gateways like to put the protocol's object into `data` of their own. */
function unwrapped(answer: unknown): unknown {
  const inner = field(answer, 'data');
  const isWrapped = field(answer, 'id') === undefined && field(answer, 'status') === undefined;
  return isWrapped && typeof inner === 'object' && !Array.isArray(inner) ? inner : answer;
}

function namedClip(answer: unknown): string | undefined {
  return firstText(
    field(answer, 'url'),
    field(answer, 'video_url'),
    field(answer, 'outputs', 'video_url'),
    field(answer, 'output', 'url'),
    field(answer, 'metadata', 'url'),
    field(answer, 'video', 'url'),
  );
}
