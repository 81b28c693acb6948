import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { OrderArgument } from '../commands/caller.ts';
import { command } from '../commands/register-commands.ts';
import { settings } from '../settings.ts';
import type { AddAccountArgument } from './add-account.ts';
import type { ChooseStudioArgument, ChooseStudioTools, StudioChoice } from './choose-studio.ts';
import type { EndpointTools } from './choose-endpoint.ts';
import type { ChooseWriterArgument, WriterChoice } from './choose-writer.ts';

/** The commands that choose who writes and renders, and keep the accounts for it; their dialogs are loaded when wanted. */
export function accountCommands(tools: ChooseStudioTools & EndpointTools) {
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

    'scenewright.chooseStudio': command<ChooseStudioArgument & OrderArgument, StudioChoice>(
      async (argument, context) => {
        const { agreeToStudio, chooseStudio, pickStudio } = await import('./choose-studio.ts');
        if (context.interactive) return await pickStudio(tools);
        const provider = argument.provider ?? settings.video.provider.value;
        await agreeToStudio(tools, { ...argument, provider }, context.caller);
        return await chooseStudio(tools, { ...argument, provider });
      },
    ),
    'scenewright.addAccount': command<AddAccountArgument & OrderArgument, { readonly id: string }>(
      async (argument, context) => {
        const { addAccount, askForAccount } = await import('./add-account.ts');
        const account = context.interactive
          ? await askForAccount(tools)
          : await addAccount(accounts, argument, context.caller);
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
