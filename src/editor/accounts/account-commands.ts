import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { OrderArgument } from '../commands/caller.ts';
import { command } from '../commands/register-commands.ts';
import type { ServiceProvider } from './account-services.ts';
import type { AddAccountArgument } from './add-account.ts';
import type { ChooseStudioArgument, ChooseStudioTools, StudioChoice } from './choose-studio.ts';
import type { ChooseWriterArgument, WriterChoice } from './choose-writer.ts';
import type * as StudioKinds from './studio-kinds.ts';
import type { StudioKind } from './studio-kinds.ts';

/** The commands that choose who writes and renders, and keep the accounts for it; their dialogs are loaded when wanted. */
export function accountCommands(tools: ChooseStudioTools) {
  const { accounts } = tools;
  return {
    'scenewright.chooseWriter': command<ChooseWriterArgument & OrderArgument, WriterChoice>(
      async (argument, context) => {
        const { agreeToWriter, chooseWriter, pickWriter } = await import('./choose-writer.ts');
        if (context.interactive) {
          return await pickWriter(tools);
        }
        const { provider, ...rest } = argument;
        if (provider === undefined) {
          throw new ScenewrightError(
            'bad-input',
            t('Say who is to write: offline, openai or vscode.'),
          );
        }
        await agreeToWriter({ provider, ...rest }, context.caller);
        return chooseWriter({ provider, ...rest });
      },
    ),

    'scenewright.chooseStudio': studioCommand(tools, ({ clipStudios }) => clipStudios),
    'scenewright.choosePictureStudio': studioCommand(tools, ({ pictureStudios }) => pictureStudios),
    'scenewright.addAccount': command<AddAccountArgument & OrderArgument, { readonly id: string }>(
      async (argument, context) => {
        const { addAccount, askForAccount } = await import('./add-account.ts');
        const account = context.interactive
          ? await askForAccount(tools)
          : await addAccount(accounts, argument, context.caller);
        if (context.interactive && account !== undefined) {
          const { tellOfKey } = await import('./test-key.ts');
          void tellOfKey(tools, account);
        }
        return account && { id: account.id };
      },
    ),
    'scenewright.manageAccounts': command<Record<string, never>>(async () => {
      const { manageAccounts } = await import('./manage-accounts.ts');
      await manageAccounts(tools);
      return undefined;
    }),
  };
}

/** Chooses who makes one kind of things. Left out by automation: the studio that the settings say. */
function studioCommand<Provider extends ServiceProvider>(
  tools: ChooseStudioTools,
  kindIn: (kinds: typeof StudioKinds) => StudioKind<Provider>,
) {
  return command<ChooseStudioArgument<Provider> & OrderArgument, StudioChoice<Provider>>(
    async (argument, context) => {
      const [kinds, { agreeToStudio, chooseStudio, pickStudio }] = await Promise.all([
        import('./studio-kinds.ts'),
        import('./choose-studio.ts'),
      ]);
      const kind = kindIn(kinds);
      if (context.interactive) return await pickStudio(kind, tools);
      const wanted = { ...argument, provider: argument.provider ?? kind.settings.provider.value };
      await agreeToStudio(kind, tools, wanted, context.caller);
      return await chooseStudio(kind, tools, wanted);
    },
  );
}
