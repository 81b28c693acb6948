import { isCancelled, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import { rangesOf } from '../../base/number-ranges.ts';
import type { Rewrite } from '../../writing/journal/rewrite-journal.ts';
import { showWarning } from '../ui/window.ts';
import type { Chosen } from './chosen-scenes.ts';
import type { Rewritten } from './rewrites.ts';

type Words = (rewrites: readonly Rewrite[]) => string;

/** What is asked about rewrites from earlier. */
export const openWords: Words = ([first, ...others]) =>
  others.length === 0
    ? t(
        'There is a rewrite of “{0}” that you have not decided on yet. The diff shows what it would change.',
        first?.scene.title ?? '',
      )
    : t(
        'There are rewrites of {0} scenes that you have not decided on yet. The diff shows what they would change; the buttons above it take them one by one.',
        others.length + 1,
      );

/** What is asked about new ones. */
export const rewrittenWords: Words = ([first, ...others]) =>
  others.length === 0
    ? t('“{0}” has been rewritten. The diff shows what changes.', first?.scene.title ?? '')
    : t(
        '{0} scenes have been rewritten. The diff shows what changes; the buttons above it take them one by one.',
        others.length + 1,
      );

/** What is asked about those that were to be put in at once. */
export const changedWhileWords: Words = ([first, ...others]) =>
  others.length === 0
    ? t(
        '“{0}” has changed while it was being rewritten. The diff shows what the new text would replace.',
        first?.scene.title ?? '',
      )
    : t(
        '{0} scenes have changed while they were being rewritten. The diff shows what the new texts would replace.',
        others.length + 1,
      );

/** Why nothing came of it: what went wrong, rather than that it was cancelled then. */
export function reasonOf(failed: Rewritten['failed']): unknown {
  return (failed.find(({ error }) => !isCancelled(error)) ?? failed[0])?.error;
}

/** Say which of several stay as they are, and why; not to who has cancelled them. */
export function tellFailed(chosen: readonly Chosen[], failed: Rewritten['failed']): void {
  const [first, ...others] = failed.filter(({ error }) => !isCancelled(error));
  if (first === undefined) return;
  const numbers = [first, ...others].map(
    ({ id }) => chosen.find((one) => one.id === id)?.number ?? 0,
  );
  void showWarning(
    t(
      'Not rewritten, and as they were: scenes {0}. {1}',
      listed(rangesOf(numbers.sort((a, b) => a - b))),
      messageOf(first.error),
    ),
  );
}
