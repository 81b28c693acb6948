import { createHash } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../base/clock.ts';
import { ScenewrightError } from '../base/errors.ts';
import type { Disposable } from '../base/events.ts';
import { OwnerLock } from '../base/lock.ts';
import { realFile } from '../base/real-file.ts';

/** The right to write one script, which one window has at a time. */
export interface ScriptLock {
  /** @throws ScenewrightError `bad-script` when another window has taken it over */
  confirm(): Promise<void>;
  /** Fires when it has been taken over, which only happens to a window that slept for long. */
  readonly onDidLose: (listener: () => void) => Disposable;
  release(): Promise<void>;
}

/**
 * Sees to it that two windows do not write the same script. The locks are in a folder that all
 * windows share, because two windows may show the same file as parts of different workspaces.
 */
export class ScriptLocks {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * @throws ScenewrightError `bad-script` while another window has it
   * @throws the signal's reason
   */
  async claim(uri: vscode.Uri, signal: AbortSignal): Promise<ScriptLock> {
    const lock = new OwnerLock(path.join(this.folder, await keyOf(uri)), {
      clock: systemClock,
      temporary: true,
    });
    try {
      if (!(await lock.claim(signal))) throw takenError(uri);
    } catch (error) {
      await lock.release();
      throw error;
    }
    return {
      confirm: async () => {
        if (!(await lock.confirm())) throw takenError(uri);
      },
      onDidLose: (listener) =>
        lock.onDidChange((owned) => {
          if (!owned) listener();
        }),
      release: () => lock.release(),
    };
  }
}

/** The same for every way to name the same file. */
async function keyOf(uri: vscode.Uri): Promise<string> {
  return createHash('sha256')
    .update(await realFile(uri.fsPath))
    .digest('hex');
}

function takenError(uri: vscode.Uri): ScenewrightError {
  return new ScenewrightError(
    'bad-script',
    vscode.l10n.t(
      '{0} is being written in another window. It goes on there; nothing was changed from here.',
      vscode.workspace.asRelativePath(uri),
    ),
  );
}
