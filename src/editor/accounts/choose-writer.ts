import * as vscode from 'vscode';
import { cancelledError, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { factLine } from '../../base/lists.ts';
import { chooseModel, modelKey, vendorOf } from '../../models/chat/chat-choice.ts';
import type { WriterModel } from '../../models/writer-model.ts';
import { agreeToStranger, sentWords, shownAddress } from '../consent/agreement.ts';
import type { Caller } from '../commands/caller.ts';
import { settings, type WriterProvider } from '../settings.ts';
import { formatCount } from '../ui/format.ts';
import { pickOne, showInStatusBar, toldMs } from '../ui/window.ts';
import type { AccountTools } from './add-server.ts';

/** How long extensions that have only just started may take to offer their models. */
const startupMs = 5000;

/** Who writes, as the settings say. */
export interface WriterChoice {
  readonly provider: WriterProvider;
  /** The model's name there; empty for the offline scaffold. */
  readonly model: string;
}

/** What automation passes. Left out: what the settings already say. */
export interface ChooseWriterArgument {
  readonly provider: WriterProvider;
  readonly model?: string;
  /** Address of the endpoint, for the provider `openai`. */
  readonly baseUrl?: string;
}

/**
 * The VS Code language model that the settings name.
 *
 * @param key such as `copilot/gpt-5-mini`; empty for the only one that there is
 * @throws ScenewrightError `bad-input` where it is not there, or nothing says which one it is
 */
export async function vsCodeWriter(key: string): Promise<WriterModel> {
  const [model, { ChatModel }, { VsCodeChat }, { PromptedWriter }] = await Promise.all([
    findModel(key),
    import('../../models/chat/chat-model.ts'),
    import('../../models/chat/vscode-chat.ts'),
    import('../../models/prompts/prompted-writer.ts'),
  ]);
  return new PromptedWriter(
    new ChatModel(new VsCodeChat(model)),
    settings.writer.contextTokens.value,
    settings.writer.answerTokens.value,
  );
}

async function findModel(key: string): Promise<vscode.LanguageModelChat> {
  const vendor = vendorOf(key.trim());
  const models = await offeredModels(vendor === undefined ? {} : { vendor });
  // The vendor itself may be gone; what the others offer tells the way out.
  return chooseModel(models.length === 0 ? await vscode.lm.selectChatModels() : models, key);
}

/** The models there are. Where there are none yet, waits a little for extensions to bring theirs. */
async function offeredModels(
  selector: vscode.LanguageModelChatSelector,
): Promise<readonly vscode.LanguageModelChat[]> {
  const late = Promise.withResolvers<true>();
  const timer = setTimeout(late.resolve, startupMs, true);
  let changed = Promise.withResolvers<false>();
  const listening = vscode.lm.onDidChangeChatModels(() => {
    changed.resolve(false);
  });
  try {
    for (;;) {
      changed = Promise.withResolvers<false>();
      const models = await vscode.lm.selectChatModels(selector);
      if (models.length > 0) return models;
      if (await Promise.race([changed.promise, late.promise])) return models;
    }
  } finally {
    clearTimeout(timer);
    listening.dispose();
  }
}

/**
 * Choose who writes, and remember it in the settings.
 *
 * @throws ScenewrightError `bad-input` where a VS Code model is named that is not there
 */
export async function chooseWriter(argument: ChooseWriterArgument): Promise<WriterChoice> {
  switch (argument.provider) {
    case 'offline':
      break;
    case 'openai':
      if (argument.baseUrl !== undefined) await settings.writer.baseUrl.set(argument.baseUrl);
      if (argument.model !== undefined) await settings.writer.model.set(argument.model);
      break;
    case 'vscode': {
      const model = await findModel(argument.model ?? settings.writer.vscodeModel.value);
      await settings.writer.vscodeModel.set(modelKey(model));
      break;
    }
    default:
      throw new ScenewrightError(
        'bad-input',
        t(
          'There is no writer “{0}”. There are offline, openai and vscode.',
          String(argument.provider),
        ),
      );
  }
  await settings.writer.provider.set(argument.provider);
  return presentChoice();
}

/**
 * Let the person decide on a writer that somebody else names: their scripts are sent there.
 *
 * @throws ScenewrightError `cancelled` where they do not want it
 */
export async function agreeToWriter(
  { provider, model, baseUrl }: ChooseWriterArgument,
  caller: Caller,
): Promise<void> {
  if (provider !== 'openai' && provider !== 'vscode') return;
  const yes = t('Choose Writer');
  if (provider === 'openai') {
    const address = shownAddress((baseUrl ?? settings.writer.baseUrl.value).trim());
    await agreeToStranger(
      caller,
      t('Let {0} at {1} write from now on?', model ?? settings.writer.model.value, address),
      [sentWords()],
      yes,
    );
    return;
  }
  await agreeToStranger(
    caller,
    t('Let {0} write from now on?', model ?? settings.writer.vscodeModel.value),
    [t('It is a language model of VS Code, and your scripts are sent to it.')],
    yes,
  );
}

/** Who writes, in a few words. */
export function writerWords(): string {
  const { provider, model } = presentChoice();
  switch (provider) {
    case 'offline':
      return t('Offline scaffold');
    case 'vscode':
      return model === '' ? t('a language model of VS Code') : model;
    case 'openai':
      return t('{0} at {1}', model, shownAddress(settings.writer.baseUrl.value.trim()));
  }
}

/** Who writes, where that may cost money or sends a script anywhere; nothing for the scaffold. */
export function paidWriterWords(): string | undefined {
  switch (settings.writer.provider.value) {
    case 'offline':
      return undefined;
    case 'vscode':
      return t(
        'A language model of VS Code writes ({0}); it may cost money.',
        settings.writer.vscodeModel.value,
      );
    case 'openai':
      return t(
        '{0} at {1} writes; it may cost money.',
        settings.writer.model.value,
        shownAddress(settings.writer.baseUrl.value.trim()),
      );
  }
}

/** Let the writer pick who writes. `undefined` when they left. */
export async function pickWriter(tools: AccountTools): Promise<WriterChoice | undefined> {
  const picked = await pickOne(await writerPicks(tools), {
    title: t('Choose Writer Model'),
    placeHolder: t('Who writes the scenes?'),
    matchOnDescription: true,
  });
  const choice = await picked?.choose?.();
  // Of an endpoint more is known, and told there.
  if (choice !== undefined && choice.provider !== 'openai') {
    showInStatusBar(t('{0} writes from now on', picked?.label ?? ''), toldMs);
  }
  return choice;
}

/**
 * Before a person has VS Code's models write: let them pick one where none is chosen yet and there
 * are several.
 *
 * @throws ScenewrightError `cancelled` when they left
 */
export async function settleWriter(): Promise<void> {
  if (
    settings.writer.provider.value !== 'vscode' ||
    settings.writer.vscodeModel.value.trim() !== ''
  )
    return;
  if ((await offeredModels({})).length < 2) return;
  if ((await vscode.commands.executeCommand('scenewright.chooseWriter')) === undefined)
    throw cancelledError(t('The writing'));
}

interface WriterPick extends vscode.QuickPickItem {
  readonly choose?: () => Promise<WriterChoice | undefined>;
}

async function writerPicks(tools: AccountTools): Promise<WriterPick[]> {
  const present = presentChoice();
  const mark = (isPresent: boolean): Pick<WriterPick, 'iconPath'> => ({
    iconPath: new vscode.ThemeIcon(isPresent ? 'check' : 'blank'),
  });
  const models = await vscode.lm.selectChatModels();
  return [
    {
      label: t('Offline scaffold'),
      description: t('no account, no network'),
      ...mark(present.provider === 'offline'),
      choose: () => chooseWriter({ provider: 'offline' }),
    },
    {
      label: t('OpenAI-compatible endpoint…'),
      description: factLine([settings.writer.model.value, settings.writer.baseUrl.value]),
      ...mark(present.provider === 'openai'),
      choose: () => pickEndpoint(tools),
    },
    { label: t('VS Code models'), kind: vscode.QuickPickItemKind.Separator },
    ...models.map((model): WriterPick => ({
      label: model.name === '' ? model.id : model.name,
      description: factLine([
        ...new Set([model.vendor, model.family]),
        t('takes {0} tokens', formatCount(model.maxInputTokens)),
      ]),
      ...mark(present.provider === 'vscode' && present.model === modelKey(model)),
      choose: () => chooseWriter({ provider: 'vscode', model: modelKey(model) }),
    })),
    ...(models.length === 0 ? [installPick()] : []),
  ];
}

function installPick(): WriterPick {
  return {
    label: t('Find extensions that bring models…'),
    description: t('none is available yet; GitHub Copilot’s need a sign-in'),
    iconPath: new vscode.ThemeIcon('extensions'),
    choose: async () => {
      await vscode.commands.executeCommand('workbench.extensions.search', '@tag:language-models');
      return undefined;
    },
  };
}

async function pickEndpoint(tools: AccountTools): Promise<WriterChoice | undefined> {
  const { askForEndpoint } = await import('./choose-endpoint.ts');
  const endpoint = await askForEndpoint(tools);
  if (endpoint === undefined) return undefined;
  const { baseUrl, model, tested } = endpoint;
  const choice = await chooseWriter({ provider: 'openai', baseUrl, model });
  showInStatusBar(
    tested === undefined
      ? t('{0} writes from now on', model)
      : t('{0} writes from now on; the key of “{1}” is good', model, tested),
    toldMs,
  );
  return choice;
}

function presentChoice(): WriterChoice {
  const provider = settings.writer.provider.value;
  switch (provider) {
    case 'openai':
      return { provider, model: settings.writer.model.value };
    case 'vscode':
      return { provider, model: settings.writer.vscodeModel.value };
    case 'offline':
      return { provider, model: '' };
  }
}
