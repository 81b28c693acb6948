import { cancelledError, ScenewrightError, type ErrorCode } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { alternatives, firstFew, listed } from '../../base/lists.ts';
import { exceedsBudget, isFree, type Bill } from '../../money/budget.ts';
import {
  nearestLength,
  promptLength,
  type RenderProblem,
  type PlannedClip,
} from '../../jobs/preflight.ts';
import type { ClipPrice } from '../../money/price.ts';
import { choicesWords, type RenderChoices } from '../../studios/choices.ts';
import type { StudioCapabilities } from '../../studios/port.ts';
import { strangerWords } from '../consent/agreement.ts';
import { isStranger, type Caller } from '../commands/caller.ts';
import { formatBytes, formatMoney, formatSeconds } from '../ui/format.ts';
import { budgetError, budgetWords, costWords } from '../jobs/order-budget.ts';
import { askAmong } from '../ui/window.ts';

/** Scenes of one sentence that are named one by one; more are only counted. */
const namedScenes = 12;

/** Everything that the question before an order is made of. */
export interface RenderPlan {
  /** Each as often as it is ordered. */
  readonly clips: readonly PlannedClip[];
  /** So many of each scene, where they are wanted beside those that there are. */
  readonly takes: number | undefined;
  /** What is sent with the prompts. */
  readonly instruction: string | undefined;
  /** The studio with its model and, where it is not the usual one, its address. */
  readonly studio: string;
  readonly capabilities: StudioCapabilities;
  /** What is asked for beside the prompts, of each scene that asks for anything. */
  readonly choices: readonly RenderChoices[];
  readonly price: ClipPrice | undefined;
  readonly bill: Bill;
  /** Whether each clip is enlarged at the studio as well. */
  readonly upscale: boolean;
  /** What there is to know of clips that go on from others, one sentence each. */
  readonly chains: readonly string[];
  /** What stands against it, though the writer may want it all the same. */
  readonly concerns: readonly Concern[];
  /** Numbers of scenes without a first frame, which are ordered all the same if the writer wants that. */
  readonly doubtful: readonly number[];
  /** What is left out of the order, in a sentence. */
  readonly leftOut: string | undefined;
  /** What else may be done first. */
  readonly ways: readonly OtherWay[];
}

/** Something to do in the place of an order, as a button beside the yes. */
export interface OtherWay {
  readonly label: string;
  readonly go: () => void;
}

