import { ScenewrightError } from '../base/errors.ts';

/**
 * A clip that is larger than clips may be. Not to be fetched once more by itself: it would only come as
 * far again.
 *
 * @param total how large it is, where the server says
 */
export function tooLarge(file: string, largest: number, total?: number): ScenewrightError {
  const size = total === undefined ? 'goes on and on' : `has ${gigabytes(total)} GB`;
  return new ScenewrightError(
    'disk',
    `The clip for ${file} ${size}, and no clip may have more than ${gigabytes(largest)} GB, so it was not kept. If it really is that large, raise the setting scenewright.downloads.largestClip and retry: the service still has it.`,
  );
}

export interface FullDisk {
  /** What is kept free, in bytes; absent where the disk was full altogether. */
  readonly reserve?: number;
  /** Bytes of the clip that are not here yet, where that is known. */
  readonly missing: number | undefined;
  /** Whether a retry goes on with what is here. */
  readonly kept: boolean;
  readonly cause?: unknown;
}

export function fullDisk(
  file: string,
  { reserve, missing, kept, cause }: FullDisk,
): ScenewrightError {
  const but = reserve === undefined ? '' : ` but for ${megabytes(reserve)} MB that are kept free`;
  const need = missing ? ` The clip needs ${megabytes(missing)} MB more.` : '';
  const rest = kept
    ? 'What is here already is kept.'
    : 'What had come of the clip was removed: the service does not say how to go on with it.';
  return new ScenewrightError(
    'disk',
    `The disk is full at ${file}${but}.${need} Make room, then retry. ${rest}`,
    { retryable: true, cause },
  );
}

function megabytes(bytes: number): string {
  return (Math.ceil(bytes / 100_000) / 10).toFixed(1);
}

function gigabytes(bytes: number): string {
  return String(Number((bytes / 1e9).toPrecision(3)));
}
