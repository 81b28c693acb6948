import { pastedKey } from '../../accounts/pasted-key.ts';
import { t } from '../../base/l10n.ts';
import { ask, askForText } from '../ui/window.ts';
import { originOf, type Account, type AccountProvider, type Accounts } from './accounts.ts';
import { isOnline } from '../../studios/registry.ts';
import { accountService } from './account-services.ts';

/** What keys of a provider are for. */
export function providerLabel(provider: AccountProvider): string {
  if (provider === 'openai') return t('Writer: OpenAI-compatible endpoint');
  const { label } = accountService(provider);
  return isOnline(provider) ? t('Studio: {0}', label) : t('Pictures: {0}', label);
}

/** Why a text is no address of a service; nothing where it is one. */
export function addressFault(text: string): string | undefined {
  return originOf(text) === undefined ? t('Write it like https://api.example.com/v1.') : undefined;
}

/** @param first what the first account is called unless the writer says otherwise */
export async function askForName(
  accounts: Accounts,
  provider: AccountProvider,
  title: string,
  first: string,
): Promise<string | undefined> {
  return askForText({
    title,
    prompt: t('A name for this account, for you to tell it by'),
    value: accounts.of(provider).length === 0 ? first : '',
    validateInput: (value) => {
      if (value.trim() === '') return t('Give it a name.');
      return accounts.named(provider, value) === undefined
        ? undefined
        : t('There is one of this name. To change its key, go to Manage Accounts.');
    },
    ignoreFocusOut: true,
  });
}

/** @param origin the only one that the key will be sent to, if that is settled */
export async function askForKey(
  title: string,
  origin: string | undefined,
  isNeeded = true,
): Promise<string | undefined> {
  return askForText({
    title,
    prompt: !isNeeded
      ? t('The key, where a proxy before the server wants one. Leave it empty otherwise.')
      : origin === undefined
        ? t(
            'The key. It is kept in this machine’s key store, and sent nowhere before you have said where.',
          )
        : t('This key will be sent to {0} only. It is kept in this machine’s key store.', origin),
    password: true,
    validateInput: (value) => {
      if (!isNeeded && value.trim() === '') return undefined;
      const pasted = pastedKey(value);
      return 'fault' in pasted ? pasted.fault : undefined;
    },
    ignoreFocusOut: true,
  });
}

/** Whether a key may go over the open internet where anybody on the way can read it. */
export async function agreeToTheOpen(address: string): Promise<boolean> {
  return ask(
    t('Send keys to {0} unencrypted?', originOf(address) ?? ''),
    [
      t(
        'Anybody on the way can read the key, and what is sent with it. Use an https address if the service has one.',
      ),
    ],
    t('Send Unencrypted'),
  );
}

/** Whether the key of an account would be for another address than before. */
export function moves({ origin }: Account, address: string | undefined): boolean {
  return origin !== undefined && origin !== (address === undefined ? undefined : originOf(address));
}

/** Whether an account that was for one address may be for another from now on. */
export async function agreeToMove(account: Account, address: string | undefined): Promise<boolean> {
  if (!moves(account, address)) return true;
  const { name, origin = '' } = account;
  const to = address === undefined ? undefined : originOf(address);
  return ask(
    to === undefined
      ? t('Give the account “{0}” another key?', name)
      : t('Use the account “{0}” for {1}?', name, to),
    [
      t(
        'It has been for {0}. What is under way there can no longer be asked for or fetched with it.',
        origin,
      ),
    ],
    t('Use It There'),
  );
}
