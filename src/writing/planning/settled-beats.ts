import { t } from '../../base/l10n.ts';
import type { Act } from '../../models/writer-tasks.ts';
import {
  type Fact,
  factsText,
  fold,
  newFacts,
  readState,
  stateText,
  subjectKey,
} from '../../script/contract-facts.ts';
import { sameName } from '../../script/names.ts';
import type { Beat } from '../../script/script-model.ts';
import { StandingFacts } from '../../script/standing-facts.ts';
import { ownTitles } from '../checks/bare-text.ts';
import { findRepeats } from './repeated-beats.ts';

/** Beats that go with each other, and what is to be told of them, in sentences. */
export interface Settled {
  readonly beats: readonly Beat[];
  readonly notes: string[];
}

/**
 * Settles the beats of an outline in its order, asking nobody: contracts say what is different and
 * nothing else (`standing-facts.ts`), the first beat of an act says what the act before it was to
 * leave and has not, and what plays at another place or time does not go on without a cut.
 *
 * Two beats that do the same are only told of: which of them is to be another one is the writer's to
 * say, and nothing that is planned or written meanwhile has to wait for it.
 */
export class SettledBeats {
  private readonly beats: Beat[];
  private readonly standing: StandingFacts;

  /**
   * @param before the beats that are settled already
   * @param people names of all who may be seen
   */
  constructor(before: readonly Beat[], people: readonly string[]) {
    this.beats = [...before];
    this.standing = new StandingFacts(people);
    for (const { contract } of before) {
      this.standing.begin(readState(contract.entry).facts);
      this.standing.end(readState(contract.exit).facts);
    }
  }

  get all(): readonly Beat[] {
    return this.beats;
  }

  /**
   * @param acts as far as they are settled
   * @param position of the first of the drafts in the outline as it was planned, from 0: the writer may
   *   have deleted beats before it
   */
  settle(drafts: readonly Beat[], acts: readonly Act[], position = this.beats.length): Settled {
    const first = this.beats.length;
    const notes: string[] = [];
    const titles = ownTitles([...this.beats, ...drafts], 1);
    for (const [i, draft] of drafts.entries()) {
      const before = this.beats.at(-1);
      const number = this.beats.length + 1;
      const continues = draft.contract.continues && canContinue(before, draft);
      if (draft.contract.continues && !continues && before !== undefined) {
        notes.push(
          t(
            'Beat {0} was to go on from beat {1} without a cut, but plays at another place or time; it begins with a cut now.',
            number,
            number - 1,
          ),
        );
      }
      const act = acts[acts.findIndex((one) => one.first === position + i) - 1];
      const left = act === undefined ? [] : newFacts(act.entry, act.exit);
      const title = titles[first + i] ?? draft.title;
      const contract = { ...draft.contract, continues };
      this.beats.push(this.saidOnce({ ...draft, title, contract }, left));
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

  /**
   * A beat whose contract says nothing that stands already.
   *
   * @param left what was to be so by now, at the border of two acts
   */
  private saidOnce(beat: Beat, left: readonly Fact[]): Beat {
    const { standing } = this;
    const { contract } = beat;
    standing.meet(beat.cast);
    const { since, facts } = readState(contract.entry);
    const said = new Set(facts.map(({ subject }) => subjectKey(subject)));
    const missing = left.filter(
      (fact) => !said.has(subjectKey(fact.subject)) && !standing.has(fact),
    );
    // Without a cut there is no time in which anything could have changed.
    const opens = standing
      .news([...missing, ...facts])
      .filter((fact) => !contract.continues || !standing.knows(fact));
    standing.begin(opens);
    const closes = standing.news(readState(contract.exit).facts);
    standing.end(closes);
    const entry = stateText({ since: contract.continues ? '' : since, facts: opens });
    return { ...beat, contract: { ...contract, entry, exit: factsText(closes) } };
  }
}

/** Whether a beat plays where and when the one before it does. An unnamed time is any time. */
function canContinue(earlier: Beat | undefined, later: Beat): boolean {
  if (earlier === undefined || !sameName(earlier.place, later.place)) return false;
  const [before, now] = [fold(earlier.time), fold(later.time)];
  return before === now || before === '' || now === '';
}
