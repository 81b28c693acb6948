import * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { factLine, listed } from '../../base/lists.ts';
import { addressFault } from './account-questions.ts';
import { askForAccount, settleAccount, type AccountUse } from './add-account.ts';
import type { AccountTools } from './add-server.ts';
import type { ServiceProvider } from './account-services.ts';
import { isServer, type Accounts } from './accounts.ts';
import { askForModel, offerOf, testedAccount } from './choose-model.ts';
import { pickWorkflow, prepareWorkflow } from './choose-workflow.ts';
import { agreeToStranger, sentWords, shownAddress } from '../consent/agreement.ts';
import type { Caller } from '../commands/caller.ts';
import type { StudioKind } from './studio-kinds.ts';
import { textStep, type StepAnswer } from '../ui/steps.ts';
import { pickOne, showInStatusBar, toldMs } from '../ui/window.ts';

/** Which studio renders or draws, as the settings say. */
export interface StudioChoice<Provider extends ServiceProvider = ServiceProvider> {
  readonly provider: 'animatic' | Provider;
  /** The model's name there; empty where there is nothing to name. */
  readonly model: string;
  /** Empty for the studio's own address. */
  readonly baseUrl: string;
}

/**
 * What automation passes. Left out: what the settings say, or, where another studio is chosen, what
 * that one was used with last.
 */
export interface ChooseStudioArgument<Provider extends ServiceProvider = ServiceProvider> {
  readonly provider: 'animatic' | Provider;
  readonly model?: string;
  readonly baseUrl?: string;
}

export interface ChooseStudioTools extends AccountTools {
  /** Remembers what each studio was used with. */
  readonly state: vscode.Memento;
}

/** By id of the studio, of one kind. */
type Last = Readonly<Partial<Record<string, Omit<StudioChoice, 'provider'>>>>;

/**
 * Choose the studio for new renders or pictures, and remember it in the settings. Jobs that were handed in stay
 * where they are.
 *
 * @throws ScenewrightError `bad-input` where there is no such studio
 */
export async function chooseStudio<Provider extends ServiceProvider>(
  kind: StudioKind<Provider>,
  { state }: ChooseStudioTools,
  { provider, model, baseUrl }: ChooseStudioArgument<Provider>,
): Promise<StudioChoice<Provider>> {
  const { settings, stateKey } = kind;
  if (provider !== 'animatic' && !kind.isOne(provider)) {
    throw new ScenewrightError(
      'bad-input',
      t(
        'There is no studio “{0}”. There are {1}.',
        provider,
        listed(['animatic', ...kind.providers]),
      ),
    );
  }
  const present = presentChoice(kind);
  const last = state.get<Last>(stateKey, {});
  const known = present.provider === provider ? present : last[provider];
  await state.update(stateKey, {
    ...last,
    [present.provider]: { model: present.model, baseUrl: present.baseUrl },
  });
  if (provider !== 'animatic') {
    // First these: in between, nothing must be sent to an address that is meant for another studio.
    await settings.provider.set('animatic');
    await settings.baseUrl.set((baseUrl ?? known?.baseUrl ?? '').trim());
    await settings.model.set((model ?? known?.model ?? '').trim());
  }
  await settings.provider.set(provider);
  return presentChoice(kind);
}

/**
 * Let the person decide on a studio that somebody else names: what they render or draw is sent there.
 *
 * @throws ScenewrightError `cancelled` where they do not want it
 */
export async function agreeToStudio<Provider extends ServiceProvider>(
  kind: StudioKind<Provider>,
  tools: ChooseStudioTools,
  { provider, model, baseUrl }: ChooseStudioArgument<Provider>,
  caller: Caller,
): Promise<void> {
  // That one is on this machine; and of others than there are none is chosen.
  if (provider === 'animatic' || !kind.isOne(provider)) return;
  const { label, defaultBaseUrl } = kind.definition(provider);
  const known = knownOf(kind, tools, provider);
  const { title, agreement } = kind.words();
  const named = (baseUrl ?? known.baseUrl).trim();
  const servers = tools.accounts.servers(provider).map((server) => server.address ?? '');
  const address = isServer(provider)
    ? listed(servers)
    : named === ''
      ? (defaultBaseUrl ?? '')
      : named;
  await agreeToStranger(
    caller,
    agreement(factLine([label, (model ?? known.model).trim()]), shownAddress(address)),
    [sentWords()],
    title,
  );
}

