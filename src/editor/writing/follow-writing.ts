import * as vscode from 'vscode';
import type { SceneId } from '../../script/script-model.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';
import type { BatchEvent } from './writing-run.ts';

/** Lines of a document, from 0, both ends included. */
interface Lines {
  readonly start: number;
  readonly end: number;
}

/** Where somebody is in a script. */
interface Reader {
  /** What they see. */
  readonly visible: readonly Lines[];
  /** The line of their cursor. */
  readonly cursor: number;
}

/**
 * Whether somebody watches the script being written, so that the next scenes are to be shown to them. They do
 * for as long as they are where it was written last, and their cursor is there or where it stood when the
 * script was opened; before anything was written, at its beginning.
 *
 * @param home the scenes that were written last, and the one before those that have come in
 */
function isWatching(
  { visible, cursor }: Reader,
  home: readonly Lines[],
  isBegun: boolean,
): boolean {
  const isIn = (line: number): boolean =>
    home.some(({ start, end }) => start <= line && line <= end);
  if (cursor !== 0 && !isIn(cursor)) return false;
  if (!isBegun && visible.some(({ start }) => start === 0)) return true;
  return visible.some((seen) => home.some((one) => one.start <= seen.end && seen.start <= one.end));
}

/** Shows the scenes of a run as they come in, in the editors of whoever watches, and moves no cursor. */
export class WritingFollower {
  private readonly scripts: Pick<OpenScripts, 'read'>;
  /** By script: the scenes that came in last. */
  private readonly last = new Map<string, readonly SceneId[]>();

  constructor(scripts: Pick<OpenScripts, 'read'>) {
    this.scripts = scripts;
  }

  /** A run has put scenes into a script. */
  show({ uri, scenes: ids }: BatchEvent): void {
    const document = openDocument(uri);
    const before = this.last.get(uri);
    if (ids.length > 0) this.last.set(uri, ids);
    if (document === undefined) return;
    const { scenes } = this.scripts.read(document);
    const first = firstOf(scenes, ids);
    if (first === undefined) return;
    const linesOf = (node: SceneNode): Lines => ({
      start: document.positionAt(node.heading.start).line,
      end: document.positionAt(node.span.end).line,
    });
    const known = new Set(before);
    const at = scenes.indexOf(first);
    const home = scenes.filter(({ scene }, index) => index === at - 1 || known.has(scene.id));
    const place = document.positionAt(first.heading.start);
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document !== document) continue;
      const reader = {
        visible: editor.visibleRanges.map(({ start, end }) => ({
          start: start.line,
          end: end.line,
        })),
        cursor: editor.selection.active.line,
      };
      if (!isWatching(reader, home.map(linesOf), before !== undefined)) continue;
      editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.AtTop);
    }
  }

  /** A run over a script is over. */
  end(uri: string): void {
    this.last.delete(uri);
  }
}

function firstOf(scenes: ParsedScript['scenes'], ids: readonly SceneId[]): SceneNode | undefined {
  const fresh = new Set(ids);
  return scenes.find(({ scene }) => fresh.has(scene.id));
}
