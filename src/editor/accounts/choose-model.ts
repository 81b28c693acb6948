import * as vscode from 'vscode';
import { messageOf, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { pickStep, textStep, type Step, type StepAnswer } from '../ui/steps.ts';
import { askAmong, withProgress } from '../ui/window.ts';
import { askForAccount, type AccountUse } from './add-account.ts';
import type { AccountTools } from './add-server.ts';
import { changeKey } from './change-key.ts';

/** What a service says that it offers. */
interface Offer<Model> {
  readonly models: readonly Model[];
  /** Whether it has looked at the key and found it good. */
  readonly isKeyGood: boolean;
}

/**
 * Ask a service what it offers, which tests the key before anything is ordered with it; where the key is not
 * taken, the writer may give another one.
 *
 * @param ask `undefined` from a service that has no list
 * @returns `undefined` where a model has to be named without a list, `left` where the writer left
 */
export async function offerOf<Model>(
  tools: AccountTools,
  use: AccountUse,
  ask: (signal: AbortSignal) => Promise<Offer<Model> | undefined>,
): Promise<Offer<Model> | undefined | 'left'> {
  // In a workspace that is not trusted nothing is sent anywhere.
  if (!vscode.workspace.isTrusted) return undefined;
  for (;;) {
    try {
      return await withProgress(
        {
          title: t('Asking {0} for its models', new URL(use.address).host),
          location: vscode.ProgressLocation.Notification,
        },
        ask,
      );
    } catch (error) {
      const next = await goOn(tools, error, use);
      if (next !== 'again') return next;
    }
  }
}

/** A service that does not answer now, or has another way with keys, may be meant all the same. */
async function goOn(
  tools: AccountTools,
  error: unknown,
  use: AccountUse,
): Promise<'again' | 'left' | undefined> {
  const [account] = tools.accounts.usable(use.provider, use.address);
  const otherKey = t('Change Key…');
  const addKey = t('Add Account…');
  const again = t('Try Again');
  const byName = t('Name a Model All the Same');
  const isAboutKey = error instanceof ScenewrightError && error.code === 'account';
  const mend = !isAboutKey ? again : account === undefined ? addKey : otherKey;
  const answer = await askAmong(
    t('The models of this service cannot be listed.'),
    [messageOf(error)],
    mend,
    byName,
  );
  if (answer === byName) return undefined;
  if (answer === undefined) return 'left';
  if (answer === otherKey && account !== undefined) await changeKey(tools.accounts, account);
  if (answer === addKey) await askForAccount(tools, use);
  return 'again';
}

/** The account whose key a service has looked at and found good, by its name. */
export function testedAccount(
  { accounts }: AccountTools,
  { provider, address }: AccountUse,
  offer: Offer<unknown> | undefined,
): string | undefined {
  return offer?.isKeyGood === true ? accounts.usable(provider, address)[0]?.name : undefined;
}

export interface ModelQuestion extends Step {
  /** The model that is in use; empty where there is none. */
  readonly present: string;
  /** What is asked where nobody knows which there are. */
  readonly prompt: string;
  /** What is asked where they are listed. */
  readonly placeHolder: string;
  /** How one is named, such as `google/veo-3.1`; absent where nothing is known. */
  readonly example?: string;
  /** It may be left open: a server may have just one. */
  readonly isOptional?: boolean;
}

interface ModelPick extends vscode.QuickPickItem {
  readonly model: string;
}

/** Let the writer choose one of those that are offered, or name any other. */
export async function askForModel(
  { present, prompt, placeHolder, example, isOptional = false, ...step }: ModelQuestion,
  offered: readonly { readonly name: string; readonly title?: string }[],
): Promise<StepAnswer<string>> {
  if (offered.length === 0) {
    const named = await textStep({
      ...step,
      prompt,
      value: present,
      ...(example === undefined ? {} : { placeHolder: t('such as {0}', example) }),
      validate: (value) => (value.trim() === '' && !isOptional ? t('Name a model.') : undefined),
    });
    return typeof named === 'object' ? { answer: named.answer.trim() } : named;
  }
  const rows = offered.map(({ name, title }): ModelPick => ({
    label: name,
    model: name,
    ...(title === undefined ? {} : { description: title }),
    iconPath: new vscode.ThemeIcon(name === present ? 'check' : 'blank'),
  }));
  const chosen = await pickStep({
    ...step,
    placeHolder,
    items: (typed) => {
      const model = typed.trim();
      if (model === '' || offered.some(({ name }) => name.includes(model))) return rows;
      const other: ModelPick = {
        label: model,
        model,
        description: t('not among those that it lists'),
        alwaysShow: true,
      };
      return [...rows, other];
    },
    active: ({ model }) => model === present,
  });
  return typeof chosen === 'object' ? { answer: chosen.answer.model } : chosen;
}
