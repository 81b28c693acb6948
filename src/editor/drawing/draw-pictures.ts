import { createHash } from 'node:crypto';
import path from 'node:path';
import type { LimitFunction } from 'p-limit';
import type * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import { diskSpaceIn } from '../../downloads/disk-space.ts';
import type { NewJob } from '../../jobs/job.ts';
import type { JobPicture } from '../../jobs/job-pictures.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { budgetCurrency, isFree } from '../../money/budget.ts';
import type { Charge } from '../../money/money.ts';
import { sceneOfSheet } from '../../script/drawing-text.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { sceneLabel } from '../../script/render/script-words.ts';
import { wantedSeed } from '../../script/wanted-pictures.ts';
import type { DrawingCapabilities } from '../../studios/port.ts';
import { capabilitiesMs, drawingName, type ChosenDrawing } from '../accounts/services.ts';
import type { Caller } from '../commands/caller.ts';
import { costWords, budgetWords, type OrderBudget } from '../jobs/order-budget.ts';
import { sheetsComing } from '../jobs/picture-coming.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import { readPictures, scenesWords } from '../render/order-pictures.ts';
import { agreeToOrder, diskConcern, type Concern } from '../render/render-question.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { settings } from '../settings.ts';
import { sheetPlace, stillPlace } from './drawing-places.ts';
import { planPictures, type Coming, type Planned } from './plan-pictures.ts';
import {
  chainedScenes,
  sheetsWanted,
  stillsWanted,
  underWay,
  type SheetWanted,
  type StillWanted,
} from './what-to-draw.ts';

export interface DrawingTools {
  /** One after the other: a second click has to see what the first one has ordered. */
  readonly oneByOne: LimitFunction;
  readonly scripts: OpenScripts;
  readonly manager: Pick<JobManager, 'enqueue'>;
  readonly jobs: JobIndex;
  readonly budget: OrderBudget;
  /** What draws by the settings; throws where anything is missing. */
  readonly chosenDrawing: () => Promise<ChosenDrawing>;
  /** What renders. */
  readonly studio: Pick<KnownStudio, 'chainsForSure'>;
}

/** What is to be drawn of a script. */
export type DrawingOrder =
  | {
      readonly kind: 'sheets';
      readonly names: readonly string[] | undefined;
      readonly instruction?: string;
    }
  | {
      readonly kind: 'stills';
      readonly scenes: readonly number[] | undefined;
      readonly instruction?: string;
    };

/** A picture as it may need it on the disk, in bytes. */
const pictureBytes = 8_000_000;

/**
 * Draw pictures of a script. The whole selection is checked, and agreed to where it costs money, before the first is
 * ordered; what is being drawn already is not ordered again.
 *
 * @returns ids of the jobs that are at work on the selection; none where there was nothing to do
 * @throws ScenewrightError that names what stands against it; then nothing was ordered
 */
export async function drawPictures(
  tools: DrawingTools,
  document: vscode.TextDocument,
  order: DrawingOrder,
  caller: Caller,
): Promise<readonly string[]> {
  const script = tools.scripts.parse(document);
  tools.jobs.refresh(); // What has been ordered a moment ago counts, whether or not it was told yet.
  const coming: Coming = {
    of: (wanted) => underWay(document.uri, tools.jobs, wanted),
    sheetsOf: (scene) => sheetsComing(document.uri, tools.jobs, scene, script.bible),
  };
  const goOn = order.kind === 'stills' && order.scenes === undefined ? chainedScenes(script) : [];
  const chains = goOn.length > 0 && (await tools.studio.chainsForSure(script));
  const all: readonly (SheetWanted | StillWanted)[] =
    order.kind === 'sheets'
      ? sheetsWanted(script, order.names)
      : stillsWanted(script, order.scenes, chains);
  const known = all.flatMap((wanted) => coming.of(wanted)?.id ?? []);
  const fresh = all.filter((wanted) => coming.of(wanted) === undefined);
  if (order.instruction !== undefined) refuseComing(tools, document.uri, all);
  if (fresh.length === 0) return known;

  const chosen = await tools.chosenDrawing();
  const capabilities = await drawingCapabilities(chosen);
  const { aspect } = script.brief;
  if (!capabilities.aspects.includes(aspect)) {
    throw new ScenewrightError(
      'bad-input',
      t('{0} does not draw pictures of {1}. Nothing was ordered.', chosen.studio.label, aspect),
    );
  }
  const planned = planPictures(script, fresh, coming, capabilities.references, order.instruction);
  const files = await readPictures(
    document.uri,
    planned.map(({ wanted, references }) => ({
      what: wanted.kind === 'still' ? wanted.number : wanted.entry.name,
      all: references,
    })),
  );
  const isPaid = chosen.accounts.length > 0;
  const own = ownPrice();
  const charge = own ?? capabilities.price;
  const requests = planned.map((one, index): NewJob => {
    const pictures = one.references.flatMap((reference): JobPicture[] => {
      const read = files.get(reference.file);
      return read === undefined ? [] : [{ ...reference, path: read.path, sha256: read.sha256 }];
    });
    const seed = capabilities.seed === true ? seedFor(script, one.wanted) : undefined;
    return {
      ...orderOf(document.uri, script, chosen, one, pictures, seed),
      ...defined({
        instruction: order.instruction,
        price: isPaid ? charge : undefined,
        isOwnPrice: isPaid && own !== undefined ? true : undefined,
        follows: one.follows ? index - 1 : undefined,
        after: one.after,
        sheets: one.sheets.length === 0 ? undefined : one.sheets,
      }),
    };
  });
  const bill = tools.budget.bill(isPaid ? requests.map(() => charge) : []);
  await agreeToOrder(
    {
      bill,
      question: question(fresh, drawingName(chosen)),
      detail: [
        ...(isFree(bill) ? [] : [costWords(bill.expected)]),
        ...(order.instruction === undefined
          ? []
          : [t('With the instruction: {0}', order.instruction)]),
        ...(chains
          ? [
              t(
                'No still for what begins with the last frame of the clip before: {0}.',
                scenesWords(goOn),
              ),
            ]
          : []),
        ...(isFree(bill) ? [] : budgetWords(bill)),
      ],
      concerns: [...droppedWords(planned, chosen.studio.label), ...(await diskConcerns(requests))],
      yes: t('Draw'),
    },
    caller,
  );
  const jobs = await tools.manager.enqueue(requests);
  return [...known, ...jobs.map(({ id }) => id)];
}

