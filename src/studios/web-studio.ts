import type { Clock } from '../base/clock.ts';
import type { RenderChoices } from './choices.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
  VideoStudio,
} from './port.ts';
import { Service, type ServiceOptions } from './service.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** Everything that a studio on the web may have to be told. */
export interface StudioSettings {
  /** What every address begins with. */
  readonly baseUrl: string;
  /** The video model, as the service names it. */
  readonly model: string;
  readonly http: ServiceOptions['http'];
  readonly clock?: Clock;
  /** For servers that do not tell their clip lengths, in seconds, ascending. */
  readonly clipSeconds?: readonly number[];
  /** For studios whose models are files of the workspace. */
  readonly files?: WorkspaceFiles;
  /** How an order is written, for servers that differ in that. */
  readonly requestFormat?: 'json' | 'multipart';
}

/**
 * What is known of a studio on the web without asking it; `registry.ts` lists them. Settings and
 * documentation say the same by `npm run studios`.
 */
export interface StudioDefinition {
  /** As in the setting `scenewright.video.provider`, in records and accounts. */
  readonly id: string;
  /** As the writer reads it. */
  readonly label: string;
  /** What it is, in a sentence or two for the settings and the README. */
  readonly description: string;
  /** Where it is known from what it can do and what that costs; the latter absent where nobody says. */
  readonly documentation: { readonly abilities: string; readonly price?: string };
  /** Where it is unless the settings say otherwise; absent where only they can say. */
  readonly defaultBaseUrl?: string;
  /** One of its models, to show how they are named; absent where a server may have just one. */
  readonly exampleModel?: string;
  /** Its models are workflows: files of the workspace. */
  readonly modelsAreFiles?: true;
  /**
   * Each account is a server of its own, which may want no key; such a server is usually at this
   * address.
   */
  readonly serverPerAccount?: { readonly usualAddress: string };
  /** The headers in which it wants the key. */
  readonly key: ServiceOptions['key'];
  readonly create: (settings: StudioSettings) => VideoStudio;
}

/** What all adapters of services on the web are made of. */
export abstract class WebStudio implements VideoStudio {
  readonly id: string;
  readonly label: string;
  readonly needsAccount = true;
  protected readonly model: string;
  protected readonly service: Service;

  constructor(definition: StudioDefinition, { model, ...settings }: StudioSettings) {
    const { id, label, key } = definition;
    this.id = id;
    this.label = label;
    this.model = model;
    this.service = new Service({ ...settings, key });
  }

  async prepare(context: StudioContext): Promise<void> {
    await this.service.open(context);
  }

  abstract capabilities(
    context: StudioContext,
    choices?: RenderChoices,
  ): Promise<StudioCapabilities>;
  abstract submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob>;
  abstract poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer>;
  abstract result(job: RemoteJob, context: StudioContext): Promise<ClipSource>;
}
