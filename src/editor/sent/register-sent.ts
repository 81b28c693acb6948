import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { lazily } from '../../base/lazily.ts';
import type { Services } from '../accounts/services.ts';
import type { Registration } from '../commands/registration.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { requireScene, scriptCommand, type SceneArgument } from '../script/script-command.ts';
import { isSentPage } from './sent-address.ts';
import type { SentPages } from './sent-pages.ts';
import type { SentOrder, SentTools } from './what-is-sent.ts';

/** What would be ordered of a scene, to be looked at. */
export function registerSent(
  registration: Registration,
  scripts: OpenScripts,
  { jobs }: Pick<VideoJobs, 'jobs'>,
  { chosen }: Pick<Services, 'chosen'>,
): void {
  const tools = { scripts, jobs, chosen };
  const pages = lazily(async () => {
    const { SentPages } = await import('./sent-pages.ts');
    return registration.own(new SentPages(tools));
  });
  // A page that is still there from before.
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  if (tabs.some(({ input }) => input instanceof vscode.TabInputText && isSentPage(input.uri))) {
    void pages();
  }
  registration.commands(sentCommands(tools, pages));
}

/** The command that shows it, and answers with it. */
export function sentCommands(
  tools: SentTools & { readonly scripts: OpenScripts },
  pages: () => Promise<Pick<SentPages, 'open'>>,
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
        if (interactive || isLink === true) {
          await (await pages()).open(document, number, node.id);
        }
        return order;
      },
    ),
  };
}
