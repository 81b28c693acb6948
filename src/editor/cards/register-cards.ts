import { messageLanguage } from '../../base/l10n.ts';
import { lazily } from '../../base/lazily.ts';
import type { JobView } from '../../jobs/job.ts';
import type { Registration } from '../commands/registration.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { PreviewCards } from './preview-cards.ts';
import { PromptCards } from './prompt-cards.ts';
import type { CardTools } from './scene-card.ts';

interface Cards {
  readonly cards: CardTools;
  readonly preview: PreviewCards;
  readonly prompts: PromptCards;
}

/** What the cards of scenes are made from wherever they are shown, and those that VS Code shows in Markdown. */
export function registerCards(
  registration: Registration,
  scripts: OpenScripts,
  { manager, clips }: VideoJobs,
  studio: KnownStudio,
): Cards {
  const view = (job: string): JobView | undefined => manager.view(job);
  const cards = { scripts, clips, view, studio };
  const { messages, context } = registration;
  const folder = context.asAbsolutePath('dist/webview/prompt-card');
  const prompts = new PromptCards({
    ...cards,
    messages,
    onDidChangeJobs: manager.onDidChange,
    html: lazily(async () => {
      const { promptCardHtml } = await import('./prompt-card-html.ts');
      return await promptCardHtml(folder, messageLanguage());
    }),
  });
  return {
    cards,
    preview: registration.own(new PreviewCards(cards)),
    prompts: registration.own(prompts),
  };
}
