import type * as vscode from 'vscode';
import type { Event } from '../../base/events.ts';

const key = 'writing.underWay';

interface Runs {
  readonly onDidChange: Event<{ readonly uri: vscode.Uri; readonly running: boolean }>;
}

/** Which scripts are being written, for the window that comes after one that ended in the midst of it. */
export class RunsUnderWay {
  private readonly state: vscode.Memento;
  private now: readonly string[] = [];

  /** @param state of the workspace */
  constructor(state: vscode.Memento) {
    this.state = state;
  }

  /** The scripts that the last window left in the midst of their writing; told once. */
  async takeLeft(): Promise<readonly string[]> {
    const left = this.state.get<readonly string[]>(key, []);
    if (left.length > 0) await this.state.update(key, undefined);
    return left;
  }

  follow({ onDidChange }: Runs): { dispose(): unknown } {
    return onDidChange(({ uri, running }) => {
      const address = uri.toString();
      if (this.now.includes(address) === running) return;
      const others = this.now.filter((one) => one !== address);
      this.now = running ? [...others, address] : others;
      void this.state.update(key, this.now.length === 0 ? undefined : this.now);
    });
  }
}
