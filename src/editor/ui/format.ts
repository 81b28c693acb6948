import { t } from '../../base/l10n.ts';
import { forLocale, locale } from '../../base/locale.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'];
const formats = forLocale((language) => ({
  whole: new Intl.NumberFormat(language, { maximumFractionDigits: 0 }),
  count: new Intl.NumberFormat(language),
  tenths: new Intl.NumberFormat(language, { maximumFractionDigits: 1 }),
  timeOfDay: new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }),
  moment: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
}));

/** `12.4 MB`; decimal units, as file managers and services count. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const { whole, tenths } = formats();
  const format = unit === 0 || value >= 100 ? whole : tenths;
  return `${format.format(value)} ${units[unit] ?? ''}`;
}

export function formatSpeed(bytesPerSecond: number): string {
  return t('{0}/s', formatBytes(bytesPerSecond));
}

/** `8 s`, `7.5 s` */
export function formatSeconds(seconds: number): string {
  return t('{0} s', formats().tenths.format(seconds));
}

/** `64 %` for 0.64; not 100 before it is all there. */
export function formatPercent(fraction: number): string {
  return t('{0} %', formats().whole.format(Math.floor(fraction * 100)));
}

/** `14:32` for a moment in milliseconds since the epoch. */
export function formatTime(ms: number): string {
  return formats().timeOfDay.format(ms);
}

/** `23 Nov 2026, 14:32` for a moment in milliseconds since the epoch. */
export function formatMoment(ms: number): string {
  return formats().moment.format(ms);
}

/** `45 s`, `3 min`, `1 h 20 min` */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return t('{0} s', seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t('{0} min', minutes);
  return t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}

/** `128,000` */
export function formatCount(count: number): string {
  return formats().count.format(count);
}

/**
 * `$1.40`
 *
 * @param digits how many to show of a fraction, where that is more than the currency has
 */
export function formatMoney(
  { currency, amount }: { readonly currency: string; readonly amount: number },
  digits?: number,
): string {
  const format = new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency,
    ...(digits === undefined ? {} : { maximumFractionDigits: digits }),
  });
  return format.format(amount);
}

/** A text of somebody else, on one line and no longer than can be read. */
export function shortened(text: string, most = 200): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most)}…`;
}
