import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { lookOnce } from '../../base/look-once.ts';
import type { SceneId } from '../../script/script-model.ts';
import { mayBeScript } from '../../script/parse/is-script.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import { clipFinder, staleJobs, type SceneClip } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';

/** Typing must stay smooth: a script is looked at this long after it changed, in milliseconds. */
const restMs = 400;

/** What scripts and disk say of the jobs of a script. */
export interface JobsInScript {
  /** Ids of the jobs whose clips count, and are stale. */
  readonly stale: ReadonlySet<string>;
  /** Ids of those whose clips were here, and are not on disk any more. */
  readonly gone: ReadonlySet<string>;
  /** The scenes' numbers in the document, from 1, by id. */
  readonly numbers: ReadonlyMap<SceneId, number>;
}

/** Finds out how jobs stand in their scripts, in the background and one script after the other. */
export class JobsInScripts implements vscode.Disposable {
  private readonly scripts: OpenScripts;
  private readonly jobs: JobIndex;
  private readonly clips: Pick<ScriptClips, 'of'>;
  private readonly filesOf: (script: string) => Iterable<readonly [job: string, file: string]>;
  private readonly onFound: (script: string, found: JobsInScript) => void;
  private readonly waiting = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private busy = false;
  private disposed = false;

  /**
   * @param filesOf the clips that a script's jobs have brought
   * @param onFound told of each script that was looked at
   */
  constructor(
    scripts: OpenScripts,
    jobs: JobIndex,
    clips: Pick<ScriptClips, 'of'>,
    filesOf: (script: string) => Iterable<readonly [job: string, file: string]>,
    onFound: (script: string, found: JobsInScript) => void,
  ) {
    this.scripts = scripts;
    this.jobs = jobs;
    this.clips = clips;
    this.filesOf = filesOf;
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
        const found = await this.look(vscode.Uri.parse(uri));
        if (this.disposed) return;
        this.onFound(uri, found);
      }
    } finally {
      this.busy = false;
    }
  }

  /** In the script as it stands in its editor, else on disk; nothing is stale where it is gone. */
  private async look(uri: vscode.Uri): Promise<JobsInScript> {
    const document = openDocument(uri.toString());
    const script = document === undefined ? await readFromDisk(uri) : this.scripts.look(document);
    const { has } = lookOnce();
    const files = [...this.filesOf(uri.toString())];
    const gone = new Set(files.flatMap(([job, file]) => (has(file) ? [] : [job])));
    if (script?.isScript !== true || script.conflicts.length > 0) {
      return { stale: new Set(), gone, numbers: new Map() };
    }
    const clips = document === undefined ? this.clipsOf(script, uri) : this.clips.of(document);
    return { stale: staleJobs(script, uri, clips), gone, numbers: numbersOf(script) };
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

/** Of two scenes with one id, the first is meant. */
function numbersOf({ scenes }: ParsedScript): Map<SceneId, number> {
  const all = scenes.flatMap(({ id }, index) =>
    id === undefined ? [] : [[id, index + 1] as const],
  );
  return new Map(all.reverse());
}

async function readFromDisk(uri: vscode.Uri): Promise<ParsedScript | undefined> {
  try {
    const text = await readFile(uri.fsPath, 'utf8');
    return mayBeScript(text) ? parseScript(text) : undefined;
  } catch {
    return undefined;
  }
}
