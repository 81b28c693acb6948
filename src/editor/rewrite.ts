import * as vscode from 'vscode';
import { messageOf, ScenewrightError } from '../base/errors.ts';
import type { Disposable } from '../base/events.ts';
import type { WriterModel } from '../models/port.ts';
import { applyEdits, replaceScene } from '../script/edits.ts';
import type { SceneId } from '../script/model.ts';
import type { SceneNode } from '../script/parse.ts';
import type { KeptRewrites, Rewrite } from '../writing/kept/kept-rewrites.ts';
import { rewriteScene } from '../writing/rewrite.ts';
import { Spending } from '../writing/spending.ts';
import { askAboutBudget } from './budget-question.ts';
import { editDocument } from './document-edits.ts';
import type { Messages } from './messages.ts';
import { Proposals, type Proposal } from './proposals.ts';
import type { Scripts } from './scripts.ts';
import { writingSettings } from './writing-settings.ts';

/** What the writer says to a rewrite; closing its question or its diff leaves it open. */
export type Verdict = 'taken' | 'refused' | 'open';

export interface RewriteTools {
  readonly messages: Messages;
  readonly scripts: Scripts;
  readonly kept: KeptRewrites;
  /** The writer model of the settings, ready to be asked. */
  createWriter(): Promise<WriterModel>;
}

export interface RewriteAsk {
  readonly instruction: string;
  /** Somebody is there to be asked about the budget. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
}

/** A rewrite that the writer looks at. */
interface Review {
  readonly proposal: Proposal;
  readonly document: vscode.TextDocument;
  readonly rewrite: Rewrite;
  /** The text of the scene that stands on the other side. */
  readonly instead: string;
  readonly verdict: PromiseWithResolvers<Verdict>;
}

/**
 * Rewrites of one scene: shown as a diff that the writer takes or leaves, or put in at once. From the
 * moment it arrives until it is refused, or is in the saved document, a rewrite is kept on disk.
 */
export class Rewrites implements vscode.Disposable {
  private readonly tools: RewriteTools;
  private readonly proposals = new Proposals();
  /** By address of the proposed text. */
  private readonly reviews = new Map<string, Review>();
  /** Taken, but in a document with unsaved changes. */
  private readonly unsaved = new Map<SceneId, { readonly uri: string; readonly instead: string }>();
  private readonly subscriptions: readonly Disposable[];

  constructor(tools: RewriteTools) {
    this.tools = tools;
    this.subscriptions = [
      this.proposals,
      this.proposals.onDidClose(({ uri }) => {
        // The word at the edge may still be answered.
        this.reviews.get(uri.toString())?.verdict.resolve('open');
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        this.saved(document);
      }),
    ];
  }

  /** The scene's last rewrite, if the writer has neither taken nor refused it. */
  async open(document: vscode.TextDocument, id: SceneId): Promise<Rewrite | undefined> {
    const rewrite = await this.tools.kept.get(id);
    if (rewrite === undefined) return undefined;
    // The window may have gone between taking and saving, and the text come back with the editor.
    if (replaceScene(this.tools.scripts.parse(document), rewrite.scene).length > 0) return rewrite;
    await this.taken(document, id, rewrite.before);
    return undefined;
  }

  /**
   * Write the scene anew. One that was asked for in the same words, of the same text, and is still
   * open is not paid for again.
   */
  async write(document: vscode.TextDocument, id: SceneId, ask: RewriteAsk): Promise<Rewrite> {
    const { instruction, signal } = ask;
    const script = this.tools.scripts.parse(document);
    const node = this.nodeOf(document, id);
    if (node === undefined) throw sceneGone();
    const before = textOf(document, node);
    const open = await this.open(document, id);
    if (open?.instruction === instruction && open.before === before) return open;

    const { contextTokens, price, budget } = writingSettings();
    const { title } = node.scene;
    const scene = await rewriteScene({
      brief: script.brief,
      title: script.title,
      bible: script.bible,
      outline: script.outline.map(({ beat }) => beat),
      scenes: script.scenes.filter(({ written }) => written).map(({ scene: other }) => other),
      scene: node.scene,
      instruction,
      model: await this.tools.createWriter(),
      ...(contextTokens === undefined ? {} : { contextTokens }),
      spending: new Spending({
        price,
        budget,
        ...(ask.interactive ? { ask: (question) => askAboutBudget(title, question, signal) } : {}),
      }),
      signal,
    });
    const rewrite = { scene, instruction, before };
    await this.keep(rewrite);
    return rewrite;
  }

  /**
   * Put a rewrite into the script without asking. Where the writer has changed the scene meanwhile it
   * is shown as a diff all the same: nothing they typed is overwritten.
   *
   * @returns whether the new text is in the document.
   */
  async apply(document: vscode.TextDocument, rewrite: Rewrite): Promise<boolean> {
    if (await this.put(document.uri, rewrite, rewrite.before)) return true;
    const verdict = await this.review(
      document,
      rewrite,
      vscode.l10n.t(
        '“{0}” has changed while it was being rewritten. The diff shows what the new text would replace.',
        rewrite.scene.title,
      ),
    );
    return verdict === 'taken';
  }

