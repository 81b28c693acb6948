import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';

/**
 * A clip that is larger than clips may be. Not to be fetched once more by itself: it would only come as
 * far again.
 *
 * @param total how large it is, where the server says
 */
export function tooLarge(file: string, largest: number, total?: number): ScenewrightError {
  const size = total === undefined ? t('goes on and on') : t('has {0} GB', gigabytes(total));
  return new ScenewrightError(
    'disk',
    t(
      'The clip for {0} {1}, and no clip may have more than {2} GB, so it was not kept. If it really is that large, raise the setting scenewright.downloads.largestClip and retry: the service still has it.',
      file,
      size,
      gigabytes(largest),
    ),
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
  const but =
    reserve === undefined ? '' : t(' but for {0} MB that are kept free', megabytes(reserve));
  const need = missing ? t(' The clip needs {0} MB more.', megabytes(missing)) : '';
  const rest = kept
    ? t('What is here already is kept.')
    : t('What had come of the clip was removed: the service does not say how to go on with it.');
  return new ScenewrightError(
    'disk',
    t('The disk is full at {0}{1}.{2} Make room, then retry. {3}', file, but, need, rest),
    { retryable: true, cause },
  );
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 100_000) / 10;
}

function gigabytes(bytes: number): number {
  return Number((bytes / 1e9).toPrecision(3));
}
