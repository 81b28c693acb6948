import { defined } from '../../base/defined.ts';
import { ScenewrightError, isCancelled } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { aspects, type Aspect } from '../../script/script-model.ts';
import { describeFalEndpoint, type FalEndpoint } from '../fal-endpoint.ts';
import { falEndpointName, falKey, FalQueue } from '../fal-queue.ts';
import type { ModelInput } from '../model-input.ts';
import { base64, dataUri, takesNoMore } from '../pictures.ts';
import type {
  ClipSource,
  DrawRequest,
  DrawingCapabilities,
  PollAnswer,
  RemoteJob,
  StudioContext,
} from '../port.ts';
import { picturePriceInWords } from '../price-in-words.ts';
import { Remembered } from '../remembered.ts';
import { Service, type ServiceCall } from '../service.ts';
import { drawnPicture } from './drawn-answer.ts';
import type { DrawingAdapter, DrawingKnown, DrawingSettings } from './drawing-studio.ts';
import { knownReferences } from './known-references.ts';

/** An endpoint that serves, and how it describes itself; the latter absent where it cannot be asked. */
interface Serving {
  readonly endpoint: string;
  readonly described?: FalEndpoint;
}

/** Endings of endpoints that draw from words, and of those that draw after pictures. */
const fromWords = ['/text-to-image'];
const afterPictures = ['/edit', '/image-to-image'];

/**
 * Models that draw, in fal's queue. Makers have one endpoint for words and another for words with pictures, such as
 * `google/nano-banana-2.1` and `google/nano-banana-2.1/edit`: whichever of them the setting names, each picture is
 * ordered from the one that is for it. What they take and cost they tell themselves.
 */
export class FalImagesStudio implements DrawingAdapter {
  private readonly service: Service;
  private readonly queue: FalQueue;
  private readonly model: string;
  private readonly descriptions = new Map<string, Remembered<FalEndpoint | undefined>>();

  constructor(_known: DrawingKnown, { model, ...settings }: DrawingSettings) {
    this.service = new Service({ ...settings, key: falKey, makes: 'pictures' });
    this.model = falEndpointName(model);
    this.queue = new FalQueue(this.service, this.model);
  }

  async prepare(context: StudioContext): Promise<void> {
    await this.service.open(context);
  }

  async capabilities(context: StudioContext): Promise<DrawingCapabilities> {
    const call = await this.service.open(context);
    const [words, pictures] = await Promise.all([this.forWords(call), this.forPictures(call)]);
    const all = [words, pictures].flatMap((one) => one?.described ?? []);
    const prices = all.map(({ page }) => picturePriceInWords(page));
    const dearest = prices.includes(undefined)
      ? undefined
      : prices.flatMap((price) => price ?? []).toSorted((a, b) => b.amount - a.amount)[0];
    return {
      aspects: aspects.filter((aspect) => all.every(({ input }) => takesAspect(input, aspect))),
      references: pictures?.described === undefined ? 0 : referencesOf(pictures.described.input),
      seed: all.length > 0 && all.every(({ input }) => input.takes.seed === true),
      ...defined({ price: dearest }),
    };
  }

