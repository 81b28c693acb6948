import * as vscode from 'vscode';
import { chainedTo } from '../../script/chained.ts';
import { missingScenes } from '../../script/story-order.ts';
import { isMissing } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { settings } from '../settings.ts';
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
    vscode.workspace.onDidChangeConfiguration(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}

/** What a script needs next: its scenes, the stills without which nothing of it is rendered, its clips, or the one video. */
function nextFor(
  document: vscode.TextDocument,
  scripts: OpenScripts,
  clips: ScriptClips,
): 'write' | 'draw' | 'render' | 'assemble' | undefined {
  const script = scripts.read(document);
  if (missingScenes(script) > 0 || script.scenes.length === 0) return 'write';
  const all = clips.of(document);
  if (!all.some(isMissing)) return 'assemble';
  if (settings.video.stills.value !== 'required') return 'render';
  const mayBeRendered = script.scenes.some(({ scene }, index) => {
    const [clip, before] = [all[index], all[index - 1]];
    if (clip === undefined || !isMissing(clip)) return false;
    // What goes on from a clip that is there begins with that one's last frame.
    const goesOn = chainedTo(script, index + 1) !== undefined && before?.file !== undefined;
    return scene.firstFrame !== undefined || goesOn;
  });
  return mayBeRendered ? 'render' : 'draw';
}

function isSame(documents: readonly vscode.TextDocument[], paths: readonly string[]): boolean {
  return (
    documents.length === paths.length && documents.every(({ uri }, i) => uri.fsPath === paths[i])
  );
}
