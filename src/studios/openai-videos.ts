import { defined } from '../base/defined.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { range } from './families.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
} from './port.ts';
import { takesAll, takesNoMore } from './pictures.ts';
import { saysError } from './render-answer.ts';
import { bearer, type ServiceCall } from './service.ts';
import {
  dialectOf,
  dialectRules,
  dialects,
  takenByDialects,
  type Dialect,
} from './video-dialects.ts';
import { WebStudio, type StudioDefinition, type StudioSettings } from './web-studio.ts';

export const openAiVideos = {
  id: 'openai-videos',
  get label() {
    return t('OpenAI-compatible videos');
  },
  description:
    "Any service that speaks the `/v1/videos` protocol. OpenAI's own was shut down in September 2026.",
  documentation: { abilities: 'the setting for clip lengths' },
  key: bearer,
  create: (settings) => new OpenAiVideosStudio(settings),
} as const satisfies StudioDefinition;

/**
 * The `/v1/videos` protocol. The service that gave it its name is gone, but others serve it, each
 * with a dialect: a status that is not known means that the render goes on, and where the rest is
 * said has many places. Where there is no `/videos` to order from, the dialects of resellers are
 * tried: such an answer is given before anything is made. The base URL is as in `https://host/v1`.
 */
export class OpenAiVideosStudio extends WebStudio {
  /** SGLang wants JSON, vLLM-Omni multipart. */
  private readonly format: 'json' | 'multipart';
  /** In seconds, ascending. */
  private readonly clipSeconds: readonly number[];
  /** The one that the server has taken an order in. */
  private spoken: Dialect | undefined;

  constructor(settings: StudioSettings) {
    super(openAiVideos, settings);
    this.format = settings.requestFormat ?? 'json';
    this.clipSeconds = settings.clipSeconds ?? range(1, 20);
  }

  capabilities(): Promise<StudioCapabilities> {
    return Promise.resolve({
      seconds: this.clipSeconds,
      aspects: ['16:9', '9:16', '1:1'],
      takes: takenByDialects,
      pictures: dialectRules(this.spoken ?? 'videos').pictures,
    });
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const { pictures } = request;
    // Which one is spoken may have been known as the order was made, by a window that is closed since.
    const tried = (this.spoken === undefined ? dialects : [this.spoken]).filter(
      (dialect) => pictures === undefined || takesAll(pictures, dialectRules(dialect).pictures),
    );
    if (tried.length === 0) throw takesNoMore();
    let refusal: unknown;
    for (const dialect of tried) {
      try {
        const answer = await this.order(dialect, request, call);
        this.spoken = dialect;
        return call.taken(call.named(answer), dialect === 'videos' ? {} : { dialect });
      } catch (error) {
        if (!isNoSuchPlace(error)) throw error;
        refusal ??= error;
      }
    }
    throw refusal;
  }

  private async order(
    dialect: Dialect,
    request: RenderRequest,
    call: ServiceCall,
  ): Promise<unknown> {
    const { order, body, pictureFields } = dialectRules(dialect);
    const fields = body(this.model, request);
    const { pictures } = request;
    const isForm = this.format === 'multipart' && dialect === 'videos';
    const form = { ...texts(fields), ...defined({ input_reference: pictures?.firstFrame }) };
    const json = { ...fields, ...(pictures === undefined ? {} : pictureFields(pictures)) };
    return await call.order(order, isForm ? { form } : { json }, {
      // Where the service honours it, even an order that was lost on the way is made only once.
      'idempotency-key': request.jobId,
    });
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    const call = await this.service.open(context);
    return await call.poll(this.address(job));
  }

  /** The address that the service names, and the protocol's own one for the content. */
  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const call = await this.service.open(context);
    const answer = await call.ask(this.address(job));
    // Where something is wrong, the content would only say that there is none.
    const { hasContent } = dialectRules(dialectOf(job.data?.dialect));
    const own = saysError(answer) || !hasContent ? undefined : this.content(job, call, 'video');
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
    const { poll } = dialectRules(dialectOf(job.data?.dialect));
    return this.service.address(`${poll}/${encodeURIComponent(job.remoteId)}`, job);
  }
}

/** Whether the server has nothing at the address: then nothing was ordered there, either. */
function isNoSuchPlace(error: unknown): boolean {
  return error instanceof ScenewrightError && (error.status === 404 || error.status === 405);
}

function texts(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}
