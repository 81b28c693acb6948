import { t } from '../base/l10n.ts';
import { defined } from '../base/defined.ts';
import { field, text } from './answer.ts';
import { possible, type TakenChoices } from './choices.ts';
import { documented } from './families.ts';
import { dataUri, type OrderPictures, type Picture, type TakenPictures } from './pictures.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
} from './port.ts';
import { bearer } from './service.ts';
import { WebStudio, type StudioDefinition, type StudioSettings } from './web-studio.ts';

export const ark = {
  id: 'ark',
  get label() {
    return t('BytePlus and Volcengine Ark');
  },
  description:
    "ByteDance's Seedance models. In China the base URL is `https://ark.cn-beijing.volces.com/api/v3`.",
  documentation: { abilities: 'its documentation' },
  defaultBaseUrl: 'https://ark.ap-southeast.bytepluses.com/api/v3',
  exampleModel: 'seedance-1-5-pro-251215',
  key: bearer,
  create: (settings) => new ArkStudio(settings),
} as const satisfies StudioDefinition;

/** Models that take pictures of whom they show; those that are known take either them or frames. */
const withReferences = /seedance-[2-9]|^ep-/;

/** Models that make sound; older ones refuse to be asked for it. */
const withSound = /seedance-(1-5|[2-9])/;

/**
 * ByteDance's Ark: Seedance, in tasks. BytePlus serves it to the world and Volcengine to China, with
 * the same protocol under two addresses. A model is named by its id or by that of an endpoint of the
 * writer's own (`ep-…`). A finished clip is to be had for a day.
 */
export class ArkStudio extends WebStudio {
  private readonly takes: TakenChoices;
  private readonly pictures: TakenPictures;

  constructor(settings: StudioSettings) {
    super(ark, settings);
    this.takes = {
      seed: true,
      sound: withSound.test(this.model),
      resolutions: ['480p', '720p', '1080p'],
    };
    this.pictures = {
      firstFrame: true,
      lastFrame: true,
      ...(withReferences.test(this.model) ? { references: 9 } : {}),
      exclusive: true,
    };
  }

  capabilities(): Promise<StudioCapabilities> {
    return Promise.resolve({
      ...documented(this.model),
      takes: this.takes,
      pictures: this.pictures,
    });
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const { seed, sound, resolution = '720p' } = possible(request.choices, this.takes);
    const order = {
      model: this.model,
      content: [{ type: 'text', text: request.prompt }, ...pictureParts(request.pictures)],
      ratio: request.aspect,
      duration: request.seconds,
      resolution,
      watermark: false,
      return_last_frame: true,
      ...defined({ seed, generate_audio: sound }),
    };
    return call.taken(call.named(await call.order('/contents/generations/tasks', { json: order })));
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    const call = await this.service.open(context);
    return await call.poll(this.address(job));
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const call = await this.service.open(context);
    const answer = await call.ask(this.address(job));
    return call.clipOrFail(call.clipIn(field(answer, 'content')), answer);
  }

  /** As `last_frame_url` beside the clip's own; PNG, and to be had as long as that. */
  async lastFrame(job: RemoteJob, context: StudioContext): Promise<ClipSource | undefined> {
    const call = await this.service.open(context);
    const answer = await call.ask(this.address(job));
    return call.clip(text(field(answer, 'content', 'last_frame_url')));
  }

  /** Only what waits can be taken back; what has begun goes on to its end. */
  async cancel(job: RemoteJob, context: StudioContext): Promise<void> {
    const call = await this.service.open(context);
    await call.takeBack(this.address(job), ['queued']);
  }

  private address(job: RemoteJob): string {
    const id = encodeURIComponent(job.remoteId);
    return this.service.address(`/contents/generations/tasks/${id}`, job);
  }
}

/** Each says what it is to the clip. */
function pictureParts({ firstFrame, lastFrame, references }: OrderPictures = { references: [] }) {
  const part = (role: string) => (picture: Picture) => ({
    type: 'image_url',
    image_url: { url: dataUri(picture) },
    role,
  });
  return [
    ...[firstFrame].filter((one) => one !== undefined).map(part('first_frame')),
    ...[lastFrame].filter((one) => one !== undefined).map(part('last_frame')),
    ...references.map(part('reference_image')),
  ];
}
