import { defined } from '../base/defined.ts';
import { t } from '../base/l10n.ts';
import { field, firstText, items, stateName, text } from './answer.ts';
import { possible, type RenderChoices, type TakenChoices } from './choices.ts';
import { isVideoInText } from './clip-in-text.ts';
import { range } from './families.ts';
import type { ClipPrice } from '../money/price.ts';
import { base64, type OrderPictures, type Picture, type TakenPictures } from './pictures.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
} from './port.ts';
import type { ServiceCall } from './service.ts';
import { WebStudio, type StudioDefinition, type StudioSettings } from './web-studio.ts';

export const gemini = {
  id: 'gemini',
  label: 'Google Gemini',
  description: "Google's interactions. Clips of 3 to 10 seconds.",
  documentation: { abilities: 'its documentation', price: 'list price' },
  defaultBaseUrl: 'https://generativelanguage.googleapis.com',
  exampleModel: 'gemini-omni-1.1-flash',
  key: (secret) => ({ 'x-goog-api-key': secret }),
  create: (settings) => new GeminiStudio(settings),
} as const satisfies StudioDefinition;

type GeminiResolution = '360p' | '720p' | '1080p' | '4k';

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

const takes: TakenChoices = { seed: true, resolutions: Object.keys(perSecond) };

/** It begins with a picture, or looks at some. */
const takesPictures: TakenPictures = { firstFrame: true, references: 3, exclusive: true };

/** Pictures before the words about them. */
function inputOf({ prompt, pictures }: RenderRequest): unknown {
  if (pictures === undefined) return prompt;
  const { firstFrame, references } = pictures;
  const all: readonly Picture[] = [
    ...(firstFrame === undefined ? [] : [firstFrame]),
    ...references,
  ];
  return [
    ...all.map(({ type, bytes }) => ({ type: 'image', data: base64(bytes), mime_type: type })),
    { type: 'text', text: prompt },
  ];
}

function taskOf(pictures: OrderPictures | undefined): { readonly task: string } | undefined {
  if (pictures === undefined) return undefined;
  return { task: pictures.firstFrame === undefined ? 'reference_to_video' : 'image_to_video' };
}

function resolutionOf(choices: RenderChoices | undefined): GeminiResolution {
  return (possible(choices, takes).resolution as GeminiResolution | undefined) ?? '720p';
}

/**
 * Google's interactions: the model is asked for a video as it would be for a text. It writes only
 * `16:9` and `9:16`, of 3 to 10 whole seconds. To the base URL `/v1beta` is added.
 */
export class GeminiStudio extends WebStudio {
  constructor(options: StudioSettings) {
    // With or without the version, as people copy it.
    const baseUrl = options.baseUrl.trim().replace(/(\/v1beta)?\/*$/, '');
    super(gemini, { ...options, baseUrl });
  }

  capabilities(_context: StudioContext, choices?: RenderChoices): Promise<StudioCapabilities> {
    const price: ClipPrice | undefined = this.model.startsWith('gemini-omni-1.1-flash')
      ? { currency: 'USD', perClip: 0, perSecond: perSecond[resolutionOf(choices)] }
      : undefined;
    return Promise.resolve({
      seconds: range(3, 10),
      aspects: ['16:9', '9:16'],
      takes,
      pictures: takesPictures,
      ...defined({ price }),
    });
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const { seed } = possible(request.choices, takes);
    const config = defined({ seed, video_config: taskOf(request.pictures) });
    const order = {
      model: this.model,
      input: inputOf(request),
      background: true,
      ...(Object.keys(config).length === 0 ? {} : { generation_config: config }),
      response_format: {
        type: 'video',
        // Inside the answer it would be cut off at some megabytes.
        delivery: 'uri',
        aspect_ratio: request.aspect,
        resolution: resolutionOf(request.choices),
        // A bare number is refused, and where it is not, the clip gets the longest length.
        duration: `${request.seconds}s`,
      },
    };
    const answer = await call.order('/v1beta/interactions', { json: order });
    return call.taken(call.named(answer));
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    const call = await this.service.open(context);
    return await call.poll(this.address(job), (answer) => status(answer, call));
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const call = await this.service.open(context);
    const answer = await call.ask(this.address(job));
    const video = videoIn(answer);
    const uri = text(field(video, 'uri'));
    const inside = text(field(video, 'data'));
    if (uri === undefined && inside !== undefined && isVideoInText(inside)) {
      return { kind: 'inside', base64: inside };
    }
    return call.clipOrFail(call.clip(this.media(uri)), answer);
  }

  async cancel(job: RemoteJob, context: StudioContext): Promise<void> {
    const call = await this.service.open(context);
    await call.cancel(`${this.address(job)}/cancel`, 'POST');
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

function status(answer: unknown, call: ServiceCall): PollAnswer {
  switch (stateName(field(answer, 'status'))) {
    case 'completed':
      if (videoIn(answer) !== undefined) return { state: 'ready' };
      return withoutVideo(answer, t('the service finished without a video'), call);
    case 'incomplete':
      return withoutVideo(answer, t('the service stopped before the video was whole'), call);
    case 'budget_exceeded':
      return { state: 'failed', reason: t("the service's budget for this render is used up") };
    case 'requires_action':
      return withoutVideo(answer, t('the service asks back, and cannot be answered'), call);
    default:
      return call.told(answer);
  }
}

/** What the model says instead of drawing is why: a refusal comes as a finished text. */
function withoutVideo(answer: unknown, otherwise: string, call: ServiceCall): PollAnswer {
  const said = call.quoted(textIn(answer));
  if (said !== undefined) return { state: 'failed', reason: said };
  const failed = field(answer, 'error') ?? field(answer, 'errors', 0);
  return failed === undefined ? { state: 'failed', reason: otherwise } : call.failed(failed);
}
