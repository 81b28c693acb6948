import type { JobManager } from '../../jobs/manager.ts';
import { command, type Handler } from '../commands/register-commands.ts';
import type { JobArgument } from './job-actions.ts';
import type { JobsView } from './jobs-view.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import type { OrderBudget } from '../jobs/order-budget.ts';

export interface JobRowCommandTools {
  readonly manager: JobManager;
  readonly scripts: OpenScripts;
  readonly view: JobsView;
  readonly budget: OrderBudget;
}

const ids = [
  'scenewright.jobs.open',
  'scenewright.jobs.openExternal',
  'scenewright.jobs.reveal',
  'scenewright.jobs.revealScene',
  'scenewright.jobs.retry',
  'scenewright.jobs.renderAgain',
  'scenewright.jobs.renderWithoutFrame',
  'scenewright.jobs.cancel',
  'scenewright.jobs.pause',
  'scenewright.jobs.resume',
  'scenewright.jobs.upscale',
  'scenewright.jobs.remove',
] as const;

export type JobRowCommand = (typeof ids)[number];

/**
 * The commands for jobs: of rows of the tree, of the palette, and of automation. What they do is loaded with the
 * first of them.
 */
export function jobRowCommands(
  tools: JobRowCommandTools,
): Readonly<Record<JobRowCommand, Handler<JobArgument, undefined>>> {
  const entries = ids.map((id) => [
    id,
    command<JobArgument>(async (...call) => {
      const { runJobCommand } = await import('./job-row-handlers.ts');
      await runJobCommand(id, tools, ...call);
      return undefined;
    }),
  ]);
  return Object.fromEntries(entries) as Readonly<
    Record<JobRowCommand, Handler<JobArgument, undefined>>
  >;
}
