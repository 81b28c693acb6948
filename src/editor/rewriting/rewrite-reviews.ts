import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { applyEdits } from '../../script/edits/text-edit.ts';
import { replaceScene, setAside } from '../../script/edits/replace-scene.ts';
import type { Rewrite } from '../../writing/journal/rewrite-journal.ts';
import type { Messages } from '../ui/messages.ts';
import { asideWords } from './aside-words.ts';
import { VirtualDocuments } from './virtual-documents.ts';
import { sceneGone, type Rewrites } from './rewrites.ts';
import { movedUri, type ScriptMove, type ScriptMoves } from '../script/script-moves.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { showInformation } from '../ui/window.ts';

/** What the writer says to a rewrite; clearing the question away, or its diff, leaves it open. */
export type Verdict = 'taken' | 'refused' | 'open';

/** A rewrite that the writer looks at. */
interface Review {
  readonly document: vscode.TextDocument;
  readonly rewrite: Rewrite;
  /** The text of the scene that stands on the other side of the diff. */
  readonly instead: string;
  /** Address of the proposed text. */
  readonly proposed: vscode.Uri;
  readonly verdict: PromiseWithResolvers<Verdict>;
}

/**
 * Shows rewrites as diffs and asks whether to take them: in a word at the edge, which goes after a
 * while, and by two buttons above the diff, which stay.
 */
export class RewriteReviews implements Disposable {
  private readonly rewrites: Rewrites;
  private readonly scripts: OpenScripts;
  private readonly messages: Messages;
  private readonly documents = new VirtualDocuments();
  /** By id of the rewrite, until it is decided on. */
  private readonly reviews = new Map<string, Review>();
  /** Ids of rewrites that are just being put in or thrown away. */
  private readonly deciding = new Set<string>();
  private readonly subscriptions: readonly Disposable[];

  constructor(rewrites: Rewrites, scripts: OpenScripts, moves: ScriptMoves, messages: Messages) {
    this.rewrites = rewrites;
    this.scripts = scripts;
    this.messages = messages;
    this.subscriptions = [
      this.documents,
      this.documents.onDidClose((uri) => {
        this.at(uri)?.verdict.resolve('open');
      }),
      moves.onDidMove((move) => {
        this.follow(move).catch((error: unknown) => {
          messages.logError(error);
        });
      }),
      rewrites.onDidDecide(({ rewrite, verdict }) => {
        this.end(rewrite, verdict).catch((error: unknown) => {
          messages.logError(error);
        });
      }),
    ];
  }

  /** Show a rewrite beside the script; resolves when it is decided on, or its question cleared away. */
  async review(
    document: vscode.TextDocument,
    rewrite: Rewrite,
    question: string,
  ): Promise<Verdict> {
    const { scene } = rewrite;
    const instead = this.scripts.sectionOf(document, scene.id);
    if (instead === undefined) throw sceneGone();
    const script = this.scripts.parse(document);
    const text = applyEdits(script.text, replaceScene(script, scene));
    const proposed = this.documents.add(document, text);
    const verdict = Promise.withResolvers<Verdict>();
    const earlier = this.reviews.get(rewrite.id);
    this.reviews.set(rewrite.id, { document, rewrite, instead, proposed, verdict });
    if (earlier !== undefined) {
      // Who still waits for that one hears what becomes of this.
      void verdict.promise.then(earlier.verdict.resolve);
      await this.documents.close(earlier.proposed);
    }
    await this.documents.show(proposed, document, t('Rewrite: {0}', scene.title));
    if (this.reviews.get(rewrite.id)?.proposed !== proposed) {
      // Decided on, or shown anew, before its diff was there.
      await this.documents.close(proposed);
      return verdict.promise;
    }
    const words = [question, asideWords(setAside(script, scene))].filter((said) => said !== '');
    this.ask(rewrite, words.join(' ')).then(
      (answered) => {
        // Who clears the word away may still use the buttons; nobody waits for that.
        if (!answered) verdict.resolve('open');
      },
      (error: unknown) => {
        this.messages.error(error);
        // Where only saving has failed it is taken all the same.
        if (this.reviews.has(rewrite.id)) verdict.resolve('open');
      },
    );
    return verdict.promise;
  }

  /**
   * Take the rewrite of this proposed text, or of the diff that is in front.
   *
   * @returns whether the new text is in the document
   */
  async take(proposed = this.documents.active): Promise<boolean> {
    const review = this.at(proposed);
    return review !== undefined && this.decide(review, true);
  }

  /** Leave the scene as it is: that of this proposed text, or of the diff that is in front. */
  async refuse(proposed = this.documents.active): Promise<void> {
    const review = this.at(proposed);
    if (review !== undefined) await this.decide(review, false);
  }

  /** @returns whether there was an answer; it has been acted upon then */
  private async ask({ id, scene }: Rewrite, question: string): Promise<boolean> {
    const take = t('Take the New Text');
    const refuse = t('Keep the Old Text');
    const answer = await showInformation(question, take, refuse);
    if (answer === undefined) return false;
    // A word at the edge stays when its diff is gone, and when the buttons above that were faster.
    const review = this.reviews.get(id);
    if (review !== undefined) await this.decide(review, answer === take);
    else {
      void showInformation(t('“{0}” was decided on before. Nothing was changed.', scene.title));
    }
    return true;
  }

  /** @returns whether the new text is in the document */
  private async decide(
    { document, rewrite, instead }: Review,
    isWanted: boolean,
  ): Promise<boolean> {
    // A second click comes while the first one is still at work.
    if (this.deciding.has(rewrite.id)) return false;
    this.deciding.add(rewrite.id);
    try {
      if (!isWanted) {
        await this.rewrites.refuse(document, rewrite);
        return false;
      }
      if (await this.rewrites.take(document, rewrite, instead)) return true;
    } finally {
      this.deciding.delete(rewrite.id);
    }
    // They went on writing in this scene: they get to see what the new text would take away now.
    const verdict = await this.review(
      await vscode.workspace.openTextDocument(document.uri),
      rewrite,
      t(
        '“{0}” has changed since. The diff shows what the new text would replace now.',
        rewrite.scene.title,
      ),
    );
    return verdict === 'taken';
  }

  private async end({ id }: Rewrite, verdict: Verdict): Promise<void> {
    const review = this.reviews.get(id);
    if (review === undefined) return;
    this.reviews.delete(id);
    try {
      await this.documents.close(review.proposed);
    } finally {
      review.verdict.resolve(verdict);
    }
  }

  /** The script of a rewrite that is looked at has another address now. */
  private async follow(move: ScriptMove): Promise<void> {
    for (const [id, review] of [...this.reviews]) {
      const uri = movedUri(review.document.uri, move);
      if (uri === undefined) continue;
      const document = await vscode.workspace.openTextDocument(uri);
      if (this.reviews.get(id) === review) this.reviews.set(id, { ...review, document });
    }
  }

  private at(proposed: vscode.Uri | undefined): Review | undefined {
    return [...this.reviews.values()].find(
      (review) => review.proposed.toString() === proposed?.toString(),
    );
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
