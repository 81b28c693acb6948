import { randomInt } from 'node:crypto';
import path from 'node:path';
import type * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { lazily } from '../../base/lazily.ts';
import { chargesOfClips } from '../../money/price.ts';
import type { Charge } from '../../money/money.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { JobRecord, NewJob } from '../../jobs/job.ts';
import { diskSpaceIn } from '../../downloads/disk-space.ts';
import { priceOf } from '../../money/price.ts';
import { expectedBytes } from '../../jobs/preflight.ts';
import { chainedTo } from '../../script/chained.ts';
import type { SceneId } from '../../script/script-model.ts';
import { largestSeed } from '../../script/script-model.ts';
import { sceneLabel } from '../../script/render/script-words.ts';
import { pictureHash, shownPictures } from '../../script/picture-text.ts';
import type { StudioCapabilities } from '../../studios/port.ts';
import type { AccountNotices } from '../accounts/account-notices.ts';
import type { Caller } from '../commands/caller.ts';
import { clipTarget, targetById, workspaceRoot } from '../jobs/scene-clips.ts';
import { droppedPictures, picturesToCome } from './order-pictures.ts';
import { refusal, type Selection } from './render-refusal.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import { capabilitiesOf, priceOfClips } from './known-studio.ts';
import { chainsOf, chainWords, type Chained } from './chain-plan.ts';
import { choicesFor } from './render-choices.ts';
import { SceneOrders, type SceneOrder } from './scene-orders.ts';
import { agreeToRender, diskConcern, type Concern } from './render-question.ts';
import {
  countDrawing,
  gateConcerns,
  isWithoutFrame,
  leftOutWords,
  throughGate,
  waysToStills,
  type Gate,
} from './still-gate.ts';
import { refuseTwin, type OpenScripts } from '../script/open-scripts.ts';
import { studioName, type ChosenStudio } from '../accounts/services.ts';
import { settings } from '../settings.ts';
import type { TakeWish } from './take-wish.ts';
import { WhatToRender, type Selected, type Step } from './what-to-render.ts';
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

/** What is to be rendered. */
export interface RenderOrder {
  /** Numbers of the scenes in the document, from 1. Left out: all that are missing or stale. */
  readonly scenes: readonly number[] | undefined;
  /** Absent where the clips that are here, or on their way, will do. */
  readonly wish: TakeWish | undefined;
}

/** What has come of an order. */
export interface RenderOutcome {
  /** Ids of the jobs that are at work on the selection; none where there was nothing to do. */
  readonly jobs: readonly string[];
  /** Which scenes were left out, because they have no first frame. */
  readonly gate: Pick<Gate<unknown>, 'leftOut' | 'behind'>;
  /** How many scenes of the selection have their first frames on the way. */
  readonly drawing: number;
}

/**
 * Render scenes of a script: the ones named by number, else all that have no clip or a stale one.
 *
 * The whole selection is checked, and agreed to where it costs money, before the first job is handed
 * in. And nothing is paid for twice: a picture that is here or on its way is not asked for again, and one
 * that was rendered but could not be fetched is fetched, not rendered. Another take is ordered only for
 * who wishes for it: by its {@link TakeWish}, or a person who names a scene whose clip they see.
 *
 * Scenes without a first frame are told of, or left out, by the writer's setting for stills, but for those that
 * begin with the last frame of the clip before.
 *
 * @returns what is at work on the selection, and what was left out of it
 * @throws ScenewrightError that names everything that stands against it; then nothing was handed in
 */
