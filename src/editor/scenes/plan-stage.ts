import type * as vscode from 'vscode';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { WritingRun } from '../writing/writing-run.ts';

/** Whether the writer that the settings choose can be asked. */
export interface WriterAccount {
  readonly lacksAccount: () => boolean;
  readonly onDidChange: (listener: () => void) => vscode.Disposable;
}

/** How far a script is of which nothing is planned yet. */
export type PlanStage = 'planning' | 'paused' | 'noAccount' | 'stopped';

/**
 * @param run its present or last one
 * @returns nothing where there are scenes to list
 */
export function planStage(
  { outline, scenes }: ParsedScript,
  run: Pick<WritingRun, 'running' | 'pause'> | undefined,
  writer: Pick<WriterAccount, 'lacksAccount'>,
): PlanStage | undefined {
  if (outline.length + scenes.length > 0) return undefined;
  if (run?.running === true) return run.pause.paused ? 'paused' : 'planning';
  return writer.lacksAccount() ? 'noAccount' : 'stopped';
}
