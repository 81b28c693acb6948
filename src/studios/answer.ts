import { defined } from '../base/defined.ts';
import type { PollAnswer } from './port.ts';

/**
 * Reading what services say. Nothing of it can be relied on: a field may be missing, be of another
 * type or hold anything, so every reader answers `undefined` rather than throw.
 */

/** The value at the end of a path of field names and list positions. */
export function field(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    // Only what was in the answer itself: a list's `length` or an object's `constructor` was not.
    found = Object.hasOwn(found, name) ? (found as Record<string, unknown>)[name] : undefined;
  }
  return found;
}

/** A text or a number as a text; nothing else, and not an empty one. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A finite number, also where it is written as a text. */
export function number(value: unknown): number | undefined {
  if (typeof value === 'string' && value.trim() === '') return undefined;
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const found = Number(value);
  return Number.isFinite(found) ? found : undefined;
}

/** Those of some values that can be clip lengths, `8` or `8s`: whole seconds, ascending. */
export function clipLengths(values: readonly unknown[]): readonly number[] {
  const lengths = values.flatMap((value) => {
    const seconds = number(typeof value === 'string' ? value.replace(/s$/, '') : value);
    return seconds !== undefined && Number.isInteger(seconds) && seconds > 0 ? seconds : [];
  });
  return [...new Set(lengths)].sort((a, b) => a - b);
}

/** A list's elements; none where it is no list. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The first text among some places. */
export function firstText(...values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const found = text(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The name of a state in one spelling: `In Progress`, `IN_PROGRESS` and `in-progress` are the same. */
export function stateName(value: unknown): string {
  return (text(value) ?? '').trim().toLowerCase().replaceAll(/[\s-]/g, '_');
}

/** The name by which a service will know a render, if it can be part of an address. */
export function renderId(value: unknown): string | undefined {
  const id = text(value)?.trim();
  const isUsable = id !== undefined && id.length <= 1000 && !/^\.{1,2}$/.test(id);
  // Half a surrogate pair cannot be written into an address.
  return isUsable && id.isWellFormed() ? id : undefined;
}

/**
 * Progress from 0 to 1 out of per cent, as a number or a text such as `40%`. Some services send a
 * fraction instead: what is below 1 is taken for one.
 */
function progressOf(value: unknown): number | undefined {
  const found = typeof value === 'string' ? Number.parseFloat(value) : value;
  if (typeof found !== 'number' || !Number.isFinite(found) || found < 0) return undefined;
  return Math.min(1, found < 1 ? found : found / 100);
}

/**
 * Still rendering, with the progress where it is told.
 *
 * @param guess what the service says, where that is only concluded
 */
export function rendering(progress?: unknown, guess?: string): PollAnswer {
  return { state: 'rendering', ...defined({ progress: progressOf(progress), guess }) };
}

/** What services say where nothing is wrong. */
const fineCodes: ReadonlySet<string> = new Set(['0', '200', '201', '202']);
const fineWords =
  /^(success\w*|succe+d\w*|ok|okay|done|complete\w*|none|null|normal|request success\w*|操作成功|请求成功|成功)\W*$/i;

/** Whether a word or number says that nothing is wrong, or nothing at all. */
export function isFine(value: unknown): boolean {
  const said = text(value)?.trim() ?? '';
  return said === '' || fineCodes.has(said) || fineWords.test(said);
}

/** Where services write why something failed, the most telling places first. */
const reasonFields = [
  'error',
  'errors',
  'message',
  'msg',
  'detail',
  'fail_reason',
  'failure_reason',
  'failure',
  'failReason',
  'failMsg',
  'error_message',
  'errorMessage',
  'err_msg',
  'ErrMsg',
  'task_status_msg',
  'status_msg',
  'base_resp',
  'raiMediaFilteredReasons',
  'reason',
  'title',
  'code',
  'err_code',
  'failureCode',
  'type',
];

/** How deep a reason is looked for; services nest it three levels at most. */
const reasonDepth = 5;

/** The service's own words in an answer or an error object. */
export function reasonIn(value: unknown, depth = reasonDepth): string | undefined {
  if (typeof value === 'string') return isFine(value) ? undefined : value;
  if (depth === 0 || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return reasonIn(value[0], depth - 1);
  for (const name of reasonFields) {
    const inside = field(value, name);
    const found = reasonIn(typeof inside === 'number' ? String(inside) : inside, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
