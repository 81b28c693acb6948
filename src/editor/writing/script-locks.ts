import { createHash } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../base/clock.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { Emitter, type Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { OwnerLock } from '../../base/lock.ts';
import { realFile } from '../../base/real-file.ts';

/** The right to write one script, which one window has at a time. */
export interface ScriptLock {
  /** @throws ScenewrightError `bad-script` when another window has it, or the file's new name */
  confirm(): Promise<void>;
  /** Fires when it is lost: to a window that took over from one that slept, or had the new name. */
  readonly onDidLose: (listener: () => void) => Disposable;
  /** The file was renamed: have the right to it under its new name before the old one is let go. */
  follow(uri: vscode.Uri): Promise<void>;
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
    const lock = new FollowingLock(this.folder, uri, signal);
    await lock.take();
    return lock;
  }
}

class FollowingLock implements ScriptLock {
  private readonly folder: string;
  private readonly signal: AbortSignal;
  private readonly lost = new Emitter<undefined>();
  private uri: vscode.Uri;
  private held: { readonly key: string; readonly lock: OwnerLock } | undefined;
  /** Settles when it is held, or not to be had, under the last name. */
  private turning: Promise<void> = Promise.resolve();

  readonly onDidLose = (listener: () => void): Disposable => this.lost.event(listener);

  constructor(folder: string, uri: vscode.Uri, signal: AbortSignal) {
    this.folder = folder;
    this.uri = uri;
    this.signal = signal;
  }

  async take(): Promise<void> {
    const { uri } = this;
    const key = await keyOf(uri);
    if (this.held?.key === key) return;
    const lock = new OwnerLock(path.join(this.folder, key), {
      clock: systemClock,
      temporary: true,
    });
    try {
      if (!(await lock.claim(this.signal))) throw takenError(uri);
    } catch (error) {
      await lock.release();
      throw error;
    }
    lock.onDidChange((owned) => {
      if (!owned) this.lost.fire(undefined);
    });
    const before = this.held;
    this.held = { key, lock };
    await before?.lock.release();
  }

  async confirm(): Promise<void> {
    await this.turning;
    if ((await this.held?.lock.confirm()) !== true) throw takenError(this.uri);
  }

  follow(uri: vscode.Uri): Promise<void> {
    this.uri = uri;
    this.turning = this.turning.then(() => this.take());
    // Whoever confirms it next hears of it too.
    this.turning.catch(() => {
      this.lost.fire(undefined);
    });
    return this.turning;
  }

  async release(): Promise<void> {
    await this.turning.catch(() => undefined);
    this.lost.dispose();
    await this.held?.lock.release();
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
    t(
      '{0} is being written in another window. It goes on there; nothing was changed from here.',
      vscode.workspace.asRelativePath(uri),
    ),
  );
}
