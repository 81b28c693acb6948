import { ScenewrightError, messageOf } from './errors.ts';

/** A system error about `place`, as the writer should read it; other errors stay as they are. */
export function diskError(error: unknown, place: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof ScenewrightError || code === undefined || syscall === undefined)
    return error;
  return new ScenewrightError('disk', `${reason(code, place)} What is here already is kept.`, {
    cause: error,
    retryable: true,
  });

  function reason(code: string, place: string): string {
    switch (code) {
      case 'ENOSPC':
      case 'EDQUOT':
        return `The disk is full at ${place}. Make room, then retry.`;
      case 'EROFS':
      case 'EACCES':
      case 'EPERM':
        return `${place} cannot be written (${code}). Allow it or choose another folder, then retry.`;
      case 'ENOENT':
      case 'ENOTDIR':
        return `${place} is not there any more. Bring the folder back, or just retry to make it anew.`;
      case 'ENAMETOOLONG':
        return `The path ${place.slice(0, 80)}… is too long for this disk. Use a shorter name or folder, then retry.`;
      default:
        return `${place} could not be used: ${messageOf(error)}.`;
    }
  }
}
