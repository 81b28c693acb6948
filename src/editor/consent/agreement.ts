import { cancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { isStranger, type Caller } from '../commands/caller.ts';
import { ask } from '../ui/window.ts';

/** The line under a question that says why it comes unasked. */
export function strangerWords(): string {
  return t(
    'This was not chosen here: a link, a key binding, a task or another extension asks for it.',
  );
}

/**
 * Let the person decide on what somebody else asks for. Nobody is asked where they chose it
 * themselves, or code acts for them.
 *
 * @param detail what they need to know, one line each
 * @throws ScenewrightError `cancelled` where they do not want it
 */
export async function agreeToStranger(
  caller: Caller,
  question: string,
  detail: readonly string[],
  yes: string,
): Promise<void> {
  if (!isStranger(caller)) return;
  if (!(await ask(question, [...detail, strangerWords()], yes))) throw cancelledError(t('This'));
}

/** What choosing an address means. */
export function sentWords(): string {
  return t('What you write is sent to that address from then on.');
}

/** The part of an address that says who is asked: what stands before it may look like another. */
export function shownAddress(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}
