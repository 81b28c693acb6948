import * as vscode from 'vscode';

interface Told {
  readonly uri: vscode.Uri;
  readonly problems: readonly vscode.Diagnostic[];
}

/**
 * Problems of one kind in the Problems view. VS Code is told only of what is another problem than before:
 * each time it is, squiggles are drawn and the view is sorted anew.
 */
export class ToldProblems implements vscode.Disposable {
  private readonly collection: vscode.DiagnosticCollection;
  /** By address. */
  private readonly told = new Map<string, Told>();

  constructor(name: string) {
    this.collection = vscode.languages.createDiagnosticCollection(name);
  }

  /** These are the problems of a document now. */
  tell(uri: vscode.Uri, problems: readonly vscode.Diagnostic[]): void {
    const address = uri.toString();
    if (areSame(this.told.get(address)?.problems ?? [], problems)) return;
    this.told.set(address, { uri, problems });
    this.collection.set(uri, problems);
  }

  /** Nothing is told of a document any more. */
  forget(uri: vscode.Uri): void {
    if (this.told.delete(uri.toString())) this.collection.delete(uri);
  }

  /** Nothing is told any more but of these documents. */
  keepOnly(uris: readonly vscode.Uri[]): void {
    const kept = new Set(uris.map((uri) => uri.toString()));
    for (const [address, { uri }] of [...this.told]) if (!kept.has(address)) this.forget(uri);
  }

  dispose(): void {
    this.collection.dispose();
  }
}

function areSame(
  some: readonly vscode.Diagnostic[],
  others: readonly vscode.Diagnostic[],
): boolean {
  if (some.length !== others.length) return false;
  return some.every(({ range, message, severity, code }, i) => {
    const other = others[i];
    return (
      other?.message === message &&
      other.severity === severity &&
      other.code === code &&
      other.range.isEqual(range)
    );
  });
}
