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
      case 'EISDIR':
        return t('{0} is a folder, where a file has to go. Move it away, then retry.', place);
      case 'ENOTDIR':
      case 'EEXIST':
      case 'ENOTEMPTY':
        return t(
          '{0} cannot be used: something else is in its place, or in that of a folder that leads there. Move it away, then retry.',
          place,
        );
      case 'EXDEV':
        return t('{0} lies on two disks at once. Choose another folder, then retry.', place);
      case 'EBUSY':
      case 'ETXTBSY':
        return t('{0} is in use by another program. Close it there, then retry.', place);
      case 'ELOOP':
        return t('{0} is behind links that lead in a circle. Remove them, then retry.', place);
      case 'EIO':
      case 'ENXIO':
      case 'ENODEV':
      case 'ESTALE':
        return t('The disk of {0} does not answer. Look whether it is there, then retry.', place);
      case 'EINVAL':
        return t(
          'The disk does not take the name {0}. Use a simpler one, or another folder, then retry.',
          place,
        );
      case 'ENOENT':
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
