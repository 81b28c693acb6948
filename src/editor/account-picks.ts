import * as vscode from 'vscode';
import { accountProviders, type Account, type AccountProvider, type Accounts } from './accounts.ts';
import { studioAddress } from './services.ts';
import { setting } from './settings.ts';
import { onlineStudio } from './studio-list.ts';

function providerLabel(provider: AccountProvider): string {
  return provider === 'openai'
    ? vscode.l10n.t('Writer: OpenAI-compatible endpoint')
    : vscode.l10n.t('Studio: {0}', onlineStudio(provider).label);
}

/** Where keys of a provider go at the moment; before that is settled, any address may follow. */
function presentAddress(provider: AccountProvider): string | undefined {
  if (provider !== 'openai') {
    const address = studioAddress(provider);
    return URL.canParse(address) ? address : undefined;
  }
  const address = setting('writer.baseUrl').trim();
  return setting('writer.provider') === provider && URL.canParse(address) ? address : undefined;
}

/**
 * Ask for a name and a key, and what they are for unless that is given. `undefined` when the writer
 * left.
 */
export async function askForAccount(
  accounts: Accounts,
  what?: AccountProvider,
): Promise<Account | undefined> {
  const provider =
    what === undefined
      ? await vscode.window.showQuickPick(
          accountProviders.map((id) => ({ id, label: providerLabel(id), description: id })),
          {
            title: vscode.l10n.t('Add Account (1/3)'),
            placeHolder: vscode.l10n.t('What is the key for?'),
          },
        )
      : { id: what, label: providerLabel(what) };
  if (provider === undefined) return undefined;
  const title = (step: number): string =>
    what === undefined
      ? vscode.l10n.t('Add Account ({0}/3)', step)
      : vscode.l10n.t('{0}: Add Account ({1}/2)', provider.label, step - 1);
  const known = accounts.of(provider.id);
  const name = await vscode.window.showInputBox({
    title: title(2),
    prompt: vscode.l10n.t('A name for this account, for you to tell it by'),
    value: known.length === 0 ? vscode.l10n.t('Main') : '',
    validateInput: (value) => {
      if (value.trim() === '') return vscode.l10n.t('Give it a name.');
      return known.some((account) => account.name === value.trim())
        ? vscode.l10n.t('There is one of this name. To change its key, go to Manage Accounts.')
        : undefined;
    },
    ignoreFocusOut: true,
  });
  if (name === undefined) return undefined;
  const address = presentAddress(provider.id);
  const secret = await askForKey(title(3), originOf(address));
  if (secret === undefined) return undefined;
  const account = await accounts.add(provider.id, name, secret);
  if (address !== undefined) await accounts.give(account.id, address);
  return account;
}

/** @param origin the only one that the key will be sent to, if that is settled */
async function askForKey(title: string, origin: string | undefined): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt:
      origin === undefined
        ? vscode.l10n.t(
            'The key. It is kept in this machine’s key store, and sent to no other address than the one it is first used with.',
          )
        : vscode.l10n.t(
            'The key. It is kept in this machine’s key store, and sent to {0} alone.',
            origin,
          ),
    password: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Paste the key.') : undefined),
    ignoreFocusOut: true,
  });
}

interface Pick extends vscode.QuickPickItem {
  readonly account?: Account;
}

/** List the accounts, to add one, change a key, give it to an address or remove one. */
export async function manageAccounts(accounts: Accounts): Promise<void> {
  const add: Pick = { label: `$(add) ${vscode.l10n.t('Add Account…')}` };
  const picked = await vscode.window.showQuickPick(
    [
      ...accounts.all().map((account): Pick => ({
        label: account.name,
        description: providerLabel(account.provider),
        detail: account.origin ?? vscode.l10n.t('Not used yet'),
        account,
      })),
      add,
    ],
    {
      title: vscode.l10n.t('Accounts'),
      placeHolder: vscode.l10n.t('Choose an account to change it'),
      matchOnDetail: true,
    },
  );
  if (picked === undefined) return;
  if (picked.account === undefined) await askForAccount(accounts);
  else await manageAccount(accounts, picked.account);
}

async function manageAccount(accounts: Accounts, account: Account): Promise<void> {
  const address = presentAddress(account.provider);
  const origin = originOf(address);
  const change = vscode.l10n.t('Change Key…');
  const remove = vscode.l10n.t('Remove Account');
  const give = vscode.l10n.t('Use It at {0}', origin ?? '');
  const isFresh = account.origin === undefined && origin !== undefined;
  const action = await vscode.window.showQuickPick(
    isFresh ? [give, change, remove] : [change, remove],
    { title: account.name, placeHolder: account.origin ?? vscode.l10n.t('Not used yet') },
  );
  switch (action) {
    case give:
      if (address !== undefined) await accounts.give(account.id, address);
      return;
    case change: {
      const secret = await askForKey(account.name, account.origin);
      if (secret === undefined) return;
      await accounts.add(account.provider, account.name, secret);
      // They have just been told where it is sent, so it need not be found out anew.
      if (account.origin !== undefined) await accounts.give(account.id, account.origin);
      return;
    }
    case remove:
      await removeAccount(accounts, account, remove);
      return;
    default:
      return;
  }
}

async function removeAccount(accounts: Accounts, account: Account, yes: string): Promise<void> {
  const question =
    account.provider === 'openai'
      ? vscode.l10n.t('Remove the account “{0}” and its key?', account.name)
      : vscode.l10n.t(
          'Remove the account “{0}”? Its running jobs can no longer be fetched.',
          account.name,
        );
  const sure = await vscode.window.showWarningMessage(question, { modal: true }, yes);
  if (sure === yes) await accounts.remove(account.id);
}

function originOf(address: string | undefined): string | undefined {
  return address === undefined ? undefined : new URL(address).origin;
}
