import * as vscode from 'vscode';
import { assignMissingIds, insertPlan, insertScenes } from '../script/edits.ts';
import { newSceneId } from '../script/ids.ts';
import type { Plan, Scene } from '../script/model.ts';
import type { ParsedScript } from '../script/parse.ts';
import { planOf, wantedScenes, writtenScenes } from '../script/story.ts';
import type { ScriptState } from '../writing/options.ts';
import { editDocument } from './document-edits.ts';
import type { KeptUntilSaved } from './kept-until-saved.ts';
import type { Scripts } from './scripts.ts';

/** The script of one run: what the engine reads from the document, and puts into it. */
export class FollowedScript {
  private readonly scripts: Scripts;
  private readonly kept: KeptUntilSaved;
  private document: vscode.TextDocument;

  constructor(document: vscode.TextDocument, scripts: Scripts, kept: KeptUntilSaved) {
    this.document = document;
    this.scripts = scripts;
    this.kept = kept;
  }

  get uri(): vscode.Uri {
    return this.document.uri;
  }

  get parsed(): ParsedScript {
    return this.scripts.parse(this.document);
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

  /** Give ids to the beats and scenes that the writer has typed, before a run begins. */
  async prepare(): Promise<void> {
    await this.edit((script) => assignMissingIds(script, newSceneId));
    // An earlier run, or an earlier window, may have left them here without being able to save.
    this.kept.inDocument(this.document, writtenScenes(this.parsed));
  }

  async putPlan(plan: Plan, writer: string): Promise<void> {
    await this.edit((script) => insertPlan(script, plan, writer));
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
    await this.edit((script) => {
      const byHand = new Set(writtenScenes(script).map(({ id }) => id));
      wanted = wantedScenes(script, scenes).filter(({ id }) => !byHand.has(id));
      return insertScenes(script, wanted);
    });
    this.kept.inDocument(this.document, wanted);
    this.kept.withoutPlace(
      this.document,
      scenes.filter((scene) => !wanted.includes(scene)),
    );
    if (!this.isTypedInto()) await this.edit((script) => assignMissingIds(script, newSceneId));
    return wanted;
  }

  private async edit(
    compute: (script: ParsedScript) => ReturnType<typeof insertScenes>,
  ): Promise<void> {
    this.document = await editDocument(this.document.uri, (now) =>
      compute(this.scripts.parse(now)),
    );
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
