import * as vscode from 'vscode';
import { isCancelled, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { isOnline } from '../../studios/registry.ts';
import { accountService } from './account-services.ts';
import { originOf, type Account } from './accounts.ts';
import type { AccountTools } from './add-server.ts';
import { changeKey } from './change-key.ts';
import { presentAddress } from './services.ts';
import {
  showInStatusBar,
  showInformation,
  showWarning,
  toldMs,
  withProgress,
} from '../ui/window.ts';

/** How a key has been found: good, or `unknown` where its service tells only with the first order. */
type Finding = 'good' | 'unknown';

/** Tell the writer that an account is saved, and whether its service takes the key. */
export async function tellOfKey(tools: AccountTools, account: Account): Promise<void> {
  const { name } = account;
  await testAndTell(tools, account, (finding) => {
    showInStatusBar(
      finding === 'good'
        ? t('The account “{0}” is saved; its key is good', name)
        : t('The account “{0}” is saved', name),
      toldMs,
    );
  });
}

/** Test a key because the writer asks for it. */
export async function testKey(tools: AccountTools, account: Account): Promise<void> {
  const { name } = account;
  await testAndTell(tools, account, (finding) => {
    void showInformation(
      finding === 'good'
        ? t('The key of “{0}” is good.', name)
        : t('Whether the key of “{0}” is good, its service tells only with the first order.', name),
    );
  });
}

async function testAndTell(
  tools: AccountTools,
  account: Account,
  tell: (finding: Finding) => void,
): Promise<void> {
  try {
    tell(await findingOf(tools, account));
  } catch (error) {
    if (isCancelled(error)) return;
    const otherKey = t('Change Key…');
    const told = t('{0} The account “{1}” cannot be used now.', messageOf(error), account.name);
    if ((await showWarning(told, otherKey)) !== otherKey) return;
    const changed = await changeKey(tools.accounts, account);
    if (changed !== undefined) await tellOfKey(tools, changed);
  }
}

/** @throws ScenewrightError where the service does not answer, or does not take the key */
async function findingOf(tools: AccountTools, account: Account): Promise<Finding> {
  const address = addressOf(account);
  if (address === undefined || !vscode.workspace.isTrusted) return 'unknown';
  const offer = await withProgress(
    {
      title: t('Testing the key of “{0}”', account.name),
      location: vscode.ProgressLocation.Notification,
    },
    (signal) => ask(tools, account, address, signal),
  );
  return offer?.isKeyGood === true ? 'good' : 'unknown';
}

/** Where its service is asked: of an account itself no more is known than the origin. */
function addressOf({ provider, origin }: Account): string | undefined {
  const places = [
    presentAddress(provider),
    provider === 'openai' ? undefined : accountService(provider).defaultBaseUrl,
  ];
  return places.find((place) => place !== undefined && originOf(place) === origin);
}

/** A list of models, which costs nothing, tells of the key. */
async function ask(
  { accounts, offers, studioOffers }: AccountTools,
  { id, provider }: Account,
  address: string,
  signal: AbortSignal,
): Promise<{ readonly isKeyGood: boolean } | undefined> {
  const account = accounts.keyed(id, provider);
  if (provider === 'openai') return await offers(address, signal, account);
  const offering = isOnline(provider) ? 'clips' : 'pictures';
  return await studioOffers(offering, provider, address, signal, account);
}
