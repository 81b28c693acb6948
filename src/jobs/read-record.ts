import { randomBytes } from 'node:crypto';
import { aspects } from '../script/script-model.ts';
import { jobStates, upscaleSteps, type JobRecord } from './job.ts';

/** The version of the records that this code writes. */
export const recordVersion = 2;

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
  if (record.state === 'upscaling' && record.upscale === undefined) {
    throw new Error('its "upscale" is missing');
  }
  return record as unknown as JobRecord;
}

type Fields = Readonly<Record<string, unknown>>;

/** The step from each older version to the one after it. */
const migrations: readonly ((record: Fields) => Fields)[] = [
  // 1 → 2: a job knew one account only, from the start.
  ({ account, ...rest }) => ({
    ...rest,
    ...(account === undefined ? {} : { account, accounts: [account] }),
  }),
];

function migrated(record: Fields): Fields {
  const { version } = record;
  if (!Number.isSafeInteger(version) || Number(version) < 1) return record;
  if (Number(version) > recordVersion) throw new NewerRecordError();
  const steps = migrations.slice(Number(version) - 1);
  return steps.reduce<Fields>((older, step) => step(older), { ...record, version: recordVersion });
}

/** The record was written by a newer Scenewright, which will want it untouched. */
export class NewerRecordError extends Error {
  constructor() {
    super('it was written by a newer version of Scenewright');
  }
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

const isRemote = isObject({ remoteId: isText, data: optional(isTexts) });

const shape: Readonly<Record<keyof JobRecord, Check>> = {
  version: (value) => value === recordVersion,
  id: (value) => typeof value === 'string' && isJobId(value),
  state: (value) => (jobStates as readonly unknown[]).includes(value),
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
  }),
  number: isCount,
  style: isText,
  aspect: (value) => (aspects as readonly unknown[]).includes(value),
  prompt: isText,
  pictureHash: isText,
  studio: isText,
  accounts: optional(isListOf(isText)),
  account: optional(isText),
  terms: optional(isObject({ address: isText, model: isText })),
  price: optional(isObject({ currency: isText, amount: isAmount })),
  createdAt: isNumber,
  updatedAt: isNumber,
  paused: (value) => typeof value === 'boolean',
  attempt: isCount,
  remote: optional(isRemote),
  file: isText,
  root: isText,
  poster: optional(isText),
  bytes: optional(isCount),
  clipSeconds: optional(isAmount),
  upscale: optional(
    isObject({
      step: (value) => (upscaleSteps as readonly unknown[]).includes(value),
      attempt: isCount,
      remote: optional(isRemote),
      file: optional(isText),
      kind: optional((value) => value === '4k' || value === 'scaled'),
      bytes: optional(isCount),
      note: optional(isText),
    }),
  ),
  stage: optional(isText),
  error: optional(isText),
  retryable: optional((value) => typeof value === 'boolean'),
};
