import { command } from '../commands/register-commands.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import {
  scriptCommand,
  type SceneArgument,
  type ScriptArgument,
} from '../script/script-command.ts';
import type { RewriteReviews } from './rewrite-reviews.ts';
import type { Rewrites } from './rewrites.ts';

export interface RewritingCommandTools {
  readonly scripts: OpenScripts;
  readonly rewrites: Rewrites;
  /** Loaded with the first of them. */
  readonly reviews: () => Promise<RewriteReviews>;
}

export interface RewriteArgument extends ScriptArgument {
  /** Number of the scene in the document, from 1. */
  readonly scene?: number;
  /** Several; where neither is said, those that the selection touches. */
  readonly scenes?: readonly number[];
  readonly instruction?: string;
  /** Put the new text in at once instead of showing it as a diff. */
  readonly apply?: boolean;
}

export interface Applied {
  /** Whether the new text is in the script; of several, all of them. */
  readonly applied: boolean;
  /** Of several: the numbers of those whose new text is in the script. */
  readonly taken?: readonly number[];
  /** Of several: the numbers of those that could not be rewritten, and stay as they are. */
  readonly failed?: readonly number[];
  /** What of the writer's was set beside a text that was put in at once, for a person to read. */
  readonly aside?: string;
}

/** The commands that write scenes anew; what they do is loaded with the first of them. */
export function rewritingCommands(tools: RewritingCommandTools) {
  const handlers = () => import('./rewriting-handlers.ts');
  return {
    'scenewright.rewriteScene': scriptCommand<RewriteArgument, Applied>(
      tools.scripts,
      async (...call) => (await handlers()).rewriteScene(tools, ...call),
    ),
    'scenewright.rewriteFromHere': scriptCommand<RewriteArgument, Applied>(
      tools.scripts,
      async (...call) => (await handlers()).rewriteFromHere(tools, ...call),
    ),
    'scenewright.takeRewrite': command<SceneArgument, Applied>(async (...call) =>
      (await handlers()).takeRewrite(tools, ...call),
    ),
    'scenewright.refuseRewrite': command<SceneArgument, Applied>(async (...call) =>
      (await handlers()).refuseRewrite(tools, ...call),
    ),
    'scenewright.takeAllRewrites': command<SceneArgument, Applied>(async (_, { resource }) => ({
      applied: await (await tools.reviews()).takeAll(resource),
    })),
    'scenewright.refuseAllRewrites': command<SceneArgument, Applied>(async (_, { resource }) => {
      await (await tools.reviews()).refuseAll(resource);
      return { applied: false };
    }),
  };
}
