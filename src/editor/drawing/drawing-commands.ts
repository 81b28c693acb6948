import pLimit from 'p-limit';
import {
  scriptCommand,
  type SceneArgument,
  type ScriptArgument,
} from '../script/script-command.ts';
import type { DrawingTools } from './draw-pictures.ts';

export interface SheetsArgument extends ScriptArgument {
  /** Of characters and places in the front matter. Left out: all without a picture. */
  readonly names?: readonly string[];
  /** What is asked for beside what their looks say; their present picture goes along. */
  readonly instruction?: string;
}

export interface StillsArgument extends ScriptArgument {
  /** Numbers of the scenes in the document, from 1. Left out: all that are written and have no first frame. */
  readonly scenes?: readonly number[];
  /** What is asked for beside what the scene says; its present first frame goes along. */
  readonly instruction?: string;
}

export interface RedrawSheetArgument extends ScriptArgument {
  /** Of a character or place in the front matter. */
  readonly name: string;
  readonly instruction?: string;
}

export interface RedrawArgument extends SceneArgument {
  readonly instruction?: string;
}

export interface Drawn {
  readonly jobs: readonly string[];
}

/** The commands that draw pictures of a script; what they do is loaded with the first of them. */
export function drawingCommands(given: Omit<DrawingTools, 'oneByOne'>) {
  const { scripts } = given;
  const tools: DrawingTools = { ...given, oneByOne: pLimit(1) };
  const handlers = () => import('./drawing-handlers.ts');
  return {
    'scenewright.drawSheets': scriptCommand<SheetsArgument, Drawn>(scripts, async (...call) =>
      (await handlers()).drawSheets(tools, ...call),
    ),
    'scenewright.drawStills': scriptCommand<StillsArgument, Drawn>(scripts, async (...call) =>
      (await handlers()).drawStills(tools, ...call),
    ),
    'scenewright.redrawSheet': scriptCommand<RedrawSheetArgument, Drawn>(scripts, async (...call) =>
      (await handlers()).redrawSheet(tools, ...call),
    ),
    'scenewright.redrawStill': scriptCommand<RedrawArgument, Drawn>(scripts, async (...call) =>
      (await handlers()).redrawStill(tools, ...call),
    ),
  };
}
