import type { AccountNotice } from '../../accounts/account-notice.ts';
import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { onlineStudio, type OnlineProvider } from '../../studios/registry.ts';
import { ask, askForText, showInformation } from '../ui/window.ts';
import {
  agreeToMove,
  agreeToTheOpen,
  askForKey,
  askForName,
  providerLabel,
} from './account-questions.ts';
import { isInTheOpen, originOf, type Account, type Accounts } from './accounts.ts';
import type { Services } from './services.ts';

/** What accounts are added, tested and changed with. */
export interface AccountTools extends Pick<Services, 'meet' | 'offers' | 'studioOffers'> {
  readonly accounts: Accounts;
  /** Those that cannot be used at present, by writers or for orders. */
  readonly notices: () => readonly AccountNotice[];
}

/**
 * Ask for a server that is an account of its own: where it is, whether it wants a key, and what it is
 * called. It is asked who it is before it is added. `undefined` when the writer left.
 */
export async function askForServer(
  tools: AccountTools,
  provider: OnlineProvider,
): Promise<Account | undefined> {
  const { accounts } = tools;
  const title = t('{0}: Add Account', providerLabel(provider));
  const usual = onlineStudio(provider).serverPerAccount?.usualAddress ?? '';
  const address = await askWhere(title, accounts.of(provider).length === 0 ? usual : '');
  if (address === undefined) return undefined;
  const secret = await askForKey(title, originOf(address), false);
  if (secret === undefined) return undefined;
  const inTheOpen = secret.trim() !== '' && isInTheOpen(address);
  if (inTheOpen && !(await agreeToTheOpen(address))) return undefined;
  if (!(await isWelcome(tools, provider, address, secret.trim()))) return undefined;
  const name = await askForName(accounts, provider, title, new URL(address).host);
  if (name === undefined) return undefined;
  return accounts.add(provider, name, secret, address, inTheOpen);
}

/** Let the writer say where a server is by now; its jobs there can no longer be fetched. */
export async function moveServer(tools: AccountTools, account: Account): Promise<void> {
  const address = await askWhere(account.name, account.address ?? '');
  if (address === undefined || !(await agreeToMove(account, address))) return;
  const inTheOpen = account.keyless !== true && isInTheOpen(address);
  if (inTheOpen && !(await agreeToTheOpen(address))) return;
  await tools.accounts.bind(account.id, address, inTheOpen);
}

async function askWhere(title: string, value: string): Promise<string | undefined> {
  const address = await askForText({
    title,
    prompt: t('Address of the server, as of its page in the browser'),
    value,
    validateInput: (typed) =>
      originOf(typed) === undefined ? t('Write it like http://192.168.1.20:8188.') : undefined,
    ignoreFocusOut: true,
  });
  return address?.trim().replace(/\/+$/u, '');
}

/** Ask the server who it is, and the writer where that does not become clear. */
async function isWelcome(
  { meet }: AccountTools,
  provider: OnlineProvider,
  address: string,
  secret: string,
): Promise<boolean> {
  try {
    const words = await meet(provider, address, secret);
    if (words !== undefined) {
      void showInformation(t('{0} answers at {1}.', words, new URL(address).host));
    }
    return true;
  } catch (error) {
    return await ask(
      t('Add this server all the same?'),
      [messageOf(error)],
      t('Add It All the Same'),
    );
  }
}
