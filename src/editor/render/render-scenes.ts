import path from 'node:path';
import type * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { chargesOfClips } from '../../money/price.ts';
import type { Charge } from '../../money/money.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { NewJob } from '../../jobs/job.ts';
import { isClipAtService, isOver, stateOf } from '../../jobs/job-state.ts';
import { diskSpaceIn } from '../../downloads/disk-space.ts';
import { priceOf } from '../../money/price.ts';
import { expectedBytes, renderProblems } from '../../jobs/preflight.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import { pictureHash, pictureText } from '../../script/picture-text.ts';
import type { AccountNotices } from '../accounts/account-notices.ts';
import type { Caller } from '../commands/caller.ts';
import {
  clipFinder,
  clipTarget,
  isSamePicture,
  targetById,
  workspaceRoot,
} from '../jobs/scene-clips.ts';
import { refusal, type Selection } from './render-refusal.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import { capabilitiesOf, priceOfClips } from './clip-prices.ts';
import { choicesFor } from './render-choices.ts';
import { agreeToRender, diskConcern, type Concern } from './render-question.ts';
import { refuseTwin, requireId, type OpenScripts } from '../script/open-scripts.ts';
import { studioName, type ChosenStudio } from '../accounts/services.ts';
import { settings } from '../settings.ts';
import type { OrderBudget } from '../jobs/order-budget.ts';

export interface RenderTools {
  readonly scripts: OpenScripts;
  readonly manager: JobManager;
  readonly jobs: JobIndex;
  readonly budget: OrderBudget;
  /** The studio of the settings and what it is ordered with; throws where anything is missing. */
  readonly chosen: () => Promise<ChosenStudio>;
  /** What is known of accounts that cannot be used at present. */
  readonly notices: Pick<AccountNotices, 'current'>;
}

interface Selected {
  readonly node: SceneNode;
  readonly number: number;
}

/**
 * Render scenes of a script: the ones named by number, else all that have no clip or a stale one.
 *
 * The whole selection is checked, and agreed to where it costs money, before the first job is handed
 * in. And nothing is paid for twice: a picture that is on its way is not asked for again, and one
 * that was rendered but could not be fetched is fetched, not rendered.
 *
 * @returns ids of the jobs that are at work on the selection; none when there was nothing to do.
 * @throws ScenewrightError that names everything that stands against it; then nothing was handed in
 */
export async function renderScenes(
  tools: RenderTools,
  document: vscode.TextDocument,
  numbers: readonly number[] | undefined,
  caller: Caller,
): Promise<readonly string[]> {
  const script = tools.scripts.parse(document);
  tools.jobs.refresh(); // What has been handed in a moment ago counts, whether or not it was told yet.
  const selected =
    numbers === undefined
      ? missingOrStale(tools, document.uri, script)
      : allOrProblems([...new Set(numbers)], (number) => named(script, number));
  const plans = allOrProblems(selected, (scene) => {
    refuseTwin(script, scene.number);
    return { scene, step: stepFor(tools, document.uri, script, scene) };
  });
  const fresh = plans.flatMap(({ scene, step }) => (step.kind === 'render' ? scene : []));
  const requests =
    fresh.length === 0
      ? []
      : await checkedRequests(tools, { document, script, selected: fresh, numbers }, caller);

  const ids = plans.flatMap(({ step }) => (step.kind === 'running' ? step.job : []));
  for (const { step } of plans) {
    if (step.kind === 'fetch') ids.push((await tools.manager.retry(step.job)).id);
  }
  if (requests.length > 0) ids.push(...(await tools.manager.enqueue(requests)).map(({ id }) => id));
  return ids;
}

/** What `act` makes of each; where it fails for several, all of that is told at once. */
function allOrProblems<T, U>(items: readonly T[], act: (item: T) => U): U[] {
  const errors: ScenewrightError[] = [];
  const made = items.flatMap((item): U[] => {
    try {
      return [act(item)];
    } catch (error) {
      if (!(error instanceof ScenewrightError)) throw error;
      errors.push(error);
      return [];
    }
  });
  const [first, ...others] = errors;
  if (first === undefined) return made;
  if (others.length === 0) throw first;
  const told = new Set(errors.map(({ message }) => message));
  throw new ScenewrightError(first.code, [...told].join(' '));
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
  if (!isOver(job)) {
    if (isSame) return { kind: 'running', job: job.id };
    throw new ScenewrightError(
      'bad-input',
      t(
        'Scene {0} is still being rendered as it was before. Wait for that clip or cancel it; nothing was handed in.',
        number,
      ),
    );
  }
  if (!isSame) return { kind: 'render' };
  // Whether it was taken only the writer can find out, and order it again on its row.
  if (stateOf(job) === 'unclear') return { kind: 'running', job: job.id };
  return isClipAtService(job) ? { kind: 'fetch', job: job.id } : { kind: 'render' };
}

interface RenderSelection extends Selection {
  readonly selected: readonly Selected[];
}

