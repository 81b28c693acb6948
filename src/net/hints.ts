/** Reads headers case-insensitively; `Headers` and a plain map of lower-case names both do. */
export interface HeaderReader {
  get(name: string): string | null;
}

/**
 * How long the service asks us to wait, in milliseconds from `now`, if it says so. The direct wish
 * (`retry-after-ms`, `retry-after` in seconds or as a date) goes before the bookkeeping
 * (`x-ratelimit-reset-*`): of the allowances that are used up the one that returns last decides, and
 * where none says so, the one that returns first.
 */
export function retryAfterMs(headers: HeaderReader, now: number): number | undefined {
  const exact = milliseconds(Number(headers.get('retry-after-ms') ?? Number.NaN));
  if (exact !== undefined) return exact;
  const after = headers.get('retry-after')?.trim();
  if (after) {
    const seconds = milliseconds(Number(after) * 1000);
    if (seconds !== undefined) return seconds;
    // A name of a month makes a date; mere numbers would be read as years.
    const date = /[a-z]{3}/i.test(after) ? Date.parse(after) : Number.NaN;
    if (!Number.isNaN(date)) return milliseconds(Math.max(0, date - now));
  }
  const usedUp: number[] = [];
  const others: number[] = [];
  for (const what of ['', '-requests', '-tokens']) {
    const wait = resetMs(headers.get(`x-ratelimit-reset${what}`), now);
    if (wait === undefined) continue;
    const remaining = headers.get(`x-ratelimit-remaining${what}`);
    (remaining !== null && Number(remaining) <= 0 ? usedUp : others).push(wait);
  }
  if (usedUp.length > 0) return Math.max(...usedUp);
  return others.length > 0 ? Math.min(...others) : undefined;
}

const longestWait = 24 * 3600_000;

function milliseconds(value: number): number | undefined {
  return Number.isFinite(value) && value >= 0 ? Math.min(Math.ceil(value), longestWait) : undefined;
}

/** `6m0s`, `1.5s`, `20ms`, plain seconds, or a moment in seconds or milliseconds since the epoch. */
function resetMs(value: string | null, now: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  const number = Number(text);
  if (Number.isFinite(number)) {
    if (number > 1e12) return milliseconds(Math.max(0, number - now));
    if (number > 1e9) return milliseconds(Math.max(0, number * 1000 - now));
    return milliseconds(number * 1000);
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text) return undefined;
  const unit: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3600_000, d: 86_400_000 };
  return milliseconds(
    parts.reduce((sum, [, amount, name]) => sum + Number(amount) * (unit[name ?? ''] ?? 0), 0),
  );
}
