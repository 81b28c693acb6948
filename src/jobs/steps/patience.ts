/**
 * The waits before a service is asked again that answered, but not with what must be there: seconds
 * first, since most such moments are short, and minutes in all, since it may be starting anew.
 */
const waitsMs: readonly number[] = [5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000, 60_000];

/** For how long a service is asked in all, in whole minutes. */
export const patienceMinutes = Math.round(waitsMs.reduce((sum, ms) => sum + ms) / 60_000);

/** Milliseconds to wait after so many such answers in a row, from 1; `undefined` when that is enough. */
export function patientWait(times: number): number | undefined {
  return waitsMs[times - 1];
}
