import * as vscode from 'vscode';
import { ScenewrightError } from '../base/errors.ts';
import type { JobManager } from '../jobs/manager.ts';
import { finalStates, type JobRecord, type NewJob } from '../jobs/model.ts';
import type { ParsedScript, SceneNode } from '../script/parse.ts';
import { pictureHash, pictureText } from '../script/picture.ts';
import type { StudioCapabilities, VideoStudio } from '../studios/port.ts';
import { clipOf, clipTarget, isSamePicture, workspaceRoot } from './clips.ts';
import type { JobIndex } from './job-index.ts';
import { refuseTwin, requireId, type Scripts } from './scripts.ts';

export interface RenderTools {
  readonly scripts: Scripts;
  readonly manager: JobManager;
  readonly jobs: JobIndex;
  /** The studio of the settings and the account it will use; throws where either is missing. */
  readonly chosen: () => Promise<{ studio: VideoStudio; account?: string }>;
  readonly secret: (account: string) => Promise<string | undefined>;
}

interface Selected {
  readonly node: SceneNode;
  readonly number: number;
}

/**
 * Render scenes of a script: the ones named by number, else all that have no clip or a stale one.
 *
 * The whole selection is checked before the first job is handed in, because that may cost money. And
 * nothing is paid for twice: a picture that is on its way is not asked for again, and one that was
 * rendered but could not be fetched is fetched, not rendered.
 *
 * @returns ids of the jobs that are at work on the selection; none when there was nothing to do.
 */
export async function renderScenes(
  tools: RenderTools,
  document: vscode.TextDocument,
  numbers: readonly number[] | undefined,
): Promise<readonly string[]> {
  const script = tools.scripts.parse(document);
  tools.jobs.refresh(); // What has been handed in a moment ago counts, whether or not it was told yet.
  const selected =
    numbers === undefined
      ? missingOrStale(tools, document.uri, script)
      : numbers.map((number) => named(script, number));
  for (const { number } of selected) refuseTwin(script, number);
  const plans = selected.map((scene) => ({
    scene,
    step: stepFor(tools, document.uri, script, scene),
  }));
  const fresh = plans.flatMap(({ scene, step }) => (step.kind === 'render' ? scene : []));
  const requests = fresh.length === 0 ? [] : await checkedRequests(tools, document, script, fresh);

  const ids = plans.flatMap(({ step }) => (step.kind === 'running' ? step.job : []));
  for (const { step } of plans) {
    if (step.kind === 'fetch') ids.push((await tools.manager.retry(step.job)).id);
  }
  if (requests.length > 0) ids.push(...(await tools.manager.enqueue(requests)).map(({ id }) => id));
  return ids;
}

type Step =
  | { readonly kind: 'render' }
  | { readonly kind: 'running'; readonly job: string }
  | { readonly kind: 'fetch'; readonly job: string };

/** What has to be done to get the clip of a scene as it stands now. */
function stepFor(
  { jobs }: RenderTools,
  uri: vscode.Uri,
  script: ParsedScript,
  { node, number }: Selected,
): Step {
  const job = jobs.ofScene(uri.toString(), node.scene.id);
  if (job === undefined) return { kind: 'render' };
  const isSame = isSamePicture(script, node, job);
  if (!finalStates.has(job.state)) {
    if (isSame) return { kind: 'running', job: job.id };
    throw new ScenewrightError(
      'bad-input',
      vscode.l10n.t(
        'Scene {0} is still being rendered as it was before. Wait for that clip or cancel it; nothing was handed in.',
        number,
      ),
    );
  }
  if (!isSame) return { kind: 'render' };
  // Whether it was taken only the writer can find out, and order it again on its row.
  if (job.state === 'unclear') return { kind: 'running', job: job.id };
  return isStillThere(job) ? { kind: 'fetch', job: job.id } : { kind: 'render' };
}

/** Whether the service has, or is still making, what a job that has ended was for. */
function isStillThere({ state, stage, remote }: JobRecord): boolean {
  const brokeOff = state === 'cancelled' || state === 'failed';
  return brokeOff && remote !== undefined && (stage === 'poll' || stage === 'download');
}

