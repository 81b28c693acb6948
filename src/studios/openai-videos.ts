import type { Aspect } from '../script/script-model.ts';
import { range } from './families.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
} from './port.ts';
import { saysError } from './render-answer.ts';
import { bearer, type ServiceCall } from './service.ts';
import { WebStudio, type StudioDefinition, type StudioSettings } from './web-studio.ts';

export const openAiVideos = {
  id: 'openai-videos',
  label: 'OpenAI-compatible videos',
  description:
    "Any service that speaks the `/v1/videos` protocol. OpenAI's own was shut down in September 2026.",
  documentation: { abilities: 'the setting for clip lengths' },
  key: bearer,
  create: (settings) => new OpenAiVideosStudio(settings),
} as const satisfies StudioDefinition;

const sizes: Readonly<Record<Aspect, string>> = {
  '16:9': '1280x720',
  '9:16': '720x1280',
  '1:1': '1024x1024',
};

/**
 * The `/v1/videos` protocol. The service that gave it its name is gone, but others serve it, each
 * with a dialect: a status that is not known means that the render goes on, and where the rest is
 * said has many places. The base URL is as in `https://host/v1`;
 * `/videos` is added.
 */
export class OpenAiVideosStudio extends WebStudio {
  /** SGLang wants JSON, vLLM-Omni multipart. */
  private readonly format: 'json' | 'multipart';
  /** In seconds, ascending. */
  private readonly clipSeconds: readonly number[];

  constructor(settings: StudioSettings) {
    super(openAiVideos, settings);
    this.format = settings.requestFormat ?? 'json';
    this.clipSeconds = settings.clipSeconds ?? range(1, 20);
  }

  capabilities(): Promise<StudioCapabilities> {
    return Promise.resolve({ seconds: this.clipSeconds, aspects: ['16:9', '9:16', '1:1'] });
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const fields = {
      model: this.model,
      prompt: request.prompt,
      seconds: String(request.seconds),
      size: sizes[request.aspect],
    };
    const body = this.format === 'multipart' ? { form: fields } : { json: fields };
    const answer = await call.order('/videos', body, {
      // Where the service honours it, even an order that was lost on the way is made only once.
      'idempotency-key': request.jobId,
    });
    return call.taken(call.named(answer));
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    const call = await this.service.open(context);
    return await call.poll(this.address(job), (answer) => call.told(answer));
  }

  /** The address that the service names, and the protocol's own one for the content. */
  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const call = await this.service.open(context);
    const answer = await call.ask(this.address(job));
    // Where something is wrong, the content would only say that there is none.
    const own = saysError(answer) ? undefined : this.content(job, call, 'video');
    return call.clipOrFail(call.clipIn(answer, own), answer);
  }

  /** The server may not know variants and send the clip instead; whoever reads it has to look. */
  async thumbnail(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    return this.content(job, await this.service.open(context), 'thumbnail');
  }

  private content(job: RemoteJob, call: ServiceCall, variant: string): ClipSource {
    return call.source(`${this.address(job)}/content?variant=${variant}`);
  }

  private address(job: RemoteJob): string {
    return this.service.address(`/videos/${encodeURIComponent(job.remoteId)}`, job);
  }
}