  /**
   * Show a rewrite beside the script and ask whether to take it: in a word at the edge, which goes
   * after a while, and by two buttons above the diff, which stay.
   */
  async review(
    document: vscode.TextDocument,
    rewrite: Rewrite,
    question: string,
  ): Promise<Verdict> {
    const { scene } = rewrite;
    for (const [key, earlier] of this.reviews) {
      if (earlier.rewrite.scene.id !== scene.id) continue;
      this.reviews.delete(key);
      earlier.verdict.resolve('open');
      await this.proposals.close(earlier.proposal);
    }
    const script = this.tools.scripts.parse(document);
    const shown = this.nodeOf(document, scene.id);
    if (shown === undefined) throw sceneGone();
    const instead = textOf(document, shown);
    const proposal = this.proposals.add(
      document,
      applyEdits(script.text, replaceScene(script, scene)),
    );
    const verdict = Promise.withResolvers<Verdict>();
    this.reviews.set(proposal.uri.toString(), { proposal, document, rewrite, instead, verdict });
    await this.proposals.show(proposal, document, vscode.l10n.t('Rewrite: {0}', scene.title));
    const take = vscode.l10n.t('Take the New Text');
    const refuse = vscode.l10n.t('Keep the Old Text');
    const asked = async (): Promise<void> => {
      const answer = await vscode.window.showInformationMessage(question, take, refuse);
      if (answer === take) await this.take(proposal);
      else if (answer === refuse) await this.refuse(proposal);
    };
    // Who clears the word away may still use the buttons; nobody waits for that.
    void asked()
      .catch((error: unknown) => {
        this.tools.messages.error(error);
      })
      .finally(() => {
        verdict.resolve('open');
      });
    return verdict.promise;
  }

  /** Put the new text of a diff into the script: of the one in front, unless another is named. */
  async take(proposal = this.proposals.active): Promise<boolean> {
    const review = this.reviewOf(proposal);
    if (proposal === undefined || review === undefined) return false;
    const { document, rewrite, instead, verdict } = review;
    // At once, for a second click finds other text in the script already.
    this.reviews.delete(proposal.uri.toString());
    const isIn = await this.put(document.uri, rewrite, instead).catch((error: unknown) => {
      this.reviews.set(proposal.uri.toString(), review);
      throw error;
    });
    if (isIn) verdict.resolve('taken');
    await this.proposals.close(proposal);
    if (isIn) return true;
    // They went on writing in this scene: they get to see what the new text would take away now.
    const again = this.review(
      await vscode.workspace.openTextDocument(document.uri),
      rewrite,
      vscode.l10n.t(
        '“{0}” has changed since it was rewritten. The diff shows what the new text would replace now.',
        rewrite.scene.title,
      ),
    );
    again.then(verdict.resolve, verdict.reject);
    return (await again) === 'taken';
  }

  /** Leave the scene of a diff as it is: of the one in front, unless another is named. */
  async refuse(proposal = this.proposals.active): Promise<void> {
    const review = this.reviewOf(proposal);
    if (proposal === undefined || review === undefined) return;
    await this.discard(review.rewrite);
    review.verdict.resolve('refused');
    this.reviews.delete(proposal.uri.toString());
    await this.proposals.close(proposal);
  }

  /** Forget a rewrite that nobody wants. */
  async discard({ scene }: Rewrite): Promise<void> {
    await this.tools.kept.remove(scene.id);
  }

  private reviewOf(proposal: Proposal | undefined): Review | undefined {
    return proposal && this.reviews.get(proposal.uri.toString());
  }

  private async keep(rewrite: Rewrite): Promise<void> {
    try {
      await this.tools.kept.put(rewrite);
    } catch (cause) {
      this.tools.messages.error(
        new ScenewrightError(
          'disk',
          vscode.l10n.t(
            '“{0}” is rewritten, but the new text could not be kept on disk ({1}). It is lost if you close the window before you take it.',
            rewrite.scene.title,
            messageOf(cause),
          ),
          { cause },
        ),
      );
    }
  }

  /**
   * @param instead what the writer agreed to have replaced: nothing is done where the scene, at that
   * very moment, is no longer so
   * @returns whether it was put in
   */
  private async put(uri: vscode.Uri, { scene }: Rewrite, instead: string): Promise<boolean> {
    const found = { isMeant: true };
    const document = await editDocument(uri, (now) => {
      const node = this.nodeOf(now, scene.id);
      if (node === undefined) throw sceneGone();
      found.isMeant = textOf(now, node) === instead;
      return found.isMeant ? replaceScene(this.tools.scripts.parse(now), scene) : [];
    });
    if (!found.isMeant) return false;
    await this.taken(document, scene.id, instead);
    return true;
  }

  /** The new text is in the document; it is safe once that is saved. */
  private async taken(document: vscode.TextDocument, id: SceneId, instead: string): Promise<void> {
    if (document.isDirty) this.unsaved.set(id, { uri: document.uri.toString(), instead });
    else await this.tools.kept.remove(id);
  }

  private saved(document: vscode.TextDocument): void {
    for (const [id, { uri, instead }] of this.unsaved) {
      if (uri !== document.uri.toString()) continue;
      this.unsaved.delete(id);
      const node = this.nodeOf(document, id);
      // The unsaved changes were thrown away, and the new text with them: it is still kept.
      if (node !== undefined && textOf(document, node) === instead) continue;
      this.tools.kept.remove(id).catch((error: unknown) => {
        this.tools.messages.logError(error);
      });
    }
  }

  private nodeOf(document: vscode.TextDocument, id: SceneId): SceneNode | undefined {
    return this.tools.scripts.parse(document).scenes.find(({ scene }) => scene.id === id);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function textOf(document: vscode.TextDocument, { span }: SceneNode): string {
  return document.getText().slice(span.start, span.end);
}

function sceneGone(): ScenewrightError {
  return new ScenewrightError(
    'bad-script',
    vscode.l10n.t('The scene is no longer in the script. Nothing was changed.'),
  );
}
