import * as vscode from 'vscode';

const units = ['B', 'kB', 'MB', 'GB', 'TB'];
// Making a formatter takes a thousand times as long as using one, and a long list uses many.
const whole = new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 1 });
const timeOfDay = new Intl.DateTimeFormat(vscode.env.language, {
  hour: 'numeric',
  minute: '2-digit',
});
const moment = new Intl.DateTimeFormat(vscode.env.language, {
  dateStyle: 'medium',
  timeStyle: 'short',
});

/** `12.4 MB`; decimal units, as file managers and services count. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const format = unit === 0 || value >= 100 ? whole : tenths;
  return `${format.format(value)} ${units[unit] ?? ''}`;
}

export function formatSpeed(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** `8 s`, `7.5 s` */
export function formatSeconds(seconds: number): string {
  return `${tenths.format(seconds)} s`;
}

/** `64 %` for 0.64; not 100 before it is all there. */
export function formatPercent(fraction: number): string {
  return `${whole.format(Math.floor(fraction * 100))} %`;
}

/** `14:32` for a moment in milliseconds since the epoch. */
export function formatTime(ms: number): string {
  return timeOfDay.format(ms);
}

/** `23 Nov 2026, 14:32` for a moment in milliseconds since the epoch. */
export function formatMoment(ms: number): string {
  return moment.format(ms);
}

/** `45 s`, `3 min`, `1 h 20 min` */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return vscode.l10n.t('{0} s', seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return vscode.l10n.t('{0} min', minutes);
  return vscode.l10n.t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}

/** `$1.40` */
export function formatMoney({
  currency,
  amount,
}: {
  readonly currency: string;
  readonly amount: number;
}): string {
  const format = new Intl.NumberFormat(vscode.env.language, { style: 'currency', currency });
  return format.format(amount);
}