/**
 * What is on its way cannot be asked for otherwise.
 *
 * @throws ScenewrightError `bad-input` where that is so for one of them
 */
export function refuseComing(
  { jobs }: Pick<DrawingTools, 'jobs'>,
  script: vscode.Uri,
  all: readonly (SheetWanted | StillWanted)[],
): void {
  if (all.every((wanted) => underWay(script, jobs, wanted) === undefined)) return;
  throw new ScenewrightError(
    'bad-input',
    t('It is still being drawn as it was. Wait for that picture, or cancel its job.'),
  );
}

/** What the writer says that a picture costs; before the word of the service. */
function ownPrice(): Charge {
  const amount = settings.pictures.price.value;
  return amount > 0 ? { currency: budgetCurrency, amount } : undefined;
}

/** A sheet begins from its own seed, if there is one; a still as the clip does. */
function seedFor(
  { seed, bible }: ParsedScript,
  wanted: SheetWanted | StillWanted,
): number | undefined {
  return wanted.kind === 'still'
    ? (seed ?? wantedSeed(wanted.node.scene, bible))
    : (wanted.entry.seed ?? seed);
}

async function drawingCapabilities({
  studio,
  accounts,
}: ChosenDrawing): Promise<DrawingCapabilities> {
  const [account] = accounts;
  const signal = AbortSignal.timeout(capabilitiesMs);
  return await studio.capabilities({ signal, ...defined({ account }) });
}

function orderOf(
  uri: vscode.Uri,
  script: ParsedScript,
  { studio, accounts, terms }: ChosenDrawing,
  { wanted, prompt }: Planned,
  pictures: readonly JobPicture[],
  seed: number | undefined,
): NewJob {
  const { style, aspect } = script.brief;
  const isStill = wanted.kind === 'still';
  const shown = pictures.map(({ name, sha256 }) => [name, sha256]);
  const begins = seed === undefined ? [] : [seed];
  const words = JSON.stringify([wanted.kind, prompt, aspect, shown, ...begins]);
  return {
    script: uri.toString(),
    scriptTitle: script.title,
    drawing: wanted.kind,
    scene: isStill ? wanted.node.scene : sceneOfSheet(wanted.kind, wanted.entry.name, script.bible),
    number: isStill ? wanted.number : 0,
    style,
    aspect,
    prompt,
    pictureHash: createHash('sha256').update(words).digest('hex'),
    studio: studio.id,
    accounts: accounts.map(({ id }) => id),
    file: isStill ? stillPlace(uri, wanted.number) : sheetPlace(uri, wanted.entry.name),
    root: workspaceRoot(uri),
    ...defined({
      sceneLabel: isStill ? sceneLabel(script, wanted.number) : undefined,
      terms,
      pictures: pictures.length === 0 ? undefined : pictures,
      choices: seed === undefined ? undefined : { seed },
    }),
  };
}

function question(all: readonly (SheetWanted | StillWanted)[], studio: string): string {
  const [only, ...others] = all;
  if (only === undefined || others.length > 0) {
    return t('Draw {0} pictures with {1}?', all.length, studio);
  }
  return only.kind === 'still'
    ? t('Draw the still of scene {0} with {1}?', only.number, studio)
    : t('Draw {0} with {1}?', only.entry.name, studio);
}

/** What of the pictures to go by the model does not take. */
function droppedWords(planned: readonly Planned[], studio: string): readonly Concern[] {
  const names = [...new Set(planned.flatMap(({ dropped }) => dropped))];
  if (names.length === 0) return [];
  const message = t(
    '{0} does not take these pictures to go by, so it draws without them: {1}.',
    studio,
    listed(names),
  );
  return [{ code: 'bad-input', message }];
}

async function diskConcerns(requests: readonly NewJob[]): Promise<readonly Concern[]> {
  const [folder] = requests.map(({ file }) => path.dirname(file));
  const free = folder === undefined ? undefined : (await diskSpaceIn(folder))?.bytes;
  const needed = requests.length * pictureBytes;
  return free === undefined || free >= needed ? [] : [diskConcern(needed, free)];
}
