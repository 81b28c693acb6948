import { ScenewrightError } from '../../base/errors.ts';
import { lazily } from '../../base/lazily.ts';
import { t } from '../../base/l10n.ts';
import { namesThisMachine } from '../../net/private-address.ts';
import type {
  ClipSource,
  DrawRequest,
  DrawingCapabilities,
  PictureStudio,
  PollAnswer,
  RemoteJob,
  StudioContext,
} from '../port.ts';
import type { DrawingAdapter, DrawingKnown, DrawingSettings } from './drawing-studio.ts';

/** What is known of a studio for pictures without asking it; `registry.ts` lists them. */
export interface DrawingDefinition {
  /**
   * As in the setting `scenewright.pictures.provider`, in records and accounts. Where a studio for clips has the same
   * one, both are one service, and its accounts are for both.
   */
  readonly id: string;
  /** As the writer reads it. */
  readonly label: string;
  /** Where it is unless the settings say otherwise; absent where accounts are servers of their own. */
  readonly defaultBaseUrl?: string;
  /** One of its models, to show how they are named. */
  readonly exampleModel: string;
  /** A server of it on this machine may have just one model, and want no key. */
  readonly mayBeOwnServer?: true;
  /** The picture comes later than the answer to its order. */
  readonly isQueued?: true;
  /** Its adapter, which is needed once somebody draws. */
  readonly load: () => Promise<
    new (known: DrawingKnown, settings: DrawingSettings) => DrawingAdapter
  >;
}

/** A studio for pictures whose adapter is loaded when it is first asked something. */
export class OnlineDrawing implements PictureStudio {
  readonly id: string;
  readonly label: string;
  readonly needsAccount = true;
  readonly mayGoKeyless: boolean;
  /** None where the picture is there with the answer. */
  readonly pollMs: number | undefined;
  private readonly kept: DrawingSettings['kept'];
  private readonly adapter: () => Promise<DrawingAdapter>;

  constructor(definition: DrawingDefinition, settings: DrawingSettings) {
    const { id, label, load, isQueued = false } = definition;
    this.id = id;
    this.label = label;
    this.kept = settings.kept;
    this.mayGoKeyless = isKeyless(definition, settings.baseUrl);
    this.pollMs = isQueued ? undefined : 0;
    this.adapter = lazily(async () => new (await load())(this, settings));
  }

  async capabilities(context: StudioContext): Promise<DrawingCapabilities> {
    return await (await this.adapter()).capabilities(context);
  }

  async prepare(context: StudioContext): Promise<void> {
    await (await this.adapter()).prepare?.(context);
  }

  async draw(request: DrawRequest, context: StudioContext): Promise<RemoteJob> {
    return await (await this.adapter()).draw(request, context);
  }

  async recover(jobId: string, context: StudioContext): Promise<RemoteJob | undefined> {
    const comesWithAnswer = this.pollMs === 0;
    if (comesWithAnswer && !(await this.kept.has(jobId))) return undefined;
    return await (await this.adapter()).recover?.(jobId, context);
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    const adapter = await this.adapter();
    return adapter.poll === undefined ? { state: 'ready' } : await adapter.poll(job, context);
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    return await (await this.adapter()).result(job, context);
  }

  /** @throws ScenewrightError `bad-input` where it cannot be told to stop */
  async cancel(job: RemoteJob, context: StudioContext): Promise<void> {
    const adapter = await this.adapter();
    if (adapter.cancel === undefined) {
      throw new ScenewrightError('bad-input', t('{0} does not stop what it draws.', this.label));
    }
    await adapter.cancel(job, context);
  }

  async release(job: RemoteJob): Promise<void> {
    if (!(await this.kept.has(job.remoteId))) return;
    await (await this.adapter()).release?.(job);
  }
}

/** Whether a studio at this address may be asked without a key. */
export function isKeyless({ mayBeOwnServer }: DrawingDefinition, baseUrl: string): boolean {
  return mayBeOwnServer === true && URL.canParse(baseUrl) && namesThisMachine(new URL(baseUrl));
}
