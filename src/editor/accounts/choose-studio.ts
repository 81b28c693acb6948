import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { askForAccount, settleAccount } from './add-account.ts';
import type { AccountTools } from './add-server.ts';
import { isServer, type Accounts } from './accounts.ts';
import { pickWorkflow, prepareWorkflow } from './choose-workflow.ts';
import { agreeToStranger, sentWords, shownAddress } from '../consent/agreement.ts';
import type { Caller } from '../commands/caller.ts';
import { settings, type VideoProvider } from '../settings.ts';
import {
  isOnline,
  onlineProviders,
  onlineStudio,
  type OnlineProvider,
} from '../../studios/registry.ts';
import { askForText, pickOne } from '../ui/window.ts';

/** Which studio renders, as the settings say. */
export interface StudioChoice {
  readonly provider: VideoProvider;
  /** The model's name there; empty where there is nothing to name. */
  readonly model: string;
  /** Empty for the studio's own address. */
  readonly baseUrl: string;
}

/**
 * What automation passes. Left out: what the settings say, or, where another studio is chosen, what
 * that one was used with last.
 */
export interface ChooseStudioArgument {
  readonly provider: VideoProvider;
  readonly model?: string;
  readonly baseUrl?: string;
}

export interface ChooseStudioTools extends AccountTools {
  /** Remembers what each studio was used with. */
  readonly state: vscode.Memento;
}

type Last = Readonly<Partial<Record<VideoProvider, Omit<StudioChoice, 'provider'>>>>;
const lastKey = 'scenewright.studios';

/**
 * Choose the studio for new renders, and remember it in the settings. Jobs that were handed in stay
 * where they are.
 *
 * @throws ScenewrightError `bad-input` where there is no such studio
 */
export async function chooseStudio(
  { state }: ChooseStudioTools,
  { provider, model, baseUrl }: ChooseStudioArgument,
): Promise<StudioChoice> {
  if (provider !== 'animatic' && !isOnline(provider)) {
    throw new ScenewrightError(
      'bad-input',
      t(
        'There is no studio “{0}”. There are {1}.',
        String(provider),
        ['animatic', ...onlineProviders].join(', '),
      ),
    );
  }
  const present = presentChoice();
  const last = state.get<Last>(lastKey, {});
  const known = present.provider === provider ? present : last[provider];
  await state.update(lastKey, {
    ...last,
    [present.provider]: { model: present.model, baseUrl: present.baseUrl },
  });
  if (provider !== 'animatic') {
    // First these: in between, nothing must be sent to an address that is meant for another studio.
    await settings.video.provider.set('animatic');
    await settings.video.baseUrl.set((baseUrl ?? known?.baseUrl ?? '').trim());
    await settings.video.model.set((model ?? known?.model ?? '').trim());
  }
  await settings.video.provider.set(provider);
  return presentChoice();
}

/**
 * Let the person decide on a studio that somebody else names: what they render is sent there.
 *
 * @throws ScenewrightError `cancelled` where they do not want it
 */
export async function agreeToStudio(
  tools: ChooseStudioTools,
  { provider, model, baseUrl }: ChooseStudioArgument,
  caller: Caller,
): Promise<void> {
  // That one is on this machine; and of others than there are none is chosen.
  if (provider === 'animatic' || !isOnline(provider)) return;
  const { label, defaultBaseUrl } = onlineStudio(provider);
  const known = knownOf(tools, provider);
  const named = (baseUrl ?? known.baseUrl).trim();
  const servers = tools.accounts.servers(provider).map((server) => server.address ?? '');
  const address = isServer(provider)
    ? servers.join(', ')
    : named === ''
      ? (defaultBaseUrl ?? '')
      : named;
  await agreeToStranger(
    caller,
    t(
      'Render with {0} at {1} from now on?',
      [label, (model ?? known.model).trim()].filter((part) => part !== '').join(' · '),
      shownAddress(address),
    ),
    [sentWords()],
    t('Choose Studio'),
  );
}

interface StudioPick extends vscode.QuickPickItem {
  readonly provider: VideoProvider;
}

/** Let the writer pick a studio, and ask for what it needs. `undefined` when they left. */
export async function pickStudio(tools: ChooseStudioTools): Promise<StudioChoice | undefined> {
  const picked = await pickOne(studioPicks(tools), {
    title: t('Choose Studio'),
    placeHolder: t('Who renders the scenes?'),
    matchOnDescription: true,
  });
  if (picked === undefined) return undefined;
  const { provider } = picked;
  if (provider === 'animatic') return chooseStudio(tools, { provider });
  const known = knownOf(tools, provider);
  if (isServer(provider)) return await pickOwnServers(tools, provider, known.model);
  const baseUrl = await askForAddress(provider, known.baseUrl);
  if (baseUrl === undefined) return undefined;
  const model = await askForModel(provider, known.model);
  if (model === undefined) return undefined;
  const choice = await chooseStudio(tools, { provider, baseUrl, model });
  const address = baseUrl === '' ? onlineStudio(provider).defaultBaseUrl : baseUrl;
  if (address !== undefined && URL.canParse(address)) {
    await settleAccount(tools, { provider, address });
  }
  return choice;
}

