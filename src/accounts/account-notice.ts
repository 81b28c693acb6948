/** Something about an account that the writer should know. */
import { t } from '../base/l10n.ts';
export interface AccountNotice {
  /** Id of the account. */
  readonly account: string;
  /** As the writer named it. */
  readonly name: string;
  /** Set aside because it was refused, or left alone for a while because the service asks for that. */
  readonly kind: 'refused' | 'cooldown';
  readonly message: string;
  /** How many accounts may go on in its place, now or after a cooldown of their own. */
  readonly others: number;
  /** When the rests is over, in milliseconds since the epoch. */
  readonly untilMs?: number;
}

/** What differs in the words about accounts by what they are used for; whole sentences. */
export interface NoticeWords {
  /** For how long a refused account is set aside, such as ` for this run`; may be empty. */
  readonly setAside: string;
  /** What becomes of the work when a refused account was the last one. */
  readonly noneLeft: string;
  /** What becomes of the work when every account has to wait. */
  readonly goesOn: string;
}

/** @param others how many accounts are left */
export function refusedWords(
  { setAside, noneLeft }: NoticeWords,
  name: string,
  reason: string,
  others: number,
): string {
  const rest =
    others === 0
      ? noneLeft
      : others === 1
        ? t('The other account goes on.')
        : t('The other {0} accounts go on.', others);
  return t('{0} The account "{1}" is set aside{2}. {3}', reason, name, setAside, rest);
}

/**
 * @param ms how long the account has to wait
 * @param othersReady whether another one is ready meanwhile
 */
export function cooldownWords(
  { goesOn }: NoticeWords,
  name: string,
  ms: number,
  othersReady: boolean,
): string {
  const rest = othersReady ? t('Until then the other accounts do its work.') : goesOn;
  return t('Asked to slow down, the account "{0}" waits {1}. {2}', name, inWords(ms), rest);
}

/** A wait as one would say it, rounded up so that nobody is told too little. */
function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return t('{0} seconds', seconds);
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? t('{0} minutes', minutes) : t('{0} hours', Math.ceil(minutes / 60));
}
