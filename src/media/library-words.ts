import { messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { Damaged } from './parts.ts';

/**
 * What is wrong with a video file, as the end of a sentence, for anything that was thrown while it was
 * read or written. The media library speaks to programmers, often by nothing but `Assertion failed.`;
 * its words stay in the error's `cause`, and a person reads ours.
 */
export function wordsFor(error: unknown): string {
  if (error instanceof Damaged || isOfTheDisk(error)) return messageOf(error);
  return t('what is in it does not fit together');
}

/** Whether the system refused something: a full disk, a file that went away. */
export function isOfTheDisk(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException | undefined)?.syscall === 'string';
}
