import type { Http } from '../../net/http.ts';
import { FalStudio } from '../../studios/fal.ts';
import { GeminiStudio } from '../../studios/gemini.ts';
import { OpenAiVideosStudio } from '../../studios/openai-videos.ts';
import { OpenRouterStudio } from '../../studios/openrouter.ts';
import type { VideoStudio } from '../../studios/port.ts';
import { ReplicateStudio } from '../../studios/replicate.ts';

/** Everything that a studio on the web may have to be told. */
export interface StudioSettings {
  readonly baseUrl: string;
  readonly model: string;
  readonly http: Http;
  /** For servers that do not tell their clip lengths, in seconds. */
  readonly clipSeconds: readonly number[];
  readonly requestFormat: 'json' | 'multipart';
}

export interface OnlineStudio {
  /** As the studio itself calls it. */
  readonly label: string;
  /** Where it is unless the settings say otherwise; absent where only they can say. */
  readonly defaultBaseUrl?: string;
  /** One of its models, to show how they are named; absent where a server may have just one. */
  readonly exampleModel?: string;
  readonly create: (settings: StudioSettings) => VideoStudio;
}

/** The studios on the web, by the id that settings, records and accounts know them by. */
export const onlineStudios = {
  'openai-videos': {
    label: 'OpenAI-compatible videos',
    create: ({ requestFormat, clipSeconds, ...settings }) =>
      new OpenAiVideosStudio({ ...settings, body: requestFormat, seconds: clipSeconds }),
  },
  openrouter: {
    label: 'OpenRouter',
    defaultBaseUrl: OpenRouterStudio.defaultBaseUrl,
    exampleModel: 'google/veo-3.1',
    create: (settings) => new OpenRouterStudio(settings),
  },
  gemini: {
    label: 'Google Gemini',
    defaultBaseUrl: GeminiStudio.defaultBaseUrl,
    exampleModel: 'gemini-omni-1.1-flash',
    create: (settings) => new GeminiStudio(settings),
  },
  fal: {
    label: 'fal',
    defaultBaseUrl: FalStudio.defaultBaseUrl,
    exampleModel: 'fal-ai/veo3.1',
    create: (settings) => new FalStudio(settings),
  },
  replicate: {
    label: 'Replicate',
    defaultBaseUrl: ReplicateStudio.defaultBaseUrl,
    exampleModel: 'google/veo-3.1',
    create: (settings) => new ReplicateStudio(settings),
  },
} as const satisfies Record<string, OnlineStudio>;

export type OnlineProvider = keyof typeof onlineStudios;

export const onlineProviders = Object.keys(onlineStudios) as readonly OnlineProvider[];

export function isOnline(provider: string): provider is OnlineProvider {
  return Object.hasOwn(onlineStudios, provider);
}

export function onlineStudio(provider: OnlineProvider): OnlineStudio {
  return onlineStudios[provider];
}
