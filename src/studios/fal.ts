import { t } from '../base/l10n.ts';
import { parsedJson } from '../base/parsed-json.ts';
import type { RefusedAnswer } from '../net/refusal.ts';
import { field, firstText, number, rendering, text } from './answer.ts';
import { falCapabilities, falFields } from './fal-endpoints.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
  UpscaleRequest,
} from './port.ts';
import type { ServiceCall } from './service.ts';
import { WebStudio, type StudioDefinition, type StudioSettings } from './web-studio.ts';

export const fal = {
  id: 'fal',
  label: 'fal',
  description: "fal's queue, for any text-to-video endpoint. Enlarges clips to 4K as well.",
  documentation: { abilities: 'its documentation, by endpoint', price: 'some, list prices' },
  defaultBaseUrl: 'https://queue.fal.run',
  exampleModel: 'fal-ai/veo3.1',
  key: (secret) => ({ authorization: `Key ${secret}` }),
  create: (settings) => new FalStudio(settings),
} as const satisfies StudioDefinition;

/** The model is an endpoint, as in `fal-ai/veo3.1`. */
export interface FalOptions extends StudioSettings {
  /** The endpoint that enlarges clips (default `fal-ai/topaz/upscale/video`). */
  readonly upscaler?: string;
}

/** The shorter edge of a 4K picture, in pixels. */
const edgeOf4k = 2160;

/** Statuses of a result that say nothing about the render: who asks, how often, and server trouble. */
const notTheRender: ReadonlySet<number> = new Set([401, 402, 403, 404, 407, 408, 409, 425, 429]);

/**
 * fal's queue. A render that failed is `COMPLETED` like any other; only fetching its result tells.
 * The addresses for status, result and cancel leave out the endpoint's last parts, so those that
 * fal names are used, as long as they are its own.
 */
export class FalStudio extends WebStudio {
  private readonly endpoint: string;
  private readonly upscaler: string;

  constructor(options: FalOptions) {
    super(fal, options);
    this.endpoint = trimmed(options.model);
    this.upscaler = trimmed(options.upscaler ?? 'fal-ai/topaz/upscale/video');
  }

  capabilities(): Promise<StudioCapabilities> {
    return Promise.resolve(falCapabilities(this.endpoint));
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const input = {
      prompt: request.prompt,
      aspect_ratio: request.aspect,
      ...falFields(this.endpoint, request.seconds),
    };
    return await this.order(this.endpoint, input, await this.service.open(context));
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    const call = await this.service.open(context);
    return await call.poll(this.named(job, 'status', call), async (answer) => {
      const told = call.told(answer);
      if (told.state !== 'ready') return told;
      const error = field(answer, 'error');
      return error === undefined || error === null
        ? await this.outcome(job, call)
        : call.failed(answer);
    });
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const call = await this.service.open(context);
    const answer = await call.ask(this.named(job, 'response', call));
    return call.clipOrFail(call.clipIn(answer), answer);
  }

  async thumbnail(job: RemoteJob, context: StudioContext): Promise<ClipSource | undefined> {
    const call = await this.service.open(context);
    const answer = await call.ask(this.named(job, 'response', call));
    return call.clip(firstText(field(answer, 'thumbnail', 'url'), field(answer, 'thumbnail_url')));
  }

  async cancel(job: RemoteJob, context: StudioContext): Promise<void> {
    const call = await this.service.open(context);
    await call.cancel(this.named(job, 'cancel', call), 'PUT');
  }

  /** The clip is enlarged from where fal keeps it; nothing is sent up. */
  async upscale(request: UpscaleRequest, context: StudioContext): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const answer = await call.ask(this.named(request.render, 'response', call));
    const source = call.clipOrFail(call.clipIn(answer), answer);
    const url = source.kind === 'http' ? source.url : '';
    const edge = Math.min(
      number(field(answer, 'video', 'width')) ?? Infinity,
      number(field(answer, 'video', 'height')) ?? Infinity,
    );
    return await this.order(this.upscaler, upscaleInput(this.upscaler, url, edge), call);
  }

  private async order(
    endpoint: string,
    input: Readonly<Record<string, unknown>>,
    call: ServiceCall,
  ): Promise<RemoteJob> {
    const answer = await call.order(`/${endpoint}`, { json: input });
    const id = call.named(answer);
    const built = this.built(endpoint, id);
    const own = (name: string, otherwise: string): string =>
      call.own(text(field(answer, name)), otherwise);
    return call.taken(id, {
      endpoint,
      status: own('status_url', built.status),
      response: own('response_url', built.response),
      cancel: own('cancel_url', built.cancel),
    });
  }

  /** Whether a finished render is a clip or a failure. */
  private async outcome(job: RemoteJob, call: ServiceCall): Promise<PollAnswer> {
    const answer = await call.look(this.named(job, 'response', call));
    // Accepted, but not there yet: the status ran ahead.
    if (answer.status === 202) {
      return rendering(undefined, t('{0} only says that it has heard (202).', answer.url.host));
    }
    if (answer.status < 300) return call.finished(parsedJson(answer.text));
    if (!isVerdict(answer)) throw call.refusal(answer);
    return call.failed(parsedJson(answer.text));
  }

  private named(job: RemoteJob, what: 'status' | 'response' | 'cancel', call: ServiceCall): string {
    const built = this.built(job.data?.endpoint ?? this.endpoint, job.remoteId, job);
    return call.own(job.data?.[what], built[what]);
  }

  private built(
    endpoint: string,
    id: string,
    job?: RemoteJob,
  ): Readonly<Record<'status' | 'response' | 'cancel', string>> {
    const app = endpoint.split('/').slice(0, 2).join('/');
    const response = this.service.address(`/${app}/requests/${encodeURIComponent(id)}`, job);
    return { response, status: `${response}/status`, cancel: `${response}/cancel` };
  }
}

/** What an upscaler is asked for; how far topaz enlarges has to be said as a factor. */
function upscaleInput(
  endpoint: string,
  url: string,
  edge: number,
): Readonly<Record<string, unknown>> {
  if (endpoint.includes('seedvr')) {
    return { video_url: url, upscale_mode: 'target', target_resolution: '2160p' };
  }
  // Where the clip's size is not told, it is taken to be 1080p.
  const factor = edgeOf4k / (Number.isFinite(edge) && edge > 0 ? edge : 1080);
  const bounded = Math.min(4, Math.max(1, Math.round(factor * 100) / 100));
  // Without being asked for H.264, the clip comes as H.265, which VS Code does not play.
  return { video_url: url, upscale_factor: bounded, H264_output: true };
}

/**
 * Whether a result's error is about the render: its input was refused, or its runner failed, which
 * fal marks with the kind of error; anything else may be a bad moment of the server.
 */
function isVerdict({ status, headers, text: body }: RefusedAnswer): boolean {
  if (status < 400) return false;
  if (status < 500) return !notTheRender.has(status);
  return (
    headers.get('x-fal-error-type') !== null || field(parsedJson(body), 'error_type') !== undefined
  );
}

function trimmed(endpoint: string): string {
  return endpoint.trim().replaceAll(/^\/+|\/+$/g, '');
}
