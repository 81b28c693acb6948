import { defined } from '../base/defined.ts';
import { ScenewrightError, isCancelled } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { aspects, type Aspect } from '../script/script-model.ts';
import { clipLengths, field, items, number, stateName, text } from './answer.ts';
import { documented, range } from './families.ts';
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

/** What a model's own description says about its input. */
interface ModelInput {
  /** The name of the field for the length; absent where the model decides itself. */
  readonly durationField?: string;
  /** Clip lengths in seconds, ascending; empty where any number is taken. */
  readonly seconds: readonly number[];
  /** A length in the type that the model wants. */
  readonly duration: (seconds: number) => string | number;
  /** Whether there is a field `aspect_ratio`. */
  readonly hasAspect: boolean;
  /** Empty where it does not say. */
  readonly aspects: readonly Aspect[];
  /** The most characters of a prompt, where it says so. */
  readonly promptLimit?: number;
}

/** What models call the length of their clip in seconds; a `video_length` is counted in frames. */
const durationFields = ['duration', 'seconds', 'duration_seconds'];

/** No clip that is worth asking for is longer, in seconds. */
const longest = 60;

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
          assumed.seconds.join(', '),
        ),
      };
    }
    const promptLimit = input.promptLimit ?? assumed.promptLimit;
    return {
      seconds: input.seconds.length > 0 ? input.seconds : assumed.seconds,
      aspects: input.aspects.length > 0 ? input.aspects : assumed.aspects,
      ...defined({ promptLimit }),
      ...(input.durationField === undefined
        ? { note: t('{0} decides itself how long a clip gets.', this.model) }
        : {}),
    };
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const described = await this.described(call);
    const length = described === undefined ? 'duration' : described.durationField;
    const input = {
      prompt: request.prompt,
      // Fields that a model does not have are refused.
      ...(length === undefined
        ? {}
        : { [length]: described?.duration(request.seconds) ?? request.seconds }),
      ...(described?.hasAspect === false ? {} : { aspect_ratio: request.aspect }),
    };
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
        t(
          '{0} has deleted the clip, as it does an hour after it is finished. Render the scene anew.',
          this.service.host,
        ),
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
        return modelInput(field(answer, 'latest_version', 'openapi_schema'));
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

/** Read the schema `Input` of an OpenAPI document; absent where there is none. */
function modelInput(document: unknown): ModelInput | undefined {
  const schemas = field(document, 'components', 'schemas');
  const properties = field(schemas, 'Input', 'properties');
  if (typeof properties !== 'object' || properties === null) return undefined;
  const property = (name: string): unknown => resolved(field(properties, name), schemas);
  const durationField = durationFields.find((name) => property(name) !== undefined);
  const length = durationField === undefined ? undefined : property(durationField);
  const choices = items(field(length, 'enum'));
  const sample = choices[0] ?? field(length, 'default');
  const ratios = items(field(property('aspect_ratio'), 'enum'));
  const promptLimit = number(field(property('prompt'), 'maxLength'));
  return {
    ...defined({ durationField }),
    seconds: choices.length > 0 ? clipLengths(choices) : bounds(length),
    duration: writer(field(length, 'type') === 'string' ? (sample ?? '') : sample),
    hasAspect: property('aspect_ratio') !== undefined,
    aspects: aspects.filter((aspect) => ratios.includes(aspect)),
    ...defined({ promptLimit }),
  };
}

function bounds(length: unknown): readonly number[] {
  const first = number(field(length, 'minimum'));
  const last = number(field(length, 'maximum'));
  if (first === undefined || last === undefined) return [];
  return range(Math.max(1, Math.ceil(first)), Math.min(longest, Math.floor(last)));
}

/** Lengths are written as the model's own sample is: `8`, `"8"` or `"8s"`. */
function writer(sample: unknown): (seconds: number) => string | number {
  if (typeof sample !== 'string') return (seconds) => seconds;
  return sample.endsWith('s') ? (seconds) => `${seconds}s` : String;
}

/** Enumerations stand in schemas of their own, referred to by `$ref`, often inside an `allOf`. */
function resolved(property: unknown, schemas: unknown): unknown {
  const reference = field(property, '$ref') ?? field(property, 'allOf', 0, '$ref');
  if (typeof reference !== 'string') return property;
  const target = field(schemas, reference.slice(reference.lastIndexOf('/') + 1));
  return typeof target === 'object' && target !== null
    ? { ...target, ...(property as object) }
    : property;
}
