import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { Rewrite } from '../../writing/journal/rewrite-journal.ts';
import type { Messages } from '../ui/messages.ts';
import { movedUri, type ScriptMove, type ScriptMoves } from '../script/script-moves.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { showInformation } from '../ui/window.ts';
import { DiffCursor } from './diff-cursor.ts';
import { asideOf, proposedText } from './proposed-text.ts';
import { sceneGone, type Replacement, type Rewrites } from './rewrites.ts';
import type { VirtualDocuments } from './virtual-documents.ts';

/** What the writer has said to rewrites; clearing the question away, or closing the diff, leaves them open. */
export interface Outcome {
  readonly taken: readonly Rewrite[];
  readonly open: readonly Rewrite[];
}

/** Rewrites of one script that the writer looks at in one diff. */
interface Review {
  /** Another one once the script was moved. */
  document: vscode.TextDocument;
  /** Those that are not decided on yet, by id, in the order of the document. */
  readonly open: Map<string, Replacement>;
  readonly taken: Rewrite[];
  /** Address of the proposed text. */
  readonly proposed: vscode.Uri;
  readonly outcome: PromiseWithResolvers<Outcome>;
}

/**
 * Shows rewrites as a diff and asks whether to take them: in a word at the edge, which goes after a
 * while, and by buttons above the diff, which stay. Of several all can be decided on at once, or the one
 * in which the cursor is, whereupon the next one is gone to.
 */
export class RewriteReviews implements Disposable {
  private readonly rewrites: Rewrites;
  private readonly scripts: OpenScripts;
  private readonly messages: Messages;
  private readonly documents: VirtualDocuments;
  private readonly cursor: DiffCursor;
  private reviews: readonly Review[] = [];
  /** Ids of rewrites that are just being put in or thrown away. */
  private readonly deciding = new Set<string>();
  private readonly subscriptions: readonly Disposable[];

  /** @param documents shows the diffs */
  constructor(
    rewrites: Rewrites,
    documents: VirtualDocuments,
    { scripts, moves, messages }: { scripts: OpenScripts; moves: ScriptMoves; messages: Messages },
  ) {
    this.rewrites = rewrites;
    this.documents = documents;
    this.scripts = scripts;
    this.messages = messages;
    this.cursor = new DiffCursor(scripts);
    const orLog = (acting: Promise<void>): void => {
      acting.catch((error: unknown) => {
        messages.logError(error);
      });
    };
    this.subscriptions = [
      documents.onDidClose((uri) => {
        const review = this.at(uri);
        if (review !== undefined) settle(review);
      }),
      moves.onDidMove((move) => {
        orLog(this.follow(move));
      }),
      rewrites.onDidDecide(({ rewrites: decided, verdict }) => {
        for (const review of this.reviews) orLog(this.end(review, decided, verdict));
      }),
    ];
  }

  /**
   * Show rewrites beside the script, together with those of the same diffs that are open; resolves when all are
   * decided on, or their question was cleared away.
   *
   * @param question about those that are shown
   * @throws ScenewrightError when none of their scenes is in the script any more
   */
  async review(
    document: vscode.TextDocument,
    rewrites: readonly Rewrite[],
    question: (shown: readonly Rewrite[]) => string,
  ): Promise<Outcome> {
    const earlier = this.reviews.filter(({ open }) => rewrites.some(({ id }) => open.has(id)));
    const review = this.begin(document, [
      ...rewrites,
      ...earlier.flatMap(({ open }) => [...open.values()].map(({ rewrite }) => rewrite)),
    ]);
    review.taken.push(...earlier.flatMap(({ taken }) => taken));
    this.reviews = [...this.reviews.filter((one) => !earlier.includes(one)), review];
    for (const one of earlier) {
      // Who still waits for that one hears what becomes of this.
      void review.outcome.promise.then(one.outcome.resolve);
      await this.documents.close(one.proposed);
    }
    const shown = [...review.open.values()].map(({ rewrite }) => rewrite);
    const aside = asideOf(this.scripts.parse(document), shown);
    await this.documents.show(
      review.proposed,
      document,
      titleOf(shown),
      shown.length > 1 ? this.cursor.placeOf(review, idsOf(review)) : undefined,
    );
    if (!this.reviews.includes(review)) {
      // Decided on, or shown anew, before its diff was there.
      await this.documents.close(review.proposed);
      return review.outcome.promise;
    }
    const words = [question(shown), aside].filter((said) => said !== '').join(' ');
    this.ask(shown, words).then(
      (answered) => {
        // Who clears the word away may still use the buttons; nobody waits for that.
        if (!answered) settle(review);
      },
      (error: unknown) => {
        this.messages.error(error);
        // Where only saving has failed they are taken all the same.
        if (this.reviews.includes(review)) settle(review);
      },
    );
    return review.outcome.promise;
  }

