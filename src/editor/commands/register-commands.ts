import * as vscode from 'vscode';
import { isCancelled } from '../../base/errors.ts';
import type { Messages } from '../ui/messages.ts';
import { callerOf, isByHand, type Caller } from './caller.ts';

/** Who has called a command, and on what. */
export interface CallContext<A> {
  readonly caller: Caller;
  /** A person is at the other end: missing parts may be asked for. */
  readonly interactive: boolean;
  /** The rows of a multiple selection in a tree, the clicked one included. */
  readonly selection: readonly Partial<A>[];
  /** What the editor holds whose title bar was clicked. */
  readonly resource: vscode.Uri | undefined;
}

/**
 * What a command does.
 *
 * @param argument what a view, automation or a link passed; empty when it came from the palette
 */
export type Handler<A, R> = (
  argument: Partial<A>,
  context: CallContext<A>,
) => Promise<R | undefined>;

/** Commands by their ids, which a test compares with `package.json`. */
export type CommandTable = Readonly<Record<`scenewright.${string}`, Handler<never, unknown>>>;

/** Gives a handler its types: the argument object that automation passes, and what it gets back. */
export function command<A, R = undefined>(run: Handler<A, R>): Handler<A, R> {
  return run;
}

/**
 * Passed by links of ours, which can hold nothing but what can be written down. It gives no rights:
 * errors are shown, not thrown.
 */
export interface LinkArgument {
  readonly isLink?: true;
}

/**
 * Register commands. From the palette, a menu or a key without arguments their errors are shown to the
 * writer; called with an argument object they reject the call and nothing pops up but the questions
 * that {@link Caller} tells of.
 */
export function registerCommands(messages: Messages, table: CommandTable): vscode.Disposable {
  const handlers = Object.entries(table) as [string, Handler<object, unknown>][];
  return vscode.Disposable.from(...handlers.map(([id, run]) => register(id, messages, run)));
}

function register(
  id: string,
  messages: Messages,
  run: Handler<object, unknown>,
): vscode.Disposable {
  const act = async (first?: unknown, second?: unknown): Promise<unknown> => {
    const resource = first instanceof vscode.Uri ? first : undefined;
    const plain =
      typeof first === 'object' && first !== null && resource === undefined ? first : {};
    const caller = callerOf(plain);
    const { interactive } = caller;
    const rows: object[] = Array.isArray(second) && second.every(isByHand) ? second : [];
    const selection = rows.length > 0 ? rows : [plain];
    try {
      return await run(plain, { caller, interactive, selection, resource });
    } catch (error) {
      if (!interactive && (plain as LinkArgument).isLink !== true) throw error;
      if (!isCancelled(error)) messages.error(error, () => act(first, second));
      return undefined;
    }
  };
  return vscode.commands.registerCommand(id, act);
}