/** The pre-flight of the whole selection, and what is handed in when it holds and is agreed to. */
async function checkedRequests(
  tools: RenderTools,
  selection: RenderSelection,
  caller: Caller,
): Promise<NewJob[]> {
  const { document, script, selected } = selection;
  const chosen = await tools.chosen();
  const { studio, accounts, terms } = chosen;
  // The animatic draws what the scene says, and there is nothing to choose.
  const choices = terms === undefined ? undefined : choicesFor(script);
  const capabilities = await capabilitiesOf(chosen, choices);
  const { style, aspect } = script.brief;
  const clips = selected.map(({ node, number }) => ({
    number,
    seconds: node.scene.seconds,
    aspect,
    prompt: pictureText(node.scene, script.bible, style),
  }));
  const problems = renderProblems(clips, capabilities);
  if (problems.length > 0) throw refusal(selection, problems, studio, capabilities);

  const price = accounts.length === 0 ? undefined : priceOfClips(capabilities);
  const requests = await Promise.all(
    selected.map(async ({ node, number }, index): Promise<NewJob> => {
      const cost = priceOf(price, node.scene.seconds);
      return {
        script: document.uri.toString(),
        scriptTitle: script.title,
        scene: node.scene,
        number,
        style,
        aspect,
        prompt: clips[index]?.prompt ?? '',
        pictureHash: pictureHash(node.scene, script.bible, style, aspect),
        studio: studio.id,
        accounts: accounts.map(({ id }) => id),
        ...(terms === undefined ? {} : { terms }),
        ...(choices === undefined ? {} : { choices }),
        ...(cost === undefined ? {} : { price: cost }),
        file: await freeTarget(tools, document.uri, number, node.scene.id),
        root: workspaceRoot(document.uri),
      };
    }),
  );
  const enlarges = settings.upscale.value === '4k';
  const paidUpscale = enlarges && accounts.length > 0 && studio.upscale !== undefined;
  const charges: readonly Charge[] = [
    ...(accounts.length === 0
      ? []
      : chargesOfClips(
          price,
          clips.map(({ seconds }) => seconds),
        )),
    ...(paidUpscale ? clips.map(() => undefined) : []),
  ];
  await agreeToRender(
    {
      clips,
      studio: studioName(chosen),
      capabilities,
      choices,
      price,
      bill: tools.budget.bill(charges),
      upscale: paidUpscale,
      concerns: [
        ...refusedAccounts(tools, accounts),
        ...(await diskConcerns(requests, expectedBytes(clips, enlarges))),
      ],
    },
    caller,
  );
  return requests;
}

/** Of the same folder in another workspace, other jobs may know other scenes under this name. */
async function freeTarget(
  { jobs, manager }: RenderTools,
  script: vscode.Uri,
  number: number,
  id: SceneId,
): Promise<string> {
  const target = clipTarget(script, number, id, jobs);
  const isTaken = await manager.belongsToAnother(target, id);
  return isTaken ? targetById(target, number, id) : target;
}

/** Accounts of which one still works are no concern: the others are left out by themselves. */
function refusedAccounts(
  { notices }: RenderTools,
  accounts: ChosenStudio['accounts'],
): readonly Concern[] {
  const refused = notices
    .current()
    .filter(({ account, kind }) => kind === 'refused' && accounts.some(({ id }) => id === account));
  return refused.length === 0 || refused.length < accounts.length
    ? []
    : refused.map(({ message }): Concern => ({ code: 'account', message }));
}

async function diskConcerns(
  requests: readonly NewJob[],
  needed: number,
): Promise<readonly Concern[]> {
  const [folder] = requests.map(({ file }) => path.dirname(file));
  const free = folder === undefined ? undefined : (await diskSpaceIn(folder))?.bytes;
  return free === undefined || free >= needed ? [] : [diskConcern(needed, free)];
}

function missingOrStale({ jobs }: RenderTools, uri: vscode.Uri, script: ParsedScript): Selected[] {
  const clipOf = clipFinder(script, uri, jobs);
  return script.scenes.flatMap((node, index) => {
    if (!node.written || node.id === undefined) return [];
    const number = index + 1;
    const { state, job } = clipOf(node, number);
    // Handing in a second render of an unclear one is for the writer alone to decide, on its row.
    if (job !== undefined && stateOf(job) === 'unclear') return [];
    return state === 'none' || state === 'stale' || state === 'failed' ? [{ node, number }] : [];
  });
}

function named(script: ParsedScript, number: number): Selected {
  const node = script.scenes[number - 1];
  if (node?.written !== true) {
    throw new ScenewrightError(
      'bad-input',
      t('Scene {0} is not written yet, so there is nothing to render.', number),
    );
  }
  requireId(script, number);
  return { node, number };
}

/** Why there was nothing to do for the whole script. */
export function whyNothing(script: ParsedScript): string {
  if (!script.scenes.some(({ written }) => written)) {
    return t('There is nothing to render: no scene is written yet.');
  }
  const nameless = script.scenes.flatMap(({ id, written }, index) =>
    written && id === undefined ? [index + 1] : [],
  );
  if (nameless.length > 0) {
    return t(
      'These scenes have no id, so no clip can belong to them: {0}. Choose “Write Scenes” once: it puts in what is missing.',
      nameless.join(', '),
    );
  }
  return t(
    'There is nothing to render: every written scene has its clip, or a job that is on its way or waits for you.',
  );
}
