import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../src/script/parse/parsed-script.ts';
import { eventually } from '../support/eventually.ts';
import type { Desk } from './desk.ts';

/** Somebody who works on one script, in its text editor and with Git. */
export class WriterAtDesk {
  /** Path of the script. */
  readonly file: string;
  private readonly desk: Desk;

  constructor(desk: Desk, name: string) {
    this.desk = desk;
    this.file = path.join(desk.workspace, name);
  }

  /** The script as it is on the disk. */
  async script(): Promise<ParsedScript> {
    return parseScript(await readFile(this.file, 'utf8'));
  }

  /** The same once it is as it is to be. */
  saved(what: string, isSo: (script: ParsedScript) => boolean): Promise<ParsedScript> {
    return eventually(what, async () => {
      const script = await this.script();
      return isSo(script) ? script : undefined;
    });
  }

  /** Put the cursor into the text, at the beginning of the first line with these words. */
  async goTo(words: string): Promise<void> {
    const { page } = this.desk;
    await this.look();
    const lines = (await this.script()).text.split('\n');
    await page.goToLine(lines.findIndex((line) => line.includes(words)) + 1);
    await page.focusedEditor().waitFor();
  }

  /** Bring the text to the front. */
  async look(): Promise<void> {
    await this.desk.page.editorTab(path.basename(this.file)).click();
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.desk.workbench.page.keyboard.press(key);
  }

  /** Put all there is under a version; VS Code's own Git may be at work in the folder at the same moment. */
  async commit(message: string): Promise<void> {
    const git = (...words: string[]) =>
      promisify(execFile)('git', words, { cwd: this.desk.workspace });
    const who = ['-c', 'user.name=Mara', '-c', 'user.email=mara@example.org'];
    await eventually(`the commit “${message}”`, async () => {
      try {
        await git('init', '--quiet', '--initial-branch=main');
        await git('add', '--all');
        await git(...who, 'commit', '--quiet', `--message=${message}`);
        return true;
      } catch {
        return undefined;
      }
    });
  }
}
