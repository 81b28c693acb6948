/**
 * How long a service asks us to wait, from the headers of its answer: `retry-after-ms`,
 * `retry-after` (seconds or a date), else the `x-ratelimit-reset-*` family.
 *
 * @param now milliseconds since the epoch
 * @returns whole milliseconds from now, or `undefined` when the headers say nothing usable
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (exact >= 0) return Math.ceil(exact);
  const asked = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(asked)) return Math.ceil(Number(asked) * 1000);
  const date = Date.parse(asked);
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  return resetMs(headers, now);
}

/**
 * The `x-ratelimit-*` headers count several things (requests, tokens) at once. Those that are used
 * up decide; where none says so, the one that is free again first.
 */
function resetMs(headers: Headers, now: number): number | undefined {
  const exhausted: number[] = [];
  const others: number[] = [];
  for (const [name, value] of headers) {
    const match = /^x-ratelimit-reset(-.+)?$/.exec(name);
    if (match === null) continue;
    const wait = parseReset(value, now);
    if (wait === undefined) continue;
    const remaining = headers.get(`x-ratelimit-remaining${match[1] ?? ''}`);
    (remaining?.trim() === '0' ? exhausted : others).push(wait);
  }
  if (exhausted.length > 0) return Math.max(...exhausted);
  return others.length > 0 ? Math.min(...others) : undefined;
}

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Plain numbers from here on are moments (seconds or milliseconds since the epoch), not lengths. */
const epochSeconds = 1e9;
const epochMilliseconds = 1e12;

/** `1m12.5s`, `250ms`, plain seconds, a moment in epoch seconds or milliseconds, or a date. */
function parseReset(text: string, now: number): number | undefined {
  const value = text.trim();
  if (/^\d+(\.\d+)?$/.test(value)) {
    const number = Number(value);
    if (number >= epochMilliseconds) return Math.max(0, Math.ceil(number - now));
    if (number >= epochSeconds) return Math.max(0, Math.ceil(number * 1000 - now));
    return Math.ceil(number * 1000);
  }
  if (/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(value)) {
    const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)];
    const ms = parts.reduce((sum, [, n, unit]) => sum + Number(n) * (unitMs[unit ?? ''] ?? 0), 0);
    return Math.ceil(ms);
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
