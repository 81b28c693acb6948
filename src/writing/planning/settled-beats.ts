import { t } from '../../base/l10n.ts';
import type { Beat } from '../../script/script-model.ts';
import { mend, withGapsFilled } from './continuity.ts';
import { ownTitles } from '../checks/bare-text.ts';
import { findRepeats } from './repeated-beats.ts';

/** Beats that go with each other, and what is to be told of them, in sentences. */
export interface Settled {
  readonly beats: readonly Beat[];
  readonly notes: string[];
}

/** Settles the beats of an outline in its order: each goes with the one before it. */
export class SettledBeats {
  private readonly beats: Beat[];

  /** @param before the beats that are settled already */
  constructor(before: readonly Beat[]) {
    this.beats = [...before];
  }

  get all(): readonly Beat[] {
    return this.beats;
  }

  settle(drafts: readonly Beat[]): Settled {
    const first = this.beats.length;
    const notes: string[] = [];
    const titles = ownTitles([...this.beats, ...drafts], 1);
    for (const [i, given] of drafts.entries()) {
      const draft = { ...given, title: titles[first + i] ?? given.title };
      const before = this.beats.at(-1);
      const filled = before === undefined ? draft : withGapsFilled(before, draft);
      const { beat, changes } = mend(before, filled);
      this.beats.push(beat);
      const number = this.beats.length;
      for (const change of changes) {
        notes.push(t('Beat {0} did not agree with beat {1}. {2}', number, number - 1, change));
      }
    }
    for (const { later, earlier } of findRepeats(this.beats.map(({ summary }) => summary))) {
      if (later < first) continue;
      notes.push(
        t(
          'Beat {0} does nearly the same as beat {1}; you may want to change one of them.',
          later + 1,
          earlier + 1,
        ),
      );
    }
    return { beats: this.beats.slice(first), notes };
  }
}
