import type { Cell, ProgressView } from './protocol.ts';
import { activeBatches, isBeingWritten } from './progress-view.ts';

/** A scene that is being written, or was until a moment ago. */
export interface LivePreview {
  readonly cell: Cell;
  /** Its first lines, ready to show; empty while nothing has come in. */
  readonly text: string;
  /** From 1. */
  readonly attempt: number;
}

/** More than ever fits into the few lines that are shown, and little enough to compare and keep. */
const shownCharacters = 400;

/**
 * The live previews after `view`. A scene that is finished stays until its whole batch is, so
 * that nothing moves under the reader's eyes; between two batches the old one stays for the same
 * reason. There are none as soon as nobody writes, or nothing is left to be written.
 */
export function previewsAfter(
  previous: readonly LivePreview[],
  view: ProgressView,
): readonly LivePreview[] {
  if (view.state !== 'writing' && view.state !== 'paused') return [];
  const live = new Map(view.live.map((scene) => [scene.id, scene]));
  const before = new Map(previous.map((preview) => [preview.cell.id, preview]));
  const active = activeBatches(view);
  const isBetween = live.size === 0 && view.cells.some(isToCome);

  return view.cells.flatMap((cell): LivePreview[] => {
    const now = live.get(cell.id);
    if (now) return [{ cell, text: firstLines(now.text), attempt: now.attempt }];
    const old = before.get(cell.id);
    const stays = isBetween || (cell.batch !== undefined && active.has(cell.batch));
    return old && stays ? [{ ...old, cell }] : [];
  });
}

function isToCome(cell: Cell): boolean {
  return cell.state === 'planned' || isBeingWritten(cell);
}

function firstLines(text: string): string {
  return text
    .slice(0, 2 * shownCharacters)
    .replace(/\s*\n\s*/g, '\n')
    .trim()
    .slice(0, shownCharacters);
}