/** For a studio whose accounts are servers of the writer's own: one of them, and what it runs. */
async function pickOwnServers(
  tools: ChooseStudioTools,
  provider: OnlineProvider,
  known: string,
): Promise<StudioChoice | undefined> {
  await tools.accounts.ready;
  if (tools.accounts.servers(provider).length === 0) {
    if ((await askForAccount(tools, { provider, address: '' })) === undefined) return undefined;
  }
  const model = await pickWorkflow(onlineStudio(provider).label, known);
  if (model === undefined) return undefined;
  // One that cannot be used is not chosen.
  await prepareWorkflow(model);
  return await chooseStudio(tools, { provider, baseUrl: '', model });
}

function studioPicks(tools: ChooseStudioTools): StudioPick[] {
  const present = settings.video.provider.value;
  const mark = (provider: VideoProvider): Pick<StudioPick, 'iconPath'> => ({
    iconPath: new vscode.ThemeIcon(present === provider ? 'check' : 'blank'),
  });
  return [
    {
      provider: 'animatic',
      label: t('Animatic'),
      description: t('drawn on this computer: no account, no network, no cost'),
      ...mark('animatic'),
    },
    ...onlineProviders.map((provider): StudioPick => ({
      provider,
      label: onlineStudio(provider).label,
      description: needsOf(tools, provider),
      ...mark(provider),
    })),
  ];
}

/** What a studio still needs, or what it is ready with. */
function needsOf(tools: ChooseStudioTools, provider: OnlineProvider): string {
  const { defaultBaseUrl, exampleModel, modelsAreFiles = false } = onlineStudio(provider);
  const { model, baseUrl } = knownOf(tools, provider);
  const address = baseUrl === '' ? (defaultBaseUrl ?? '') : baseUrl;
  const needs = [
    address === '' && !isServer(provider) ? t('an address') : '',
    hasAccount(tools.accounts, provider, address) ? '' : t('an account'),
    model === '' && exampleModel !== undefined
      ? modelsAreFiles
        ? t('a workflow')
        : t('a model')
      : '',
  ].filter((need) => need !== '');
  if (needs.length > 0) return t('needs {0}', needs.join(', '));
  return [model, baseUrl].filter((part) => part !== '').join(' · ');
}

function hasAccount(accounts: Accounts, provider: OnlineProvider, address: string): boolean {
  if (isServer(provider)) return accounts.servers(provider).length > 0;
  return URL.canParse(address) && accounts.belonging(provider, address).length > 0;
}

/** What the studio is used with, or was when it was used last. */
function knownOf(
  { state }: ChooseStudioTools,
  provider: OnlineProvider,
): Omit<StudioChoice, 'provider'> {
  const present = presentChoice();
  if (present.provider === provider) return present;
  return state.get<Last>(lastKey, {})[provider] ?? { model: '', baseUrl: '' };
}

/** Only of studios that are nowhere by themselves; the others move by their setting. */
async function askForAddress(provider: OnlineProvider, known: string): Promise<string | undefined> {
  const { defaultBaseUrl, label } = onlineStudio(provider);
  if (defaultBaseUrl !== undefined) return known;
  const address = await askForText({
    title: label,
    prompt: t('Address of the service; most end in /v1'),
    value: known,
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^https?:$/u.test(URL.parse(value.trim())?.protocol ?? '')
        ? undefined
        : t('Write it like https://api.example.com/v1.'),
  });
  return address?.trim();
}

async function askForModel(provider: OnlineProvider, known: string): Promise<string | undefined> {
  const { exampleModel, label } = onlineStudio(provider);
  const model = await askForText({
    title: label,
    prompt: t('The video model, as the studio names it'),
    value: known,
    ...(exampleModel === undefined ? {} : { placeHolder: t('such as {0}', exampleModel) }),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' && exampleModel !== undefined ? t('Name a model.') : undefined,
  });
  return model?.trim();
}

function presentChoice(): StudioChoice {
  const provider = settings.video.provider.value;
  return provider === 'animatic'
    ? { provider, model: '', baseUrl: '' }
    : {
        provider,
        model: settings.video.model.value.trim(),
        baseUrl: settings.video.baseUrl.value.trim(),
      };
}
