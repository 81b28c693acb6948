import {
  type SceneArgument,
  scriptCommand,
  type ScriptArgument,
} from '../script/script-command.ts';
import type { Rearranging } from './rearranging.ts';

export interface InsertArgument extends ScriptArgument {
  /** Number of the scene that it comes behind, from 1; 0 for the start. Left out: the last. */
  readonly after?: number;
  /** The same, as the rows of scenes have it. */
  readonly scene?: number;
  readonly title?: string;
  readonly seconds?: number;
}

export interface SplitArgument extends ScriptArgument {
  /** The line of the document that the second scene begins with, from 1. */
  readonly line?: number;
  readonly title?: string;
}

export interface MoveArgument extends SceneArgument {
  /** The number that it has afterwards, from 1. */
  readonly to?: number;
}

/** A scene of the document, after it was changed. */
export interface SceneDone {
  /** Its number, from 1. */
  readonly scene: number;
  readonly sceneId: string;
}

/** The commands that put scenes in, part, join, move and number them. What they do is loaded with the first one. */
export function rearrangingCommands(tools: Rearranging) {
  const { scripts } = tools;
  const loaded = () => import('./rearrange.ts');
  return {
    'scenewright.insertScene': scriptCommand<InsertArgument, SceneDone>(
      scripts,
      async (document, argument, { caller }) =>
        (await loaded()).insert(tools, document, argument, caller),
    ),
    'scenewright.splitScene': scriptCommand<SplitArgument, SceneDone>(
      scripts,
      async (document, argument, { caller }) =>
        (await loaded()).split(tools, document, argument, caller),
    ),
    'scenewright.mergeScenes': scriptCommand<SceneArgument, SceneDone>(
      scripts,
      async (document, argument, { caller }) =>
        (await loaded()).merge(tools, document, argument, caller),
    ),
    /** A person is asked where to. */
    'scenewright.moveScene': scriptCommand<MoveArgument, SceneDone>(
      scripts,
      async (document, argument, { caller }) =>
        (await loaded()).move(tools, document, argument, caller),
    ),
    'scenewright.moveSceneUp': scriptCommand<SceneArgument, SceneDone>(
      scripts,
      async (document, argument, { caller }) =>
        (await loaded()).moveUp(tools, document, argument, caller),
    ),
    'scenewright.moveSceneDown': scriptCommand<SceneArgument, SceneDone>(
      scripts,
      async (document, argument, { caller }) =>
        (await loaded()).moveDown(tools, document, argument, caller),
    ),
    'scenewright.renumberScenes': scriptCommand<ScriptArgument, { readonly renumbered: number }>(
      scripts,
      async (document, _argument, { caller }) => (await loaded()).renumber(tools, document, caller),
    ),
  };
}
