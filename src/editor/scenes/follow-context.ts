import * as vscode from 'vscode';
import type { ScriptClips } from '../jobs/script-clips.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { nextFor, nextForClips } from './next-step.ts';
import { planStage, type WriterAccount } from './plan-stage.ts';
import { ContextKeys } from '../ui/context-keys.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';

/**
 * Keeps the `when` clauses of `package.json` true: `hasScript`, `isScript`, `writing`, what is `next` for the
 * script in the editor, the paths of the `openScripts`, and of the active script, `empty.scenes` and
 * `empty.jobs`: what its views say while there is nothing to list.
 */
export function followContext(
  scripts: OpenScripts,
  runs: WritingRuns,
  clips: ScriptClips,
  studio: KnownStudio,
  writer: WriterAccount,
): vscode.Disposable {
  const keys = new ContextKeys();
  const update = (): void => {
    const editor = vscode.window.activeTextEditor;
    keys.set('hasScript', scripts.active !== undefined);
    const shown = editor && scripts.isScript(editor.document) ? editor.document : undefined;
    keys.set('isScript', shown !== undefined);
    keys.set('next', shown && nextFor(scripts.read(shown), clips.of(shown), studio));
    const { active } = scripts;
    const script = active && scripts.read(active);
    keys.set('empty.scenes', script && planStage(script, runs.get(active.uri), writer));
    keys.set('empty.jobs', script && nextForClips(script, clips.of(active), studio));
    const run = runs.current;
    keys.set('writing', run === undefined ? undefined : run.pause.paused ? 'paused' : 'running');
  };
  let paths: readonly string[] = [];
  const look = (): void => {
    const now = vscode.workspace.textDocuments.filter((one) => scripts.isScript(one));
    if (isSame(now, paths)) return;
    paths = now.map(({ uri }) => uri.fsPath);
    keys.set('openScripts', paths);
  };
  update();
  look();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidCloseTextDocument(look),
    vscode.workspace.onDidSaveTextDocument(look),
    scripts.onDidChange(update),
    runs.onDidChange(update),
    clips.onDidChange(update),
    studio.onDidLearn(update),
    writer.onDidChange(update),
    vscode.workspace.onDidChangeConfiguration(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}

function isSame(documents: readonly vscode.TextDocument[], paths: readonly string[]): boolean {
  return (
    documents.length === paths.length && documents.every(({ uri }, i) => uri.fsPath === paths[i])
  );
}
