import { defined } from '../base/defined.ts';
import { documented } from './families.ts';
import type { ClipPrice } from '../money/price.ts';
import type { StudioCapabilities } from './port.ts';

/**
 * What is documented about fal's endpoints beside what holds for a model everywhere. Each names its
 * lengths in its own type, and refuses the others.
 */
interface FalEndpoint {
  readonly match: RegExp;
  /** `"8s"`, `"8"` or `8`. */
  readonly duration: 'with-unit' | 'text' | 'number';
  /** Further fields of the order. */
  readonly more?: Readonly<Record<string, string>>;
  /** US dollars for a second with sound, by the list price of November 2026. */
  readonly perSecond?: number;
}

const endpoints: readonly FalEndpoint[] = [
  // 1080p costs there what 720p does, and is half of 4K.
  {
    match: /veo3(\.1)?\/fast$/,
    duration: 'with-unit',
    more: { resolution: '1080p' },
    perSecond: 0.15,
  },
  {
    match: /veo3(\.1)?$/,
    duration: 'with-unit',
    more: { resolution: '1080p' },
    perSecond: 0.4,
  },
  { match: /veo/, duration: 'with-unit' },
  { match: /kling-video\/v4/, duration: 'number' },
  { match: /kling-video\/v2\.6\/pro/, duration: 'text', perSecond: 0.14 },
  {
    match: /ltx-2\.3\/text-to-video$/,
    duration: 'number',
    more: { resolution: '1080p' },
    perSecond: 0.08,
  },
  {
    match: /ltx-2\/text-to-video\/fast$/,
    duration: 'number',
    more: { resolution: '1080p' },
    perSecond: 0.04,
  },
  { match: /ltx-2/, duration: 'number' },
  { match: /gemini-omni/, duration: 'number' },
];

/** What fal's endpoint can do, as far as it is documented. */
export function falCapabilities(endpoint: string): StudioCapabilities {
  const { perSecond } = find(endpoint) ?? {};
  const price: ClipPrice | undefined =
    perSecond === undefined ? undefined : { currency: 'USD', perClip: 0, perSecond };
  return { ...documented(endpoint), ...defined({ price }) };
}

/** The fields of an order that an endpoint wants in a way of its own. */
export function falFields(endpoint: string, seconds: number): Readonly<Record<string, unknown>> {
  const { duration, more } = find(endpoint) ?? { duration: 'text' };
  return { duration: written[duration](seconds), ...more };
}

const written: Readonly<Record<FalEndpoint['duration'], (seconds: number) => string | number>> = {
  'with-unit': (seconds) => `${seconds}s`,
  text: String,
  number: (seconds) => seconds,
};

function find(endpoint: string): FalEndpoint | undefined {
  return endpoints.find(({ match }) => match.test(endpoint.toLowerCase()));
}
