import type { Clock } from '../../base/clock.ts';
import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { bodyIn } from '../../net/service-words.ts';
import { field, items, text } from '../answer.ts';
import type {
  ClipSource,
  PollAnswer,
  RemoteJob,
  RenderRequest,
  StudioCapabilities,
} from '../port.ts';
import type { ServiceCall } from '../service.ts';
import type { WorkspaceFiles } from '../workspace-files.ts';
import { filledWorkflow, promptIdOf, type Filling } from './filled-workflow.ts';
import { fileOf, nothingMadeWords, readHistoryEntry, type Made } from './history-entry.ts';
import { nodeErrorWords, nodeErrorsIn } from './node-errors.ts';
import { ServerFacts, queueIn } from './server-facts.ts';
import { uploadedPictures } from './uploaded-pictures.ts';
import { boundWorkflow } from './workflow-file.ts';
import { shapeOf, type BoundWorkflow } from './workflow-shape.ts';

/** What a run is ordered with. */
export type RunRequest = Filling & Pick<RenderRequest, 'pictures'>;

/**
 * Runs of one workflow of the writer's at servers of ComfyUI. The workflow is read anew each time, so
 * that what is corrected in it, or in its file of bindings, holds from then on.
 */
export class WorkflowRuns {
  private readonly files: WorkspaceFiles | undefined;
  private readonly name: string;
  private readonly made: Made;
  private readonly facts: ServerFacts;

  /**
   * @param name the workflow's path in the workspace
   * @param made what it is run for
   */
  constructor(files: WorkspaceFiles | undefined, name: string, clock: Clock, made: Made = 'video') {
    this.files = files;
    this.name = name;
    this.made = made;
    this.facts = new ServerFacts(clock);
  }

  /** The workflow and where things go in it; @throws ScenewrightError as `boundWorkflow` */
  async bound(): Promise<BoundWorkflow> {
    return await boundWorkflow(this.files, this.name, this.made);
  }

  /** @param usualSeconds clip lengths where nothing tells */
  async capabilities(
    call: ServiceCall,
    usualSeconds: readonly number[],
  ): Promise<StudioCapabilities> {
    const bound = await this.bound();
    return shapeOf(bound, await this.facts.info(call, bound), usualSeconds);
  }

  /** The version of a server and the device that it runs on. */
  async meet(call: ServiceCall): Promise<string> {
    const answer = await call.look(call.address('/system_stats'));
    if (answer.status === 401 || answer.status === 403) throw call.refusal(answer);
    const body = bodyIn(answer.text);
    const isGood = answer.status >= 200 && answer.status <= 299;
    if (!isGood || field(body, 'system') === undefined) throw notComfyUi(call, answer.status);
    const version = text(field(body, 'system', 'comfyui_version'));
    const device = text(field(items(field(body, 'devices'))[0], 'name'));
    const name = version === undefined ? 'ComfyUI' : `ComfyUI ${version}`;
    return call.quoted(device === undefined ? name : `${name}, ${device}`) ?? name;
  }

  async begin(call: ServiceCall, request: RunRequest): Promise<RemoteJob> {
    const bound = await this.bound();
    const { workflow, bindings } = bound;
    const info = await this.facts.info(call, bound);
    const isDrawn = this.made === 'picture';
    const pictures =
      request.pictures && (await uploadedPictures(call, request.pictures, bound.bindings, isDrawn));
    const prompt = filledWorkflow(bound, info, { ...request, ...defined({ uploaded: pictures }) });
    // Servers that take a name for a run give it that one, so that it can be found if the answer is lost.
    const wanted = promptIdOf(request.jobId);
    const body = { prompt, client_id: 'scenewright', prompt_id: wanted };
    let answer: unknown;
    try {
      answer = await call.order('/prompt', { json: body }, {}, (said) =>
        nodeErrorsIn(said, workflow),
      );
    } catch (error) {
      if (!(error instanceof ScenewrightError)) throw error;
      const { status, code } = error;
      if (status === 404 || status === 405) throw notComfyUi(call, status, error);
      if (code !== 'unclear' || !(await this.wasTaken(call, wanted))) throw error;
      answer = { prompt_id: wanted };
    }
    const faults = call.quoted(nodeErrorWords(answer, workflow));
    return call.taken(call.named(answer), defined({ output: bindings.output, faults }));
  }

