import { defined } from '../base/defined.ts';
import { aspects, type Aspect } from '../script/script-model.ts';
import { clipLengths, field, items, number, text } from './answer.ts';
import type { ClipPrice } from '../money/price.ts';

/** What OpenRouter's list says about one video model, as far as it is of use here. */
export interface OpenRouterModel {
  /** Clip lengths in seconds, ascending; empty where it says nothing. */
  readonly seconds: readonly number[];
  readonly aspects: readonly Aspect[];
  /** The resolution that is ordered, such as `720p`, where there is a choice. */
  readonly resolution?: string;
  /** Whether the model can make sound. */
  readonly audio: boolean;
  readonly price?: ClipPrice;
}

/** The resolutions that are ordered where the model has them, best first. */
const preferredResolutions = ['720p', '1080p', '768p', '480p'];

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
  const resolution =
    preferredResolutions.find((one) => resolutions.includes(one)) ?? resolutions[0];
  const audio = field(entry, 'generate_audio') === true;
  const price = priceOf(field(entry, 'pricing_skus'), resolution, audio);
  return {
    seconds: clipLengths(items(field(entry, 'supported_durations'))),
    aspects: aspects.filter((aspect) => offered.includes(aspect)),
    ...defined({ resolution }),
    audio,
    ...defined({ price }),
  };
}

/**
 * The price by the second. Every provider names its prices in its own way; those that are not by
 * the second, such as `video_tokens`, cannot be known beforehand.
 */
function priceOf(
  skus: unknown,
  resolution: string | undefined,
  audio: boolean,
): ClipPrice | undefined {
  const dollars = [
    audio ? 'duration_seconds_with_audio' : 'duration_seconds_without_audio',
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