/** The pre-flight of the whole selection, and what is handed in when it holds. */
async function checkedRequests(
  tools: RenderTools,
  document: vscode.TextDocument,
  script: ParsedScript,
  selected: readonly Selected[],
): Promise<NewJob[]> {
  const { studio, account } = await tools.chosen();
  const capabilities = await capabilitiesOf(tools, studio, account);
  const problems = selected.flatMap((scene) => problemsOf(script, scene, capabilities, studio));
  if (problems.length > 0) {
    throw new ScenewrightError(
      'bad-input',
      vscode.l10n.t('Nothing was handed in. {0}', [...new Set(problems)].slice(0, 5).join(' ')),
    );
  }
  const { style, aspect } = script.brief;
  return selected.map(({ node, number }) => ({
    script: document.uri.toString(),
    scriptTitle: script.title,
    scene: node.scene,
    number,
    style,
    aspect,
    prompt: pictureText(node.scene, script.bible, style),
    pictureHash: pictureHash(node.scene, script.bible, style, aspect),
    studio: studio.id,
    ...(account === undefined ? {} : { account }),
    file: clipTarget(document.uri, number, node.scene.id, tools.jobs),
    root: workspaceRoot(document.uri),
  }));
}

function missingOrStale({ jobs }: RenderTools, uri: vscode.Uri, script: ParsedScript): Selected[] {
  return script.scenes.flatMap((node, index) => {
    if (!node.written || node.id === undefined) return [];
    const number = index + 1;
    const { state, job } = clipOf(script, uri, node, number, jobs);
    // Handing in a second render of an unclear one is for the writer alone to decide, on its row.
    if (job?.state === 'unclear') return [];
    return state === 'none' || state === 'stale' || state === 'failed' ? [{ node, number }] : [];
  });
}

function named(script: ParsedScript, number: number): Selected {
  const node = script.scenes[number - 1];
  if (node?.written !== true) {
    throw new ScenewrightError(
      'bad-input',
      vscode.l10n.t('Scene {0} is not written yet, so there is nothing to render.', number),
    );
  }
  requireId(script, number);
  return { node, number };
}

/** Why there was nothing to do for the whole script. */
export function whyNothing(script: ParsedScript): string {
  if (!script.scenes.some(({ written }) => written)) {
    return vscode.l10n.t('There is nothing to render: no scene is written yet.');
  }
  const nameless = script.scenes.flatMap(({ id, written }, index) =>
    written && id === undefined ? [index + 1] : [],
  );
  if (nameless.length > 0) {
    return vscode.l10n.t(
      'These scenes have no id, so no clip can belong to them: {0}. Choose “Write Scenes” once: it puts in what is missing.',
      nameless.join(', '),
    );
  }
  return vscode.l10n.t(
    'There is nothing to render: every written scene has its clip, or a job that is on its way or waits for you.',
  );
}

async function capabilitiesOf(
  tools: RenderTools,
  studio: VideoStudio,
  account: string | undefined,
): Promise<StudioCapabilities> {
  const secret = account === undefined ? undefined : await tools.secret(account);
  return studio.capabilities({
    ...(secret === undefined ? {} : { secret }),
    signal: AbortSignal.timeout(30_000),
  });
}

function problemsOf(
  script: ParsedScript,
  { node, number }: Selected,
  capabilities: StudioCapabilities,
  studio: VideoStudio,
): string[] {
  const problems: string[] = [];
  if (!capabilities.seconds.includes(node.scene.seconds)) {
    problems.push(
      vscode.l10n.t(
        'Scene {0} is {1} s long; {2} renders {3} s.',
        number,
        node.scene.seconds,
        studio.label,
        rangeOf(capabilities.seconds),
      ),
    );
  }
  if (!capabilities.aspects.includes(script.brief.aspect)) {
    problems.push(vscode.l10n.t('{0} cannot render {1}.', studio.label, script.brief.aspect));
  }
  return problems;
}

/** `1–30` for whole ranges, else the list. */
function rangeOf(seconds: readonly number[]): string {
  const first = seconds[0] ?? 0;
  const isRange = seconds.length > 2 && seconds.every((value, index) => value === first + index);
  return isRange ? `${first}–${seconds.at(-1) ?? first}` : seconds.join(', ');
}
