import * as vscode from 'vscode';
import { realFile } from '../../base/real-file.ts';
import { assignMissingIds } from '../../script/edits/assign-ids.ts';
import { addSpeakers } from '../../script/edits/add-speakers.ts';
import { insertPlan } from '../../script/edits/insert-plan.ts';
import { insertScenes } from '../../script/edits/insert-scenes.ts';
import type { WriterModel } from '../../models/writer-model.ts';
import { newSceneId } from '../../script/scene-ids.ts';
import type { Plan, Scene, SceneId } from '../../script/script-model.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { planOf, wantedScenes, writtenScenes } from '../../script/story-order.ts';
import type { ScriptState } from '../../writing/write-options.ts';
import { editDocument } from '../script/document-edits.ts';
import type { AnswersUntilSaved } from './answers-until-saved.ts';
import type { ScenesUntilSaved } from './scenes-until-saved.ts';
import {
  conflictsError,
  noScriptError,
  otherFileError,
  otherStoryError,
  requireFile,
} from '../script/lost-script.ts';
import type { WritingTools } from './writing-run.ts';
import { movedUri, type ScriptMoves } from '../script/script-moves.ts';
import type { OpenScripts } from '../script/open-scripts.ts';

export interface FollowedScriptTools {
  readonly scripts: OpenScripts;
  readonly kept: ScenesUntilSaved<vscode.TextDocument>;
  readonly answers: Pick<AnswersUntilSaved, 'requireBeats'>;
  readonly moves: ScriptMoves;
  readonly formerIds: WritingTools['formerIds'];
}

/**
 * The script of one run: what the engine reads from the document, and puts into it. Where VS Code
 * renames the file it is followed; where it is not what it was any more, nothing is put into it.
 */
export class FollowedScript implements vscode.Disposable {
  private readonly scripts: OpenScripts;
  private readonly answers: FollowedScriptTools['answers'];
  private readonly kept: ScenesUntilSaved<vscode.TextDocument>;
  private readonly moves: ScriptMoves;
  private readonly formerIds: FollowedScriptTools['formerIds'];
  private readonly following: vscode.Disposable;
  private readonly lost = new vscode.EventEmitter<void>();
  private watcher: vscode.Disposable;
  private document: vscode.TextDocument;
  private address: vscode.Uri;
  /** The file itself, links resolved, once it is known. */
  private file: Promise<string> | undefined;
  /** Ids of the beats that it had when it was looked at last. */
  private beats: ReadonlySet<SceneId> = new Set();

  /** The file was deleted, or moved behind the back of VS Code; {@link confirm} says which. */
  readonly onDidLose = this.lost.event;

  constructor(
    document: vscode.TextDocument,
    address: vscode.Uri,
    { scripts, kept, answers, moves, formerIds }: FollowedScriptTools,
  ) {
    this.document = document;
    this.address = address;
    this.scripts = scripts;
    this.kept = kept;
    this.answers = answers;
    this.moves = moves;
    this.formerIds = formerIds;
    this.following = moves.onDidMove((move) => {
      const moved = movedUri(this.address, move);
      if (moved === undefined) return;
      this.address = moved;
      this.file = realFile(moved.fsPath);
      this.watcher.dispose();
      this.watcher = this.watch();
    });
    this.watcher = this.watch();
  }

  get uri(): vscode.Uri {
    return this.address;
  }

  get parsed(): ParsedScript {
    return this.read(this.document);
  }

  /** @throws ScriptLostError where a merge has come into it */
  private read(document: vscode.TextDocument): ParsedScript {
    if (this.scripts.read(document).conflicts.length > 0) throw conflictsError(this.address);
    return this.scripts.parse(document);
  }

  /**
   * What is to be written and what is, as the document says at this moment. `undefined` while it is
   * closed, or nothing is planned in it.
   */
  state(): ScriptState | undefined {
    if (this.document.isClosed) return undefined;
    const plan = planOf(this.parsed);
    return plan && { plan, written: writtenScenes(this.parsed) };
  }

  /** @throws ScriptLostError when the file is gone, or is another one */
  async confirm(): Promise<void> {
    for (;;) {
      const { address } = this;
      try {
        await requireFile(address);
        const file = (this.file ??= realFile(address.fsPath));
        if ((await realFile(address.fsPath)) !== (await file)) throw otherFileError(address);
        return;
      } catch (error) {
        if (!(await this.wasMoved(address))) throw error;
      }
    }
  }

