import { defined } from '../base/defined.ts';
import { ScenewrightError, isCancelled } from '../base/errors.ts';
import { field, firstText, rendering, stateName, text } from './answer.ts';
import { documented } from './families.ts';
import { openRouterModel, type OpenRouterModel } from './openrouter-models.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
  VideoStudio,
} from './port.ts';
import { Remembered } from './remembered.ts';
import { Service, bearer, type StudioOptions } from './service.ts';

/** The list of models is a nicety; nobody waits long for it. */
const listTimeoutMs = 15_000;

/**
 * OpenRouter's videos: one protocol for the models of many providers. What a model can do and what
 * it costs is asked of the service itself. A model is named as in `google/veo-3.1`. A render cannot
 * be cancelled there.
 */
export class OpenRouterStudio implements VideoStudio {
  static readonly defaultBaseUrl = 'https://openrouter.ai/api/v1';
  readonly id = 'openrouter';
  readonly label = 'OpenRouter';
  readonly needsAccount = true;
  private readonly model: string;
  private readonly service: Service;
  private readonly entry: Remembered<OpenRouterModel | undefined>;

  constructor(options: StudioOptions) {
    this.model = options.model;
    this.service = new Service({ ...options, key: bearer });
    this.entry = new Remembered(this.service.clock);
  }

  async capabilities(context: StudioContext): Promise<StudioCapabilities> {
    const assumed = documented(this.model);
    let entry: OpenRouterModel | undefined;
    let problem: string;
    try {
      entry = await this.listed(context);
      problem = `OpenRouter does not list the video model ${this.model}`;
    } catch (error) {
      if (isCancelled(error) || isSettingsMistake(error)) throw error;
      problem = 'OpenRouter could not be asked what its models can do';
    }
    if (entry === undefined) {
      return {
        ...assumed,
        note: `${problem}: clips of ${assumed.seconds.join(', ')} s are assumed, and the price is not known.`,
      };
    }
    return {
      seconds: entry.seconds.length > 0 ? entry.seconds : assumed.seconds,
      aspects: entry.aspects.length > 0 ? entry.aspects : assumed.aspects,
      ...defined({ promptLimit: assumed.promptLimit, price: entry.price }),
    };
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const entry = await this.listed(context).catch((error: unknown) => {
      if (isCancelled(error) || isSettingsMistake(error)) throw error;
      return undefined;
    });
    const order = {
      model: this.model,
      prompt: request.prompt,
      duration: request.seconds,
      aspect_ratio: request.aspect,
      // Said out loud, so that what is made is what the price was for.
      ...defined({ resolution: entry?.resolution }),
      ...(entry?.audio === true ? { generate_audio: true } : {}),
    };
    const answer = await this.service.order('/videos', { json: order }, context);
    const id = this.service.idOf(field(answer, 'id'), context);
    const poll = this.service.own(text(field(answer, 'polling_url')), this.built(id), context);
    return this.service.taken(id, context, { poll });
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    return await this.service.poll(job, this.pollAddress(job, context), context, (answer) => {
      switch (stateName(field(answer, 'status'))) {
        case 'completed':
          return { state: 'ready' };
        case 'failed':
          return this.service.failed(answer, context);
        case 'cancelled':
        case 'canceled':
          return { state: 'cancelled' };
        case 'expired':
          return { state: 'expired' };
        default:
          return rendering(field(answer, 'progress'));
      }
    });
  }

  /**
   * `urls` are signed addresses in a store that serves ranges; `unsigned_urls` lead through
   * OpenRouter and want the key; and where neither is of use, the documented address is.
   */
  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const answer = await this.service.ask(this.pollAddress(job, context), context);
    const { service } = this;
    return (
      service.clip(firstText(field(answer, 'urls', 0)), context) ??
      service.clip(firstText(field(answer, 'unsigned_urls', 0)), context) ??
      service.source(`${this.built(job.remoteId, job)}/content?index=0`, context)
    );
  }

  private async listed(context: StudioContext): Promise<OpenRouterModel | undefined> {
    const address = this.service.address('/videos/models');
    return await this.entry.get(async () =>
      openRouterModel(await this.service.ask(address, context, listTimeoutMs), this.model),
    );
  }

  private pollAddress(job: RemoteJob, context: StudioContext): string {
    return this.service.own(job.data?.poll, this.built(job.remoteId, job), context);
  }

  private built(id: string, job?: RemoteJob): string {
    return this.service.address(`/videos/${encodeURIComponent(id)}`, job);
  }
}

/** A base URL that is none is reported; that a service refuses to be asked is not. */
function isSettingsMistake(error: unknown): boolean {
  return (
    error instanceof ScenewrightError && error.code === 'bad-input' && error.status === undefined
  );
}
