import { normaliseLine } from './normalise-text.ts';

/**
 * What a contract says of how things stand, as plain text has it: facts parted by semicolons, each
 * `who or what: how it is`, and before them in parentheses what a cut has left out:
 * `(seven years later) Mara: grey braid, oilskin coat; the lamp: dark`. Several facts of one subject,
 * in the order in which they came about, may have arrows between them: `Mara: oilskin coat → soaked`.
 */
export interface State {
  /** What has happened meanwhile; empty when nothing is said of it. */
  readonly since: string;
  readonly facts: readonly Fact[];
}

export interface Fact {
  /** Empty where the text names nobody and nothing before a colon. */
  readonly subject: string;
  readonly state: string;
}

/** A subject and what is said of it; the colon of a time, as in `6:30`, parts nothing. */
const told = /^([^:：]+)(?:：|:(?!(?<=\d:)\d))\s*(.+)$/su;

export function readState(text: string): State {
  const [lead = '', since = ''] = /^\s*[(（]([^()（）]+)[)）]\s*[,;:；，]?/u.exec(text) ?? [];
  return { since: since.trim(), facts: readFacts(text.slice(lead.length)) };
}

export function readFacts(text: string): Fact[] {
  return text
    .split(/[;；\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [, subject = '', states = part] = told.exec(part) ?? [];
      return states
        .split('→')
        .map((state) => ({ subject: subject.trim(), state: state.trim() }))
        .filter(({ state }) => state !== '');
    });
}

export function stateText({ since, facts }: State): string {
  return [since === '' ? '' : `(${since})`, factsText(facts)]
    .filter((part) => part !== '')
    .join(' ');
}

export function factsText(facts: readonly Fact[]): string {
  return facts
    .map(({ subject, state }, i) => {
      if (subject !== '' && facts[i - 1]?.subject === subject) return ` → ${state}`;
      return `${i === 0 ? '' : '; '}${subject === '' ? '' : `${subject}: `}${state}`;
    })
    .join('');
}

/** The form in which two spellings of who or what a fact is about are equal. */
export function fold(text: string): string {
  return normaliseLine(text.normalize('NFKC')).toLowerCase();
}

/** What two ways of naming one thing have in common: `The lamp` and `lamp`. */
export function subjectKey(subject: string): string {
  return fold(subject).replace(articles, '');
}

const articles = /^(?:the|an?|der|die|das|eine?|le|la|les|une?|el|los|las)\s+(?=\S)/u;

/** What two facts have in common that say the same of the same, but for capitals and punctuation. */
export function factKey({ subject, state }: Fact): string {
  return `${subjectKey(subject)}: ${words(state).join(' ') || fold(state)}`;
}

/** What one text says of how things stand and an earlier one does not. */
export function newFacts(before: string, after: string): Fact[] {
  const known = new Set(readState(before).facts.map(factKey));
  return readState(after).facts.filter((fact) => !known.has(factKey(fact)));
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
