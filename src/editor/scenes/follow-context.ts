import * as vscode from 'vscode';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { missingScenes } from '../../script/story-order.ts';
import { isMissing, type SceneClip } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { beginningOf, isSource } from '../render/beginning.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { settings } from '../settings.ts';
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

/** What a script needs next; nothing while the stills are still being drawn without which nothing of it is rendered. */
export type Next = 'write' | 'draw' | 'stillsComing' | 'render' | 'assemble';

/** @param clips of each scene, in the order of the document */
export function nextFor(
  script: ParsedScript,
  clips: readonly SceneClip[],
  studio: Pick<KnownStudio, 'chains'>,
): Next {
  return missingScenes(script) > 0 ? 'write' : nextForClips(script, clips, studio);
}

/** What there is to do with the clips of what is written; `write` while that is nothing. */
function nextForClips(
  script: ParsedScript,
  clips: readonly SceneClip[],
  studio: Pick<KnownStudio, 'chains'>,
): Next {
  if (script.scenes.length === 0) return 'write';
  if (!clips.some(isMissing)) return 'assemble';
  if (settings.video.stills.value !== 'required') return 'render';
  const chains = (): boolean => studio.chains(script);
  const begin = clips.flatMap((clip, index) => {
    if (!isMissing(clip)) return [];
    const beginning = beginningOf(script, index + 1, clip, chains);
    return beginning === 'chain' && !isSource(clips[index - 1]) ? [] : [beginning];
  });
  if (begin.includes('frame') || begin.includes('chain')) return 'render';
  return begin.includes('nothing') ? 'draw' : 'stillsComing';
}

function isSame(documents: readonly vscode.TextDocument[], paths: readonly string[]): boolean {
  return (
    documents.length === paths.length && documents.every(({ uri }, i) => uri.fsPath === paths[i])
  );
}
