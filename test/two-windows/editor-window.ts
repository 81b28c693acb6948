import type { Page } from 'playwright-core';
import type { Ask, Look } from '../extensions/remote-hand/protocol.ts';
import type { Windows } from '../hosts/code-server/host.ts';
import { eventually } from '../support/eventually.ts';
import type { Hand, Hands } from './hands.ts';

/** How long VS Code may take to have an extension host up, on a machine that is busy. */
const hostWithinMs = 120_000;
/** How long it may take until nobody expects it any more. */
const restartWithinMs = 45_000;
/** How long an extension host may take to end in good order. */
const goneWithinMs = 20_000;
const mostReloads = 4;

/** One window: its page, which holds the editors, and the extension host that comes and goes. */
export class EditorWindow {
  readonly name: string;
  /** Absolute path of the folder or the `.code-workspace` file that it shows. */
  private readonly workspace: string;
  private readonly windows: Windows;
  private page: Page | undefined;
  private hand: Hand | undefined;
  /** Absolute path of the script that was last brought to the front. */
  private inFront: string | undefined;

  constructor(name: string, workspace: string, windows: Windows, hands: Hands) {
    this.name = name;
    this.workspace = workspace;
    this.windows = windows;
    hands.onDidCome((hand) => {
      if (hand.workspace === workspace) this.hand = hand;
    });
  }

  /** Process of the extension host, while there is one. */
  get pid(): number | undefined {
    return this.hand?.isAlive === true ? this.hand.pid : undefined;
  }

  async open(): Promise<void> {
    this.page = await this.windows.open(this.workspace);
    // VS Code asks before it goes while it still has something to put away.
    this.page.on('dialog', (dialog) => void dialog.accept());
    await this.host();
  }

  async close(): Promise<void> {
    const { shown } = this;
    // A page that is closed outright says no good-bye, and the server keeps its extension host for hours.
    await shown.goto('about:blank');
    await shown.close();
    this.page = undefined;
    this.inFront = undefined;
    await this.gone();
  }

  async reload(): Promise<void> {
    await this.shown.reload();
    await this.gone();
    await this.host();
  }

  /**
   * The extension host, once there is one again. VS Code restarts it, or asks whether it should; where
   * it does neither, the page is loaded anew, as a person would do at last.
   */
  async host(): Promise<Hand> {
    const what = `an extension host in the window of the ${this.name}`;
    for (let reloads = 0; ; reloads++) {
      const isLast = reloads === mostReloads;
      const within = isLast ? hostWithinMs : restartWithinMs;
      const hand = await eventually(what, () => this.restarted(), within).catch(
        (error: unknown) => {
          if (isLast) throw error;
        },
      );
      // In a browser VS Code does not always know the folders of a workspace file the first time.
      if (hand !== undefined && (hand.folders > 0 || isLast)) return hand;
      await this.shown.reload();
      if (hand !== undefined) await this.gone(hand);
    }
  }

  private async restarted(): Promise<Hand | undefined> {
    if (this.hand?.isAlive === true) return this.hand;
    const restart = this.shown.getByRole('button', { name: /^Restart .*Extension Host/u }).first();
    if (await restart.isVisible()) await restart.click({ timeout: 1000 }).catch(() => undefined);
    return undefined;
  }

  async ask(what: Ask): Promise<unknown> {
    return (await this.host()).ask(what);
  }

  /** Bring a script to the front, where {@link type} types. */
  async show(script: string): Promise<void> {
    await this.ask({ do: 'show', file: script });
    this.inFront = script;
  }

  isShowing(script: string): boolean {
    return this.inFront === script;
  }

  async run(command: string, argument: unknown): Promise<unknown> {
    return this.ask({ do: 'run', command, argument });
  }

  async look(): Promise<Look> {
    return (await this.ask({ do: 'look' })) as Look;
  }

  /** Sends a signal to the extension host, if there is one. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    const { pid } = this;
    if (pid !== undefined) process.kill(pid, signal);
  }

  /** Resolves when the extension host that was there has ended. */
  async gone(hand = this.hand): Promise<void> {
    await eventually(
      `the end of the extension host in the window of the ${this.name}`,
      () => Promise.resolve(hand?.isAlive === true ? undefined : true),
      goneWithinMs,
    ).catch((error: unknown) => {
      // It sometimes misses the good-bye of its page, and would wait for it to come back.
      if (hand?.isAlive !== true) throw error;
      process.kill(hand.pid, 'SIGKILL');
    });
  }

  /**
   * Type a word on a line of its own at the end of the script in front. Needs no extension host.
   *
   * @returns whether the editor has it
   */
  async type(word: string): Promise<boolean> {
    const { keyboard } = this.shown;
    await keyboard.press('Escape');
    await keyboard.press('Control+1');
    await keyboard.press('Control+End');
    await keyboard.press('Enter');
    await keyboard.press('Enter');
    await keyboard.insertText(word);
    const line = this.shown.locator('.editor-instance .view-line').filter({ hasText: word });
    return line
      .first()
      .waitFor({ timeout: 10_000 })
      .then(() => true)
      .catch(() => false);
  }

  async save(): Promise<void> {
    await this.shown.keyboard.press('Control+s');
  }

  async screenshot(file: string): Promise<void> {
    await this.page?.screenshot({ path: file });
  }

  private get shown(): Page {
    if (this.page === undefined) throw new Error(`The window of the ${this.name} is closed.`);
    return this.page;
  }
}
