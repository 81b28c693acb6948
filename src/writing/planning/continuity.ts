import { t } from '../../base/l10n.ts';
import type { Beat } from '../../script/script-model.ts';
import { sameName } from '../../script/names.ts';
import { agree, fold, readState, stateText } from './contract-facts.ts';
import type { Fact } from './contract-facts.ts';

/**
 * The rules that hold neighbouring beats together. They work on what a contract says of somebody or
 * something by name (see `facts.ts`), whoever has written it:
 *
 * - A beat that continues plays in the same place and at the same time as the one before. It opens
 *   with what that one left of everybody who is seen in both, and contradicts nothing it left.
 * - A cut may change anything if its entry says what has happened since. Otherwise it contradicts
 *   nothing of what the beat before left of those who are seen in both.
 *
 * To contradict is to say something else of the same subject in place of what was said. To leave
 * something unsaid, or to add something, contradicts nothing.
 */

/** A pair of neighbouring beats that do not agree. */
export interface HandOffFault {
  /** Number of the later beat in the outline, from 1. */
  readonly later: number;
  /** What is wrong, one English sentence each, without the beats' numbers. */
  readonly reasons: readonly string[];
}

/** Every hand-off of an outline that breaks the rules, in order. */
export function handOffFaults(outline: readonly Beat[]): HandOffFault[] {
  return outline.flatMap((later, index) => {
    const reasons = handOffReasons(outline[index - 1], later);
    return reasons.length === 0 ? [] : [{ later: index + 1, reasons }];
  });
}

/**
 * What is wrong between two neighbours; nothing when they agree.
 *
 * @param earlier `undefined` before the first beat
 */
export function handOffReasons(earlier: Beat | undefined, later: Beat): string[] {
  const { continues } = later.contract;
  if (earlier === undefined) {
    return continues ? ['It is said to go on from the beat before, but it is the first.'] : [];
  }
  const reasons = continues ? jumps(earlier, later) : [];
  for (const { left, opens, gap } of clashes(earlier, later)) {
    reasons.push(
      gap
        ? `The earlier one leaves “${sayings(left)}”, of which the later one, going on without a cut, says nothing.`
        : `The earlier one leaves “${sayings(left)}”, the later one opens with “${sayings(opens)}” and does not say what has happened since.`,
    );
  }
  return reasons;
}

/** Whether the later beat plays where and when the earlier one does. An unnamed time is any time. */
function sameSetting(earlier: Beat, later: Beat): boolean {
  return jumps(earlier, later).length === 0;
}

function jumps(earlier: Beat, later: Beat): string[] {
  const reasons: string[] = [];
  if (!sameName(earlier.place, later.place)) {
    reasons.push(
      `The later one is said to go on without a cut, but the place changes from “${earlier.place}” to “${later.place}”.`,
    );
  }
  const [before, now] = [fold(earlier.time), fold(later.time)];
  if (before !== now && before !== '' && now !== '') {
    reasons.push(
      `The later one is said to go on without a cut, but the time changes from “${earlier.time}” to “${later.time}”.`,
    );
  }
  return reasons;
}

/** What two neighbours say differently of one subject. */
interface Clash {
  /** All that the earlier one leaves of it. */
  readonly left: readonly Fact[];
  /** All that the later one opens with. */
  readonly opens: readonly Fact[];
  /** Nothing is contradicted, but something is left unsaid that has to be carried on. */
  readonly gap: boolean;
}

function clashes(earlier: Beat, later: Beat): Clash[] {
  const { continues } = later.contract;
  const before = new Set(earlier.cast.map(fold));
  const inBoth = new Set(later.cast.map(fold).filter((name) => before.has(name)));
  return compare(earlier.contract.exit, later.contract.entry, {
    continues,
    concerns: (subject) => continues || inBoth.has(subject),
    mustCarry: (subject) => continues && inBoth.has(subject),
  });
}

interface Rules {
  readonly continues: boolean;
  /** Whether a folded subject has to agree. */
  readonly concerns: (subject: string) => boolean;
  /** Whether nothing of what was left of a folded subject may go unsaid. */
  readonly mustCarry: (subject: string) => boolean;
}

