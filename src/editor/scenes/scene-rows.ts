import type * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import type { CellState } from '../../webview/protocol.ts';
import { chosenByHand, type ByHand } from '../commands/caller.ts';
import type { ClipState, SceneClip } from '../jobs/scene-clips.ts';
import { takeLine, takeList, type TakeShown } from '../jobs/take-list.ts';
import { storyCells } from '../script/story-cells.ts';

/** One row: a beat of the outline, or a scene that the outline does not have. */
export interface SceneRow extends ByHand {
  readonly uri: vscode.Uri;
  readonly sceneId: SceneId;
  /** Tells the rows apart, also while scenes have no id or, just copied, the same. */
  readonly key: string;
  /** Number in the document, from 1; absent while the scene is not written. */
  readonly scene?: number;
  readonly scenes?: readonly number[];
  readonly position: number;
  readonly title: string;
  readonly seconds: number;
  readonly writing: CellState;
  readonly clip: ClipState;
  /** Its first frame is in the script, or one is on its way. */
  readonly still: 'none' | 'drawn' | 'coming';
  /** Why it is to be looked at, one sentence each; empty where it is not. */
  readonly marks: readonly string[];
  /** The same as one text. */
  readonly marksFace: string;
  readonly poster?: string;
  /** What is beneath it, where the scene has more than one take. */
  readonly takes: readonly TakeRow[];
  /** All that can be seen of that. */
  readonly takesFace: string;
}

/** A row beneath that of its scene: one of its takes, as commands take it for their argument. */
export interface TakeRow extends ByHand {
  readonly uri: vscode.Uri;
  /** Number of the scene in the document, from 1. */
  readonly scene: number;
  readonly take: number;
  readonly sceneKey: string;
  readonly shown: TakeShown;
}

/** What can be seen of a row, or is done by it. */
const shownKeys = [
  'scene',
  'position',
  'title',
  'seconds',
  'writing',
  'clip',
  'still',
  'poster',
  'marksFace',
  'takesFace',
] as const satisfies readonly (keyof SceneRow)[];

/** From so many other rows on, all of them are given anew: VS Code compares each that it is told of with all. */
const manyRows = 100;

/**
 * The rows of a script, in the order in which the story is told.
 *
 * @param clips of each scene, in the order of the document
 * @param cells how each scene stands in the run over the script
 * @param marks why scenes are to be looked at
 */
export function rowsOf(
  uri: vscode.Uri,
  script: ParsedScript,
  clips: readonly SceneClip[],
  cells: ReadonlyMap<SceneId, CellState>,
  marks: ReadonlyMap<SceneId, readonly string[]>,
): SceneRow[] {
  return storyCells(script).flatMap(({ key, position, beat, node, scene: number }): SceneRow[] => {
    const shown = node?.scene ?? beat;
    if (shown === undefined) return [];
    const { id, title, seconds } = shown;
    const clip = number === undefined ? undefined : clips[number - 1];
    const isChoice = clip !== undefined && clip.takes.length > 1;
    const listed = node && isChoice ? takeList(node, clip) : [];
    const known = listed.filter((one) => one.state !== 'over');
    const takes =
      number === undefined || known.length < 2
        ? []
        : known.map((one): TakeRow => {
            const { take } = one;
            return chosenByHand({ uri, scene: number, take, sceneKey: key, shown: one });
          });
    const toLookAt = node?.written === true ? (marks.get(key) ?? []) : [];
    const row: SceneRow = chosenByHand({
      uri,
      sceneId: id,
      key,
      ...(number === undefined ? {} : { scene: number, scenes: [number] }),
      position,
      title,
      seconds,
      writing: node?.written === true ? 'written' : (cells.get(id) ?? 'planned'),
      clip: clip?.state ?? 'none',
      marks: toLookAt,
      marksFace: toLookAt.join('\n'),
      takes,
      takesFace: takes.map((take) => faceOf(take.shown)).join('\n'),
      still: stillOf(node, clip),
      ...defined({ poster: clip?.job?.poster }),
    });
    return [row];
  });
}

function stillOf(node: SceneNode | undefined, clip: SceneClip | undefined): SceneRow['still'] {
  if (clip?.stillJob !== undefined) return 'coming';
  return node?.scene.firstFrame === undefined ? 'none' : 'drawn';
}

function faceOf(take: TakeShown): string {
  return [take.take, takeLine(take), take.file, take.poster].join(' ');
}

/**
 * What is to be drawn anew where rows have become others: which of those that are drawn, brought up to what
 * they are now; `undefined` where all have to be asked for, because they are other rows, or too many.
 */
export function toRedraw(
  drawn: readonly SceneRow[],
  rows: readonly SceneRow[],
): SceneRow[] | undefined {
  if (rows.length !== drawn.length) return undefined;
  const others: [SceneRow, SceneRow][] = [];
  for (const [i, row] of rows.entries()) {
    const before = drawn[i];
    if (before === undefined || !isOfOne(before, row)) return undefined;
    if (shownKeys.some((key) => before[key] !== row[key])) others.push([before, row]);
    if (others.length >= manyRows) return undefined;
  }
  // VS Code knows a row by its very object, and commands act by what that says.
  return others.map(([before, row]) => Object.assign(before, row));
}

/** Whether two rows are of the same scene, and the later one says all that the earlier one said. */
function isOfOne(before: SceneRow, row: SceneRow): boolean {
  return (
    before.key === row.key &&
    (before.uri === row.uri || before.uri.toString() === row.uri.toString()) &&
    Object.keys(before).every((key) => key in row)
  );
}