  /**
   * Take the rewrite of this proposed text, or of the diff that is in front; of several the one in which the
   * cursor is.
   *
   * @returns whether the new text is in the document
   */
  async take(proposed = this.documents.active): Promise<boolean> {
    const review = this.at(proposed);
    return review !== undefined && this.decide(review, this.meantIn(review), true);
  }

  /** Leave the scene as it is: that of this proposed text, or of the diff that is in front. */
  async refuse(proposed = this.documents.active): Promise<void> {
    const review = this.at(proposed);
    if (review !== undefined) await this.decide(review, this.meantIn(review), false);
  }

  /**
   * Take all that are left of this diff, or of the one in front.
   *
   * @returns whether all the new texts are in the document
   */
  async takeAll(proposed = this.documents.active): Promise<boolean> {
    const review = this.at(proposed);
    return review !== undefined && this.decide(review, [...review.open.values()], true);
  }

  /** Leave all scenes as they are that are left of this diff, or of the one in front. */
  async refuseAll(proposed = this.documents.active): Promise<void> {
    const review = this.at(proposed);
    if (review !== undefined) await this.decide(review, [...review.open.values()], false);
  }

  /** A diff to be shown: of each scene that is there the first of its rewrites. */
  private begin(document: vscode.TextDocument, rewrites: readonly Rewrite[]): Review {
    const script = this.scripts.parse(document);
    const open = new Map<string, Replacement>();
    for (const { id } of script.scenes) {
      const rewrite = rewrites.find(({ scene }) => scene.id === id);
      const instead = id === undefined ? undefined : this.scripts.sectionOf(document, id);
      if (rewrite !== undefined && instead !== undefined) {
        open.set(rewrite.id, { rewrite, instead });
      }
    }
    if (open.size === 0) throw sceneGone();
    const text = proposedText(script, [...open.values()]);
    const proposed = this.documents.add(document, text, open.size === 1 ? 'one' : 'several');
    return { document, open, taken: [], proposed, outcome: Promise.withResolvers<Outcome>() };
  }

  /** @returns whether there was an answer; it has been acted upon then */
  private async ask(rewrites: readonly Rewrite[], question: string): Promise<boolean> {
    const [only] = rewrites;
    const isOne = rewrites.length === 1;
    const take = isOne ? t('Take the New Text') : t('Take All');
    const refuse = isOne ? t('Keep the Old Text') : t('Keep All Old Texts');
    const answer = await showInformation(question, take, refuse);
    if (answer === undefined) return false;
    // A word at the edge stays when its diff is gone, and when the buttons above that were faster.
    const review = this.reviews.find(({ open }) => rewrites.some(({ id }) => open.has(id)));
    if (review !== undefined) {
      const asked = [...review.open.values()].filter(({ rewrite }) => rewrites.includes(rewrite));
      await this.decide(review, asked, answer === take);
    } else {
      void showInformation(
        isOne && only !== undefined
          ? t('“{0}” was decided on before. Nothing was changed.', only.scene.title)
          : t('All of these scenes were decided on before. Nothing was changed.'),
      );
    }
    return true;
  }

