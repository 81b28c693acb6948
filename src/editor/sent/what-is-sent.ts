import * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { lastFrameOf } from '../../jobs/clip-frames.ts';
import type { JobPicture } from '../../jobs/job-pictures.ts';
import type { Aspect } from '../../script/script-model.ts';
import { namedChoices, type RenderChoices, type TakenChoices } from '../../studios/choices.ts';
import { whyDropped, type TakenPictures } from '../../studios/pictures.ts';
import type { StudioCapabilities } from '../../studios/port.ts';
import { studioName, type ChosenStudio } from '../accounts/services.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import { clipFinder } from '../jobs/scene-clips.ts';
import { chainsOf, chainWords, type Chained } from '../render/chain-plan.ts';
import { capabilitiesOf } from '../render/known-studio.ts';
import { pictureWords } from '../render/order-pictures.ts';
import { choicesFor } from '../render/render-choices.ts';
import { problemWords } from '../render/render-question.ts';
import { SceneOrders, type SceneOrder } from '../render/scene-orders.ts';
import { notWritten } from '../render/what-to-render.ts';
import { refuseTwin, requireId, type OpenScripts } from '../script/open-scripts.ts';

/** The order of a scene as it would go out at this moment. Files are absolute paths, where they really are. */
export interface SentOrder {
  readonly prompt: string;
  readonly seconds: number;
  readonly aspect: Aspect;
  readonly firstFrame?: string;
  readonly lastFrame?: string;
  /** Those that show somebody or something, the one that counts most first. */
  readonly references: readonly { readonly name: string; readonly file: string }[];
  /** What is asked for beside all that, such as `the seed 7, 720p`; empty where that is nothing. */
  readonly asked: string;
  /** What the scene asks for and the model does without, each with why. */
  readonly dropped: readonly string[];
  /** Why it would not go out as it is; empty where nothing stands against it. */
  readonly problems: readonly string[];
  /** The studio with its model; absent where none can be ordered from. */
  readonly studio?: string;
  /** What there is to know beside that, such as that the studio could not say what it takes. */
  readonly note?: string;
}

export interface SentTools {
  readonly scripts: Pick<OpenScripts, 'parse'>;
  readonly jobs: JobIndex;
  /** The studio of the settings; throws where anything is missing. */
  readonly chosen: () => Promise<ChosenStudio>;
}

/** Of a studio that cannot be asked nobody knows what it does without. */
const takesEverything: TakenPictures = {
  firstFrame: true,
  lastFrame: 'alone',
  references: Infinity,
};

/**
 * What would be ordered of a scene, made as the order itself is, and nothing of it handed in. The studio is at
 * most asked what it can do, which costs nothing and is remembered.
 *
 * @param number of the scene in the document, from 1
 * @throws ScenewrightError `bad-input` where there is nothing written
 */
