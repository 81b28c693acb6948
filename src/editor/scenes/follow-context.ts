import * as vscode from 'vscode';
import { missingScenes } from '../../script/story-order.ts';
import { isMissing } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { ContextKeys } from '../ui/context-keys.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';

/**
 * Keeps the `when` clauses of `package.json` true: `hasScript`, `isScript`, `writing`, what is `next` for the
 * script in the editor, and the paths of the `openScripts`.
 */
export function followContext(
  scripts: OpenScripts,
  runs: WritingRuns,
  clips: ScriptClips,
): vscode.Disposable {
  const keys = new ContextKeys();
  const update = (): void => {
    const editor = vscode.window.activeTextEditor;
    keys.set('hasScript', scripts.active !== undefined);
    const shown = editor && scripts.isScript(editor.document) ? editor.document : undefined;
    keys.set('isScript', shown !== undefined);
    keys.set('next', shown && nextFor(shown, scripts, clips));
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
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}

/** What a script needs next: its scenes, their clips, or the one video. */
function nextFor(
  document: vscode.TextDocument,
  scripts: OpenScripts,
  clips: ScriptClips,
): 'write' | 'render' | 'assemble' | undefined {
  const script = scripts.read(document);
  if (missingScenes(script) > 0 || script.scenes.length === 0) return 'write';
  return clips.of(document).some(isMissing) ? 'render' : 'assemble';
}

function isSame(documents: readonly vscode.TextDocument[], paths: readonly string[]): boolean {
  return (
    documents.length === paths.length && documents.every(({ uri }, i) => uri.fsPath === paths[i])
  );
}
