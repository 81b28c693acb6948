import type { JobManager } from '../../jobs/manager.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import type { TakeShown } from '../jobs/take-list.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptCommand, type SceneArgument } from '../script/script-command.ts';

export interface TakeTools {
  readonly scripts: OpenScripts;
  readonly manager: JobManager;
  readonly jobs: JobIndex;
}

export interface TakeArgument extends SceneArgument {
  /** From 1. */
  readonly take?: number;
}

export interface Rendering {
  readonly jobs: readonly string[];
}

/** The commands for the takes of a scene; what they do is loaded with the first of them. */
export function takeCommands(tools: TakeTools) {
  const { scripts } = tools;
  const handlers = () => import('./take-handlers.ts');
  return {
    'scenewright.listTakes': scriptCommand<SceneArgument, { readonly takes: readonly TakeShown[] }>(
      scripts,
      async (document, argument) => (await handlers()).listTakes(tools, document, argument),
    ),
    'scenewright.chooseTake': scriptCommand<TakeArgument>(scripts, async (...call) =>
      (await handlers()).choose(tools, ...call),
    ),
    'scenewright.renderAnotherTake': scriptCommand<TakeArgument, Rendering>(
      scripts,
      async (...call) => (await handlers()).renderAnother(tools, ...call),
    ),
    'scenewright.renderThreeTakes': scriptCommand<TakeArgument, Rendering>(
      scripts,
      async (...call) => (await handlers()).renderThree(tools, ...call),
    ),
    'scenewright.renderWithSeed': scriptCommand<TakeArgument, Rendering>(scripts, async (...call) =>
      (await handlers()).renderWithSeed(tools, ...call),
    ),
    'scenewright.renderWithInstruction': scriptCommand<TakeArgument, Rendering>(
      scripts,
      async (...call) => (await handlers()).renderWithInstruction(tools, ...call),
    ),
    'scenewright.deleteTake': scriptCommand<TakeArgument>(scripts, async (...call) =>
      (await handlers()).remove(tools, ...call),
    ),
  };
}
