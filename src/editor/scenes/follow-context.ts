import * as vscode from 'vscode';
import type { OpenScripts } from '../script/open-scripts.ts';
import { ContextKeys } from '../ui/context-keys.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';

/** Keeps the `when` clauses of `package.json` true: `hasScript`, `isScript`, `writing`. */
export function followContext(scripts: OpenScripts, runs: WritingRuns): vscode.Disposable {
  const keys = new ContextKeys();
  const update = (): void => {
    const editor = vscode.window.activeTextEditor;
    keys.set('hasScript', scripts.active !== undefined);
    keys.set('isScript', editor !== undefined && scripts.isScript(editor.document));
    const run = runs.current;
    keys.set('writing', run === undefined ? undefined : run.pause.paused ? 'paused' : 'running');
  };
  update();
  return vscode.Disposable.from(
    scripts.onDidChange(update),
    runs.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}
