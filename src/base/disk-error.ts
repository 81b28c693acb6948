import { ScenewrightError, messageOf } from './errors.ts';
import { t } from './l10n.ts';

/** A system error about `place`, as the writer should read it; other errors stay as they are. */
export function diskError(error: unknown, place: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof ScenewrightError || code === undefined || syscall === undefined)
    return error;
  return new ScenewrightError('disk', t('{0} What is here already is kept.', reason(code, place)), {
    cause: error,
    retryable: true,
  });

  function reason(code: string, place: string): string {
    switch (code) {
      case 'ENOSPC':
      case 'EDQUOT':
        return t('The disk is full at {0}. Make room, then retry.', place);
      case 'EROFS':
      case 'EACCES':
      case 'EPERM':
        return t(
          '{0} cannot be written ({1}). Allow it or choose another folder, then retry.',
          place,
          code,
        );
      case 'ENOENT':
      case 'ENOTDIR':
        return t(
          '{0} is not there any more. Bring the folder back, or just retry to make it anew.',
          place,
        );
      case 'ENAMETOOLONG':
        return t(
          'The path {0}… is too long for this disk. Use a shorter name or folder, then retry.',
          place.slice(0, 80),
        );
      default:
        return t('{0} could not be used: {1}.', place, messageOf(error));
    }
  }
}