interface StudioPick<Provider> extends vscode.QuickPickItem {
  readonly provider: 'animatic' | Provider;
}

/** Let the writer pick a studio, and ask for what it needs. `undefined` when they left. */
export async function pickStudio<Provider extends ServiceProvider>(
  kind: StudioKind<Provider>,
  tools: ChooseStudioTools,
): Promise<StudioChoice<Provider> | undefined> {
  const { title, question } = kind.words();
  const picked = await pickOne(studioPicks(kind, tools), {
    title,
    placeHolder: question,
    matchOnDescription: true,
  });
  if (picked === undefined) return undefined;
  const { provider } = picked;
  if (provider === 'animatic') return tell(kind, await chooseStudio(kind, tools, { provider }));
  const known = knownOf(kind, tools, provider);
  if (isServer(provider)) return await pickOwnServers(kind, tools, provider, known.model);
  const address = await askForAddress(kind, provider, known.baseUrl);
  if (address === 'back') return await pickStudio(kind, tools);
  if (address === undefined) return undefined;
  const baseUrl = address.answer;
  const use = {
    provider,
    address: baseUrl === '' ? (kind.definition(provider).defaultBaseUrl ?? '') : baseUrl,
  };
  const chosen = await pickModel(kind, tools, use, baseUrl, known.model);
  if (chosen === 'back') return await pickStudio(kind, tools);
  if (chosen === undefined) return undefined;
  const { model, tested } = chosen;
  return tell(kind, await chooseStudio(kind, tools, { provider, baseUrl, model }), tested);
}

/**
 * See to it that there is a key where one is needed, and have the writer choose among the models that the
 * studio offers, which tests the key before anything is ordered with it.
 */
async function pickModel<Provider extends ServiceProvider>(
  kind: StudioKind<Provider>,
  tools: ChooseStudioTools,
  use: AccountUse & { readonly provider: Provider },
  baseUrl: string,
  known: string,
): Promise<{ readonly model: string; readonly tested: string | undefined } | 'back' | undefined> {
  const { provider, address } = use;
  const { exampleModel, label } = kind.definition(provider);
  if (!kind.isKeyless(provider, address)) await settleAccount(tools, use);
  const offer = await offerOf(tools, use, (signal) =>
    tools.studioOffers(kind.offering, provider, address, signal),
  );
  if (offer === 'left') return undefined;
  const { model: prompt, offered: placeHolder } = kind.words();
  const steps = mayBeAnywhere(kind, provider) ? 2 : 1;
  const offered = offer?.models ?? [];
  const chosen = await askForModel(
    {
      title: label,
      step: steps,
      totalSteps: steps,
      hasBack: true,
      present: known,
      prompt,
      placeHolder: placeHolder(offered.length),
      isOptional: !needsModel(kind, provider, baseUrl),
      ...defined({ example: exampleModel }),
    },
    offered,
  );
  if (typeof chosen !== 'object') return chosen;
  return { model: chosen.answer, tested: testedAccount(tools, use, offer) };
}

/** Say who it is from now on, and whether the key is good. */
function tell<Provider extends ServiceProvider>(
  kind: StudioKind<Provider>,
  choice: StudioChoice<Provider>,
  tested?: string,
): StudioChoice<Provider> {
  const { provider, model } = choice;
  const label = provider === 'animatic' ? t('Animatic') : kind.definition(provider).label;
  const name = factLine([label, model]);
  showInStatusBar(kind.words().fromNowOn(name, tested), toldMs);
  return choice;
}

/** For a studio whose accounts are servers of the writer's own: one of them, and what it runs. */
async function pickOwnServers<Provider extends ServiceProvider>(
  kind: StudioKind<Provider>,
  tools: ChooseStudioTools,
  provider: Provider,
  known: string,
): Promise<StudioChoice<Provider> | undefined> {
  await tools.accounts.ready;
  if (tools.accounts.servers(provider).length === 0) {
    if ((await askForAccount(tools, { provider, address: '' })) === undefined) return undefined;
  }
  const model = await pickWorkflow(kind.definition(provider).label, known);
  if (model === undefined) return undefined;
  // One that cannot be used is not chosen.
  await prepareWorkflow(model);
  return tell(kind, await chooseStudio(kind, tools, { provider, baseUrl: '', model }));
}

