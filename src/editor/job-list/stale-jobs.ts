import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { mayBeScript } from '../../script/parse/is-script.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { staleJobs } from '../jobs/scene-clips.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';

/** Typing must stay smooth: a script is looked at this long after it changed, in milliseconds. */
const restMs = 400;

/** Finds out which clips are stale, in the background and one script after the other. */
export class StaleJobs implements vscode.Disposable {
  private readonly scripts: OpenScripts;
  private readonly jobs: JobIndex;
  private readonly onFound: (script: string, stale: ReadonlySet<string>) => void;
  private readonly waiting = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private busy = false;
  private disposed = false;

  /** @param onFound told of each script that was looked at, with the ids of its stale jobs */
  constructor(
    scripts: OpenScripts,
    jobs: JobIndex,
    onFound: (script: string, stale: ReadonlySet<string>) => void,
  ) {
    this.scripts = scripts;
    this.jobs = jobs;
    this.onFound = onFound;
  }

  /** Look at a script soon. */
  check(script: string): void {
    this.waiting.add(script);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.work();
    }, restMs);
  }

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      for (const uri of this.waiting) {
        this.waiting.delete(uri);
        const script = await this.read(uri);
        if (this.disposed) return;
        this.onFound(
          uri,
          script === undefined ? new Set() : staleJobs(script, vscode.Uri.parse(uri), this.jobs),
        );
      }
    } finally {
      this.busy = false;
    }
  }

  /** The script as it stands in its editor, else on disk; nothing where it is gone. */
  private async read(uri: string): Promise<ParsedScript | undefined> {
    const document = openDocument(uri);
    if (document !== undefined) return this.scripts.look(document);
    try {
      const text = await readFile(vscode.Uri.parse(uri).fsPath, 'utf8');
      return mayBeScript(text) ? parseScript(text) : undefined;
    } catch {
      return undefined;
    }
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
  }
}
