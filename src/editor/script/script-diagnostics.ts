import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { Fix } from '../../script/problems/fixes.ts';
import type { TextEdit } from '../../script/edits/text-edit.ts';
import type { Problem } from '../../script/problems/script-problem.ts';
import type { reviewScript } from '../../script/problems/review-script.ts';
import { rangeOf } from './document-edits.ts';
import type { OpenScripts } from './open-scripts.ts';
import { ToldProblems } from './told-problems.ts';

interface Checked {
  readonly version: number;
  readonly problems: readonly Problem[];
}

/**
 * A script is checked when nothing has been typed for so many milliseconds, as VS Code does it with its own
 * languages: a half-written line is not a mistake. Until then what is shown moves with the text.
 */
const restMs = 500;

/** What is wrong with a script, in the Problems view, and what one click can do about it. */
export class ScriptDiagnostics implements vscode.Disposable {
  private readonly scripts: OpenScripts;
  private readonly clipSeconds: () => Promise<readonly number[]>;
  private readonly told = new ToldProblems('scenewright');
  private readonly subscriptions: Disposable[];
  private readonly timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  private readonly checked = new WeakMap<vscode.TextDocument, Checked>();
  /** What windows without any script do without. */
  private review: typeof reviewScript | undefined;
  private isDisposed = false;

  /** @param clipSeconds lengths that the chosen studio can render */
  constructor(scripts: OpenScripts, clipSeconds: () => Promise<readonly number[]>) {
    this.scripts = scripts;
    this.clipSeconds = clipSeconds;
    this.subscriptions = [
      this.told,
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.check(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.schedule(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        clearTimeout(this.timers.get(document));
        this.timers.delete(document);
        // It is the same document that opens next where only its language mode has changed.
        this.checked.delete(document);
        this.told.forget(document.uri);
      }),
      vscode.languages.registerCodeActionsProvider(
        { language: 'markdown' },
        {
          provideCodeActions: (document, range, context) => this.fixes(document, range, context),
          resolveCodeAction: (action) => this.withEdit(action),
        },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
    ];
    for (const document of vscode.workspace.textDocuments) this.check(document);
  }

  /** Saving is told as a change as well, of nothing. */
  private schedule(document: vscode.TextDocument): void {
    if (document.languageId !== 'markdown') return;
    if (this.checked.get(document)?.version === document.version) return;
    clearTimeout(this.timers.get(document));
    this.timers.set(
      document,
      setTimeout(() => {
        this.timers.delete(document);
        this.check(document);
      }, restMs),
    );
  }

  private check(document: vscode.TextDocument): void {
    if (document.languageId !== 'markdown') return;
    const { version } = document;
    const problems = this.problemsOf(document);
    this.checked.set(document, { version, problems });
    this.told.tell(
      document.uri,
      problems.map((problem) => diagnosticOf(document, problem)),
    );
  }

  private problemsOf(document: vscode.TextDocument): readonly Problem[] {
    const script = this.scripts.look(document);
    if (script?.beyond !== undefined) return [script.beyond];
    if (script?.isScript !== true) return [];
    if (this.review === undefined) void this.checkReviewed(document);
    return [...script.problems, ...(this.review?.(script) ?? [])];
  }

  private async checkReviewed(document: vscode.TextDocument): Promise<void> {
    const { reviewScript } = await import('../../script/problems/review-script.ts');
    this.review = reviewScript;
    if (!document.isClosed && !this.isDisposed) this.check(document);
  }

  private async fixes(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const checked = this.checked.get(document);
    // Between two looks the places are not certain; after a pause in the typing they are again.
    if (checked?.version !== document.version) return [];
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    const here = checked.problems.filter(({ span }) => span.start <= end && span.end >= start);
    if (here.length === 0) return [];
    const lengths = await this.clipSeconds();
    const { fixesFor } = await import('../../script/problems/fixes.ts');
    const { bible } = this.scripts.parse(document);
    return here.flatMap((problem) =>
      fixesFor(problem, lengths, bible).map((fix, i) => {
        const shown = diagnostics.filter(({ message }) => message === problem.message);
        // Among several that may be right nobody but the writer chooses.
        return new FixAction(document, fix, shown, i === 0 && problem.about.isSure !== false);
      }),
    );
  }

  /** The edits are computed only once somebody wants them, on the text as it is then. */
  private async withEdit(action: vscode.CodeAction): Promise<vscode.CodeAction> {
    if (!(action instanceof FixAction)) return action;
    const { document, fix } = action;
    const { editsOf } = await import('../../script/problems/fix-edits.ts');
    const edits = editsOf(this.scripts.parse(document), fix);
    action.edit = new vscode.WorkspaceEdit();
    if (fix.kind === 'describe') {
      action.edit.set(document.uri, this.room(document, edits));
      return action;
    }
    for (const { start, end, text } of edits) {
      action.edit.replace(document.uri, rangeOf(document, { start, end }), text);
    }
    return action;
  }

  /** Where the look goes, with the cursor in it. */
  private room(
    document: vscode.TextDocument,
    edits: readonly TextEdit[],
  ): vscode.SnippetTextEdit[] {
    return edits.map(({ start, end, text }) => {
      const snippet = new vscode.SnippetString();
      snippet.appendText(text).appendPlaceholder(t('what never changes'));
      return vscode.SnippetTextEdit.replace(rangeOf(document, { start, end }), snippet);
    });
  }

  dispose(): void {
    this.isDisposed = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

class FixAction extends vscode.CodeAction {
  readonly document: vscode.TextDocument;
  readonly fix: Fix;

  constructor(
    document: vscode.TextDocument,
    fix: Fix,
    diagnostics: vscode.Diagnostic[],
    isPreferred: boolean,
  ) {
    super(titleOf(fix), vscode.CodeActionKind.QuickFix);
    this.document = document;
    this.fix = fix;
    this.diagnostics = diagnostics;
    this.isPreferred = isPreferred;
  }
}

function titleOf(fix: Fix): string {
  switch (fix.kind) {
    case 'add-character':
      return t('Add “{0}” to the characters', fix.name);
    case 'add-place':
      return t('Add “{0}” to the places', fix.name);
    case 'change-name':
      return t('Change “{0}” to “{1}”', fix.name, fix.to);
    case 'describe':
      return t('Describe how “{0}” looks', fix.name);
    case 'add-to-cast':
      return t('Add “{0}” to the cast of the scene', fix.name);
    case 'set-seconds':
      return t('Make the scene {0} s long', fix.seconds);
    case 'begin-with-cut':
      return t('Let the beat begin with a cut');
    case 'quote':
      return t('Quote it as dialogue');
    case 'put-in-form':
      return t('Put it into the form of the script');
    case 'make-prompt':
      return t('Make it the prompt of the scene');
    case 'tie':
      return t('Tie what is written to the outline');
    case 'tie-to':
      return t('Tie it to beat {0}, “{1}”', fix.index + 1, fix.title);
    case 'add-to-outline':
      return t('Add it to the outline as a beat of its own');
    case 'keep-outside':
      return t('Keep it outside of the outline');
    case 'new-id':
      return t('Give the copy an id of its own');
    case 'newest-take':
      return t('Let the newest take count');
  }
}

const severities: Readonly<Record<Problem['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

function diagnosticOf(document: vscode.TextDocument, problem: Problem): vscode.Diagnostic {
  const { span, severity, message, code } = problem;
  const diagnostic = new vscode.Diagnostic(rangeOf(document, span), message, severities[severity]);
  diagnostic.source = 'Scenewright';
  diagnostic.code = code;
  return diagnostic;
}
