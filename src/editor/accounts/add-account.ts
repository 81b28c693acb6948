import { cancelledError, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import { namesPrivate } from '../../net/private-address.ts';
import {
  accountProviders,
  isAccountProvider,
  isInTheOpen,
  isServer,
  originOf,
  type Account,
  type AccountProvider,
  type Accounts,
} from './accounts.ts';
import { agreeToStranger } from '../consent/agreement.ts';
import type { Caller } from '../commands/caller.ts';
import { presentAddress } from './services.ts';
import { askForServer, type AccountTools } from './add-server.ts';
import { isOnline } from '../../studios/registry.ts';
import { accountService } from './account-services.ts';
import { ask, askForText, pickOne } from '../ui/window.ts';
import {
  addressFault,
  agreeToMove,
  agreeToTheOpen,
  askForKey,
  askForName,
  moves,
  providerLabel,
} from './account-questions.ts';

/** What an account is for. */
export interface AccountUse {
  readonly provider: AccountProvider;
  /** The address that its key may be sent to. */
  readonly address: string;
}

/** Ask for a name and a key, and what they are for unless that is given. `undefined` when the writer left. */
export async function askForAccount(
  tools: AccountTools,
  use?: AccountUse,
): Promise<Account | undefined> {
  const { accounts } = tools;
  await accounts.ready;
  const provider = use?.provider ?? (await askForProvider());
  if (provider === undefined) return undefined;
  if (provider !== 'openai' && isOnline(provider) && isServer(provider)) {
    return await askForServer(tools, provider);
  }
  const title = t('{0}: Add Account', providerLabel(provider));
  const address = use?.address ?? (await askForAddress(title, provider));
  if (address === undefined) return undefined;
  const inTheOpen = isInTheOpen(address);
  if (inTheOpen && !(await agreeToTheOpen(address))) return undefined;
  const name = await askForName(accounts, provider, title, t('Main'));
  if (name === undefined) return undefined;
  const secret = await askForKey(title, originOf(address));
  if (secret === undefined) return undefined;
  return accounts.add(provider, name, secret, address, inTheOpen);
}

async function askForProvider(): Promise<AccountProvider | undefined> {
  const picked = await pickOne(
    accountProviders.map((id) => ({ id, label: providerLabel(id), description: id })),
    {
      title: t('Add Account'),
      placeHolder: t('What is the key for?'),
    },
  );
  return picked?.id;
}

/** Only of services that may be anywhere; the others move by their setting. */
async function askForAddress(
  title: string,
  provider: AccountProvider,
): Promise<string | undefined> {
  const present = presentAddress(provider);
  const isAnywhere =
    provider === 'openai' ||
    accountService(provider).defaultBaseUrl === undefined ||
    !isOnline(provider);
  if (present !== undefined && !isAnywhere) return present;
  const address = await askForText({
    title,
    prompt: t('Address of the service that the key is for. It is sent to no other.'),
    value: present ?? '',
    validateInput: addressFault,
    ignoreFocusOut: true,
  });
  return address?.trim();
}

/**
 * A person has chosen the address of a service: see to it that a key may be sent there, if they want
 * that. Nothing is asked where one may already.
 */
export async function settleAccount(tools: AccountTools, use: AccountUse): Promise<void> {
  const { accounts } = tools;
  await accounts.ready;
  const { provider, address } = use;
  if (accounts.usable(provider, address).length > 0) return;
  const own = accounts.belonging(provider, address);
  if (own.length > 0) {
    if (!(await agreeToTheOpen(address))) return;
    for (const { id } of own) await accounts.bind(id, address, true);
    return;
  }
  if (provider === 'openai' && !(await wantsKey(accounts, address))) return;
  await askForAccount(tools, use);
}

/** Studios always need a key; of writers those on this machine and its network, and some others, do not. */
async function wantsKey(accounts: Accounts, address: string): Promise<boolean> {
  if (namesPrivate(new URL(address))) return false;
  const others = accounts.of('openai').flatMap(({ origin }) => origin ?? []);
  return ask(
    t('Add an account for {0}?', originOf(address) ?? ''),
    [
      others.length === 0
        ? t('There is no key for it yet.')
        : t('The keys that there are go to {0} only.', listed([...new Set(others)])),
      t('Without one it is asked without a key.'),
    ],
    t('Add Account…'),
  );
}

/** What automation passes to add an account. */
export interface AddAccountArgument {
  readonly provider: string;
  readonly name: string;
  readonly secret: string;
  /** The address that the key may be sent to; by default where the provider is by the settings. */
  readonly address?: string;
}

/**
 * Add an account, or give one another key. Where somebody else brings it, the key of a known name is
 * for another address than before, or would be sent unencrypted, the writer is asked.
 *
 * @throws ScenewrightError `bad-input` where something is missing or wrong, `cancelled` where they say no,
 * `account` where code that acts for them has to confirm it
 */
export async function addAccount(
  accounts: Accounts,
  argument: Partial<AddAccountArgument>,
  caller: Caller,
): Promise<Account> {
  const { provider = '', name = '', secret = '' } = argument;
  if (!isAccountProvider(provider)) {
    throw new ScenewrightError(
      'bad-input',
      t('There is no provider “{0}”. Accounts are for: {1}.', provider, listed(accountProviders)),
    );
  }
  if (name.trim() === '' || (secret.trim() === '' && !isServer(provider))) {
    throw new ScenewrightError(
      'bad-input',
      t('An account needs a name and a key. Nothing was stored.'),
    );
  }
  const address = argument.address ?? presentAddress(provider);
  if (address !== undefined && originOf(address) === undefined) {
    throw new ScenewrightError(
      'bad-input',
      t('“{0}” is no address of a service. Nothing was stored.', address),
    );
  }
  if (address === undefined && isServer(provider)) {
    throw new ScenewrightError(
      'bad-input',
      t('An account for a server needs its address. Nothing was stored.'),
    );
  }
  await accounts.ready;
  const known = accounts.named(provider, name);
  const inTheOpen = address !== undefined && secret.trim() !== '' && isInTheOpen(address);
  await agreeToAccount(accounts, provider, name, caller);
  if (caller.trusted) {
    const isUnasked =
      caller.confirmed || !(inTheOpen || (known !== undefined && moves(known, address)));
    if (!isUnasked) throw keyElsewhere(name);
    return accounts.add(provider, name, secret, address, inTheOpen);
  }
  const isAgreed =
    (known === undefined || (await agreeToMove(known, address))) &&
    (!inTheOpen || (await agreeToTheOpen(address)));
  if (!isAgreed) throw cancelledError(t('The adding of the account'));
  return accounts.add(provider, name, secret, address, inTheOpen);
}

/** For code that acts for the writer, and so cannot have them asked. */
function keyElsewhere(name: string): ScenewrightError {
  return new ScenewrightError(
    'account',
    t(
      'The key of “{0}” would be for another address than before, or be sent unencrypted. Nothing was stored. Pass “confirmed: true” if that is meant.',
      name.trim(),
    ),
  );
}

/** Let the person decide on a key that somebody else brings; @throws ScenewrightError `cancelled` */
async function agreeToAccount(
  accounts: Accounts,
  provider: AccountProvider,
  name: string,
  caller: Caller,
): Promise<void> {
  const label = providerLabel(provider);
  const isKnown = accounts.named(provider, name) !== undefined;
  await agreeToStranger(
    caller,
    isKnown
      ? t('Replace the key of the account “{0}” ({1})?', name.trim(), label)
      : t('Add the account “{0}” ({1})?', name.trim(), label),
    [t('What you order with it can be seen by whoever else has the key.')],
    isKnown ? t('Replace Key') : t('Add Account'),
  );
}