  /** Give ids to the beats and scenes that the writer has typed, before a run begins. */
  async prepare(): Promise<void> {
    const former = this.formerIds(this.address.toString());
    await this.edit((script) => assignMissingIds(script, newSceneId, former));
    // An earlier run, or an earlier window, may have left them here without being able to save.
    this.kept.inDocument(this.document, idsOf(writtenScenes(this.parsed)));
  }

  async putPlan(plan: Plan, model: WriterModel): Promise<void> {
    await this.edit((script, document) => {
      this.answers.requireBeats(document);
      return insertPlan(script, plan, model.label, model.noticeFor?.(script.brief));
    });
  }

  /**
   * Put a batch into the document, and give ids to what the writer has typed meanwhile. Scenes whose
   * beats they have deleted, or that they have written themselves, are left out, but kept: the beat
   * may come back, and what they wrote may go.
   *
   * @returns the scenes that are in the document now
   */
  async putScenes(scenes: readonly Scene[]): Promise<readonly Scene[]> {
    let wanted: readonly Scene[] = [];
    await this.edit((script, document) => {
      const there = new Set(writtenScenes(script).map(({ id }) => id));
      // Some may be there already, where the file was renamed just as they were put in.
      const isOurs = (scene: Scene): boolean => this.scripts.readsAs(document, scene);
      wanted = wantedScenes(script, scenes).filter((one) => !there.has(one.id) || isOurs(one));
      const missing = wanted.filter(({ id }) => !there.has(id));
      return [...addSpeakers(script, missing), ...insertScenes(script, missing)];
    });
    this.kept.inDocument(this.document, idsOf(wanted));
    this.kept.withoutPlace(this.document, idsOf(scenes.filter((scene) => !wanted.includes(scene))));
    if (!this.isTypedInto()) await this.edit((script) => assignMissingIds(script, newSceneId));
    return wanted;
  }

  private async edit(
    compute: (
      script: ParsedScript,
      document: vscode.TextDocument,
    ) => ReturnType<typeof insertScenes>,
  ): Promise<void> {
    for (;;) {
      await this.confirm();
      const { address } = this;
      try {
        this.document = await this.moves.edit(address, () =>
          editDocument(address, (now) => {
            const script = this.read(now);
            this.requireStory(script);
            return compute(script, now);
          }),
        );
        this.beats = beatsOf(this.parsed);
        return;
      } catch (error) {
        if (!(await this.wasMoved(address))) throw error;
      }
    }
  }

  /** Whether VS Code has renamed the file meanwhile, and it is to be looked for elsewhere. */
  private async wasMoved(from: vscode.Uri): Promise<boolean> {
    await this.moves.settled(from);
    return this.address.toString() !== from.toString();
  }

  private requireStory(script: ParsedScript): void {
    if (!script.isScript) throw noScriptError(this.address);
    const beats = beatsOf(script);
    const isKnown = beats.size === 0 || [...beats].some((id) => this.beats.has(id));
    if (!isKnown && this.beats.size > 0) throw otherStoryError(this.address);
  }

  /** Nothing more is to be paid for when there is no file that it could go into. */
  private watch(): vscode.Disposable {
    const folder = vscode.Uri.joinPath(this.address, '..');
    const watcher = vscode.workspace.createFileSystemWatcher(
      // Its own name might read as a pattern.
      new vscode.RelativePattern(folder, '*'),
      true,
      true,
    );
    watcher.onDidDelete((uri) => {
      if (uri.fsPath !== this.address.fsPath) return;
      this.confirm().catch(() => {
        this.lost.fire();
      });
    });
    return watcher;
  }

  dispose(): void {
    this.following.dispose();
    this.watcher.dispose();
    this.lost.dispose();
  }

  /** Whether a cursor is in a beat or scene that has no id yet: it may be half a word. */
  private isTypedInto(): boolean {
    const { outline, scenes } = this.parsed;
    const fresh = [
      ...outline.filter(({ hasId }) => !hasId),
      ...scenes.filter(({ id }) => id === undefined),
    ];
    return vscode.window.visibleTextEditors
      .filter(({ document }) => document === this.document)
      .flatMap(({ selections }) => selections)
      .map(({ active }) => this.document.offsetAt(active))
      .some((at) => fresh.some(({ span }) => span.start <= at && at <= span.end));
  }
}

function idsOf(scenes: readonly Scene[]): SceneId[] {
  return scenes.map(({ id }) => id);
}

/** Those that have ids: a beat that was just typed has none, whatever there was before. */
function beatsOf({ outline }: ParsedScript): Set<SceneId> {
  return new Set(outline.filter(({ hasId }) => hasId).map(({ beat }) => beat.id));
}
