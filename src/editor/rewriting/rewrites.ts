import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import { messageOf, ScenewrightError } from '../../base/errors.ts';
import type { Disposable, Event } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { WriterModel } from '../../models/writer-model.ts';
import { replaceScene } from '../../script/edits/replace-scene.ts';
import type { SceneId } from '../../script/script-model.ts';
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
  /** Told of each that has arrived, and is kept. */
  readonly onRewritten?: (rewrite: Rewrite) => void;
}

/** What has come of asking for rewrites. */
export interface Rewritten {
  readonly rewrites: readonly Rewrite[];
  /** Scenes that could not be rewritten, and stay as they are. */
  readonly failed: readonly { readonly id: SceneId; readonly error: unknown }[];
}

/** A rewrite and the text that it may replace: the scene as the writer has seen it beside the new text. */
export interface Replacement {
  readonly rewrite: Rewrite;
  readonly instead: string;
}

/** Rewrites are in the document, or nobody wants them. */
export interface Decision {
  readonly rewrites: readonly Rewrite[];
  readonly verdict: 'taken' | 'refused';
}

/**
 * Rewrites of scenes, one for each. From the moment it arrives until it is refused, or is in the saved
 * document, a rewrite is kept on disk.
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
   * Write scenes anew. One that was asked for in the same words, of the same text, and is still open is
   * not paid for again.
   *
   * @throws ScenewrightError where nothing could be asked for at all
   */
  async write(
    document: vscode.TextDocument,
    ids: readonly SceneId[],
    ask: RewriteAsk,
  ): Promise<Rewritten> {
    const keys = ids.map((id) => JSON.stringify([document.uri.toString(), id]));
    if (keys.some((key) => this.underWay.has(key))) {
      throw new ScenewrightError(
        'bad-input',
        ids.length === 1
          ? t('This scene is being rewritten already.')
          : t('One of these scenes is being rewritten already.'),
      );
    }
    for (const key of keys) this.underWay.add(key);
    try {
      const texts = new Map<SceneId, string>();
      for (const id of ids) {
        const before = this.tools.scripts.sectionOf(document, id);
        if (before !== undefined) texts.set(id, before);
      }
      if (texts.size === 0) throw sceneGone();
      const known: Rewrite[] = [];
      for (const [id, before] of texts) {
        const same = (await this.open(document, id)).find(
          (open) => open.instruction === ask.instruction && open.before === before,
        );
        if (same === undefined) continue;
        known.push(same);
        texts.delete(id);
      }
      if (texts.size === 0) return { rewrites: known, failed: [] };
      const { rewrites, failed } = await this.ask(document, texts, ask);
      return { rewrites: [...known, ...rewrites], failed };
    } finally {
      for (const key of keys) this.underWay.delete(key);
    }
  }

  /**
   * Put rewrites into the script, as one undo step. Where a scene, at that very moment, has another text than
   * its rewrite may replace, it stays as it is.
   *
   * @returns those that were put in
   * @throws ScenewrightError `bad-script` when none of the scenes is there any more, `disk` when saving failed
   */
  async take(
    { uri }: vscode.TextDocument,
    replacements: readonly Replacement[],
  ): Promise<readonly Rewrite[]> {
    const { scripts } = this.tools;
    let meant: readonly Replacement[] = [];
    try {
      const document = await editDocument(uri, (now) => {
        const texts = replacements.map(({ rewrite }) => scripts.sectionOf(now, rewrite.scene.id));
        if (texts.every((text) => text === undefined)) throw sceneGone();
        meant = replacements.filter(({ instead }, i) => instead === texts[i]);
        return meant.flatMap(({ rewrite }) => replaceScene(scripts.parse(now), rewrite.scene));
      });
      await this.tookThem(document, meant);
    } catch (error) {
      // The new text is in the editor where only saving it has failed.
      const document = openDocument(uri.toString());
      if (document !== undefined) {
        const there = replacements.filter(({ rewrite }) =>
          scripts.readsAs(document, rewrite.scene),
        );
        if (there.length > 0) await this.tookThem(document, there);
      }
      throw error;
    }
    return meant.map(({ rewrite }) => rewrite);
  }

  /** Forget rewrites that nobody wants in this script. */
  async refuse({ uri }: vscode.TextDocument, rewrites: readonly Rewrite[]): Promise<void> {
    await Promise.all(rewrites.map((rewrite) => this.tools.kept.decided(rewrite, uri.toString())));
    this.decided.fire({ rewrites, verdict: 'refused' });
  }

  /** @param texts of the scenes to ask for, as they are */
  private async ask(
    document: vscode.TextDocument,
    texts: ReadonlyMap<SceneId, string>,
    { instruction, interactive, signal, onTrouble, onTryNow, onRewritten }: RewriteAsk,
  ): Promise<Rewritten> {
    const { brief, title, bible, outline, scenes } = this.tools.scripts.parse(document);
    const { price, budget, patienceMs, batchSize } = writingSettings();
    const model = await this.tools.createWriter();
    const { rewriteScenes } = await import('../../writing/rewrite-scenes.ts');
    const written = rewriteScenes({
      brief,
      title,
      bible,
      outline: outline.map(({ beat }) => beat),
      scenes: scenes.filter((node) => node.written).map(({ scene }) => scene),
      chosen: [...texts.keys()],
      instruction,
      model,
      batchSize,
      cost: new RunCost({
        price,
        budget,
        ...(interactive ? { ask: (question) => askAboutBudget(title, question, signal) } : {}),
      }),
      patienceMs,
      ...defined({ onTryNow }),
      tell: (event) => {
        if (event.type === 'unanswered') onTrouble?.(event.error.fact);
        if (event.type === 'answering') onTrouble?.('');
      },
      signal,
    });
    const script = document.uri.toString();
    const rewrites: Rewrite[] = [];
    const failed: { id: SceneId; error: unknown }[] = [];
    await Promise.all(
      [...texts].map(async ([id, before]) => {
        try {
          const scene = await written.get(id);
          if (scene === undefined) throw sceneGone();
          const at = Date.now();
          const rewrite = { id: randomUUID(), script, scene, instruction, before, at };
          await this.keep(rewrite);
          rewrites.push(rewrite);
          onRewritten?.(rewrite);
        } catch (error) {
          failed.push({ id, error });
        }
      }),
    );
    return { rewrites, failed };
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

  private async tookThem(
    document: vscode.TextDocument,
    replacements: readonly Replacement[],
  ): Promise<void> {
    await Promise.all(
      replacements.map(({ rewrite, instead }) => this.taken.add(document, rewrite, instead)),
    );
    this.decided.fire({
      rewrites: replacements.map(({ rewrite }) => rewrite),
      verdict: 'taken',
    });
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
