import type * as vscode from 'vscode';
import type { Move } from '../../base/moves.ts';

/**
 * The moves that a renaming was last proposed with. Its own changes of the document name the files as they are after
 * that, and who applies it may move the files first: a change of ours in between would be in the way of those.
 */
export class ProposedMoves {
  private last:
    { readonly uri: string; readonly version: number; readonly moves: readonly Move[] } | undefined;

  propose({ uri, version }: vscode.TextDocument, moves: readonly Move[]): void {
    this.last = { uri: uri.toString(), version, moves };
  }

  /** Whether the changes that a document needs for these moves come with them, and are not there yet. */
  covers({ uri, version }: vscode.TextDocument, moves: readonly Move[]): boolean {
    const { last } = this;
    if (last?.uri !== uri.toString() || last.version !== version) return false;
    return moves.every(({ from, to }) =>
      last.moves.some((move) => move.from === from && move.to === to),
    );
  }
}