  /** A run that may have been ordered, where the server has it under the name that was wished for. */
  async recover(call: ServiceCall, jobId: string): Promise<RemoteJob | undefined> {
    const id = promptIdOf(jobId);
    if (!(await this.wasTaken(call, id))) return undefined;
    // It goes on whatever has become of its workflow here.
    const output = await this.bound().then(
      ({ bindings }) => bindings.output,
      () => undefined,
    );
    return call.taken(id, defined({ output }));
  }

  async poll(call: ServiceCall, job: RemoteJob): Promise<PollAnswer> {
    const address = historyOf(call, job);
    return await call.poll(address, async (answer) => {
      const known = this.standing(call, job, answer);
      if (known !== undefined) return known;
      const queue = call.address('/queue', job);
      const isThere = await this.facts.queues.has(queue, job.remoteId, () => call.ask(queue));
      if (isThere === undefined) throw notComfyUi(call);
      if (isThere) {
        const ahead = this.facts.queues.ahead(queue, job.remoteId);
        return { state: 'rendering', ...defined({ ahead }) };
      }
      // It may have ended between the two looks.
      return this.standing(call, job, await call.ask(address)) ?? lost(call);
    });
  }

  /** What a finished run has made. */
  async result(call: ServiceCall, job: RemoteJob): Promise<ClipSource> {
    const answer = await call.ask(historyOf(call, job));
    const entry = readHistoryEntry(field(answer, job.remoteId));
    const made = fileOf(this.made, entry, job.data?.output);
    if (made === undefined) return call.clipOrFail(undefined, answer);
    const { filename, subfolder, type } = made;
    const query = new URLSearchParams({ filename, subfolder, type });
    return call.source(call.address(`/view?${query.toString()}`, job));
  }

  /** What waits is taken out of the queue; what runs is interrupted, and nothing else is. */
  async cancel(call: ServiceCall, job: RemoteJob): Promise<void> {
    const queue = call.address('/queue', job);
    await call.cancel(queue, 'POST', { delete: [job.remoteId] });
    const { text: told } = await call.look(queue);
    if (queueIn(bodyIn(told))?.running.includes(job.remoteId) !== true) return;
    // Servers that do not know the name stop what runs, which is ours.
    await call.cancel(call.address('/interrupt', job), 'POST', { prompt_id: job.remoteId });
  }

  /** How a run stands by the server's history; `undefined` where it is not in there. */
  private standing(call: ServiceCall, job: RemoteJob, answer: unknown): PollAnswer | undefined {
    const told = field(answer, job.remoteId);
    if (told === undefined) return undefined;
    const entry = readHistoryEntry(told);
    switch (entry.standing) {
      case 'running':
        return call.told({ status: entry.state });
      case 'interrupted':
        return { state: 'cancelled' };
      case 'failed':
        return call.failed({ error: entry.reason });
      case 'done': {
        if (fileOf(this.made, entry, job.data?.output) !== undefined) {
          return { state: 'ready', ...defined({ ranMs: entry.ranMs }) };
        }
        const words = [nothingMadeWords(this.made, entry), job.data?.faults];
        return call.failed({ error: words.filter(Boolean).join('; ') });
      }
    }
  }

  /** Whether a run whose answer was lost is at the server under the name that was wished for. */
  private async wasTaken(call: ServiceCall, id: string): Promise<boolean> {
    try {
      const history = await call.ask(call.address(`/history/${id}`));
      if (field(history, id) !== undefined) return true;
      const queue = call.address('/queue');
      return (await this.facts.queues.has(queue, id, () => call.ask(queue))) === true;
    } catch {
      return false;
    }
  }
}

function historyOf(call: ServiceCall, job: RemoteJob): string {
  return call.address(`/history/${encodeURIComponent(job.remoteId)}`, job);
}

function lost({ host, words }: ServiceCall): PollAnswer {
  return { state: 'expired', reason: host.say(words.forgotten) };
}

function notComfyUi(call: ServiceCall, status?: number, cause?: unknown): ScenewrightError {
  const fact = call.host.say((host) => t('It is not ComfyUI that answers at {0}.', host));
  return new ScenewrightError('bad-answer', fact, {
    status,
    cause,
    advice: t('Its address is that of its page in the browser, such as http://127.0.0.1:8188.'),
  });
}
