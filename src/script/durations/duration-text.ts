import { t } from '../../base/l10n.ts';
import { asciiDigits } from '../digits.ts';
import { numberInAny } from '../number-words.ts';

/** What hours, minutes and seconds are called, with what they are in seconds. */
const units: readonly (readonly [RegExp, number])[] = [
  [
    /^(?:h|hrs?|hours?|std|stunden?|heures?|horas?|ore|ora|giờ|tiếng|ч|час[аов]*|小时|小時|時間|시간)$/u,
    3600,
  ],
  [
    /^(?:m|mins?|minutes?|minuten?|minutos?|minut[oiy]|phút|ph|мин|минут[аы]?|分|分钟|分鐘|분)$/u,
    60,
  ],
  [
    /^(?:s|secs?|seconds?|sek|sekunden?|seg|segundos?|secondes?|second[oi]|giây|с|сек|секунд[аы]?|秒|秒钟|秒鐘|秒間|초)$/u,
    1,
  ],
];

const articles = new Set([
  'a',
  'an',
  'one',
  'ein',
  'eine',
  'einer',
  'un',
  'una',
  'une',
  'uno',
  'một',
]);
const halves = new Set([
  'half',
  'halb',
  'halbe',
  'media',
  'medio',
  'demi',
  'demie',
  'nửa',
  'rưỡi',
  '½',
]);
const quarters = new Set(['quarter', 'viertel', 'cuarto', 'quart', '¼']);
const others: Readonly<Record<string, number>> = {
  ...{ anderthalb: 1.5, eineinhalb: 1.5, dreiviertel: 0.75, '¾': 0.75 },
  ...{ thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90, hundred: 100 },
  ...{ dreißig: 30, sechzig: 60, neunzig: 90, treinta: 30, sesenta: 60, noventa: 90 },
  ...{ trente: 30, soixante: 60 },
};
/** What says nothing about a length. */
const fillers = new Set([
  ...['and', 'und', 'y', 'et', 'e', 'và', 'of'],
  ...['about', 'around', 'roughly', 'approximately', 'circa', 'ca', 'etwa', 'ungefähr'],
  ...['environ', 'aproximadamente', 'unos', 'unas', 'khoảng'],
]);

/**
 * Read a length as people write it: `180`, `90 s`, `3 min`, `1.5 minutes`, `1 h 5 min`, `1 min 30`, `3:00`,
 * `1:02:03`, `one minute`, `half an hour`, `two and a half minutes`, `90 Sekunden`, `2 phút`. A number
 * without a unit is seconds, or what comes next behind a unit.
 *
 * @returns Seconds, not necessarily whole or sensible; nothing when it is not a length.
 */
export function parseDuration(text: string): number | undefined {
  const source = asciiDigits(text.trim().toLowerCase().normalize('NFC'))
    .replace(/^[~≈]\s*/u, '')
    .replace(/\b1\/2\b/u, '½');
  if (source.length > 60) return undefined;
  if (/^\d+(?:[.,]\d+)?$/.test(source)) return toNumber(source);
  const clock = /^(?:(\d+):)?(\d+):([0-5]?\d(?:[.,]\d+)?)$/.exec(source);
  if (clock) {
    const [, hours = '0', minutes = '0', seconds = '0'] = clock;
    return Number(hours) * 3600 + Number(minutes) * 60 + toNumber(seconds);
  }
  return inWords(source);
}

/** A number before its unit. */
interface Quantity {
  readonly value: number;
  /** `half an hour` has its number before the article, `an hour and a half` behind the unit. */
  readonly kind: 'digits' | 'word' | 'article' | 'part';
}

function inWords(source: string): number | undefined {
  const tokens =
    source.match(/\d+(?:[.,]\d+)?|[½¼¾]|[′']{2}|[′″'"]|[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*|\S/gu) ??
    [];
  let seconds = 0;
  let unit: number | undefined;
  let before: Quantity | undefined;
  for (const token of tokens) {
    if (fillers.has(token) || token === ',' || token === '.') continue;
    const next = unitOf(token);
    if (next !== undefined) {
      // The larger ones come first.
      if (before === undefined || (unit !== undefined && next >= unit)) return undefined;
      seconds += before.value * next;
      unit = next;
      before = undefined;
      continue;
    }
    const quantity = quantityOf(token);
    if (quantity === undefined) return undefined;
    before = joined(before, quantity);
    if (before === undefined) return undefined;
  }
  if (unit === undefined) return undefined;
  if (before?.kind === 'part') seconds += before.value * unit;
  else if (before?.kind === 'digits' && unit > 1) seconds += (before.value * unit) / 60;
  else if (before !== undefined) return undefined;
  return Math.round(seconds * 1000) / 1000;
}

/** Two quantities in a row as one: `half an`, `two and a half`, `1 ½`; nothing where that is none. */
function joined(before: Quantity | undefined, next: Quantity): Quantity | undefined {
  if (before === undefined) return next;
  if (next.kind === 'article') return before;
  if (next.kind !== 'part') return undefined;
  return before.kind === 'article' ? next : { value: before.value + next.value, kind: 'word' };
}

function quantityOf(token: string): Quantity | undefined {
  if (/^\d/.test(token)) return { value: toNumber(token), kind: 'digits' };
  if (halves.has(token)) return { value: 0.5, kind: 'part' };
  if (quarters.has(token)) return { value: 0.25, kind: 'part' };
  if (articles.has(token)) return { value: 1, kind: token === 'one' ? 'word' : 'article' };
  const value = numberInAny(token) ?? others[token];
  return value === undefined ? undefined : { value, kind: 'word' };
}

function unitOf(token: string): number | undefined {
  if (token === "'" || token === '′') return 60;
  if (token === '"' || token === '″' || token === "''" || token === '′′') return 1;
  return units.find(([names]) => names.test(token))?.[1];
}

function toNumber(text: string): number {
  return Number(text.replace(',', '.'));
}

/** `45 s`, `3 min`, `3 min 20 s`, `1 h 5 min`, in the reader's language: for messages. */
export function formatDuration(seconds: number): string {
  return inUnits(seconds, [
    (hours) => t('{0} h', hours),
    (minutes) => t('{0} min', minutes),
    (rest) => t('{0} s', rest),
  ]);
}

/**
 * The same in the language of a script, behind what seconds are called there: `seconds: 3 min`, `giây: 3 phút`.
 *
 * @param language BCP 47
 */
export function secondsExplained(seconds: number, language: string): string {
  const format = (unit: string, unitDisplay: 'short' | 'long'): Intl.NumberFormat =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, numberingSystem: 'latn' });
  const name = format('second', 'long')
    .formatToParts(seconds)
    .find(({ type }) => type === 'unit')?.value;
  if (seconds < 60) return name ?? '';
  const units = ['hour', 'minute', 'second'].map((unit) => format(unit, 'short'));
  return `${name ?? ''}: ${inUnits(
    seconds,
    units.map((unit) => (value) => unit.format(value)),
  )}`;
}

function inUnits(seconds: number, units: readonly ((value: number) => string)[]): string {
  const amounts = [
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    Math.round((seconds % 60) * 1000) / 1000,
  ];
  const shown = units.flatMap((unit, i) => ((amounts[i] ?? 0) > 0 ? [unit(amounts[i] ?? 0)] : []));
  return shown.length === 0 ? (units.at(-1)?.(0) ?? '') : shown.join(' ');
}
