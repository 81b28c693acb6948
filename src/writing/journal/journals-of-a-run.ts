import { orAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/clock.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { AnswerJournal } from './answer-journal.ts';
import type { SceneJournal } from './scene-journal.ts';

/** What is being kept when a run is cancelled is waited for so long, in milliseconds. */
const lastMomentMs = 2000;

/** What a run keeps on disk. */
export interface RunJournals {
  readonly journal: SceneJournal;
  readonly answers?: AnswerJournal;
}

/**
 * The same journals for one run, which they keep no longer waiting once it is cancelled, on however slow
 * a disk: what is being written by then goes on by itself, and counts as not kept.
 *
 * @param signal aborts when the run is cancelled
 * @param over aborts when the run has ended, and nobody waits any more
 */
export function journalsOfRun(
  { journal, answers }: RunJournals,
  signal: AbortSignal,
  over: AbortSignal,
  clock: Clock,
): RunJournals {
  const late = new AbortController();
  const giveUp = async (): Promise<void> => {
    await clock.sleep(lastMomentMs, over);
    late.abort(new ScenewrightError('disk', t('The disk took too long.')));
  };
  signal.addEventListener('abort', () => void giveUp().catch(() => undefined), { once: true });
  const read = <T>(promise: Promise<T>): Promise<T> => orAborted(promise, signal);
  // It is paid for, and worth a moment.
  const write = <T>(promise: Promise<T>): Promise<T> => orAborted(promise, late.signal);
  return {
    journal: {
      get: (id, hash) => read(journal.get(id, hash)),
      put: (id, hash, scene) => write(journal.put(id, hash, scene)),
      remove: (id) => write(journal.remove(id)),
    },
    ...(answers === undefined
      ? {}
      : {
          answers: {
            get: (key) => read(answers.get(key)),
            put: (key, answer, when) => write(answers.put(key, answer, when)),
            remove: (key) => write(answers.remove(key)),
          },
        }),
  };
}