  async draw(request: DrawRequest, context: StudioContext): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const hasPictures = request.references.length > 0;
    const serving = await (hasPictures ? this.forPictures(call) : this.forWords(call));
    if (serving === undefined) {
      throw hasPictures ? takesNoMore(true) : onlyAfterPictures(this.model);
    }
    const { endpoint, described } = serving;
    return await this.queue.order(endpoint, inputOf(request, described?.input), call);
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    const call = await this.service.open(context);
    return await this.queue.poll(job, call, (answer) => {
      const told = call.finished(answer);
      if (told.state !== 'ready' || drawnPicture(answer) !== undefined) return told;
      return call.failed({ error: t('the service finished without a picture') });
    });
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const call = await this.service.open(context);
    const drawn = drawnPicture(await this.queue.result(job, call));
    if (drawn?.kind === 'inside') return { kind: 'inside', base64: base64(drawn.bytes) };
    const source = drawn && call.ownClip(drawn.address);
    if (source !== undefined) return source;
    throw new ScenewrightError('bad-answer', call.host.say(call.words.nowhere));
  }

  async cancel(job: RemoteJob, context: StudioContext): Promise<void> {
    await this.queue.cancel(job, await this.service.open(context));
  }

  /** The endpoint for words alone; that of the setting where none can be asked. */
  private async forWords(call: ServiceCall): Promise<Serving | undefined> {
    let isTold = false;
    for (const endpoint of this.named(fromWords)) {
      const described = await this.described(endpoint, call);
      isTold ||= described !== undefined;
      if (described !== undefined && !needsPictures(described.input))
        return { endpoint, described };
    }
    return isTold ? undefined : { endpoint: this.model };
  }

  /** The endpoint for words with pictures; absent where none says that it takes any. */
  private async forPictures(call: ServiceCall): Promise<Serving | undefined> {
    for (const endpoint of this.named(afterPictures)) {
      const described = await this.described(endpoint, call);
      if (described !== undefined && referencesOf(described.input) > 0) {
        return { endpoint, described };
      }
    }
    return undefined;
  }

  /** What an endpoint may be called that is for one kind of order: as in the setting, or beside that. */
  private named(endings: readonly string[]): readonly string[] {
    const all = [...fromWords, ...afterPictures];
    const ending = all.find((one) => this.model.endsWith(one)) ?? '';
    const stem = this.model.slice(0, this.model.length - ending.length);
    return [...new Set([this.model, stem, ...endings.map((one) => stem + one)])];
  }

  /** How an endpoint describes itself; absent where there is none, or it cannot be asked. */
  private async described(endpoint: string, call: ServiceCall): Promise<FalEndpoint | undefined> {
    let known = this.descriptions.get(endpoint);
    if (known === undefined) {
      known = new Remembered(this.service.clock);
      this.descriptions.set(endpoint, known);
    }
    try {
      return await known.get(async () => {
        try {
          const { base } = this.service;
          return await describeFalEndpoint(call, base, endpoint, knownReferences(endpoint));
        } catch (error) {
          // That there is no such endpoint holds for a while, too.
          if (error instanceof ScenewrightError && error.status === 404) return undefined;
          throw error;
        }
      });
    } catch (error) {
      if (isCancelled(error)) throw error;
      return undefined;
    }
  }
}

/** How many pictures a model takes: a list of them, or one. */
function referencesOf({ referencesField, firstFrameField, pictures }: ModelInput): number {
  if (referencesField !== undefined) return pictures.references ?? 0;
  return firstFrameField === undefined ? 0 : 1;
}

function needsPictures({ referencesField, firstFrameField, missing }: ModelInput): boolean {
  return missing.some((field) => field === referencesField || field === firstFrameField);
}

function takesAspect({ hasAspect, aspects: told }: ModelInput, aspect: Aspect): boolean {
  return !hasAspect || told.length === 0 || told.includes(aspect);
}

/** @throws ScenewrightError `bad-input` where there are more pictures than the model takes by now */
function inputOf(
  { prompt, aspect, references, seed }: DrawRequest,
  input: ModelInput | undefined,
): Readonly<Record<string, unknown>> {
  if (references.length > (input === undefined ? 0 : referencesOf(input))) throw takesNoMore(true);
  if (input === undefined) return { prompt };
  const { referencesField, firstFrameField, hasAspect, sizes, takes } = input;
  const uris = references.map(dataUri);
  const pictures =
    referencesField === undefined
      ? { [firstFrameField ?? '']: uris[0] }
      : { [referencesField]: uris };
  return defined({
    prompt,
    aspect_ratio: hasAspect ? aspect : undefined,
    image_size: sizeFor(sizes, aspect),
    seed: takes.seed === true ? seed : undefined,
    ...(uris.length === 0 ? {} : pictures),
  });
}

/** The one of the sizes that is nearest to a shape; of two alike the last one, which is the larger. */
function sizeFor(sizes: readonly string[], aspect: Aspect): string | undefined {
  const wanted = ratioOf(aspect.split(':'));
  const off = (size: string): number => Math.abs(Math.log(shapeOf(size) / wanted));
  return sizes
    .filter((size) => Number.isFinite(off(size)))
    .reduce<string | undefined>(
      (best, size) => (best === undefined || off(size) < off(best) + 1e-9 ? size : best),
      undefined,
    );
}

/** Width by height of `landscape_16_9`, `square_hd` or `1536x1024`; not a number for anything else. */
function shapeOf(size: string): number {
  if (size.startsWith('square')) return 1;
  const [, pixels, kind, ratio] = /^(?:(\d+x\d+)|(landscape|portrait)_(\d+_\d+))$/.exec(size) ?? [];
  if (pixels !== undefined) return ratioOf(pixels.split('x'));
  const shape = ratioOf((ratio ?? '').split('_'));
  return (kind === 'portrait') === shape > 1 ? 1 / shape : shape;
}

function ratioOf([wide, high]: readonly string[]): number {
  return Number(wide) / Number(high);
}

function onlyAfterPictures(model: string): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t('{0} only draws after other pictures, and there is none here. Nothing was sent.', model),
  );
}