/** Something that only the writer can decide. */
export interface Concern {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What a studio would refuse, in sentences that name the scenes. */
export function problemWords(
  problem: RenderProblem,
  studio: string,
  note: string | undefined,
): readonly string[] {
  switch (problem.kind) {
    case 'seconds': {
      const byLength = Map.groupBy(problem.clips, ({ seconds }) => seconds);
      return [
        ...[...byLength].map(([seconds, clips]) =>
          clips.length === 1
            ? t(
                'Scene {0} is {1} s long; {2} renders {3} s.',
                scenesOf(clips),
                seconds,
                studio,
                lengthsOf(problem.allowed),
              )
            : t(
                'Scenes {0} are {1} s long; {2} renders {3} s.',
                scenesOf(clips),
                seconds,
                studio,
                lengthsOf(problem.allowed),
              ),
        ),
        note ?? '',
      ].filter((sentence) => sentence !== '');
    }
    case 'aspect':
      return [
        t(
          '{0} cannot render {1}, only {2}: change the aspect in the front matter, or choose another studio.',
          studio,
          problem.clips[0]?.aspect ?? '',
          listed(problem.allowed),
        ),
      ];
    case 'prompt':
      return problem.clips.map((clip) =>
        t(
          'What scene {0} asks for has {1} characters with the looks of its place and cast; {2} takes {3}. Shorten its prompt or the looks.',
          clip.number,
          promptLength(clip.prompt),
          studio,
          problem.allowed,
        ),
      );
  }
}

/** The lengths that would do, by the scene's number; none where no length would. */
export function lengthsThatFit(problems: readonly RenderProblem[]): ReadonlyMap<number, number> {
  const lengths = new Map<number, number>();
  for (const problem of problems) {
    if (problem.kind !== 'seconds') continue;
    for (const { number, seconds } of problem.clips) {
      const fitting = nearestLength(seconds, problem.allowed);
      if (fitting !== undefined) lengths.set(number, fitting);
    }
  }
  return lengths;
}

/** The button that gives scenes these lengths. */
export function lengthsLabel(lengths: ReadonlyMap<number, number>): string {
  const [seconds = 0, ...others] = new Set(lengths.values());
  const [number = 0] = lengths.keys();
  if (lengths.size === 1) return t('Set Scene {0} to {1} s', number, seconds);
  return others.length === 0
    ? t('Set These Scenes to {0} s', seconds)
    : t('Set the Nearest Lengths');
}

/**
 * The one question before money is spent: everything that there is to know, in one message.
 *
 * @throws ScenewrightError as {@link agreeToOrder}
 */
export async function agreeToRender(plan: RenderPlan, caller: Caller): Promise<void> {
  const { bill, concerns, clips, doubtful, ways } = plan;
  const seconds = formatSeconds(clips.reduce((sum, clip) => sum + clip.seconds, 0));
  const question = questionOf(plan, seconds);
  await agreeToOrder(
    {
      bill,
      concerns,
      question,
      detail: detailOf(plan),
      yes: doubtful.length === 0 ? t('Render') : t('Render Without Stills'),
      ways,
    },
    caller,
  );
}

/** An order as it is asked about. */
export interface OrderQuestion extends Pick<RenderPlan, 'bill' | 'concerns'> {
  readonly question: string;
  /** All that there is to know but the concerns, one line each. */
  readonly detail: readonly string[];
  /** The button that stands for yes. */
  readonly yes: string;
  /** What may be done in its place. */
  readonly ways?: readonly OtherWay[];
}

/**
 * Let the writer decide on an order. Nothing is asked where nothing is to be paid and nothing stands against it.
 *
 * @throws ScenewrightError `cancelled` where the writer does not want it, or goes another way; where they did not choose
 * it themselves and nothing is confirmed, the code of the first concern, `budget` above all
 */
export async function agreeToOrder(order: OrderQuestion, caller: Caller): Promise<void> {
  const { bill, concerns, question, yes, ways = [] } = order;
  if (caller.trusted && caller.confirmed) return;
  if (!caller.interactive && !caller.confirmed) {
    if (exceedsBudget(bill)) throw budgetError(bill);
    const [first] = concerns;
    if (first !== undefined) {
      throw new ScenewrightError(
        first.code,
        t(
          'Nothing was handed in. {0} Pass “confirmed: true” to render all the same.',
          concerns.map(({ message }) => message).join(' '),
        ),
      );
    }
    if (caller.trusted) return;
  }
  if (isFree(bill) && concerns.length === 0) return;
  const detail = [
    ...order.detail,
    ...concerns.map(({ message }) => message),
    ...(isStranger(caller) ? [strangerWords()] : []),
  ];
  // What costs less comes first.
  const answer = await askAmong(question, detail, ...ways.map(({ label }) => label), yes);
  if (answer === yes) return;
  ways.find(({ label }) => label === answer)?.go();
  throw cancelledError(t('The order'));
}

function questionOf({ clips, takes, studio }: RenderPlan, seconds: string): string {
  const [first, ...others] = new Set(clips.map(({ number }) => number));
  if (first === undefined || others.length > 0) {
    return takes === undefined || takes === 1
      ? t('Render {0} scenes ({1}) with {2}?', clips.length, seconds, studio)
      : t(
          'Render {0} takes of each of {1} scenes ({2} in all) with {3}?',
          takes,
          others.length + 1,
          seconds,
          studio,
        );
  }
  if (takes === undefined) return t('Render scene {0} ({1}) with {2}?', first, seconds, studio);
  return takes === 1
    ? t('Render another take of scene {0} ({1}) with {2}?', first, seconds, studio)
    : t('Render {0} takes of scene {1} ({2} in all) with {3}?', takes, first, seconds, studio);
}

function detailOf(plan: RenderPlan): readonly string[] {
  const { bill, capabilities, choices, instruction, leftOut, price, studio, upscale } = plan;
  const rate = rateOf(price);
  const cost = isFree(bill) ? undefined : costWords(bill.expected);
  return [
    ...(cost === undefined ? [] : [rate === undefined ? cost : `${cost} ${rate}`]),
    ...(upscale
      ? [t('Each clip is then enlarged to 4K there, at a price that is not known here.')]
      : []),
    ...(instruction === undefined ? [] : [t('With the instruction: {0}', instruction)]),
    ...(leftOut === undefined ? [] : [leftOut]),
    ...choicesWords(choices, capabilities.takes, studio),
    ...plan.chains,
    ...(capabilities.note === undefined ? [] : [capabilities.note]),
    ...(isFree(bill) ? [] : budgetWords(bill)),
  ];
}

/** `($0.40 a second.)` */
function rateOf(price: ClipPrice | undefined): string | undefined {
  if (price === undefined) return undefined;
  const { currency, perClip, perSecond } = price;
  const rate = (amount: number): string => formatRate({ currency, amount });
  if (perClip > 0 && perSecond > 0) {
    return t('{0} a clip and {1} a second.', rate(perClip), rate(perSecond));
  }
  if (perClip > 0) return t('{0} a clip.', rate(perClip));
  return perSecond > 0 ? t('{0} a second.', rate(perSecond)) : undefined;
}

/** Prices of a second may be fractions of a cent. */
function formatRate({ currency, amount }: { currency: string; amount: number }): string {
  const isWhole = Number.isInteger(Math.round(amount * 1e6) / 1e4);
  return formatMoney({ currency, amount }, isWhole ? undefined : 4);
}

/** That the disk may not hold what is to come. */
export function diskConcern(needed: number, free: number): Concern {
  return {
    code: 'disk',
    message: t(
      'The clips may need up to {0}, and {1} are free where they go. Free some space, or choose another folder in scenewright.downloads.folder.',
      formatBytes(needed),
      formatBytes(free),
    ),
  };
}

function scenesOf(clips: readonly PlannedClip[]): string {
  return firstFew(
    clips.map(({ number }) => number),
    namedScenes,
  );
}

/** `1–30` for whole ranges, else `4, 6 or 8`. */
function lengthsOf(seconds: readonly number[]): string {
  const first = seconds[0] ?? 0;
  const isRange = seconds.length > 2 && seconds.every((value, index) => value === first + index);
  return isRange ? `${first}–${seconds.at(-1) ?? first}` : alternatives(seconds);
}
