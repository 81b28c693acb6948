import { t } from '../../base/l10n.ts';
import type { Services } from '../accounts/services.ts';
import type { Registration } from '../commands/registration.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { requireScene, scriptCommand, type SceneArgument } from '../script/script-command.ts';
import { SentPages } from './sent-pages.ts';
import type { SentOrder, SentTools } from './what-is-sent.ts';

/** What would be ordered of a scene, to be looked at. */
export function registerSent(
  registration: Registration,
  scripts: OpenScripts,
  { chosen }: Pick<Services, 'chosen'>,
): void {
  const tools = { scripts, chosen };
  const pages = registration.own(new SentPages(tools));
  registration.commands(sentCommands(tools, pages));
}

/** The command that shows it, and answers with it. */
export function sentCommands(
  tools: SentTools & { readonly scripts: OpenScripts },
  pages: Pick<SentPages, 'open'>,
) {
  const { scripts } = tools;
  return {
    /** A person is shown a page of it; nothing is ordered in any case. */
    'scenewright.whatIsSent': scriptCommand<SceneArgument, SentOrder>(
      scripts,
      async (document, argument, { interactive }) => {
        const hint = t('Put the cursor into the scene whose order is to be shown.');
        const script = scripts.parse(document);
        const { node, number } = requireScene(script, document, argument.scene, hint);
        const { whatIsSent } = await import('./what-is-sent.ts');
        const order = await whatIsSent(tools, document, number);
        const { isLink } = argument as { readonly isLink?: true };
        if (interactive || isLink === true) await pages.open(document, number, node.id);
        return order;
      },
    ),
  };
}
