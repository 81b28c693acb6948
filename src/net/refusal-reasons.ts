import { t } from '../base/l10n.ts';
import { emptinessOf, meaningOf, type Refusal, type RefusalMeaning } from './refusal.ts';
import type { Emptiness } from './empty-account.ts';
import type { Reason } from './server-name.ts';

/** What is said of something that failed. */
export interface Wording {
  readonly reason: Reason;
  /** What to do about it, in whole sentences. */
  readonly advice?: string;
}

/** What a refusal means, and what is said of it. */
export function wordingOf(refusal: Refusal): Wording {
  const meaning = meaningOf(refusal);
  const mark = statusMark(refusal.status);
  return meaning === 'payment'
    ? emptyAccounts[emptinessOf(refusal) ?? 'credit'](mark)
    : refusals[meaning](mark);
}

/** A status of HTTP behind what is said: ` (401)`, or nothing where there is none. */
export function statusMark(status: number | undefined): string {
  return status === undefined ? '' : ` (${status})`;
}

/** By what it means, with the {@link statusMark}. */
export const refusals: Readonly<
  Record<Exclude<RefusalMeaning, 'payment'>, (mark: string) => Wording>
> = {
  content: (mark) => ({
    reason: (host) => t('The content was declined by {0}{1}.', host, mark),
  }),
  key: (mark) => ({
    reason: (host) => t('The key was refused by {0}{1}.', host, mark),
    advice: t("Check the account's key."),
  }),
  rights: (mark) => ({
    reason: (host) => t('The key may not be used for this at {0}{1}.', host, mark),
    advice: t('Check its rights, or choose another model.'),
  }),
  'rate-limit': (mark) => ({
    reason: (host) => t('Too many requests at once, says {0}{1}.', host, mark),
  }),
  proxy: (mark) => ({
    reason: (host) => t('The proxy wants a sign-in on the way to {0}{1}.', host, mark),
    advice: t('The setting http.proxy takes a name and a password in its address.'),
  }),
  address: (mark) => ({
    reason: (host) => t('This address is not known at {0}{1}.', host, mark),
  }),
  'not-taken': (mark) => ({
    reason: (host) => t('The request came at a bad moment for {0}{1}.', host, mark),
  }),
  trouble: (mark) => ({
    reason: (host) => t('Something is wrong at {0} itself{1}.', host, mark),
  }),
  request: (mark) => ({
    reason: (host) => t('The request was not accepted by {0}{1}.', host, mark),
  }),
  unusable: (mark) => ({
    reason: (host) => t('No answer that can be used came from {0}{1}.', host, mark),
  }),
};

/** Of an account that has nothing left, by how, with the {@link statusMark}. */
export const emptyAccounts: Readonly<Record<Emptiness, (mark: string) => Wording>> = {
  plan: (mark) => ({
    reason: (host) => t("The account's plan does not allow this at {0}{1}.", host, mark),
    advice: t('Choose another model, or another account.'),
  }),
  allowance: (mark) => ({
    reason: (host) => t('The account has used up its allowance at {0}{1}.', host, mark),
    advice: t('Wait until it is renewed, or choose another account or model.'),
  }),
  credit: (mark) => ({
    reason: (host) => t('The account has no credit left at {0}{1}.', host, mark),
    advice: t('Top it up, or choose another account.'),
  }),
};
