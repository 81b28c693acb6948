import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { chosenByHand } from '../commands/caller.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { rangeOf } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { clipProblem, ClipProblems, type ClipProblemFinder } from './clip-problems.ts';

const code = 'take-not-here';

/**
 * Problems of scenes whose script names a take that is not here: not rendered on this computer yet, or its
 * file is gone. The newest one that is counts meanwhile.
 */
export class MissingTakes implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly scripts: Pick<OpenScripts, 'isScript' | 'read'>;
  private readonly subscriptions: readonly Disposable[];

  constructor(
    scripts: Pick<OpenScripts, 'isScript' | 'read'>,
    clips: Pick<ScriptClips, 'of' | 'onDidChange'>,
  ) {
    this.scripts = scripts;
    this.subscriptions = [
      new ClipProblems('scenewright-takes', scripts, clips, () => Promise.resolve(missingTakes)),
      vscode.languages.registerCodeActionsProvider({ language: 'markdown', scheme: 'file' }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    ];
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const ours = diagnostics.filter((one) => one.code === code);
    const [first] = ours;
    if (first === undefined || !this.scripts.isScript(document)) return [];
    const start = document.offsetAt(first.range.start);
    const { scenes } = this.scripts.read(document);
    const number = scenes.findIndex(({ takeSpan }) => takeSpan?.start === start) + 1;
    if (number === 0) return [];
    const scene = { uri: document.uri.toString(), scene: number };
    const fix = (title: string, command: string, isPreferred: boolean): vscode.CodeAction => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = ours;
      action.isPreferred = isPreferred;
      action.command = { title, command, arguments: [chosenByHand(scene)] };
      return action;
    };
    return [fix(t('Choose Take…'), 'scenewright.chooseTake', true)];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

const missingTakes: ClipProblemFinder = (document, { scenes }, clips) =>
  scenes.flatMap((node, index): vscode.Diagnostic[] => {
    const chosen = clips[index]?.takes.find(({ take }) => take === node.take);
    if (node.take === undefined || node.takeSpan === undefined || chosen?.state === 'here')
      return [];
    const counting = clips[index]?.take;
    const message =
      counting === undefined
        ? t('Take {0} is chosen, and there is no clip of this scene here.', node.take)
        : t('Take {0} is chosen, and its clip is not here; take {1} counts.', node.take, counting);
    return [clipProblem(rangeOf(document, node.takeSpan), message, code)];
  });
