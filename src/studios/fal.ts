import { defined } from '../base/defined.ts';
import { isCancelled } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { alternatives, listed } from '../base/lists.ts';
import { field, firstText, number } from './answer.ts';
import type { RenderChoices } from './choices.ts';
import { describeFalEndpoint, priceOf, resolutionOf, type FalEndpoint } from './fal-endpoint.ts';
import { falEndpointName, falKey, FalQueue } from './fal-queue.ts';
import { documented } from './families.ts';
import { describedCapabilities, orderedInput } from './model-input.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
  UpscaleRequest,
} from './port.ts';
import { Remembered } from './remembered.ts';
import type { ServiceCall } from './service.ts';
import { WebStudio, type StudioDefinition, type StudioSettings } from './web-studio.ts';

export const fal = {
  id: 'fal',
  label: 'fal',
  description:
    "fal's queue, for any text-to-video endpoint. Each tells what it takes and costs. Enlarges clips to 4K as well.",
  documentation: {
    abilities: "the endpoint's own OpenAPI description",
    price: "the endpoint's page",
  },
  defaultBaseUrl: 'https://queue.fal.run',
  exampleModel: 'fal-ai/veo3.1',
  key: falKey,
  create: (settings) => new FalStudio(settings),
} as const satisfies StudioDefinition;

/** The model is an endpoint, as in `fal-ai/veo3.1`. */
export interface FalOptions extends StudioSettings {
  /** The endpoint that enlarges clips (default `fal-ai/topaz/upscale/video`). */
  readonly upscaler?: string;
}

/** The shorter edge of a 4K picture, in pixels. */
const edgeOf4k = 2160;

/** Video models in fal's queue. */
export class FalStudio extends WebStudio {
  private readonly endpoint: string;
  private readonly upscaler: string;
  private readonly queue: FalQueue;
  private readonly description: Remembered<FalEndpoint | undefined>;

  constructor(options: FalOptions) {
    super(fal, options);
    this.description = new Remembered(this.service.clock);
    this.endpoint = falEndpointName(options.model);
    this.upscaler = falEndpointName(options.upscaler ?? 'fal-ai/topaz/upscale/video');
    this.queue = new FalQueue(this.service, this.endpoint);
  }

  async capabilities(context: StudioContext, choices?: RenderChoices): Promise<StudioCapabilities> {
    const described = await this.described(await this.service.open(context));
    const assumed = documented(this.endpoint);
    if (described === undefined) {
      return {
        ...assumed,
        note: t(
          'fal could not be asked about {0}: clips of {1} s are assumed, and the price is not known.',
          this.endpoint,
          alternatives(assumed.seconds),
        ),
      };
    }
    const known = describedCapabilities(described.input, assumed);
    const price = priceOf(described, choices, resolutionOf(described, choices));
    return { ...known, ...defined({ price, note: this.noteOf(described) }) };
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const described = await this.described(call);
    const resolution = described && resolutionOf(described, request.choices);
    // Where it cannot be asked: Veo wants `8s`, and most others `8` as a text.
    const input = orderedInput(request, described?.input, (seconds) =>
      this.endpoint.includes('veo') ? `${seconds}s` : String(seconds),
    );
    return await this.queue.order(this.endpoint, { ...input, ...defined({ resolution }) }, call);
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    return await this.queue.poll(job, await this.service.open(context));
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const call = await this.service.open(context);
    const answer = await this.queue.result(job, call);
    return call.clipOrFail(call.clipIn(answer), answer);
  }

  async thumbnail(job: RemoteJob, context: StudioContext): Promise<ClipSource | undefined> {
    const call = await this.service.open(context);
    const answer = await this.queue.result(job, call);
    return call.clip(firstText(field(answer, 'thumbnail', 'url'), field(answer, 'thumbnail_url')));
  }

  async cancel(job: RemoteJob, context: StudioContext): Promise<void> {
    await this.queue.cancel(job, await this.service.open(context));
  }

  /** The clip is enlarged from where fal keeps it; nothing is sent up. */
  async upscale(request: UpscaleRequest, context: StudioContext): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const answer = await this.queue.result(request.render, call);
    const source = call.clipOrFail(call.clipIn(answer), answer);
    const url = source.kind === 'http' ? source.url : '';
    const edge = Math.min(
      number(field(answer, 'video', 'width')) ?? Infinity,
      number(field(answer, 'video', 'height')) ?? Infinity,
    );
    return await this.queue.order(this.upscaler, upscaleInput(this.upscaler, url, edge), call);
  }

  /** How the endpoint describes itself; absent where it cannot be asked. */
  private async described(call: ServiceCall): Promise<FalEndpoint | undefined> {
    try {
      return await this.description.get(
        async () => await describeFalEndpoint(call, this.service.base, this.endpoint),
      );
    } catch (error) {
      if (isCancelled(error)) throw error;
      return undefined;
    }
  }

  private noteOf({ input: { missing, durationField } }: FalEndpoint): string | undefined {
    if (missing.length > 0) {
      return t(
        '{0} wants more than a text, and may refuse a scene: {1}.',
        this.endpoint,
        listed(missing),
      );
    }
    return durationField === undefined
      ? t('{0} decides itself how long a clip gets.', this.endpoint)
      : undefined;
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
