import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { WorkflowRuns } from '../comfyui/workflow-runs.ts';
import { shapesOf, type BoundWorkflow } from '../comfyui/workflow-shape.ts';
import type {
  ClipSource,
  DrawRequest,
  DrawingCapabilities,
  PollAnswer,
  RemoteJob,
  StudioContext,
} from '../port.ts';
import { bearer, Service } from '../service.ts';
import type { WorkspaceFiles } from '../workspace-files.ts';
import type { DrawingAdapter, DrawingKnown, DrawingSettings } from './drawing-studio.ts';

/** What the workflow is called that draws after pictures: `flux.edit.json` beside `flux.json`. */
function editFileOf(workflow: string): string {
  return workflow.replace(/(\.json)?$/i, '.edit.json');
}

/**
 * Workflows of ComfyUI that save a picture. One that loads pictures draws after those of the order, in their places;
 * it may stand beside one that draws from words alone.
 */
export class ComfyUiImagesStudio implements DrawingAdapter {
  private readonly service: Service;
  private readonly files: WorkspaceFiles | undefined;
  private readonly name: string;
  private readonly own: WorkflowRuns;
  private readonly edit: WorkflowRuns;

  constructor(_known: DrawingKnown, { model, files, ...settings }: DrawingSettings) {
    this.service = new Service({ ...settings, key: bearer, makes: 'pictures' });
    this.files = files;
    this.name = model;
    const runs = (name: string): WorkflowRuns =>
      new WorkflowRuns(files, name, this.service.clock, 'picture');
    this.own = runs(model);
    this.edit = runs(editFileOf(model));
  }

  async prepare(context: StudioContext): Promise<void> {
    await this.service.open(context);
  }

  async capabilities(context: StudioContext): Promise<DrawingCapabilities> {
    await this.service.open(context);
    const [own, after] = await Promise.all([
      this.own.bound(),
      this.runsFor(true).then((runs) => runs.bound()),
    ]);
    const all = [own, after];
    return {
      aspects: shapesOf(own, []).filter((aspect) => shapesOf(after, []).includes(aspect)),
      references: referencesIn(after),
      seed: all.every(({ bindings }) => bindings.places.seed.length > 0),
      price: { currency: 'USD', amount: 0 },
    };
  }

  async draw(
    { jobId, prompt, aspect, references, seed }: DrawRequest,
    context: StudioContext,
  ): Promise<RemoteJob> {
    const call = await this.service.open(context);
    const runs = await this.runsFor(references.length > 0);
    const bound = await runs.bound();
    // What it loads of its own would be in the picture of somebody else.
    if (references.length === 0 && referencesIn(bound) > 0) throw onlyAfterPictures(bound.name);
    return await runs.begin(call, {
      jobId,
      prompt,
      aspect,
      choices: defined({ seed }),
      ...(references.length === 0 ? {} : { pictures: { references } }),
    });
  }

  async recover(jobId: string, context: StudioContext): Promise<RemoteJob | undefined> {
    return await this.own.recover(await this.service.open(context), jobId);
  }

  async poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer> {
    return await this.own.poll(await this.service.open(context), job);
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    return await this.own.result(await this.service.open(context), job);
  }

  async cancel(job: RemoteJob, context: StudioContext): Promise<void> {
    await this.own.cancel(await this.service.open(context), job);
  }

  /** The workflow for an order with pictures, or for one without. */
  private async runsFor(hasPictures: boolean): Promise<WorkflowRuns> {
    if (!hasPictures || (await this.files?.read(editFileOf(this.name))) === undefined) {
      return this.own;
    }
    return this.edit;
  }
}

function referencesIn({ bindings }: BoundWorkflow): number {
  return bindings.places.references.length;
}

function onlyAfterPictures(name: string): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t('{0} only draws after other pictures, and there is none here. Nothing was sent.', name),
    {
      advice: t(
        'Choose a workflow that draws from words alone, and name this one after it: {0}.',
        'flux.json, flux.edit.json',
      ),
    },
  );
}
