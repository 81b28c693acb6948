import * as vscode from 'vscode';
import { paces, type Pace } from '../../writing/schedule.ts';
import type { Price } from '../../writing/spending.ts';
import { setting } from '../settings.ts';

/** What the settings say about how a script is written, in the form that the engine takes. */
export interface WritingSettings {
  readonly pace: Pace;
  readonly batchSize: number | 'auto';
  /** Tokens; `undefined` for a size that suits the model. */
  readonly contextTokens: number | undefined;
  readonly hedge: boolean;
  readonly price: Price;
  /** Money; 0 for no limit. */
  readonly budget: number;
}

export function writingSettings(): WritingSettings {
  const chosen: string = setting('writer.pace');
  const pace = paces.find((known) => known === chosen) ?? 'batches';
  const contextTokens = setting('writer.contextTokens');
  const price: Partial<Price> = setting('writer.price');
  return {
    pace,
    // Contracts stand in for unwritten neighbours there, so more at once costs no context.
    batchSize: pace === 'planned' && !batchSizeIsSet() ? 'auto' : setting('writer.batchSize'),
    contextTokens: contextTokens === 0 ? undefined : contextTokens,
    hedge: setting('writer.hedge'),
    price: { input: amount(price.input), output: amount(price.output) },
    budget: setting('writer.budget'),
  };
}

/** Whether anybody has set it, in whatever scope; a default is nobody's word. */
function batchSizeIsSet(): boolean {
  const values = vscode.workspace.getConfiguration('scenewright').inspect('writer.batchSize');
  return [values?.globalValue, values?.workspaceValue, values?.workspaceFolderValue].some(
    (value) => value !== undefined,
  );
}

function amount(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}
