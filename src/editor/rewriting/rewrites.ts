import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import { messageOf, ScenewrightError } from '../../base/errors.ts';
import type { Disposable, Event } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { WriterModel } from '../../models/writer-model.ts';
import { replaceScene } from '../../script/edits/replace-scene.ts';
import type { Scene, SceneId } from '../../script/script-model.ts';
import type { RewriteJournal, Rewrite } from '../../writing/journal/rewrite-journal.ts';
import { RunCost } from '../../writing/run-cost.ts';
import { askAboutBudget } from '../writing/budget-question.ts';
import { editDocument } from '../script/document-edits.ts';
import type { Messages } from '../ui/messages.ts';
import { followDocuments } from '../script/follow-documents.ts';
import { movedUri, type ScriptMoves } from '../script/script-moves.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';
import { TakenUntilSaved } from './taken-until-saved.ts';
import { writingSettings } from '../writing/writing-settings.ts';

export interface RewriteTools {
  readonly messages: Messages;
  readonly scripts: OpenScripts;
  readonly kept: RewriteJournal;
  readonly moves: ScriptMoves;
  /** The writer model of the settings, ready to be asked. */
  createWriter(): Promise<WriterModel>;
}

export interface RewriteAsk {
  readonly instruction: string;
  /** Somebody is there to be asked about the budget. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
  /** Told why a service answers nobody that is waited for; empty once it does. */
  readonly onTrouble?: (why: string) => void;
  /** Fires when the writer does not want to wait for that any longer. */
  readonly onTryNow?: Event<void>;
}

/** A rewrite is in the document, or nobody wants it. */
export interface Decision {
  readonly rewrite: Rewrite;
  readonly verdict: 'taken' | 'refused';
}

/**
 * Rewrites of one scene. From the moment it arrives until it is refused, or is in the saved document,
 * a rewrite is kept on disk.
 */
export class Rewrites implements Disposable {
  private readonly tools: RewriteTools;
  private readonly taken: TakenUntilSaved;
  /** Scenes that are being written anew. */
  private readonly underWay = new Set<string>();
  private readonly decided = new vscode.EventEmitter<Decision>();
  private readonly following: Disposable;

  readonly onDidDecide = this.decided.event;

  constructor(tools: RewriteTools) {
    this.tools = tools;
    const onError = (error: unknown): void => {
      tools.messages.logError(error);
    };
    this.taken = new TakenUntilSaved(tools.kept, tools.scripts, onError);
    this.following = vscode.Disposable.from(
      followDocuments(this.taken, tools.moves, onError),
      tools.moves.onDidMove((move) => {
        tools.kept
          .moved((script) => movedUri(vscode.Uri.parse(script), move)?.toString())
          .catch(onError);
      }),
    );
  }

  /** Rewrites of the scene that nobody has decided on yet, the last one first. */
  async open(document: vscode.TextDocument, id: SceneId): Promise<Rewrite[]> {
    const open: Rewrite[] = [];
    for (const rewrite of await this.tools.kept.of(id)) {
      if (this.taken.has(document, rewrite) || !(await isFor(document, rewrite))) continue;
      // The window may have gone between taking and saving, and the text come back with the editor.
      if (this.tools.scripts.readsAs(document, rewrite.scene)) {
        await this.taken.add(document, rewrite, rewrite.before);
      } else open.push(rewrite);
    }
    return open;
  }

  /**
   * Write the scene anew. One that was asked for in the same words, of the same text, and is still
   * open is not paid for again.
   */
  async write(document: vscode.TextDocument, id: SceneId, ask: RewriteAsk): Promise<Rewrite> {
    const script = document.uri.toString();
    const key = JSON.stringify([script, id]);
    if (this.underWay.has(key)) {
      throw new ScenewrightError('bad-input', t('This scene is being rewritten already.'));
    }
    this.underWay.add(key);
    try {
      const { instruction } = ask;
      const before = this.tools.scripts.sectionOf(document, id);
      if (before === undefined) throw sceneGone();
      const known = (await this.open(document, id)).find(
        (open) => open.instruction === instruction && open.before === before,
      );
      if (known !== undefined) return known;
      const scene = await this.ask(document, id, ask);
      const rewrite = { id: randomUUID(), script, scene, instruction, before, at: Date.now() };
      await this.keep(rewrite);
      return rewrite;
    } finally {
      this.underWay.delete(key);
    }
  }