function compare(exit: string, entry: string, rules: Rules): Clash[] {
  const { since, facts } = readState(entry);
  if (since !== '' && !rules.continues) return [];
  const opening = bySubject(facts);
  return [...bySubject(readState(exit).facts)].flatMap(([subject, left]) => {
    if (subject === '' || !rules.concerns(subject)) return [];
    const opens = opening.get(subject) ?? [];
    const unsaid = left.some((fact) => !opens.some(({ state }) => agree(fact.state, state)));
    if (!unsaid) return [];
    const changed = opens.some((fact) => !left.some(({ state }) => agree(fact.state, state)));
    if (!changed && !rules.mustCarry(subject)) return [];
    return [{ left, opens, gap: !changed }];
  });
}

/**
 * What contradicts where one act of a story borders on the next, in sentences: people are not there
 * or not there by beats yet, so all of them count, and what has happened since excuses everything.
 */
export function borderReasons(exit: string, entry: string, people: readonly string[]): string[] {
  const names = new Set(people.map(fold));
  return compare(exit, entry, actBorder(names)).map(
    ({ left, opens }) =>
      `The earlier one leaves “${sayings(left)}”, the later one opens with “${sayings(opens)}” and does not say what has happened since.`,
  );
}

/** The later act's entry without what contradicts the earlier one's exit, which is put in place of it. */
export function mendedBorder(exit: string, entry: string, people: readonly string[]): string {
  return carried(entry, compare(exit, entry, actBorder(new Set(people.map(fold)))));
}

function actBorder(names: ReadonlySet<string>): Rules {
  return { continues: false, concerns: (subject) => names.has(subject), mustCarry: () => false };
}

/** The later beat with what it leaves unsaid but has to carry on added to its entry. */
export function withGapsFilled(earlier: Beat, later: Beat): Beat {
  const gaps = clashes(earlier, later).filter(({ gap }) => gap);
  if (gaps.length === 0) return later;
  const { contract } = later;
  return { ...later, contract: { ...contract, entry: carried(contract.entry, gaps) } };
}

/** A later beat that agrees with the one before it, whatever it was, and what had to be given up. */
export interface Mended {
  readonly beat: Beat;
  /** English sentences without the beats' numbers, beginning with `It`; none when all was well. */
  readonly changes: readonly string[];
}

/** Make a pair agree without asking anybody: the earlier beat is right. */
export function mend(earlier: Beat | undefined, later: Beat): Mended {
  let beat = later;
  const changes: string[] = [];
  if (beat.contract.continues && (earlier === undefined || !sameSetting(earlier, beat))) {
    beat = { ...beat, contract: { ...beat.contract, continues: false } };
    if (earlier !== undefined) {
      changes.push(
        t(
          'It was to go on from the beat before without a cut, but plays at another place or time; it begins with a cut now.',
        ),
      );
    }
  }
  if (earlier === undefined) return { beat, changes };
  const found = clashes(earlier, beat);
  if (found.length === 0) return { beat, changes };
  for (const { left, opens, gap } of found) {
    if (gap) continue;
    changes.push(
      t('It opened with “{0}”; it opens with “{1}” now.', sayings(opens), sayings(left)),
    );
  }
  const entry = carried(beat.contract.entry, found);
  return { beat: { ...beat, contract: { ...beat.contract, entry } }, changes };
}

/** A state in which everything that clashed is as it was left, in the place where it stood. */
function carried(entry: string, found: readonly Clash[]): string {
  const { since, facts } = readState(entry);
  const settled = new Map(found.map(({ left }) => [fold(left[0]?.subject ?? ''), left]));
  const placed = new Set<string>();
  const result = facts.flatMap((fact) => {
    const subject = fold(fact.subject);
    const left = settled.get(subject);
    if (left === undefined) return [fact];
    if (placed.has(subject)) return [];
    placed.add(subject);
    return left;
  });
  for (const [subject, left] of settled) if (!placed.has(subject)) result.push(...left);
  return stateText({ since, facts: result });
}

function bySubject(facts: readonly Fact[]): Map<string, Fact[]> {
  return Map.groupBy(facts, ({ subject }) => fold(subject));
}

function sayings(facts: readonly Fact[]): string {
  return facts.map(({ subject, state }) => `${subject}: ${state}`).join('; ');
}
