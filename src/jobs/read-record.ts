import { randomBytes } from 'node:crypto';
import { aspects } from '../script/script-model.ts';
import { pictureRoles } from '../script/wanted-pictures.ts';
import { pictureKinds, videoKinds } from '../downloads/file-kind.ts';
import { pictureTypes } from '../studios/pictures.ts';
import { drawingKinds } from '../studios/port.ts';
import { movableFiles, orderKinds, withoutFrame, type JobOrder, type JobRecord } from './job.ts';
import { migrated, recordVersion, type Fields } from './migrate-record.ts';
import { orderStages, orderStates } from './order.ts';

/** A new job's id: sorts by time, and is safe as a file name. */
export function newJobId(now: number): string {
  return `${now.toString(36)}-${randomBytes(5).toString('hex')}`;
}

export function isJobId(id: string): boolean {
  return /^[a-z0-9-]{1,64}$/.test(id);
}

/**
 * A record as read from disk.
 *
 * @throws Error that says what is wrong with it, in words for the writer.
 */
export function readRecord(text: string): JobRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error('it is not whole', { cause });
  }
  if (typeof value !== 'object' || value === null) throw new Error('it is not a record');
  const record = migrated(value as Fields);
  const wrong = Object.entries(shape).find(([name, fits]) => !fits(record[name]));
  if (wrong !== undefined) throw new Error(`its "${wrong[0]}" is missing or wrong`);
  return record as unknown as JobRecord;
}

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
/** From 0. */
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isAmount: Check = (value) => isNumber(value) && Number(value) >= 0;
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isObject =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, fits]) => fits((value as Record<string, unknown>)[name]));
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const isTexts: Check = (value) =>
  typeof value === 'object' && value !== null && Object.values(value).every(isText);

const isMoved = isObject(Object.fromEntries(movableFiles.map((one) => [one, optional(isText)])));

const isRemote = isObject({ remoteId: isText, data: optional(isTexts) });

const isOneOf =
  (values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const isMoney = isObject({ currency: isText, amount: isAmount });
const isTruth: Check = (value) => typeof value === 'boolean';

const isDoubt = isObject({ times: isCount, since: isNumber, until: isNumber, why: isText });

const order: Readonly<Record<keyof JobOrder, Check>> = {
  kind: isOneOf(orderKinds),
  state: isOneOf(orderStates),
  attempt: isCount,
  accounts: isListOf(isText),
  account: optional(isText),
  remote: optional(isRemote),
  ranMs: optional(isAmount),
  charged: optional(isMoney),
  bytes: optional(isCount),
  madeHere: optional(isTruth),
  stage: optional(isOneOf(orderStages)),
  error: optional(isText),
  retryable: optional(isTruth),
  note: optional(isText),
  doubt: optional(isDoubt),
  video: optional(isOneOf([...videoKinds, ...pictureKinds])),
};

/** Either a render or a picture, which stands first, and one of each other kind at most. */
const isOrders: Check = (value) => {
  if (!isListOf(isObject(order))(value)) return false;
  const kinds = (value as readonly JobOrder[]).map(({ kind }) => kind);
  const made = kinds.filter((kind) => kind === 'render' || kind === 'picture');
  return made.length === 1 && kinds[0] === made[0] && new Set(kinds).size === kinds.length;
};

const shape: Readonly<Record<keyof JobRecord, Check>> = {
  version: (value) => value === recordVersion,
  id: (value) => typeof value === 'string' && isJobId(value),
  script: isText,
  scriptTitle: isText,
  scene: isObject({
    id: isText,
    title: isText,
    seconds: isAmount,
    place: isText,
    time: isText,
    cast: isListOf(isText),
    action: isText,
    dialogue: isListOf(isObject({ speaker: isText, tone: isText, line: isText })),
    narration: isText,
    sound: isText,
    prompt: isText,
    firstFrame: optional(isText),
    lastFrame: optional(isText),
  }),
  number: isCount,
  sceneLabel: optional(isText),
  drawing: optional(isOneOf(drawingKinds)),
  after: optional(isText),
  sheets: optional(isListOf(isText)),
  chain: optional(
    isObject({
      scene: isText,
      number: isCount,
      held: optional(isText),
      without: optional(isOneOf(withoutFrame)),
    }),
  ),
  settled: optional((value) => value === true),
  style: isText,
  aspect: isOneOf(aspects),
  prompt: isText,
  pictureHash: isText,
  studio: isText,
  terms: optional(isObject({ address: isText, model: isText })),
  choices: optional(
    isObject({
      seed: optional(isCount),
      sound: optional(isTruth),
      resolution: optional(isText),
      negativePrompt: optional(isText),
    }),
  ),
  pictures: optional(
    isListOf(
      isObject({
        role: isOneOf(pictureRoles),
        file: isText,
        name: optional(isText),
        path: isText,
        sha256: isText,
        dropped: optional((value) => value === true),
        chained: optional((value) => value === true),
      }),
    ),
  ),
  takenPictures: optional(
    isObject({
      firstFrame: optional(isTruth),
      lastFrame: optional((value) => isTruth(value) || value === 'alone'),
      references: optional(isCount),
      exclusive: optional(isTruth),
    }),
  ),
  instruction: optional(isText),
  price: optional(isMoney),
  isOwnPrice: optional(isTruth),
  createdAt: isNumber,
  updatedAt: isNumber,
  paused: isTruth,
  unlisted: optional((value) => value === true),
  file: isText,
  root: isText,
  moved: optional(isMoved),
  followed: optional(isListOf(isText)),
  clipSeconds: optional(isAmount),
  posterTried: isTruth,
  poster: optional(isText),
  frames: optional(
    isObject({
      last: optional(isObject({ type: isOneOf(pictureTypes), sha256: isText })),
      edges: optional(isObject({ first: isText, last: isText })),
    }),
  ),
  orders: isOrders,
};
