import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import type { OrderArgument } from '../commands/caller.ts';
import type { CallContext, Handler } from '../commands/register-commands.ts';
import type { OpenScripts } from './open-scripts.ts';
import { cellAt } from './story-cells.ts';

/** A script, by its address. */
export interface ScriptArgument extends OrderArgument {
  readonly uri: vscode.Uri | string;
}

/** One scene of a script. */
export interface SceneArgument extends ScriptArgument {
  /** Number of the scene in the document, from 1. */
  readonly scene: number;
}

/** A command about a script: the one that it names, else the one that the writer is working on. */
export function scriptCommand<A extends ScriptArgument, R = undefined>(
  scripts: OpenScripts,
  run: (
    document: vscode.TextDocument,
    argument: Partial<A>,
    context: CallContext<A>,
  ) => Promise<R | undefined>,
): Handler<A, R> {
  return async (argument, context) => run(await scripts.of(argument), argument, context);
}

/** The scene of that number; without one, the scene under the cursor, be that in its beat. */
export function sceneMeant(
  script: ParsedScript,
  document: vscode.TextDocument,
  number: number | undefined,
): SceneNode | undefined {
  if (number !== undefined) return script.scenes[number - 1];
  const editor = vscode.window.visibleTextEditors.find((open) => open.document === document);
  return editor && cellAt(script, document.offsetAt(editor.selection.active))?.node;
}

/**
 * The numbers of the scenes that an argument names, from 1: of all rows that are selected in a tree, or of those
 * that it has itself; `undefined` where it names none.
 */
export function numbersNamed(
  argument: ScenesNamed,
  selection: readonly ScenesNamed[],
): readonly number[] | undefined {
  const all = (selection.length > 1 ? selection : [argument]).flatMap(
    ({ scene, scenes }) => scenes ?? (scene === undefined ? [] : [scene]),
  );
  const isNone = all.length === 0 && argument.scenes === undefined;
  return isNone ? undefined : [...new Set(all)].sort((a, b) => a - b);
}

export interface ScenesNamed {
  readonly scene?: number;
  readonly scenes?: readonly number[];
}

/**
 * The numbers of the scenes that the selection touches, or whose beats it does, from 1; without one, of the scene under
 * the cursor.
 */
export function scenesSelected(
  { scenes, outline }: ParsedScript,
  document: vscode.TextDocument,
): readonly number[] {
  const editor = vscode.window.visibleTextEditors.find((open) => open.document === document);
  const spans = (editor?.selections ?? []).map(({ start, end, isEmpty }) => {
    const from = document.offsetAt(start);
    // Whole lines are selected up to where the next one begins.
    return { from, to: isEmpty ? from + 1 : document.offsetAt(end) };
  });
  const touches = (start: number, end: number): boolean =>
    spans.some(({ from, to }) => start < to && from < end);
  const beats = new Set(
    outline.flatMap(({ beat, span }) => (touches(span.start, span.end + 1) ? beat.id : [])),
  );
  const last = scenes.length - 1;
  return scenes.flatMap(({ section, id }, index) => {
    // The cursor may stand behind the last character.
    const end = index === last ? Infinity : section.end;
    return touches(section.start, end) || (id !== undefined && beats.has(id)) ? [index + 1] : [];
  });
}

/**
 * The same, of which there has to be one.
 *
 * @param hint what to do where no scene is named and the cursor is in none
 * @throws ScenewrightError `bad-input`
 */
export function requireScene(
  script: ParsedScript,
  document: vscode.TextDocument,
  number: number | undefined,
  hint: string,
): { readonly node: SceneNode; readonly number: number } {
  const node = sceneMeant(script, document, number);
  if (node !== undefined) return { node, number: script.scenes.indexOf(node) + 1 };
  throw number === undefined ? new ScenewrightError('bad-input', hint) : noScene(number);
}

export function noScene(number: number): ScenewrightError {
  return new ScenewrightError('bad-input', t('The script has no scene {0}.', number));
}

/** @throws where it is no address */
export function toUri(uri: vscode.Uri | string): vscode.Uri {
  return typeof uri === 'string' ? vscode.Uri.parse(uri, true) : uri;
}