export async function renderScenes(
  tools: RenderTools,
  document: vscode.TextDocument,
  { scenes: numbers, wish }: RenderOrder,
  caller: Caller,
): Promise<RenderOutcome> {
  const script = tools.scripts.parse(document);
  tools.jobs.refresh(); // What has been handed in a moment ago counts, whether or not it was told yet.
  const what = new WhatToRender(script, document.uri, tools.jobs);
  const selected =
    numbers === undefined
      ? what.missingOrStale()
      : allOrProblems(
          [...new Set(numbers)].sort((a, b) => a - b),
          (number) => what.named(number),
        );
  const plans = allOrProblems(selected, (scene): { scene: Selected; step: Step } => {
    refuseTwin(script, scene.number);
    if (wish !== undefined) return { scene, step: { kind: 'render', another: true } };
    return { scene, step: what.stepFor(scene, caller.interactive && numbers !== undefined) };
  });
  const fresh = plans.flatMap(({ scene, step }): Ordered[] =>
    step.kind === 'render' ? [{ ...scene, another: step.another }] : [],
  );
  const underWay = new Map(
    plans.flatMap(({ scene, step }) => {
      const job = 'job' in step ? tools.jobs.job(step.job) : undefined;
      return job === undefined ? [] : [[scene.number, job] as const];
    }),
  );
  const plan = { document, script, what, fresh, underWay, numbers, wish };
  const order = lazily(() => orderPlan(tools, plan));
  const stills = settings.video.stills.value;
  // Where every scene has what it begins with, nobody has to be asked for the gate.
  const mayChain =
    stills !== 'off' &&
    fresh.some((one) => isWithoutFrame(one) && chainedTo(script, one.number) !== undefined);
  const gate = throughGate(fresh, stills, caller, mayChain ? (await order()).chains : new Map());
  const drawing = countDrawing(fresh, what.clipOf);
  const requests =
    gate.through.length === 0
      ? []
      : await checkedRequests(tools, { ...plan, ...(await order()), gate, drawing }, caller);

  const ids = plans.flatMap(({ step }) => (step.kind === 'running' ? step.job : []));
  for (const { step } of plans) {
    if (step.kind === 'fetch') ids.push((await tools.manager.retry(step.job)).id);
  }
  if (requests.length > 0) ids.push(...(await tools.manager.enqueue(requests)).map(({ id }) => id));
  return { jobs: ids, gate, drawing };
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

interface Ordered extends Selected {
  /** Beside a clip that shows the very same. */
  readonly another: boolean;
}

interface FreshScenes extends Selection {
  readonly what: WhatToRender;
  /** All that are to be ordered if the gate lets them through. */
  readonly fresh: readonly Ordered[];
  /** The jobs that are at work on the rest of the selection, by the scene's number. */
  readonly underWay: ReadonlyMap<number, JobRecord>;
}

/** What scenes are ordered with. */
interface OrderPlan {
  readonly chosen: ChosenStudio;
  readonly capabilities: StudioCapabilities;
  /** What their clips go on from if all of them are ordered, by number. */
  readonly chains: ReadonlyMap<number, Chained>;
}

interface RenderSelection extends FreshScenes, OrderPlan {
  readonly gate: Gate<Ordered>;
  /** How many scenes have their first frames on the way. */
  readonly drawing: number;
}

async function orderPlan(
  tools: RenderTools,
  { script, what, fresh, underWay }: FreshScenes,
): Promise<OrderPlan> {
  const chosen = await tools.chosen();
  const { studio, terms } = chosen;
  // The animatic draws what the scene says, and there is nothing to choose.
  const choices = terms === undefined ? undefined : choicesFor(script);
  const capabilities = await capabilitiesOf(chosen, choices);
  const ordered = new Set(fresh.map(({ number }) => number));
  const chains = await chainsOf(script, [...ordered], {
    studio,
    takes: capabilities.pictures,
    clipOf: what.clipOf,
    ordered,
    underWay,
  });
  return { chosen, capabilities, chains };
}

/** The pre-flight of the whole selection, and what is handed in when it holds and is agreed to. */
async function checkedRequests(
  tools: RenderTools,
  selection: RenderSelection,
  caller: Caller,
): Promise<NewJob[]> {
  const { document, script, gate, drawing, wish, chosen, capabilities } = selection;
  const { through, doubtful, leftOut } = gate;
  const { studio, accounts, terms } = chosen;
  const orders = new SceneOrders(document, script, through, wish?.instruction);
  const problems = orders.problems(capabilities);
  if (problems.length > 0) throw refusal(selection, problems, studio, capabilities);

  const passed = new Set(through.map(({ number }) => number));
  const chains = new Map([...selection.chains].filter(([number]) => passed.has(number)));
  const chained = new Set(
    [...chains].flatMap(([number, { from }]) => (from === undefined ? [] : number)),
  );
  const scenes = await orders.read(chosen, capabilities.pictures, chained);
  const price = accounts.length === 0 ? undefined : priceOfClips(capabilities);
  const takesSeed = terms !== undefined && capabilities.takes?.seed === true;
  const takes = wish?.takes ?? 1;
  const places = await placesOf(tools, selection);
  // Of several takes the last one will count.
  const lastOf = (number: number): number =>
    (scenes.findIndex((order) => order.number === number) + 1) * takes - 1;
  const requests = scenes.flatMap((order, index) =>
    Array.from({ length: takes }, (): NewJob => {
      const { node, another } = order.of;
      const { link, from } = chains.get(order.number) ?? {};
      const seed = another ? (wish?.seed ?? (takesSeed ? randomSeed() : undefined)) : undefined;
      const own =
        terms === undefined || seed === undefined ? order.choices : { ...order.choices, seed };
      return {
        ...orderOf(selection, chosen, order),
        takenPictures: capabilities.pictures ?? {},
        file: places[index] ?? '',
        another,
        ...defined({
          choices: own,
          instruction: wish?.instruction,
          price: priceOf(price, order.seconds),
          isOwnPrice: price !== undefined && price !== capabilities.price ? true : undefined,
          takesBefore: selection.what.takesBefore(node),
          chain: link,
          after: from !== undefined && 'job' in from ? from.job.id : undefined,
          follows: from !== undefined && 'ordered' in from ? lastOf(from.ordered) : undefined,
        }),
      };
    }),
  );
  const clips = scenes.flatMap((clip) => Array.from({ length: takes }, () => clip));
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
      takes: through.some(({ another }) => another) ? takes : undefined,
      instruction: wish?.instruction,
      studio: studioName(chosen),
      capabilities,
      choices: scenes.map(({ of: { another }, choices: { seed, ...others } = {} }) => {
        // Of another take that begins from a new seed there is none to name.
        const named = another ? wish?.seed : seed;
        return { ...others, ...defined({ seed: named }) };
      }),
      price,
      bill: tools.budget.bill(charges),
      upscale: paidUpscale,
      doubtful,
      leftOut: leftOut.length === 0 ? undefined : leftOutWords(gate),
      ways: doubtful.length === 0 ? [] : waysToStills(document.uri.toString(), doubtful),
      chains: chainWords(chains, studioName(chosen)),
      concerns: [
        ...gateConcerns(doubtful, drawing),
        ...picturesToCome(tools.jobs, document.uri, script, through, capabilities.pictures),
        ...droppedPictures(scenes, studioName(chosen)),
        ...refusedAccounts(tools, accounts),
        ...(await diskConcerns(requests, expectedBytes(clips, enlarges))),
      ],
    },
    caller,
  );
  return requests;
}

/** What is the same for each take of a scene. */
function orderOf(
  { document, script }: Selection,
  { studio, accounts, terms }: ChosenStudio,
  { of: { node }, number, prompt, pictures }: SceneOrder,
): Omit<NewJob, 'file'> {
  const { scene } = node;
  const { style, aspect } = script.brief;
  const shown = shownPictures(pictures.filter(({ dropped }) => dropped !== true));
  return {
    script: document.uri.toString(),
    scriptTitle: script.title,
    scene,
    number,
    sceneLabel: sceneLabel(script, number),
    style,
    aspect,
    prompt,
    pictureHash: pictureHash(scene, script.bible, style, aspect, shown),
    studio: studio.id,
    accounts: accounts.map(({ id }) => id),
    ...defined({ terms, pictures: pictures.length === 0 ? undefined : pictures }),
    root: workspaceRoot(document.uri),
  };
}

async function placesOf(
  tools: RenderTools,
  { document, gate }: RenderSelection,
): Promise<readonly string[]> {
  return await Promise.all(
    gate.through.map(({ node, number }) => freeTarget(tools, document.uri, number, node.scene.id)),
  );
}

function randomSeed(): number {
  return randomInt(0, largestSeed + 1);
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
