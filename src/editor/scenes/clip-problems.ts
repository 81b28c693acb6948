import * as vscode from 'vscode';
import type { Disposable, Event } from '../../base/events.ts';
import { Throttle } from '../../base/throttle.ts';
import type { SceneClip } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { ToldProblems } from '../script/told-problems.ts';

/** Milliseconds between two looks while somebody types. */
const lookEveryMs = 500;

const clipProblemCodes = [
  /** The take that the script names is not here. */
  'take-not-here',
  /** The clip that counts shows something else than the scene says now. */
  'clip-stale',
  /** A cut is seen where the script says that there is none. */
  'visible-seam',
  /** The studio renders no clip of the scene's length. */
  'length-not-rendered',
] as const;

export type ClipProblemCode = (typeof clipProblemCodes)[number];

/** One kind of what is wrong with the clips of a script; each in the order of the document. */
export type ClipProblemFinder = (
  document: vscode.TextDocument,
  script: ParsedScript,
  clips: readonly SceneClip[],
) => vscode.Diagnostic[];

/** Keeps the problems with clips up to date, of the scripts that are shown. */
export class ClipProblems implements vscode.Disposable {
  private readonly scripts: Pick<OpenScripts, 'isScript' | 'read'>;
  private readonly clips: Pick<ScriptClips, 'of' | 'onDidChange'>;
  private readonly finders: () => Promise<readonly ClipProblemFinder[]>;
  private readonly problems = new ToldProblems('scenewright-clips');
  private readonly looking = new Throttle(lookEveryMs, () => {
    void this.look();
  });
  private readonly subscriptions: readonly Disposable[];

  /**
   * @param finders loaded once there is a script to look at
   * @param onDidLearn what they look at beside scripts and clips has become another
   */
  constructor(
    scripts: Pick<OpenScripts, 'isScript' | 'read'>,
    clips: Pick<ScriptClips, 'of' | 'onDidChange'>,
    finders: () => Promise<readonly ClipProblemFinder[]>,
    onDidLearn: Event<void>,
  ) {
    this.scripts = scripts;
    this.clips = clips;
    this.finders = finders;
    const soon = (): void => {
      this.looking.soon();
    };
    this.subscriptions = [
      this.problems,
      this.looking,
      clips.onDidChange(soon),
      onDidLearn(soon),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === 'markdown') this.looking.onceTypingPauses();
      }),
      vscode.window.onDidChangeVisibleTextEditors(soon),
    ];
    soon();
  }

  private async look(): Promise<void> {
    const finders = this.shown().length === 0 ? [] : await this.finders();
    // It may be other documents by now.
    const shown = this.shown();
    this.problems.keepOnly(shown.map(({ uri }) => uri));
    for (const document of shown) {
      const script = this.scripts.read(document);
      const clips = this.clips.of(document);
      const found = finders.flatMap((find) => find(document, script, clips));
      this.problems.tell(document.uri, found);
    }
  }

  private shown(): readonly vscode.TextDocument[] {
    const documents = vscode.window.visibleTextEditors.map(({ document }) => document);
    return [...new Set(documents)].filter((document) => this.isShown(document));
  }

  private isShown(document: vscode.TextDocument): boolean {
    return document.uri.scheme === 'file' && this.scripts.isScript(document);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** Whether a problem as VS Code has it is one of a clip. */
export function isClipProblem({ code }: vscode.Diagnostic): boolean {
  return clipProblemCodes.some((ours) => ours === code);
}

/** A problem that is only worth knowing. */
export function clipProblem(
  range: vscode.Range,
  message: string,
  code: ClipProblemCode,
): vscode.Diagnostic {
  const problem = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Information);
  problem.source = 'Scenewright';
  problem.code = code;
  return problem;
}
