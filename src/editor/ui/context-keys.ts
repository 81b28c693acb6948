import * as vscode from 'vscode';

/** What `when` clauses of `package.json` ask for. Each is a message to the window, so only what is new is told. */
export class ContextKeys {
  private readonly known = new Map<string, unknown>();

  /** @param key without the `scenewright.` before it */
  set(key: string, value: unknown): void {
    if (this.known.get(key) === value) return;
    this.known.set(key, value);
    void vscode.commands.executeCommand('setContext', `scenewright.${key}`, value);
  }
}
