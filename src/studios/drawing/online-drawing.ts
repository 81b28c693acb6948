import { lazily } from '../../base/lazily.ts';
import type {
  ClipSource,
  DrawRequest,
  DrawingCapabilities,
  PictureStudio,
  PollAnswer,
  RemoteJob,
  StudioContext,
} from '../port.ts';
import type { DrawingSettings, DrawingStudio } from './drawing-studio.ts';

/** What is known of a studio for pictures without asking it; `registry.ts` lists them. */
export interface DrawingDefinition {
  /** As in the setting `scenewright.pictures.provider`, in records and accounts. */
  readonly id: string;
  /** As the writer reads it. */
  readonly label: string;
  /** Where it is unless the settings say otherwise. */
  readonly defaultBaseUrl: string;
  /** One of its models, to show how they are named. */
  readonly exampleModel: string;
  /** Its adapter, which is needed once somebody draws. */
  readonly load: () => Promise<
    new (known: Pick<PictureStudio, 'id' | 'label'>, settings: DrawingSettings) => DrawingStudio
  >;
}

/** A studio for pictures whose adapter is loaded when it is first asked something. */
export class OnlineDrawing implements PictureStudio {
  readonly id: string;
  readonly label: string;
  readonly needsAccount = true;
  /** The picture is there with the answer. */
  readonly pollMs = 0;
  private readonly adapter: () => Promise<DrawingStudio>;

  constructor({ id, label, load }: DrawingDefinition, settings: DrawingSettings) {
    this.id = id;
    this.label = label;
    this.adapter = lazily(async () => new (await load())({ id, label }, settings));
  }

  async capabilities(): Promise<DrawingCapabilities> {
    return await (await this.adapter()).capabilities();
  }

  async prepare(context: StudioContext): Promise<void> {
    await (await this.adapter()).prepare(context);
  }

  async draw(request: DrawRequest, context: StudioContext): Promise<RemoteJob> {
    return await (await this.adapter()).draw(request, context);
  }

  async recover(jobId: string): Promise<RemoteJob | undefined> {
    return await (await this.adapter()).recover(jobId);
  }

  poll(): Promise<PollAnswer> {
    return Promise.resolve({ state: 'ready' });
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    return await (await this.adapter()).result(job, context);
  }

  async release(job: RemoteJob): Promise<void> {
    await (await this.adapter()).release(job);
  }
}
