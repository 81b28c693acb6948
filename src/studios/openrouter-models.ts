import { defined } from '../base/defined.ts';
import { aspects, type Aspect } from '../script/script-model.ts';
import { clipLengths, field, items, number, text } from './answer.ts';
import type { ClipPrice } from '../money/price.ts';
import type { TakenPictures } from './pictures.ts';
import { documented } from './families.ts';
import { possible, type RenderChoices, type TakenChoices } from './choices.ts';

/** What OpenRouter's list says about one video model, as far as it is of use here. */
export interface OpenRouterModel {
  /** Clip lengths in seconds, ascending; empty where it says nothing. */
  readonly seconds: readonly number[];
  readonly aspects: readonly Aspect[];
  /** `resolutions` is empty where there is no choice. */
  readonly takes: Required<Pick<TakenChoices, 'seed' | 'sound' | 'resolutions'>>;
  /** References are in no list: whether a model takes them is known of its family, if at all. */
  readonly pictures: TakenPictures;
  /** What a clip costs as it is ordered; absent where that is not known. */
  readonly price: (ordered: OrderedPicture) => ClipPrice | undefined;
}

/** What an order says of picture and sound, so that what is made is what the price was for. */
export interface OrderedPicture {
  /** Such as `720p`, where there is a choice. */
  readonly resolution?: string;
  /** Absent where the model makes none. */
  readonly sound?: boolean;
}

/** The resolutions that are ordered where the model has them, best first. */
const preferredResolutions = ['720p', '1080p', '768p', '480p'];

/** As chosen, as far as the model takes it; else the resolution that is best for its price, with sound. */
export function orderedPicture(
  { takes }: Pick<OpenRouterModel, 'takes'>,
  choices: RenderChoices | undefined,
): OrderedPicture {
  const chosen = possible(choices, takes);
  const usual =
    preferredResolutions.find((one) => takes.resolutions.includes(one)) ?? takes.resolutions[0];
  return defined({
    resolution: chosen.resolution ?? usual,
    sound: takes.sound ? (chosen.sound ?? true) : undefined,
  });
}

/** The entry of `model` in the answer of `GET /videos/models`; absent where it is not listed. */
export function openRouterModel(answer: unknown, model: string): OpenRouterModel | undefined {
  const entry = items(field(answer, 'data')).find(
    (candidate) => field(candidate, 'id') === model || field(candidate, 'canonical_slug') === model,
  );
  if (entry === undefined) return undefined;
  const offered = items(field(entry, 'supported_aspect_ratios'));
  const resolutions = items(field(entry, 'supported_resolutions')).flatMap(
    (one) => text(one) ?? [],
  );
  const frames = items(field(entry, 'supported_frame_images'));
  return {
    seconds: clipLengths(items(field(entry, 'supported_durations'))),
    aspects: aspects.filter((aspect) => offered.includes(aspect)),
    takes: {
      seed: field(entry, 'seed') === true,
      sound: field(entry, 'generate_audio') === true,
      resolutions,
    },
    pictures: {
      firstFrame: frames.includes('first_frame'),
      lastFrame: frames.includes('last_frame'),
      ...defined({ references: documented(model).pictures?.references }),
      // With frames in an order, references in it do not count.
      exclusive: true,
    },
    price: (ordered) => priceOf(field(entry, 'pricing_skus'), ordered),
  };
}

/**
 * The price by the second. Every provider names its prices in its own way; those that are not by
 * the second, such as `video_tokens`, cannot be known beforehand.
 */
function priceOf(
  skus: unknown,
  { resolution, sound = false }: OrderedPicture,
): ClipPrice | undefined {
  const dollars = [
    sound ? 'duration_seconds_with_audio' : 'duration_seconds_without_audio',
    'text_to_video_duration_seconds',
    'duration_seconds',
    'per-video-second',
  ];
  const cents = ['cents_per_video_output_second', 'cents_per_second_output'];
  const find = (names: readonly string[], unit: number): number | undefined => {
    for (const name of names) {
      // A price for this very resolution is nearer than one for all.
      for (const sku of [`${name}_${resolution}`, `${name}-${resolution}`, name]) {
        const found = number(field(skus, sku));
        if (found !== undefined && found >= 0) return found / unit;
      }
    }
    return undefined;
  };
  const perSecond = find(dollars, 1) ?? find(cents, 100);
  return perSecond === undefined ? undefined : { currency: 'USD', perClip: 0, perSecond };
}
