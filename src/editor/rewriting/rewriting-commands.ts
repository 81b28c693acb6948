import { command } from '../commands/register-commands.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptCommand, type SceneArgument } from '../script/script-command.ts';
import type { RewriteReviews } from './rewrite-reviews.ts';
import type { Rewrites } from './rewrites.ts';

export interface RewritingCommandTools {
  readonly scripts: OpenScripts;
  readonly rewrites: Rewrites;
  readonly reviews: RewriteReviews;
}

export interface RewriteArgument extends SceneArgument {
  readonly instruction?: string;
  /** Put the new text in at once instead of showing it as a diff. */
  readonly apply?: boolean;
}

export interface Applied {
  /** Whether the new text is in the script. */
  readonly applied: boolean;
  /** What of the writer's was set beside a text that was put in at once, for a person to read. */
  readonly aside?: string;
}

/** The commands that write single scenes anew; what they do is loaded with the first of them. */
export function rewritingCommands(tools: RewritingCommandTools) {
  const handlers = () => import('./rewriting-handlers.ts');
  return {
    'scenewright.rewriteScene': scriptCommand<RewriteArgument, Applied>(
      tools.scripts,
      async (...call) => (await handlers()).rewriteScene(tools, ...call),
    ),
    'scenewright.takeRewrite': command<SceneArgument, Applied>(async (...call) =>
      (await handlers()).takeRewrite(tools, ...call),
    ),
    'scenewright.refuseRewrite': command<SceneArgument, Applied>(async (...call) =>
      (await handlers()).refuseRewrite(tools, ...call),
    ),
  };
}