  /** @returns whether there was something to take, and all of that is in the document */
  private async decide(
    { document }: Review,
    meant: readonly Replacement[],
    isWanted: boolean,
  ): Promise<boolean> {
    // A second click comes while the first one is still at work.
    const fresh = meant.filter(({ rewrite }) => !this.deciding.has(rewrite.id));
    if (fresh.length === 0) return false;
    const rewrites = fresh.map(({ rewrite }) => rewrite);
    for (const { id } of rewrites) this.deciding.add(id);
    let others: readonly Rewrite[];
    try {
      if (!isWanted) {
        await this.rewrites.refuse(document, rewrites);
        return false;
      }
      const taken = await this.rewrites.take(document, fresh);
      others = rewrites.filter((rewrite) => !taken.includes(rewrite));
      if (others.length === 0) return true;
    } finally {
      for (const { id } of rewrites) this.deciding.delete(id);
    }
    // They went on writing in these scenes: they get to see what the new text would take away now.
    const outcome = await this.review(
      await vscode.workspace.openTextDocument(document.uri),
      others,
      changedWords,
    );
    return outcome.open.length === 0 && others.every((one) => outcome.taken.includes(one));
  }

  /** Rewrites have been decided on, wherever that was. */
  private async end(
    review: Review,
    decided: readonly Rewrite[],
    verdict: 'taken' | 'refused',
  ): Promise<void> {
    const mine = decided.filter(({ id }) => review.open.delete(id));
    if (mine.length === 0) return;
    if (verdict === 'taken') review.taken.push(...mine);
    if (review.open.size > 0) {
      await this.goOn(review);
      return;
    }
    this.reviews = this.reviews.filter((one) => one !== review);
    try {
      await this.documents.close(review.proposed);
    } finally {
      settle(review);
    }
  }

  /** Show what is left of a diff, from the next scene on. */
  private async goOn(review: Review): Promise<void> {
    const document = await vscode.workspace.openTextDocument(review.document.uri);
    const script = this.scripts.parse(document);
    const from = this.cursor.offset(review);
    const left = [...review.open.values()];
    await this.documents.replace(review.proposed, proposedText(script, left));
    this.cursor.goTo(review, idsOf(review), from);
  }

  /** The one that there is, or of several the one in which the cursor is. */
  private meantIn(review: Review): readonly Replacement[] {
    const all = [...review.open.values()];
    if (all.length === 1) return all;
    const id = this.cursor.scene(review);
    const meant = all.filter(({ rewrite }) => rewrite.scene.id === id);
    if (meant.length === 0) {
      void showInformation(t('Put the cursor into one of the scenes that have been rewritten.'));
    }
    return meant;
  }

  /** The script of rewrites that are looked at has another address now. */
  private async follow(move: ScriptMove): Promise<void> {
    for (const review of this.reviews) {
      const uri = movedUri(review.document.uri, move);
      if (uri === undefined) continue;
      review.document = await vscode.workspace.openTextDocument(uri);
    }
  }

  private at(proposed: vscode.Uri | undefined): Review | undefined {
    return this.reviews.find((review) => review.proposed.toString() === proposed?.toString());
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** Of the scenes that are not decided on. */
function idsOf({ open }: Review): ReadonlySet<SceneId> {
  return new Set([...open.values()].map(({ rewrite }) => rewrite.scene.id));
}

function settle({ outcome, taken, open }: Review): void {
  outcome.resolve({
    taken: [...taken],
    open: [...open.values()].map(({ rewrite }) => rewrite),
  });
}

function titleOf(rewrites: readonly Rewrite[]): string {
  const [only] = rewrites;
  return rewrites.length === 1 && only !== undefined
    ? t('Rewrite: {0}', only.scene.title)
    : t('Rewrite: {0} scenes', rewrites.length);
}

function changedWords(rewrites: readonly Rewrite[]): string {
  const [only] = rewrites;
  return rewrites.length === 1 && only !== undefined
    ? t(
        '“{0}” has changed since. The diff shows what the new text would replace now.',
        only.scene.title,
      )
    : t(
        '{0} scenes have changed since. The diff shows what the new texts would replace now.',
        rewrites.length,
      );
}
