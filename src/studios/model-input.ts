import { defined } from '../base/defined.ts';
import { aspects, type Aspect } from '../script/script-model.ts';
import { clipLengths, field, items, number, text } from './answer.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { possible, type TakenChoices } from './choices.ts';
import { dataUri, takesNoMore, type OrderPictures, type TakenPictures } from './pictures.ts';
import { range } from './families.ts';
import type { RenderRequest, StudioCapabilities } from './port.ts';

/** What a model's own description, a schema of OpenAPI, says about its input. */
export interface ModelInput {
  /** The name of the field for the length; absent where the model decides itself. */
  readonly durationField?: string;
  /** Clip lengths in seconds, ascending; empty where any number is taken. */
  readonly seconds: readonly number[];
  /** A length in the type that the model wants: `8`, `"8"` or `"8s"`. */
  readonly duration: (seconds: number) => string | number;
  /** Whether there is a field `aspect_ratio`. */
  readonly hasAspect: boolean;
  /** Empty where it does not say. */
  readonly aspects: readonly Aspect[];
  /** The most characters of a prompt, where it says so. */
  readonly promptLimit?: number;
  readonly takes: TakenChoices;
  /** The resolution that it has where none is asked for. */
  readonly resolution?: string;
  /** The name of the field for sound, and whether there is sound where nothing is asked for. */
  readonly soundField?: string;
  readonly hasSound: boolean;
  /** The names of the fields for pictures; absent where there is none. */
  readonly firstFrameField?: string;
  readonly lastFrameField?: string;
  /** Of a list. */
  readonly referencesField?: string;
  readonly pictures: TakenPictures;
  /** What a field `image_size` may be, such as `landscape_16_9`; empty where there is none, or no choice. */
  readonly sizes: readonly string[];
  /** Fields that have to be there and that nobody here can fill in. */
  readonly missing: readonly string[];
}

/** What models call the length of their clip in seconds; a `video_length` is counted in frames. */
const durationFields = ['duration', 'seconds', 'duration_seconds'];

/** What they call whether it gets sound. */
const soundFields = ['generate_audio', 'enable_audio', 'with_audio', 'audio'];

/** What they call the pictures that a clip begins and ends with, and those that it looks at; the surest first. */
const firstFrameFields = [
  'first_frame_url',
  'first_frame_image_url',
  'first_frame_image',
  'first_frame',
  'start_image_url',
  'start_image',
  'start_frame',
  'image_url',
  'image',
  'input_image',
];
const lastFrameFields = [
  'last_frame_url',
  'last_frame_image_url',
  'last_frame_image',
  'last_frame',
  'end_image_url',
  'end_image',
  'end_frame',
  'tail_image_url',
  'image_tail',
  'last_image',
];
const referenceFields = [
  'reference_image_urls',
  'reference_images',
  'image_urls',
  'images',
  'input_images',
];

/** So many are taken by models that say nothing of how many, unless more is known of them. */
const usualReferences = 3;

/** No clip that is worth asking for is longer, in seconds. */
const longest = 60;

/**
 * Read the schema of an input; absent where it is none.
 *
 * @param schemas those that it may refer to
 * @param knownReferences how many references the model takes, should it not say that
 */
export function modelInput(
  schema: unknown,
  schemas: unknown,
  knownReferences = usualReferences,
): ModelInput | undefined {
  const properties = field(resolved(schema, schemas), 'properties');
  if (typeof properties !== 'object' || properties === null) return undefined;
  const property = (name: string): unknown => resolved(field(properties, name), schemas);
  const has = (name: string): boolean => property(name) !== undefined;
  const durationField = durationFields.find(has);
  const length = durationField === undefined ? undefined : property(durationField);
  const choices = items(field(length, 'enum'));
  const soundField = soundFields.find((name) => field(property(name), 'type') === 'boolean');
  const options = items(field(property('resolution'), 'enum')).flatMap((one) => text(one) ?? []);
  const takes = {
    seed: has('seed'),
    sound: soundField !== undefined,
    resolutions: options,
    negativePrompt: has('negative_prompt'),
  };
  const ofType = (names: readonly string[], type: string): string | undefined =>
    names.find((name) => field(property(name), 'type') === type);
  const firstFrameField = ofType(firstFrameFields, 'string');
  const lastFrameField = ofType(lastFrameFields, 'string');
  const referencesField = ofType(referenceFields, 'array');
  const most = number(field(property(referencesField ?? ''), 'maxItems')) ?? knownReferences;
  const filled = ['prompt', 'aspect_ratio', 'resolution', durationField, soundField];
  const needed = items(field(resolved(schema, schemas), 'required')).flatMap(
    (one) => text(one) ?? [],
  );
  const ratios = items(field(property('aspect_ratio'), 'enum'));
  return {
    ...defined({
      durationField,
      promptLimit: number(field(property('prompt'), 'maxLength')),
      resolution: text(field(property('resolution'), 'default')),
      soundField,
      firstFrameField,
      lastFrameField,
      referencesField,
    }),
    pictures: {
      firstFrame: firstFrameField !== undefined,
      lastFrame: lastFrameField !== undefined,
      ...(referencesField === undefined ? {} : { references: most }),
    },
    seconds: choices.length > 0 ? clipLengths(choices) : bounds(length),
    duration: writer(choices, length),
    hasAspect: has('aspect_ratio'),
    aspects: aspects.filter((aspect) => ratios.includes(aspect)),
    takes,
    sizes: choicesIn(field(properties, 'image_size'), schemas),
    hasSound: field(property(soundField ?? ''), 'default') !== false,
    missing: needed.filter((name) => !filled.includes(name)),
  };
}

