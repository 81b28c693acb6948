/** A clip is rarely larger than this, in bytes for each of its seconds: 16 Mbit/s. */
const bytesPerSecond = 2_000_000;

/** About how much room clips of so many seconds in all need at most, in bytes. */
export function clipBytes(seconds: number): number {
  return Math.ceil(seconds * bytesPerSecond);
}
