import * as vscode from 'vscode';
import { messageOf, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { OfferedModels } from '../../models/openai/offered-models.ts';
import { settings } from '../settings.ts';
import { pickStep, textStep, type StepAnswer } from '../ui/steps.ts';
import { askAmong, withProgress } from '../ui/window.ts';
import { addressFault } from './account-questions.ts';
import { askForAccount, settleAccount, type AccountUse } from './add-account.ts';
import type { AccountTools } from './add-server.ts';
import { changeKey } from './change-key.ts';
import type { Services } from './services.ts';

export interface EndpointTools extends AccountTools {
  readonly offers: Services['offers'];
}

/** Where models are, and the one that is to write. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly model: string;
  /** The account whose key the endpoint has looked at and found good. */
  readonly tested?: string;
}

const title = (): string => t('OpenAI-Compatible Endpoint');

/**
 * Let the writer say where models are, see to it that there is a key for it where one is needed, and have
 * them choose among what is offered there, which tests the key before anything is written with it.
 * `undefined` when they left.
 */
export async function askForEndpoint(tools: EndpointTools): Promise<Endpoint | undefined> {
  let baseUrl = settings.writer.baseUrl.value;
  for (;;) {
    const address = await textStep({
      title: title(),
      step: 1,
      totalSteps: 2,
      hasBack: false,
      prompt: t('Address of the service; most end in /v1'),
      value: baseUrl,
      validate: addressFault,
    });
    if (address === undefined || address === 'back') return undefined;
    baseUrl = address.answer.trim();
    const use: AccountUse = { provider: 'openai', address: baseUrl };
    await settleAccount(tools, use);
    const offer = await offerOf(tools, use);
    if (offer === 'left') return undefined;
    const chosen = await askForModel(offer?.models ?? []);
    if (chosen === undefined) return undefined;
    if (chosen === 'back') continue;
    const [account] = tools.accounts.usable('openai', baseUrl);
    const isTested = offer?.isKeyGood === true && account !== undefined;
    return { baseUrl, model: chosen.answer, ...(isTested ? { tested: account.name } : {}) };
  }
}

/** What is offered there; where the key is not taken, the writer may give another one. */
async function offerOf(
  tools: EndpointTools,
  use: AccountUse,
): Promise<OfferedModels | undefined | 'left'> {
  const { address } = use;
  for (;;) {
    try {
      return await withProgress(
        {
          title: t('Asking {0} for its models', new URL(address).host),
          location: vscode.ProgressLocation.Notification,
        },
        (signal) => tools.offers(address, signal),
      );
    } catch (error) {
      const next = await goOn(tools, error, use);
      if (next !== 'again') return next;
    }
  }
}

/** A service that does not answer now, or has another way with keys, may be meant all the same. */
async function goOn(
  tools: EndpointTools,
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

interface ModelPick extends vscode.QuickPickItem {
  readonly model: string;
}

/** One of those that are offered, or any other by its name. */
async function askForModel(offered: readonly string[]): Promise<StepAnswer<string>> {
  const present = settings.writer.model.value;
  const place = { title: title(), step: 2, totalSteps: 2, hasBack: true };
  if (offered.length === 0) {
    const named = await textStep({
      ...place,
      prompt: t('The model, as the service names it'),
      value: present,
      validate: (value) => (value.trim() === '' ? t('Name a model.') : undefined),
    });
    return typeof named === 'object' ? { answer: named.answer.trim() } : named;
  }
  const rows = offered.map((model): ModelPick => ({
    label: model,
    model,
    iconPath: new vscode.ThemeIcon(model === present ? 'check' : 'blank'),
  }));
  const chosen = await pickStep({
    ...place,
    placeHolder: t('Which of its {0} models writes?', offered.length),
    items: (typed) => {
      const model = typed.trim();
      if (model === '' || offered.some((one) => one.includes(model))) return rows;
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
