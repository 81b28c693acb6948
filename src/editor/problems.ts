import * as vscode from 'vscode';
import type { Disposable } from '../base/events.ts';
import type { Scripts } from './scripts.ts';

/** What the parser noticed about a script, in the Problems view. */
export class ScriptProblems implements vscode.Disposable {
  private readonly scripts: Scripts;
  private readonly collection = vscode.languages.createDiagnosticCollection('scenewright');
  private readonly subscriptions: Disposable[];
  private readonly timers = new Map<vscode.TextDocument, NodeJS.Timeout>();

  constructor(scripts: Scripts) {
    this.scripts = scripts;
    this.subscriptions = [
      this.collection,
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.check(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.schedule(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        clearTimeout(this.timers.get(document));
        this.timers.delete(document);
        this.collection.delete(document.uri);
      }),
    ];
    for (const document of vscode.workspace.textDocuments) this.check(document);
  }

  /** Wait for a pause in the typing: a half-written line is not a mistake. */
  private schedule(document: vscode.TextDocument): void {
    if (document.languageId !== 'markdown') return;
    clearTimeout(this.timers.get(document));
    this.timers.set(
      document,
      setTimeout(() => {
        this.timers.delete(document);
        this.check(document);
      }, 500),
    );
  }

  private check(document: vscode.TextDocument): void {
    if (document.languageId !== 'markdown') return;
    const { isScript, problems } = this.scripts.parse(document);
    this.collection.set(
      document.uri,
      isScript
        ? problems.map(({ span, severity, message, code }) => {
            const diagnostic = new vscode.Diagnostic(
              new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)),
              message,
              severity === 'error'
                ? vscode.DiagnosticSeverity.Error
                : vscode.DiagnosticSeverity.Warning,
            );
            diagnostic.source = 'Scenewright';
            diagnostic.code = code;
            return diagnostic;
          })
        : [],
    );
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