/** What a model can do by its description, and otherwise by what is assumed of it. */
export function describedCapabilities(
  { seconds, aspects: shapes, promptLimit, takes, pictures }: ModelInput,
  assumed: StudioCapabilities,
): StudioCapabilities {
  return {
    seconds: seconds.length > 0 ? seconds : assumed.seconds,
    aspects: shapes.length > 0 ? shapes : assumed.aspects,
    takes,
    pictures,
    ...defined({ promptLimit: promptLimit ?? assumed.promptLimit }),
  };
}

/**
 * The input of an order, by the description where there is one: fields that a model does not have are
 * refused.
 *
 * @param undescribed a length as it is written where the model does not tell
 * @throws ScenewrightError `network` where there are pictures, and nobody tells how the model is called on for them
 */
export function orderedInput(
  { prompt, seconds, aspect, choices, pictures }: RenderRequest,
  input: ModelInput | undefined,
  undescribed: (seconds: number) => string | number,
): Readonly<Record<string, unknown>> {
  if (input === undefined) {
    if (pictures !== undefined) {
      throw new ScenewrightError(
        'network',
        t('The service does not say at present how the model takes pictures. Nothing was sent.'),
        { retryable: true },
      );
    }
    return { prompt, duration: undescribed(seconds), aspect_ratio: aspect };
  }
  const { durationField, soundField } = input;
  const { seed, sound, resolution, negativePrompt } = possible(choices, input.takes);
  return defined({
    prompt,
    ...(durationField === undefined ? {} : { [durationField]: input.duration(seconds) }),
    ...(input.hasAspect ? { aspect_ratio: aspect } : {}),
    ...(soundField === undefined ? {} : { [soundField]: sound }),
    seed,
    resolution,
    negative_prompt: negativePrompt,
    ...(pictures === undefined ? {} : pictureFields(pictures, input)),
  });
}

/** @throws ScenewrightError `bad-input` where the model has no field for one: it describes itself anew */
function pictureFields(
  { firstFrame, lastFrame, references }: OrderPictures,
  { firstFrameField, lastFrameField, referencesField }: ModelInput,
): Readonly<Record<string, unknown>> {
  const all = [
    [firstFrameField, firstFrame && dataUri(firstFrame)],
    [lastFrameField, lastFrame && dataUri(lastFrame)],
    [referencesField, references.length === 0 ? undefined : references.map(dataUri)],
  ] as const;
  return Object.fromEntries(
    all.flatMap(([name, value]): (readonly [string, unknown])[] => {
      if (value === undefined) return [];
      if (name !== undefined) return [[name, value]];
      throw takesNoMore();
    }),
  );
}

function bounds(length: unknown): readonly number[] {
  const first = number(field(length, 'minimum'));
  const last = number(field(length, 'maximum'));
  if (first === undefined || last === undefined) return [];
  return range(Math.max(1, Math.ceil(first)), Math.min(longest, Math.floor(last)));
}

/** Lengths are written as the model's own choices are, or like its sample. */
function writer(choices: readonly unknown[], length: unknown): ModelInput['duration'] {
  const type = field(length, 'type');
  const own = choices.filter((choice) => clipLengths([choice]).length > 0);
  const sample = own[0] ?? field(length, 'default') ?? (type === 'string' ? '' : 0);
  return (seconds) => {
    const same = own.find((choice) => clipLengths([choice])[0] === seconds);
    if (typeof same === 'string' || typeof same === 'number') return same;
    if (typeof sample !== 'string' && type !== 'string') return seconds;
    return typeof sample === 'string' && sample.endsWith('s') ? `${seconds}s` : String(seconds);
  };
}

/** All texts that a property may be, also where it may be something else instead. */
function choicesIn(property: unknown, schemas: unknown): readonly string[] {
  const kinds = ['allOf', 'anyOf', 'oneOf'].flatMap((name) => items(field(property, name)));
  return [property, ...kinds]
    .flatMap((one) => items(field(resolved(one, schemas), 'enum')))
    .flatMap((one) => text(one) ?? [])
    .filter((one, index, all) => all.indexOf(one) === index);
}

/**
 * Enumerations stand in schemas of their own, referred to by `$ref`, often inside an `allOf`; what may
 * be left out stands beside `null` in an `anyOf`.
 */
function resolved(property: unknown, schemas: unknown): unknown {
  const inner = ['allOf', 'anyOf', 'oneOf']
    .flatMap((name) => items(field(property, name)))
    .find((one) => field(one, 'type') !== 'null');
  const reference = field(property, '$ref') ?? field(inner, '$ref');
  const target =
    typeof reference === 'string'
      ? field(schemas, reference.slice(reference.lastIndexOf('/') + 1))
      : inner;
  return typeof target === 'object' && target !== null
    ? { ...target, ...(property as object) }
    : property;
}
