import { defined } from '../base/defined.ts';
import type { VideoStudio } from './port.ts';
import { onlineStudio, type OnlineProvider } from './registry.ts';
import type { StudioSettings } from './web-studio.ts';

export interface StudioFactoryOptions {
  readonly http: StudioSettings['http'];
  /** What models are, where they are files. */
  readonly files?: StudioSettings['files'];
  /** What is set for servers that do not say it themselves; asked for each studio. */
  readonly settings: () => Required<Pick<StudioSettings, 'clipSeconds' | 'requestFormat'>>;
}

/** Makes the studios on the web, one for the same settings: what it has learnt of its service is kept. */
export class StudioFactory {
  private readonly options: StudioFactoryOptions;
  /** By everything that they were told. */
  private readonly made = new Map<string, VideoStudio>();

  constructor(options: StudioFactoryOptions) {
    this.options = options;
  }

  /** @param baseUrl where it orders, and asks after what was ordered there */
  at(provider: OnlineProvider, baseUrl: string, model: string): VideoStudio {
    const { http, files, settings } = this.options;
    const told = { baseUrl, model, ...settings() };
    const key = JSON.stringify([provider, told]);
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const studio = onlineStudio(provider).create({ ...told, http, ...defined({ files }) });
    this.made.set(key, studio);
    return studio;
  }
}
