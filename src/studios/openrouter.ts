import { defined } from '../base/defined.ts';
import { ScenewrightError, isCancelled } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { alternatives } from '../base/lists.ts';
import { field, text } from './answer.ts';
import { possible, type RenderChoices } from './choices.ts';
import { documented } from './families.ts';
import { openRouterModel, orderedPicture, type OpenRouterModel } from './openrouter-models.ts';
import { dataUri, type OrderPictures, type Picture } from './pictures.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
} from './port.ts';
import { Remembered } from './remembered.ts';
import { chargedIn } from './render-answer.ts';
import { bearer, type ServiceCall } from './service.ts';
import { WebStudio, type StudioDefinition, type StudioSettings } from './web-studio.ts';

export const openRouter = {
  id: 'openrouter',
  label: 'OpenRouter',
  description:
    'OpenRouter: video models of many makers with one key. Lengths and prices come from the service.',
  documentation: { abilities: '`GET /videos/models`', price: 'by the second' },
  defaultBaseUrl: 'https://openrouter.ai/api/v1',
  exampleModel: 'google/veo-3.1',
  key: bearer,
  create: (settings) => new OpenRouterStudio(settings),
} as const satisfies StudioDefinition;

/** The list of models is a nicety; nobody waits long for it. */
const listTimeoutMs = 15_000;

/**
 * OpenRouter's videos: one protocol for the models of many providers. What a model can do and what
 * it costs is asked of the service itself. A model is named as in `google/veo-3.1`. A render cannot
 * be cancelled there.
 */
export class OpenRouterStudio extends WebStudio {
  private readonly entry: Remembered<OpenRouterModel | undefined>;

  constructor(settings: StudioSettings) {
    super(openRouter, settings);
    this.entry = new Remembered(this.service.clock);
  }

  async capabilities(context: StudioContext, choices?: RenderChoices): Promise<StudioCapabilities> {
    const call = await this.service.open(context);
    const assumed = documented(this.model);
    let entry: OpenRouterModel | undefined;
    let problem: string;
    try {
      entry = await this.listed(call);
      problem = t('OpenRouter does not list the video model {0}', this.model);
    } catch (error) {
      if (isCancelled(error) || isSettingsMistake(error)) throw error;
      problem = t('OpenRouter could not be asked what its models can do');
    }
    if (entry === undefined) {
      return {
        ...assumed,
        note: t(
          '{0}: clips of {1} s are assumed, and the price is not known.',
          problem,
          alternatives(assumed.seconds),
        ),
      };
    }
    return {
      seconds: entry.seconds.length > 0 ? entry.seconds : assumed.seconds,
      aspects: entry.aspects.length > 0 ? entry.aspects : assumed.aspects,
      takes: entry.takes,
      pictures: entry.pictures,
      ...defined({
        promptLimit: assumed.promptLimit,
        price: entry.price(orderedPicture(entry, choices)),
      }),
    };
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const entry = await this.listed(call).catch((error: unknown) => {
      if (isCancelled(error) || isSettingsMistake(error)) throw error;
      return undefined;
    });
    const { seed } = possible(request.choices, entry?.takes);
    const { resolution, sound } = entry === undefined ? {} : orderedPicture(entry, request.choices);
    const order = {
      model: this.model,
      prompt: request.prompt,
      duration: request.seconds,
      aspect_ratio: request.aspect,
      // Said out loud, so that what is made is what the price was for.
      ...defined({ resolution, generate_audio: sound, seed }),
      ...pictureFields(request.pictures),
    };
    const answer = await call.order('/videos', { json: order });
    const id = call.named(answer);
    const poll = call.own(text(field(answer, 'polling_url')), this.built(id));
    return call.taken(id, { poll });
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    const call = await this.service.open(context);
    return await call.poll(this.pollAddress(job, call), (answer) => {
      const told = call.told(answer);
      return told.state === 'ready'
        ? { ...told, ...defined({ charged: chargedIn(answer) }) }
        : told;
    });
  }

  /**
   * `urls` are signed addresses in a store that serves ranges; `unsigned_urls` lead through
   * OpenRouter and want the key; and where neither is of use, the documented address may be.
   */
  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const call = await this.service.open(context);
    const answer = await call.ask(this.pollAddress(job, call));
    const own = call.source(`${this.built(job.remoteId, job)}/content?index=0`);
    return call.clipOrFail(call.clipIn({ urls: field(answer, 'urls'), answer }, own), answer);
  }

  private async listed(call: ServiceCall): Promise<OpenRouterModel | undefined> {
    const address = this.service.address('/videos/models');
    return await this.entry.get(async () =>
      openRouterModel(await call.ask(address, listTimeoutMs), this.model),
    );
  }

  private pollAddress(job: RemoteJob, call: ServiceCall): string {
    return call.own(job.data?.poll, this.built(job.remoteId, job));
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

/** Frames are drawn as they are, and references looked at; an order with both is one from frames. */
function pictureFields({ firstFrame, lastFrame, references }: OrderPictures = { references: [] }) {
  const part = (picture: Picture) => ({
    type: 'image_url',
    image_url: { url: dataUri(picture) },
  });
  const frames = [
    ...(firstFrame === undefined ? [] : [{ ...part(firstFrame), frame_type: 'first_frame' }]),
    ...(lastFrame === undefined ? [] : [{ ...part(lastFrame), frame_type: 'last_frame' }]),
  ];
  return {
    ...(frames.length === 0 ? {} : { frame_images: frames }),
    ...(references.length === 0 ? {} : { input_references: references.map(part) }),
  };
}
