import type * as vscode from 'vscode';

const ideaKey = 'newScript.idea';
const goOnKey = 'newScript.goOn';

/** How long opening a folder may take, in milliseconds; a window that opens later has nothing to do with it. */
const reloadMs = 120_000;

/** The idea that was typed last, until a script comes of it: whatever is left or goes wrong, it is there again. */
export class KeptIdea {
  private readonly state: vscode.Memento;

  /** @param state that of all windows: the one with a folder is not the one where the idea came up */
  constructor(state: vscode.Memento) {
    this.state = state;
  }

  get text(): string {
    return this.state.get(ideaKey, '');
  }

  async keep(text: string): Promise<void> {
    if (text !== this.text) await this.state.update(ideaKey, text === '' ? undefined : text);
  }

  /** A folder is opened for the script, and the window that has it goes on. */
  async goOnInFolder(): Promise<void> {
    await this.state.update(goOnKey, Date.now());
  }

  /** Whether this is that window; said once. */
  async takeGoOn(): Promise<boolean> {
    const at = this.state.get<number>(goOnKey, 0);
    if (at === 0) return false;
    await this.state.update(goOnKey, undefined);
    return Math.abs(Date.now() - at) < reloadMs;
  }
}
