const unitSeconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/**
 * Read a length as people write it: `180`, `90 s`, `3 min`, `1.5 minutes`, `1 h 5 min`, `3:00`,
 * `1:02:03`. A number without a unit is seconds.
 *
 * @returns Seconds, not necessarily whole or sensible; nothing when it is not a length.
 */
export function parseDuration(text: string): number | undefined {
  const source = text.trim().toLowerCase();
  if (/^\d+(?:[.,]\d+)?$/.test(source)) return toNumber(source);
  const clock = /^(?:(\d+):)?(\d+):([0-5]?\d(?:[.,]\d+)?)$/.exec(source);
  if (clock) {
    const [, hours = '0', minutes = '0', seconds = '0'] = clock;
    return Number(hours) * 3600 + Number(minutes) * 60 + toNumber(seconds);
  }
  const part = String.raw`\d+(?:[.,]\d+)?\s*(?:h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)\.?`;
  if (!new RegExp(`^${part}(?:[\\s,]*${part})*$`).test(source)) return undefined;
  let seconds = 0;
  for (const [, number = '', unit = ''] of source.matchAll(/(\d+(?:[.,]\d+)?)\s*([hms])/g)) {
    seconds += toNumber(number) * (unitSeconds[unit] ?? 1);
  }
  return Math.round(seconds * 1000) / 1000;
}

function toNumber(text: string): number {
  return Number(text.replace(',', '.'));
}

/** `45 s`, `3 min`, `3 min 20 s`, `1 h 5 min`: what {@link parseDuration} reads back. */
export function formatDuration(seconds: number): string {
  const rest = seconds % 60;
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.round(rest * 1000) / 1000, 's'],
  ] as const;
  const shown = parts.filter(([value]) => value > 0);
  return shown.length === 0 ? '0 s' : shown.map(([value, unit]) => `${value} ${unit}`).join(' ');
}