  /**
   * Put a rewrite into the script.
   *
   * @param instead what it may replace, the scene as it was asked about unless the writer has agreed
   * to another text: where the scene, at that very moment, is not so, nothing is done
   * @returns whether it was put in
   * @throws ScenewrightError `bad-script` when the scene is gone, `disk` when saving failed
   */
  async take(
    { uri }: vscode.TextDocument,
    rewrite: Rewrite,
    instead = rewrite.before,
  ): Promise<boolean> {
    const { scene } = rewrite;
    const found = { isMeant: true };
    try {
      const document = await editDocument(uri, (now) => {
        const section = this.tools.scripts.sectionOf(now, scene.id);
        if (section === undefined) throw sceneGone();
        found.isMeant = section === instead;
        return found.isMeant ? replaceScene(this.tools.scripts.parse(now), scene) : [];
      });
      if (found.isMeant) await this.tookIt(document, rewrite, instead);
    } catch (error) {
      // The new text is in the editor where only saving it has failed.
      const document = openDocument(uri.toString());
      if (document !== undefined && this.tools.scripts.readsAs(document, scene))
        await this.tookIt(document, rewrite, instead);
      throw error;
    }
    return found.isMeant;
  }

  /** Forget a rewrite that nobody wants in this script. */
  async refuse({ uri }: vscode.TextDocument, rewrite: Rewrite): Promise<void> {
    await this.tools.kept.decided(rewrite, uri.toString());
    this.decided.fire({ rewrite, verdict: 'refused' });
  }

  private async ask(
    document: vscode.TextDocument,
    id: SceneId,
    { instruction, interactive, signal, onTrouble, onTryNow }: RewriteAsk,
  ): Promise<Scene> {
    const { brief, title, bible, outline, scenes } = this.tools.scripts.parse(document);
    const written = scenes.filter((node) => node.written).map(({ scene }) => scene);
    const scene = written.find((one) => one.id === id);
    if (scene === undefined) throw sceneGone();
    const { price, budget, patienceMs } = writingSettings();
    const { rewriteScene } = await import('../../writing/rewrite-scene.ts');
    return rewriteScene({
      brief,
      title,
      bible,
      outline: outline.map(({ beat }) => beat),
      scenes: written,
      scene,
      instruction,
      model: await this.tools.createWriter(),
      cost: new RunCost({
        price,
        budget,
        ...(interactive
          ? { ask: (question) => askAboutBudget(scene.title, question, signal) }
          : {}),
      }),
      patienceMs,
      ...defined({ onTryNow }),
      tell: (event) => {
        if (event.type === 'unanswered') onTrouble?.(event.error.fact);
        if (event.type === 'answering') onTrouble?.('');
      },
      signal,
    });
  }

  private async keep(rewrite: Rewrite): Promise<void> {
    try {
      await this.tools.kept.put(rewrite);
    } catch (cause) {
      this.tools.messages.error(
        new ScenewrightError(
          'disk',
          t(
            '“{0}” is rewritten, but the new text could not be kept on disk ({1}). Take or refuse it before you close the window.',
            rewrite.scene.title,
            messageOf(cause),
          ),
          { cause },
        ),
      );
    }
  }

  private async tookIt(
    document: vscode.TextDocument,
    rewrite: Rewrite,
    instead: string,
  ): Promise<void> {
    await this.taken.add(document, rewrite, instead);
    this.decided.fire({ rewrite, verdict: 'taken' });
  }

  dispose(): void {
    this.following.dispose();
    this.decided.dispose();
  }
}

/** A copy of a script has the same ids, but a script that was only renamed has its rewrites still. */
async function isFor({ uri }: vscode.TextDocument, rewrite: Rewrite): Promise<boolean> {
  const { script, decidedIn = [] } = rewrite;
  if (script === uri.toString()) return true;
  if (decidedIn.includes(uri.toString())) return false;
  try {
    await vscode.workspace.fs.stat(vscode.Uri.parse(script, true));
    return false;
  } catch (error) {
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
  }
}

export function sceneGone(): ScenewrightError {
  return new ScenewrightError(
    'bad-script',
    t('The scene is no longer in the script. Nothing was changed.'),
  );
}