function studioPicks<Provider extends ServiceProvider>(
  kind: StudioKind<Provider>,
  tools: ChooseStudioTools,
): StudioPick<Provider>[] {
  const present = kind.settings.provider.value;
  const mark = (provider: string): Pick<StudioPick<Provider>, 'iconPath'> => ({
    iconPath: new vscode.ThemeIcon(present === provider ? 'check' : 'blank'),
  });
  return [
    {
      provider: 'animatic',
      label: t('Animatic'),
      description: t('drawn on this computer: no account, no network, no cost'),
      ...mark('animatic'),
    },
    ...kind.providers.map((provider): StudioPick<Provider> => ({
      provider,
      label: kind.definition(provider).label,
      description: needsOf(kind, tools, provider),
      ...mark(provider),
    })),
  ];
}

/** What a studio still needs, or what it is ready with. */
function needsOf<Provider extends ServiceProvider>(
  kind: StudioKind<Provider>,
  tools: ChooseStudioTools,
  provider: Provider,
): string {
  const { defaultBaseUrl } = kind.definition(provider);
  const { model, baseUrl } = knownOf(kind, tools, provider);
  const address = baseUrl === '' ? (defaultBaseUrl ?? '') : baseUrl;
  const hasKey = kind.isKeyless(provider, address) || hasAccount(tools.accounts, provider, address);
  const needs = [
    address === '' && !isServer(provider) ? t('an address') : '',
    hasKey ? '' : t('an account'),
    model === '' && needsModel(kind, provider, baseUrl)
      ? isServer(provider)
        ? t('a workflow')
        : t('a model')
      : '',
  ].filter((need) => need !== '');
  if (needs.length > 0) return t('needs {0}', listed(needs));
  return factLine([model, baseUrl]);
}

function hasAccount(accounts: Accounts, provider: ServiceProvider, address: string): boolean {
  if (isServer(provider)) return accounts.servers(provider).length > 0;
  return URL.canParse(address) && accounts.belonging(provider, address).length > 0;
}

/** What the studio is used with, or was when it was used last. */
function knownOf<Provider extends ServiceProvider>(
  kind: StudioKind<Provider>,
  { state }: ChooseStudioTools,
  provider: Provider,
): Omit<StudioChoice, 'provider'> {
  const present = presentChoice(kind);
  if (present.provider === provider) return present;
  return state.get<Last>(kind.stateKey, {})[provider] ?? { model: '', baseUrl: '' };
}

/** Only of studios that are nowhere by themselves, or may be a server of one's own; the others move by their setting. */
async function askForAddress<Provider extends ServiceProvider>(
  kind: StudioKind<Provider>,
  provider: Provider,
  known: string,
): Promise<StepAnswer<string>> {
  const { defaultBaseUrl, label } = kind.definition(provider);
  if (!mayBeAnywhere(kind, provider)) return { answer: known };
  const address = await textStep({
    title: label,
    step: 1,
    totalSteps: 2,
    hasBack: true,
    prompt: t('Address of the service; most end in /v1'),
    value: known === '' ? (defaultBaseUrl ?? '') : known,
    validate: addressFault,
  });
  if (typeof address !== 'object') return address;
  const trimmed = address.answer.trim();
  return { answer: trimmed === defaultBaseUrl ? '' : trimmed };
}

function mayBeAnywhere<Provider extends ServiceProvider>(
  kind: StudioKind<Provider>,
  provider: Provider,
): boolean {
  const { defaultBaseUrl, mayBeOwnServer } = kind.definition(provider);
  return defaultBaseUrl === undefined || mayBeOwnServer === true;
}

/** Whether a model has to be named; a server of the writer's own may have just one. */
function needsModel<Provider extends ServiceProvider>(
  kind: StudioKind<Provider>,
  provider: Provider,
  baseUrl: string,
): boolean {
  const { exampleModel, mayBeOwnServer } = kind.definition(provider);
  return exampleModel !== undefined && !(mayBeOwnServer === true && baseUrl !== '');
}

function presentChoice<Provider extends ServiceProvider>({
  settings,
}: StudioKind<Provider>): StudioChoice<Provider> {
  const provider = settings.provider.value;
  return provider === 'animatic'
    ? { provider, model: '', baseUrl: '' }
    : { provider, model: settings.model.value.trim(), baseUrl: settings.baseUrl.value.trim() };
}
