import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { mayBeScript } from '../../script/parse/is-script.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import { clipFinder, staleJobs, type SceneClip } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';

/** Typing must stay smooth: a script is looked at this long after it changed, in milliseconds. */
const restMs = 400;

/** Finds out which clips are stale, in the background and one script after the other. */
export class StaleJobs implements vscode.Disposable {
  private readonly scripts: OpenScripts;
  private readonly jobs: JobIndex;
  private readonly clips: Pick<ScriptClips, 'of'>;
  private readonly onFound: (script: string, stale: ReadonlySet<string>) => void;
  private readonly waiting = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private busy = false;
  private disposed = false;

  /** @param onFound told of each script that was looked at, with the ids of its stale jobs */
  constructor(
    scripts: OpenScripts,
    jobs: JobIndex,
    clips: Pick<ScriptClips, 'of'>,
    onFound: (script: string, stale: ReadonlySet<string>) => void,
  ) {
    this.scripts = scripts;
    this.jobs = jobs;
    this.clips = clips;
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
        const stale = await this.look(vscode.Uri.parse(uri));
        if (this.disposed) return;
        this.onFound(uri, stale);
      }
    } finally {
      this.busy = false;
    }
  }

  /** In the script as it stands in its editor, else on disk; nothing is stale where it is gone. */
  private async look(uri: vscode.Uri): Promise<ReadonlySet<string>> {
    const document = openDocument(uri.toString());
    const script = document === undefined ? await readFromDisk(uri) : this.scripts.look(document);
    if (script === undefined) return new Set();
    return staleJobs(
      script,
      uri,
      document === undefined ? this.clipsOf(script, uri) : this.clips.of(document),
    );
  }

  private clipsOf(script: ParsedScript, uri: vscode.Uri): SceneClip[] {
    const clipOf = clipFinder(script, uri, this.jobs);
    return script.scenes.map((node, index) => clipOf(node, index + 1));
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
  }
}

async function readFromDisk(uri: vscode.Uri): Promise<ParsedScript | undefined> {
  try {
    const text = await readFile(uri.fsPath, 'utf8');
    return mayBeScript(text) ? parseScript(text) : undefined;
  } catch {
    return undefined;
  }
}
