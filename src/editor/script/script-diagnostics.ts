import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import type { Problem } from '../../script/problems/script-problem.ts';
import { rangeOf } from './document-edits.ts';
import type { Marks } from './marks.ts';
import type { OpenScripts } from './open-scripts.ts';
import type { ScriptReview } from './script-review.ts';
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

/** Documents of these schemes are written in; an older version or a proposed one in a diff can only be looked at. */
const written = ['file', 'untitled'] as const;

function isWritten({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === 'markdown' && written.some((scheme) => scheme === uri.scheme);
}

/** What is wrong with a script, in the Problems view, and what one click can do about it. */
export class ScriptDiagnostics implements vscode.Disposable {
  private readonly scripts: OpenScripts;
  private readonly clipSeconds: () => Promise<readonly number[]>;
  private readonly told = new ToldProblems('scenewright');
  private readonly subscriptions: Disposable[];
  private readonly timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  private readonly checked = new WeakMap<vscode.TextDocument, Checked>();
  private readonly marks: Marks;
  /** What windows without any script do without. */
  private review: ScriptReview | undefined;
  private isDisposed = false;

  /**
   * @param clipSeconds lengths that the chosen studio can render
   * @param marks told of what is to be looked at
   */
  constructor(scripts: OpenScripts, clipSeconds: () => Promise<readonly number[]>, marks: Marks) {
    this.scripts = scripts;
    this.marks = marks;
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
        written.map((scheme) => ({ language: 'markdown', scheme })),
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
    if (!isWritten(document)) return;
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

  /** Look at a script now: something beside its text has become another. */
  check(document: vscode.TextDocument): void {
    if (!isWritten(document)) return;
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
    if (this.review === undefined) {
      void this.checkReviewed(document);
      return script.problems;
    }
    const { problems, marks } = this.review.look(document, script);
    this.marks.tell(document, marks);
    return [...script.problems, ...problems];
  }

  private async checkReviewed(document: vscode.TextDocument): Promise<void> {
    this.review = await this.marks.review();
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
    const { quickFixes } = await import('./quick-fixes.ts');
    const script = this.scripts.parse(document);
    return quickFixes({ document, script }, here, diagnostics, lengths);
  }

  private async withEdit(action: vscode.CodeAction): Promise<vscode.CodeAction> {
    const { withEdit } = await import('./quick-fixes.ts');
    return withEdit(action, (document) => this.scripts.parse(document));
  }

  dispose(): void {
    this.isDisposed = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
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