export async function whatIsSent(
  { scripts, jobs, chosen: choose }: SentTools,
  document: vscode.TextDocument,
  number: number,
): Promise<SentOrder> {
  const script = scripts.parse(document);
  const node = script.scenes[number - 1];
  if (node?.written !== true) throw notWritten(number);
  const problems: string[] = [];
  const standsAgainst = (error: unknown): undefined => {
    problems.push(messageFor(error));
  };
  const attempt = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      standsAgainst(error);
    }
  };
  attempt(() => {
    refuseTwin(script, number);
    requireId(script, number);
  });
  const chosen = await choose().catch(standsAgainst);
  let note: string | undefined;
  const capabilities = await (chosen && capabilitiesOf(chosen, choicesFor(script)))?.catch(
    (error: unknown): undefined => {
      note = t(
        'What {0} takes is not known at present, so this is all that the scene asks for. {1}',
        studioName(chosen),
        messageFor(error),
      );
    },
  );
  const orders = new SceneOrders(document, script, [{ node, number }]);
  if (chosen !== undefined && capabilities !== undefined) {
    for (const problem of orders.problems(capabilities)) {
      problems.push(...problemWords(problem, chosen.studio.label, capabilities.note));
    }
  }
  // Of a folder that is not trusted no picture is looked at for an order that cannot be.
  const mayRead = chosen !== undefined || vscode.workspace.isTrusted;
  const takes = capabilities === undefined ? takesEverything : capabilities.pictures;
  const chains = await (chosen &&
    chainsOf(script, [number], {
      studio: chosen.studio,
      takes,
      clipOf: clipFinder(script, document.uri, jobs),
      ordered: new Set(),
      underWay: new Map(),
    }));
  const { from } = chains?.get(number) ?? {};
  const chained = new Set(from === undefined ? [] : [number]);
  const read = mayRead
    ? await orders.read(chosen ?? {}, takes, chained).catch(standsAgainst)
    : undefined;
  const [order] = read ?? orders.clips.map((clip) => ({ ...clip, pictures: [], choices: {} }));
  if (order === undefined) throw notWritten(number);
  return {
    ...defined({ firstFrame: from && 'job' in from ? lastFrameOf(from.job) : undefined }),
    ...sentOrder(order, chosen, capabilities),
    problems,
    ...defined({ note: joined([note ?? capabilities?.note, ...wordsOf(chains, chosen)]) }),
  };
}

function sentOrder(
  { prompt, seconds, aspect, pictures, choices = {} }: Omit<SceneOrder, 'of'>,
  chosen: ChosenStudio | undefined,
  capabilities: StudioCapabilities | undefined,
): Omit<SentOrder, 'problems'> {
  const sent = pictures.filter(({ dropped }) => dropped !== true);
  const frame = (role: JobPicture['role']): string | undefined =>
    sent.find((one) => one.role === role)?.path;
  const { asked, leftOut } = namedChoices(
    [choices],
    capabilities === undefined ? takesAllOf(choices) : capabilities.takes,
  );
  return {
    prompt,
    seconds,
    aspect,
    ...defined({
      firstFrame: frame('firstFrame'),
      lastFrame: frame('lastFrame'),
      studio: chosen && studioName(chosen),
    }),
    references: sent.flatMap(({ role, name = '', path }) =>
      role === 'reference' ? [{ name, file: path }] : [],
    ),
    asked,
    dropped: [
      ...pictures
        .filter(({ dropped }) => dropped === true)
        .map((one) => droppedWords(one, sent, capabilities?.pictures)),
      ...(leftOut === '' ? [] : [t('{0}: the model does not take this', leftOut)]),
    ],
  };
}

function wordsOf(
  chains: ReadonlyMap<number, Chained> | undefined,
  chosen: ChosenStudio | undefined,
): readonly string[] {
  return chains === undefined || chosen === undefined ? [] : chainWords(chains, studioName(chosen));
}

function joined(sentences: readonly (string | undefined)[]): string | undefined {
  const said = sentences.filter((sentence) => sentence !== undefined);
  return said.length === 0 ? undefined : said.join(' ');
}

function takesAllOf({ resolution }: RenderChoices): TakenChoices {
  const resolutions = resolution === undefined ? [] : [resolution];
  return { seed: true, sound: true, negativePrompt: true, resolutions };
}

function droppedWords(
  picture: JobPicture,
  sent: readonly JobPicture[],
  takes: TakenPictures | undefined,
): string {
  const what = pictureWords(picture);
  switch (whyDropped(picture.role, takes, sent)) {
    case 'none':
      return t('{0}: the model does not take this', what);
    case 'alone':
      return t('{0}: the model takes one only beside a first frame', what);
    case 'beside-frames':
      return t('{0}: the model takes either frames or pictures of whom it shows', what);
    case 'too-many':
      return t('{0}: the model takes {1} such pictures at most', what, takes?.references ?? 0);
  }
}

function messageFor(error: unknown): string {
  if (error instanceof ScenewrightError) return error.message;
  throw error;
}
