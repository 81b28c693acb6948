import { normaliseLine } from '../../script/normalise-text.ts';

/**
 * How things stand at the border of a beat, as a contract's plain text has it: facts parted by
 * semicolons, each `who or what: how it is`, and before them in parentheses what a cut has left
 * out: `(seven years later) Mara: grey braid, oilskin coat; the lamp: dark`.
 */
export interface State {
  /** What has happened meanwhile; empty when nothing is said of it. */
  readonly since: string;
  readonly facts: readonly Fact[];
}

export interface Fact {
  /** Empty where the text names nobody and nothing before a colon; such facts are never compared. */
  readonly subject: string;
  readonly state: string;
}

export function readState(text: string): State {
  const [lead = '', since = ''] = /^\s*[(（]([^()（）]+)[)）]\s*[,;:；，]?/u.exec(text) ?? [];
  const facts = text
    .slice(lead.length)
    .split(/[;；\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, subject = '', state = part] = /^([^:：]+)[:：]\s*(.+)$/su.exec(part) ?? [];
      return { subject: subject.trim(), state: state.trim() };
    });
  return { since: since.trim(), facts };
}

export function stateText({ since, facts }: State): string {
  const told = facts.map(({ subject, state }) => (subject === '' ? state : `${subject}: ${state}`));
  return [since === '' ? '' : `(${since})`, told.join('; ')]
    .filter((part) => part !== '')
    .join(' ');
}

/** The text of a state as a model gives it: on one line, and so that it reads back as it was meant. */
export function stateFromAnswer(since: string | null, facts: readonly string[]): string {
  const meanwhile = normaliseLine((since ?? '').replace(/[()（）]/gu, ' '));
  const lines = facts.map((fact) =>
    normaliseLine(fact.replace(/[;；]/gu, ','))
      .replace(/^[(（,\s]+/u, '')
      .replace(/[.。,\s]+$/u, ''),
  );
  const told = [...new Set(lines)].filter((line) => line !== '');
  return normaliseLine([meanwhile === '' ? '' : `(${meanwhile})`, told.join('; ')].join(' '));
}

/** The form in which two spellings of who or what a fact is about are equal. */
export function fold(text: string): string {
  return normaliseLine(text.normalize('NFKC')).toLowerCase();
}

/** So much of the shorter text has to be in the longer one for both to say the same. */
const sameShare = 0.6;

/**
 * Whether two texts say the same of somebody, as far as words can tell: most words of the shorter
 * one are in the other, in whatever order. `oilskin coat` agrees with `her wet oilskin coat`, not
 * with `nightgown`.
 */
export function agree(one: string, other: string): boolean {
  const [a, b] = [new Set(words(one)), new Set(words(other))];
  const shorter = Math.min(a.size, b.size);
  if (shorter === 0) return true;
  return inCommon(a, b) >= sameShare * shorter;
}

/** How many elements two sets share. */
export function inCommon(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const element of one) if (other.has(element)) shared++;
  return shared;
}

/** Writing without spaces between words. */
const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

/**
 * The words of a text in lower case, in order. Where they are not parted by spaces, every two
 * neighbouring signs count as one.
 */
export function words(text: string): string[] {
  const runs = fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return runs.flatMap((run) => {
    if (!unspaced.test(run)) return [run];
    const signs = Array.from(run);
    return signs.length < 2 ? signs : signs.slice(1).map((sign, i) => `${signs[i] ?? ''}${sign}`);
  });
}
