import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { accountService } from './account-services.ts';
import { isInTheOpen, originOf, type AccountProvider, type Accounts } from './accounts.ts';
import { ErrorWithAction } from '../ui/error-action.ts';

/** @param address where it is to be sent to */
export function missingAccount(provider: AccountProvider, address: string): ScenewrightError {
  return new ScenewrightError(
    'account',
    t(
      'There is no account for {0} at {1} yet. Add one with “Scenewright: Add Account…”. Nothing was sent.',
      provider === 'openai' ? t('the writer') : accountService(provider).label,
      originOf(address) ?? address,
    ),
    { next: 'add-account' },
  );
}

/**
 * Why no key goes to an address though it might, with the button by which the writer says that it
 * may; `undefined` where there is no account to decide on.
 */
export function unsettledAccount(
  accounts: Accounts,
  provider: AccountProvider,
  address: string,
): ScenewrightError | undefined {
  const origin = originOf(address) ?? '';
  const inTheOpen = isInTheOpen(address);
  const [own] = accounts.belonging(provider, address);
  if (own !== undefined && inTheOpen) {
    return new ErrorWithAction(
      'account',
      t(
        'The key of “{0}” would go to {1} unencrypted, and anybody on the way could read it. Nothing was sent. Use an https address if there is one.',
        own.name,
        origin,
      ),
      {
        label: t('Send It Unencrypted'),
        isSetUp: true,
        run: async () => {
          await accounts.bind(own.id, address, true);
          return own.id;
        },
      },
    );
  }
  const unbound = accounts.of(provider).find((account) => account.origin === undefined);
  if (unbound === undefined) return undefined;
  return new ErrorWithAction(
    'account',
    inTheOpen
      ? t(
          'It is not settled yet where the key of “{0}” may be sent. To {1} it would go unencrypted, and anybody on the way could read it. Nothing was sent.',
          unbound.name,
          origin,
        )
      : t(
          'It is not settled yet where the key of “{0}” may be sent. Nothing was sent.',
          unbound.name,
        ),
    {
      label: t('Send It to {0} Only', origin),
      isSetUp: true,
      run: async () => {
        await accounts.bind(unbound.id, address, inTheOpen);
        return unbound.id;
      },
    },
  );
}
