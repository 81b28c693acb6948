import * as vscode from 'vscode';
import { Emitter, type Disposable } from '../../base/events.ts';
import { Throttle } from '../../base/throttle.ts';
import { clipPattern } from '../../downloads/clip-name.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { settings } from '../settings.ts';
import type { JobIndex } from './job-index.ts';
import {
  clipAmong,
  clipMoment,
  frameBefore,
  isSameClip,
  type ClipMoment,
  type FoundTakes,
  type FrameBefore,
  type SceneClip,
} from './scene-clips.ts';

/**
 * Milliseconds between two changes that are told. VS Code asks for lenses, and draws rows, only once it has
 * been left alone for 250 ms: what is told more often than that is not shown until it stops.
 */
const tellEveryMs = 400;

/** What pictures of scripts are called. */
export const picturePattern = '**/*.{png,jpg,jpeg,webp,PNG,JPG,JPEG,WEBP}';

interface Looked {
  readonly version: number;
  readonly script: ParsedScript;
  /** What was looked at; nothing once it may be otherwise. */
  moment: ClipMoment | undefined;
  /** The takes of each scene. */
  readonly found: readonly FoundTakes[];
  /** What each begins with, where that is the last frame of another clip. */
  readonly begins: readonly (FrameBefore | undefined)[];
  readonly clips: readonly SceneClip[];
  /** The clips as everybody has been told of them, or asked for them first. */
  readonly told: readonly SceneClip[];
}

/**
 * How the scenes of scripts stand with their clips, as everybody shows it: looked up once for all of them,
 * and told to all of them at the same moment, so that no two ever say different things.
 */
export class ScriptClips implements vscode.Disposable {
  private readonly scripts: Pick<OpenScripts, 'read'>;
  private readonly jobs: JobIndex;
  private known = new Map<vscode.TextDocument, Looked>();
  private readonly changed = new Emitter<void>();
  private readonly subscriptions: readonly Disposable[];
  private readonly telling = new Throttle(tellEveryMs, () => {
    this.lookAgain();
  });

  /**
   * Scenes stand otherwise with their clips than they did, by jobs, settings or the disk. Not told where the
   * text alone has changed, which everybody hears of anyway.
   */
  readonly onDidChange = this.changed.event;

  constructor(scripts: Pick<OpenScripts, 'read'>, jobs: JobIndex) {
    this.scripts = scripts;
    this.jobs = jobs;
    const soon = (): void => {
      for (const looked of this.known.values()) looked.moment = undefined;
      this.telling.soon();
    };
    const files = vscode.workspace.createFileSystemWatcher(clipPattern, false, true, false);
    const drawn = vscode.workspace.createFileSystemWatcher(picturePattern);
    this.subscriptions = [
      this.telling,
      this.changed,
      files,
      files.onDidCreate(soon),
      files.onDidDelete(soon),
      drawn,
      drawn.onDidCreate(soon),
      drawn.onDidChange(soon),
      drawn.onDidDelete(soon),
      // Folders outside of the workspace, and clips that another program has put away, are not watched.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) soon();
      }),
      jobs.onDidChange(soon),
      settings.video.provider.onDidChange(soon),
      settings.downloads.folder.onDidChange(soon),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.known.delete(document);
      }),
    ];
  }

  /**
   * The clip of each scene of a script, in the order of the document. While only the text changes, disk and
   * jobs are not looked at again: only scenes that say something else are compared with their clips.
   */
  of(document: vscode.TextDocument): readonly SceneClip[] {
    const { version } = document;
    const known = this.known.get(document);
    if (known?.version === version) return known.clips;
    const script = this.scripts.read(document);
    const before = known?.moment === undefined ? undefined : known;
    const moment = before?.moment ?? clipMoment(document.uri, this.jobs);
    const isSameLook = before !== undefined && looksAlike(before.script, script);
    const found: FoundTakes[] = [];
    const begins: (FrameBefore | undefined)[] = [];
    const clips = script.scenes.map((node, index) => {
      const old = before?.script.scenes[index];
      const takes =
        (old?.scene.id === node.scene.id ? before?.found[index] : undefined) ??
        moment.takesOf(node.scene.id, index + 1);
      found.push(takes);
      const begin = frameBefore(
        script,
        index + 1,
        (of, at) => found[at - 1] ?? moment.takesOf(of.scene.id, at),
      );
      begins.push(begin);
      const isSame =
        isSameLook &&
        old?.scene === node.scene &&
        old.take === node.take &&
        isSameBegin(begin, before.begins[index]);
      const clip = isSame ? before.clips[index] : undefined;
      return clip ?? clipAmong(script, node, takes, moment, begin);
    });
    const told = known?.told ?? clips;
    this.known.set(document, { version, script, moment, found, begins, clips, told });
    return clips;
  }

  private lookAgain(): void {
    const before = this.known;
    this.known = new Map();
    const isOther = [...before].some(([document, { told }]) => {
      const now = this.of(document);
      return now.length !== told.length || !now.every((clip, i) => isSameClip(clip, told[i]));
    });
    if (isOther) this.changed.fire();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function isSameBegin(a: FrameBefore | undefined, b: FrameBefore | undefined): boolean {
  return (a === undefined) === (b === undefined) && a?.sha256 === b?.sha256;
}

/** Whether a scene that is the same in both would look the same. */
function looksAlike(a: ParsedScript, b: ParsedScript): boolean {
  return (
    a.bible === b.bible && a.brief.style === b.brief.style && a.brief.aspect === b.brief.aspect
  );
}
