import * as vscode from 'vscode';
import { accountProviders, type Account, type AccountProvider, type Accounts } from './accounts.ts';

function providerLabel(provider: AccountProvider): string {
  switch (provider) {
    case 'openai':
      return vscode.l10n.t('Writer: OpenAI-compatible endpoint');
    case 'openai-videos':
      return vscode.l10n.t('Studio: /v1/videos');
  }
}

/** Ask for a provider, a name and a key. `undefined` when the writer left. */
export async function askForAccount(accounts: Accounts): Promise<Account | undefined> {
  const provider = await vscode.window.showQuickPick(
    accountProviders.map((id) => ({ id, label: providerLabel(id), description: id })),
    {
      title: vscode.l10n.t('Add Account (1/3)'),
      placeHolder: vscode.l10n.t('What is the key for?'),
    },
  );
  if (provider === undefined) return undefined;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Add Account (2/3)'),
    prompt: vscode.l10n.t('A name for this account, for you to tell it by'),
    value: accounts.of(provider.id).length === 0 ? vscode.l10n.t('Main') : '',
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Give it a name.') : undefined),
    ignoreFocusOut: true,
  });
  if (name === undefined) return undefined;
  const secret = await vscode.window.showInputBox({
    title: vscode.l10n.t('Add Account (3/3)'),
    prompt: vscode.l10n.t(
      'The key. It is kept in this machine’s key store and sent to this provider only.',
    ),
    password: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Paste the key.') : undefined),
    ignoreFocusOut: true,
  });
  if (secret === undefined) return undefined;
  return accounts.add(provider.id, name, secret);
}

interface Pick extends vscode.QuickPickItem {
  readonly account?: Account;
}

/** List the accounts, to add one, change a key or remove one. */
export async function manageAccounts(accounts: Accounts): Promise<void> {
  const add: Pick = { label: `$(add) ${vscode.l10n.t('Add Account…')}` };
  const picked = await vscode.window.showQuickPick(
    [
      ...accounts.all().map((account): Pick => ({
        label: account.name,
        description: providerLabel(account.provider),
        account,
      })),
      add,
    ],
    {
      title: vscode.l10n.t('Accounts'),
      placeHolder: vscode.l10n.t('Choose an account to change it'),
    },
  );
  if (picked === undefined) return;
  const { account } = picked;
  if (account === undefined) {
    await askForAccount(accounts);
    return;
  }
  const change = vscode.l10n.t('Change Key…');
  const remove = vscode.l10n.t('Remove Account');
  const action = await vscode.window.showQuickPick([change, remove], { title: account.name });
  if (action === change) {
    const secret = await vscode.window.showInputBox({
      title: account.name,
      prompt: vscode.l10n.t('The new key'),
      password: true,
      ignoreFocusOut: true,
    });
    if (secret) await accounts.add(account.provider, account.name, secret);
  } else if (action === remove) {
    const sure = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'Remove the account “{0}”? Its running jobs can no longer be fetched.',
        account.name,
      ),
      { modal: true },
      remove,
    );
    if (sure === remove) await accounts.remove(account.id);
  }
}
