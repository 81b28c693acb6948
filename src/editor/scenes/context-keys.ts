import * as vscode from 'vscode';
import type { Scripts } from '../script/scripts.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';

/** Keeps the `when` clauses of `package.json` true: `hasScript`, `isScript`, `writing`. */
export function followContext(scripts: Scripts, runs: WritingRuns): vscode.Disposable {
  const known = new Map<string, unknown>();
  const set = (key: string, value: unknown): void => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand('setContext', `scenewright.${key}`, value);
  };
  const update = (): void => {
    const editor = vscode.window.activeTextEditor;
    set('hasScript', scripts.active !== undefined);
    set('isScript', editor !== undefined && scripts.isScript(editor.document));
    const run = runs.current;
    set('writing', run === undefined ? undefined : run.pause.paused ? 'paused' : 'running');
  };
  update();
  return vscode.Disposable.from(
    scripts.onDidChange(update),
    runs.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}
