import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import { rangesOf } from '../../base/number-ranges.ts';
import type { SceneNode } from '../../script/parse/parsed-script.ts';
import { chosenByHand, type Caller } from '../commands/caller.ts';
import type { SceneClip } from '../jobs/scene-clips.ts';
import { showInformation } from '../ui/window.ts';
import type { Chained } from './chain-plan.ts';
import { scenesWords } from './order-pictures.ts';
import type { Concern, OtherWay } from './render-question.ts';
import type { Selected } from './what-to-render.ts';

/** What is asked of a scene before its clip is ordered: nothing, to be told, or that it has its first frame. */
export type StillsSetting = 'off' | 'ask' | 'required';

/** Scenes on their way to an order, as the first frames allow it. */
export interface Gate<S> {
  /** To be ordered. */
  readonly through: readonly S[];
  /** Numbers of those that are not, because they have no first frame. */
  readonly leftOut: readonly number[];
  /** Numbers of those that are not, because they begin with the last frame of one that is left out. */
  readonly behind: readonly number[];
  /** Numbers of those that are ordered without one only if the writer wants that. */
  readonly doubtful: readonly number[];
}

/**
 * Let scenes through to an order. A first frame that stands in the script is one that the writer approves of, so
 * that is all that counts; a scene that begins with the last frame of the clip before it needs none. A person has
 * those left out that may not be ordered; code has to say what it wants.
 *
 * @param all in the order of the document
 * @param chains what their clips go on from if all of them are ordered, by number
 * @throws ScenewrightError `bad-input` where one may not be ordered, and nobody is there who could be told
 */
export function throughGate<S extends Selected>(
  all: readonly S[],
  stills: StillsSetting,
  { interactive, confirmed }: Caller,
  chains: ReadonlyMap<number, Pick<Chained, 'from'>>,
): Gate<S> {
  const sourceOf = ({ number }: S): Chained['from'] => chains.get(number)?.from;
  const without = all.filter((one) => isWithoutFrame(one) && sourceOf(one) === undefined);
  const numbers = without.map(({ number }) => number);
  if (stills === 'off' || numbers.length === 0) {
    return { through: all, leftOut: [], behind: [], doubtful: [] };
  }
  if (stills === 'required' && interactive) {
    const out = new Set(numbers);
    const behind = all.flatMap((one) => {
      const from = sourceOf(one);
      if (from === undefined || !('ordered' in from) || !out.has(from.ordered)) return [];
      out.add(one.number);
      return one.number;
    });
    const through = all.filter(({ number }) => !out.has(number));
    return { through, leftOut: numbers, behind, doubtful: [] };
  }
  if (stills === 'required' && !confirmed) {
    throw new ScenewrightError(
      'bad-input',
      t(
        'Nothing was handed in. {0} The setting scenewright.video.stills wants one before a clip is ordered. Draw stills, or pass “confirmed: true” to render all the same.',
        withoutWords(numbers),
      ),
    );
  }
  return { through: all, leftOut: [], behind: [], doubtful: numbers };
}

/** Whether nothing that a scene begins with stands in the script. */
export function isWithoutFrame({ node }: Selected): boolean {
  return node.scene.firstFrame === undefined;
}

/** What the writer has to know before scenes are ordered without a first frame. */
export function gateConcerns(doubtful: readonly number[], drawing: number): readonly Concern[] {
  if (doubtful.length === 0) return [];
  const message = [withoutWords(doubtful), ...drawingWords(drawing)].join(' ');
  return [{ code: 'bad-input', message }];
}

/**
 * Tell of scenes that were left out, with the ways to their first frames.
 *
 * @param script its address
 */
export async function tellLeftOut(
  script: string,
  gate: Pick<Gate<unknown>, 'leftOut' | 'behind'>,
  ordered: number,
  drawing: number,
): Promise<void> {
  const ways = waysToStills(script, gate.leftOut);
  const words = [
    ...(ordered === 0 ? [t('Nothing was handed in.')] : []),
    leftOutWords(gate),
    ...drawingWords(drawing),
  ];
  const answer = await showInformation(words.join(' '), ...ways.map(({ label }) => label));
  ways.find(({ label }) => label === answer)?.go();
}

/**
 * The ways out for who would have first frames first.
 *
 * @param uri address of the script
 */
export function waysToStills(uri: string, scenes: readonly number[]): readonly OtherWay[] {
  return [
    {
      label: scenes.length === 1 ? t('Draw Still') : t('Draw Stills'),
      go: () =>
        void vscode.commands.executeCommand(
          'scenewright.drawStills',
          chosenByHand({ uri, scenes: [...scenes] }),
        ),
    },
    {
      label: t('Look at Stills'),
      go: () =>
        void vscode.commands.executeCommand(
          'scenewright.showProgress',
          chosenByHand({ uri, mode: 'contactSheet' }),
        ),
    },
  ];
}

/** How many of these scenes have their first frames on the way. */
export function countDrawing(
  scenes: readonly Selected[],
  clipOf: (node: SceneNode, number: number) => SceneClip,
): number {
  return scenes.filter(
    (one) => isWithoutFrame(one) && clipOf(one.node, one.number).stillJob !== undefined,
  ).length;
}

/** What is told of scenes that are left out, also in the question about the others. */
export function leftOutWords({
  leftOut,
  behind,
}: Pick<Gate<unknown>, 'leftOut' | 'behind'>): string {
  const [only, ...others] = leftOut;
  const words =
    others.length === 0
      ? t('Scene {0} has no first frame yet, so it is left out.', only ?? 0)
      : t('{0} scenes have no first frame yet, so they are left out: {1}.', ...named(leftOut));
  if (behind.length === 0) return words;
  const after = t('What goes on from there without a cut waits as well: {0}.', scenesWords(behind));
  return `${words} ${after}`;
}

function withoutWords(numbers: readonly number[]): string {
  const [only, ...others] = numbers;
  return others.length === 0
    ? t('Scene {0} has no first frame yet; its clip would be made without one.', only ?? 0)
    : t(
        '{0} scenes have no first frame yet; their clips would be made without one: {1}.',
        ...named(numbers),
      );
}

function drawingWords(drawing: number): readonly string[] {
  if (drawing === 0) return [];
  return [
    drawing === 1
      ? t('One still is being drawn now.')
      : t('{0} stills are being drawn now.', drawing),
  ];
}

function named(numbers: readonly number[]): readonly [number, string] {
  const sorted = [...numbers].sort((a, b) => a - b);
  return [numbers.length, listed(rangesOf(sorted, 3))];
}
