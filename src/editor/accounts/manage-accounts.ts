import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { ask, pickOne } from '../ui/window.ts';
import { agreeToMove, agreeToTheOpen, providerLabel } from './account-questions.ts';
import { isInTheOpen, isServer, originOf, type Account, type Accounts } from './accounts.ts';
import { askForAccount } from './add-account.ts';
import { standingOf } from './account-standing.ts';
import { changeKey } from './change-key.ts';
import { moveServer, type AccountTools } from './add-server.ts';
import { presentAddress } from './services.ts';
import { tellOfKey, testKey } from './test-key.ts';

interface Pick extends vscode.QuickPickItem {
  readonly account?: Account;
}

/** List the accounts, to add one, change a key, give it to an address or remove one. */
export async function manageAccounts(tools: AccountTools): Promise<void> {
  const { accounts } = tools;
  await accounts.ready;
  const add: Pick = {
    label: t('Add Account…'),
    iconPath: new vscode.ThemeIcon('add'),
  };
  const picked = await pickOne(
    [
      ...accounts.all().map((account): Pick => {
        const { words, icon } = standingOf(account, tools.notices());
        return {
          label: account.name,
          description: providerLabel(account.provider),
          detail: words,
          iconPath: new vscode.ThemeIcon(icon),
          account,
        };
      }),
      add,
    ],
    {
      title: t('Accounts'),
      placeHolder: t('Choose an account to change it'),
      matchOnDetail: true,
    },
  );
  if (picked === undefined) return;
  if (picked.account === undefined) await askForAccount(tools);
  else await manageAccount(tools, picked.account);
}

async function manageAccount(tools: AccountTools, account: Account): Promise<void> {
  const { accounts } = tools;
  const address = presentAddress(account.provider);
  const origin = address === undefined ? undefined : originOf(address);
  const change = t('Change Key…');
  const remove = t('Remove Account');
  const move = t('Use It at {0}', origin ?? '');
  const open = t('Send Unencrypted…');
  const elsewhere = t('Change Address…');
  const test = t('Test Key');
  const isOpen =
    account.origin !== undefined &&
    isInTheOpen(account.origin) &&
    account.inTheOpen !== true &&
    account.keyless !== true;
  const action = await pickOne(
    [
      ...(origin !== undefined && origin !== account.origin ? [move] : []),
      ...(isServer(account.provider) ? [elsewhere] : []),
      ...(isOpen ? [open] : []),
      // A server is asked who it is when it is added; many want no key.
      ...(isServer(account.provider) || account.origin === undefined || isOpen ? [] : [test]),
      change,
      remove,
    ].map((label) => ({ label })),
    { title: account.name, placeHolder: standingOf(account, tools.notices()).words },
  );
  switch (action?.label) {
    case move:
      if (address === undefined || !(await agreeToMove(account, address))) return;
      if (isInTheOpen(address) && !(await agreeToTheOpen(address))) return;
      await accounts.bind(account.id, address, isInTheOpen(address));
      return;
    case open:
      if (account.origin !== undefined && (await agreeToTheOpen(account.origin))) {
        await accounts.bind(account.id, account.origin, true);
      }
      return;
    case elsewhere:
      await moveServer(tools, account);
      return;
    case test:
      await testKey(tools, account);
      return;
    case change: {
      const changed = await changeKey(accounts, account);
      if (changed !== undefined) await tellOfKey(tools, changed);
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
      ? t('Remove the account “{0}” and its key?', account.name)
      : t('Remove the account “{0}”? Its running jobs can no longer be fetched.', account.name);
  if (await ask(question, [], yes)) await accounts.remove(account.id);
}
