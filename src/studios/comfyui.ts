import { range } from './families.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
  StudioContext,
} from './port.ts';
import { bearer, type ServiceCall } from './service.ts';
import { WebStudio, type StudioDefinition, type StudioSettings } from './web-studio.ts';
import type { WorkflowRuns } from './comfyui/workflow-runs.ts';

export const comfyUi = {
  id: 'comfyui',
  label: 'ComfyUI',
  description:
    'Your own ComfyUI servers, with your own workflow from the workspace. Costs nothing and needs no key.',
  documentation: { abilities: 'the workflow, and `GET /object_info`', price: 'nothing' },
  exampleModel: 'comfyui/wan.json',
  modelsAreFiles: true,
  serverPerAccount: { usualAddress: 'http://127.0.0.1:8188' },
  key: bearer,
  create: (settings) => new ComfyUiStudio(settings),
} as const satisfies StudioDefinition;

/**
 * ComfyUI, by the routes that its server documents: an order is the writer's workflow with the scene
 * put in, and is asked after by polling alone. All that there is to know of runs and workflows is in
 * `comfyui/`, and loaded when it is needed.
 */
export class ComfyUiStudio extends WebStudio {
  private readonly settings: StudioSettings;
  private runs: Promise<WorkflowRuns> | undefined;

  constructor(settings: StudioSettings) {
    super(comfyUi, settings);
    this.settings = settings;
  }

  async capabilities(context: StudioContext): Promise<StudioCapabilities> {
    const { clipSeconds = range(1, 20) } = this.settings;
    return await this.with(context, (runs, call) => runs.capabilities(call, clipSeconds));
  }

  async meet(context: StudioContext): Promise<string> {
    return await this.with(context, (runs, call) => runs.meet(call));
  }

  async submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob> {
    return await this.with(context, (runs, call) => runs.begin(call, request));
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    return await this.with(context, (runs, call) => runs.poll(call, job));
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    return await this.with(context, (runs, call) => runs.result(call, job));
  }

  async cancel(job: RemoteJob, context: StudioContext): Promise<void> {
    await this.with(context, (runs, call) => runs.cancel(call, job));
  }

  async recover(jobId: string, context: StudioContext): Promise<RemoteJob | undefined> {
    return await this.with(context, (runs, call) => runs.recover(call, jobId));
  }

  private async with<T>(
    context: StudioContext,
    act: (runs: WorkflowRuns, call: ServiceCall) => Promise<T>,
  ): Promise<T> {
    const call = await this.service.open(context);
    this.runs ??= import('./comfyui/workflow-runs.ts').then(
      ({ WorkflowRuns }) => new WorkflowRuns(this.settings.files, this.model, this.service.clock),
    );
    return await act(await this.runs, call);
  }
}
