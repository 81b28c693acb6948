import type * as vscode from 'vscode';

const ideaKey = 'newScript.idea';
const goOnKey = 'newScript.goOn';

/** The commands that make a script, and need a folder for it. */
export type NewCommand = 'scenewright.newScript' | 'scenewright.tryExample';

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

  /** A folder is opened for what a command makes, and the window that has it goes on. */
  async goOnInFolder(command: NewCommand): Promise<void> {
    await this.state.update(goOnKey, { command, at: Date.now() });
  }

  /** The command that this window is to go on with; said once. */
  async takeGoOn(): Promise<NewCommand | undefined> {
    const kept = this.state.get<{ command: NewCommand; at: number }>(goOnKey);
    if (kept === undefined) return undefined;
    await this.state.update(goOnKey, undefined);
    return Math.abs(Date.now() - kept.at) < reloadMs ? kept.command : undefined;
  }
}
