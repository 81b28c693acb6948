import { defined } from '../base/defined.ts';
import { field } from './answer.ts';
import { possible } from './choices.ts';
import { assumedNote } from './families.ts';
import { dataUri } from './pictures.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
} from './port.ts';
import { runwayModel } from './runway-models.ts';
import { bearer } from './service.ts';
import { WebStudio, type StudioDefinition, type StudioSettings } from './web-studio.ts';

export const runway = {
  id: 'runway',
  label: 'Runway',
  description: "Runway's own models and those of other makers, with one key.",
  documentation: { abilities: 'its documentation, by model' },
  defaultBaseUrl: 'https://api.dev.runwayml.com',
  exampleModel: 'gen4.5',
  // Requests without a version are refused; this one is of its own client 4.20.1.
  key: (secret) => ({ ...bearer(secret), 'x-runway-version': '2024-11-06' }),
  create: (settings) => new RunwayStudio(settings),
} as const satisfies StudioDefinition;

/**
 * Runway's tasks: one protocol for its own models and those of eight other makers, each with its own
 * lengths and its own way to say the shape of the picture. To the base URL `/v1` is added. The
 * addresses of a finished clip are renewed by asking again.
 */
export class RunwayStudio extends WebStudio {
  /** It asks not to be asked more often. */
  readonly pollMs = 6000;

  constructor(settings: StudioSettings) {
    // With or without the version, as people copy it.
    const baseUrl = settings.baseUrl.trim().replace(/(\/v1)?\/*$/, '');
    super(runway, { ...settings, baseUrl });
  }

  capabilities(): Promise<StudioCapabilities> {
    const { seconds, aspects, promptLimit, takes, pictures, isKnown } = runwayModel(this.model);
    return Promise.resolve({
      seconds,
      aspects,
      takes,
      ...defined({ promptLimit, pictures }),
      ...(isKnown ? {} : { note: assumedNote(this.model, seconds) }),
    });
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const { picture, takes } = runwayModel(this.model);
    const { seed, sound, resolution, negativePrompt } = possible(request.choices, takes);
    const order = {
      model: this.model,
      promptText: request.prompt,
      duration: request.seconds,
      ...picture(request.aspect, resolution),
      ...defined({ seed, audio: sound, negativePrompt }),
    };
    const { firstFrame, lastFrame, references } = request.pictures ?? { references: [] };
    const frames = [
      ...(firstFrame === undefined ? [] : [{ uri: dataUri(firstFrame), position: 'first' }]),
      ...(lastFrame === undefined ? [] : [{ uri: dataUri(lastFrame), position: 'last' }]),
    ];
    const looks = references.map((one) => ({ uri: dataUri(one) }));
    const answer =
      frames.length === 0
        ? await call.order('/v1/text_to_video', {
            json: { ...order, ...(looks.length === 0 ? {} : { references: looks }) },
          })
        : await call.order('/v1/image_to_video', { json: { ...order, promptImage: frames } });
    return call.taken(call.named(answer));
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    const call = await this.service.open(context);
    return await call.poll(this.address(job));
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const call = await this.service.open(context);
    const answer = await call.ask(this.address(job));
    return call.clipOrFail(call.clipIn(field(answer, 'output')), answer);
  }

  async cancel(job: RemoteJob, context: StudioContext): Promise<void> {
    const call = await this.service.open(context);
    await call.takeBack(this.address(job), ['pending', 'throttled', 'running']);
  }

  private address(job: RemoteJob): string {
    return this.service.address(`/v1/tasks/${encodeURIComponent(job.remoteId)}`, job);
  }
}
