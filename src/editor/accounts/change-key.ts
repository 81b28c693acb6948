import { askForKey } from './account-questions.ts';
import { isServer, type Account, type Accounts } from './accounts.ts';

/** Let the writer give an account another key, which goes where the one before went. `undefined` when they left. */
export async function changeKey(
  accounts: Accounts,
  account: Account,
): Promise<Account | undefined> {
  const { provider, name, origin, inTheOpen, address } = account;
  const secret = await askForKey(name, origin, !isServer(provider));
  if (secret === undefined) return undefined;
  return await accounts.add(provider, name, secret, address ?? origin, inTheOpen === true);
}
