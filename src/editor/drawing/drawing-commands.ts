import pLimit from 'p-limit';
import type * as vscode from 'vscode';
import type { CallContext, Handler } from '../commands/register-commands.ts';
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

type Handlers = typeof import('./drawing-handlers.ts');
type Handle<A> = (
  tools: DrawingTools,
  document: vscode.TextDocument,
  argument: Partial<A>,
  context: CallContext<A>,
) => Promise<Drawn | undefined>;

/** The commands that draw pictures of a script; what they do is loaded with the first of them. */
export function drawingCommands(given: Omit<DrawingTools, 'oneByOne'>) {
  const tools: DrawingTools = { ...given, oneByOne: pLimit(1) };
  const drawing = <A extends ScriptArgument>(
    handle: (handlers: Handlers) => Handle<A>,
  ): Handler<A, Drawn> =>
    scriptCommand<A, Drawn>(given.scripts, async (document, argument, context) => {
      const handlers = await import('./drawing-handlers.ts');
      return await handle(handlers)(tools, document, argument, context);
    });
  return {
    'scenewright.drawSheets': drawing<SheetsArgument>(({ drawSheets }) => drawSheets),
    'scenewright.drawStills': drawing<StillsArgument>(({ drawStills }) => drawStills),
    'scenewright.redrawSheet': drawing<RedrawSheetArgument>(({ redrawSheet }) => redrawSheet),
    'scenewright.redrawStill': drawing<RedrawArgument>(({ redrawStill }) => redrawStill),
  };
}
