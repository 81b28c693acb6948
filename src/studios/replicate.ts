import { ScenewrightError, isCancelled } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { alternatives } from '../base/lists.ts';
import { field, stateName, text } from './answer.ts';
import { documented } from './families.ts';
import { describedCapabilities, modelInput, orderedInput, type ModelInput } from './model-input.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
} from './port.ts';
import { Remembered } from './remembered.ts';
import { bearer, type ServiceCall } from './service.ts';
import { WebStudio, type StudioDefinition, type StudioSettings } from './web-studio.ts';

export const replicate = {
  id: 'replicate',
  label: 'Replicate',
  description:
    "Replicate's predictions, for any text-to-video model. Each model tells what it takes.",
  documentation: { abilities: "the model's own OpenAPI description" },
  defaultBaseUrl: 'https://api.replicate.com/v1',
  exampleModel: 'google/veo-3.1',
  key: bearer,
  create: (settings) => new ReplicateStudio(settings),
} as const satisfies StudioDefinition;

/** The description of a model is a nicety; nobody waits long for it. */
const describeTimeoutMs = 15_000;

/**
 * Replicate's predictions. Each model describes its own input, which tells the lengths and shapes it
 * takes. It is named as in `google/veo-3.1`, or `owner/name:version` where it is not one of
 * Replicate's own. A finished clip is deleted after an hour.
 */
export class ReplicateStudio extends WebStudio {
  private readonly version: string | undefined;
  private readonly input: Remembered<ModelInput | undefined>;

  constructor(settings: StudioSettings) {
    const [model = '', version] = settings.model.trim().split(':');
    super(replicate, { ...settings, model });
    this.version = version;
    this.input = new Remembered(this.service.clock);
  }

  async capabilities(context: StudioContext): Promise<StudioCapabilities> {
    const call = await this.service.open(context);
    const assumed = documented(this.model);
    const input = await this.described(call);
    if (input === undefined) {
      return {
        ...assumed,
        note: t(
          'Replicate could not be asked about {0}: clips of {1} s are assumed.',
          this.model,
          alternatives(assumed.seconds),
        ),
      };
    }
    return {
      ...describedCapabilities(input, assumed),
      ...(input.durationField === undefined
        ? { note: t('{0} decides itself how long a clip gets.', this.model) }
        : {}),
    };
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const input = orderedInput(request, await this.described(call), (seconds) => seconds);
    const answer =
      this.version === undefined
        ? await call.order(`${this.modelPath()}/predictions`, { json: { input } })
        : await call.order('/predictions', { json: { version: this.version, input } });
    const id = call.named(answer);
    const built = this.built(id);
    return call.taken(id, {
      get: call.own(text(field(answer, 'urls', 'get')), built),
      cancel: call.own(text(field(answer, 'urls', 'cancel')), `${built}/cancel`),
    });
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    const call = await this.service.open(context);
    return await call.poll(this.address(job, call), (answer) => {
      // It waited past its deadline and never began; nothing is charged for that.
      if (stateName(field(answer, 'status')) === 'aborted') return { state: 'expired' };
      const told = call.told(answer);
      return told.state === 'ready' && isGone(answer) ? { state: 'expired' } : told;
    });
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const call = await this.service.open(context);
    const answer = await call.ask(this.address(job, call));
    if (isGone(answer)) {
      throw new ScenewrightError(
        'bad-answer',
        call.host.say((host) =>
          t('The clip was deleted by {0}, as all are an hour after they are finished.', host),
        ),
        { advice: t('Render the scene anew.') },
      );
    }
    return call.clipOrFail(call.clipIn(field(answer, 'output')), answer);
  }

  async cancel(job: RemoteJob, context: StudioContext): Promise<void> {
    const call = await this.service.open(context);
    const built = `${this.built(job.remoteId, job)}/cancel`;
    await call.cancel(call.own(job.data?.cancel, built), 'POST');
  }

  /** The model's own description; absent where it cannot be had. */
  private async described(call: ServiceCall): Promise<ModelInput | undefined> {
    const address = this.service.address(this.modelPath());
    try {
      return await this.input.get(async () => {
        const answer = await call.ask(address, describeTimeoutMs);
        const document = field(answer, 'latest_version', 'openapi_schema');
        const schemas = field(document, 'components', 'schemas');
        return modelInput(field(schemas, 'Input'), schemas);
      });
    } catch (error) {
      if (isCancelled(error)) throw error;
      return undefined;
    }
  }

  private modelPath(): string {
    return `/models/${this.model.split('/').map(encodeURIComponent).join('/')}`;
  }

  private address(job: RemoteJob, call: ServiceCall): string {
    return call.own(job.data?.get, this.built(job.remoteId, job));
  }

  private built(id: string, job?: RemoteJob): string {
    return this.service.address(`/predictions/${encodeURIComponent(id)}`, job);
  }
}

function isGone(answer: unknown): boolean {
  return field(answer, 'data_removed') === true;
}
