import { defined } from '../../base/defined.ts';
import { chainedTo } from '../../script/chained.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type {
  Cell,
  ClipState,
  FilmTotals,
  FilmView,
  ProgressView,
  RunState,
  StillState,
  StillsWish,
} from '../../webview/protocol.ts';
import type { SceneId } from '../../script/script-model.ts';
import { isRunning } from '../../webview/progress-view.ts';
import type { FilmMoney } from './film-money.ts';
import { storyCells, type StoryCell } from '../script/story-cells.ts';

/** What there is of a scene's clip. */
export interface CellClip {
  readonly state?: ClipState;
  /** Absolute paths; only of what is there. */
  readonly file?: string;
  readonly poster?: string;
  /** How long the file really lasts, where that is known. */
  readonly seconds?: number;
  /** Another one when its picture may be another. */
  readonly version: string;
  /** How many takes there are to be shown, where there are any. */
  readonly takes?: number;
}

export interface FilmSources {
  readonly script: ParsedScript;
  /** How the script is being written, or was last, or how it stands where nobody ever did. */
  readonly progress: ProgressView;
  /** By key of the cell; cells that nothing was rendered of are left out. */
  readonly clips: ReadonlyMap<string, CellClip>;
  /**
   * Why written scenes are to be looked at, by key of the cell; a scene that was not looked at yet is left out,
   * and what a run says of it counts.
   */
  readonly marks?: ReadonlyMap<string, readonly string[]>;
  readonly money?: FilmMoney;
  /** Whether first frames are wanted before clips. */
  readonly stills?: StillsWish;
  /** Whether the clips of a chain begin with the last frame of the one before. */
  readonly chains?: boolean;
  /** Ids of the scenes of which a first frame is being drawn. */
  readonly drawing?: ReadonlySet<SceneId>;
}

/** The film of a script: what the document has at this moment, and what a run knows beyond that. */
export function filmView(sources: FilmSources): FilmView {
  const { script, progress, money, stills } = sources;
  const isUnderWay = isRunning(progress) || progress.state === 'paused';
  const cells = filmCells(sources, isUnderWay);
  const totals = { ...totalsOf(script, cells), ...money };
  const { aspect } = script.brief;
  const film = { aspect, cells, totals, ...defined({ stills }) };
  if (isUnderWay) return { ...progress, ...film };
  const written = cells.filter(({ state }) => state === 'written' || state === 'kept').length;
  const { error, ...rest } = progress;
  const state = restingState(progress.state, written, cells.length);
  return {
    ...rest,
    title: script.title,
    state,
    written,
    total: cells.length,
    ...(error !== undefined && state === 'failed' ? { error } : {}),
    ...film,
  };
}

/** How it stands once a run is over, whatever the writer has changed since. */
function restingState(state: RunState, written: number, total: number): RunState {
  if (written === total) return total === 0 ? state : 'done';
  return state === 'done' ? 'idle' : state;
}

function filmCells(
  { script, progress: { cells: known }, clips, marks, drawing, chains }: FilmSources,
  isUnderWay: boolean,
): readonly Cell[] {
  const inRun = new Map(known.map((cell) => [cell.id, cell]));
  const cells = storyCells(script).map((one) => {
    const cell = inRun.get(one.key);
    inRun.delete(one.key);
    const isDrawing = one.node !== undefined && drawing?.has(one.node.scene.id) === true;
    const flags =
      one.node?.written === true
        ? (marks?.get(one.key) ?? (isUnderWay ? cell?.flags : undefined))
        : cell?.flags;
    const shown = cellOfStory(one, cell, clips.get(one.key), isDrawing, flags);
    return chains === true && goesOn(script, one) ? { ...shown, goesOn: true } : shown;
  });
  // Once it is over, what the document does not have was deleted since.
  if (!isUnderWay) return cells;
  // A plan comes into the document a moment after the run has it.
  const toCome = [...inRun.values()].filter(({ state }) => state !== 'written');
  return [
    ...cells,
    ...toCome.map((cell, index) => ({ ...cell, number: cells.length + index + 1 })),
  ];
}

/** Whether a scene's clip begins with the last frame of the one before, where clips can. */
function goesOn(script: ParsedScript, { node, scene }: StoryCell): boolean {
  if (node?.written !== true || scene === undefined) return false;
  return chainedTo(script, scene) !== undefined;
}

function cellOfStory(
  { key, position, beat, node }: StoryCell,
  run: Cell | undefined,
  clip: CellClip | undefined,
  isDrawing: boolean,
  flags: Cell['flags'] = [],
): Cell {
  const { title, seconds } = node?.scene ?? beat ?? { title: '', seconds: 0 };
  const isWritten = node?.written === true;
  const firstFrame = node?.scene.firstFrame;
  const still: StillState | undefined =
    firstFrame !== undefined ? 'drawn' : isDrawing ? 'drawing' : undefined;
  const picture =
    clip?.poster === undefined && clip?.file === undefined ? firstFrame : clip.version;
  // Only the document can say that a scene is in it.
  const told = run?.state === 'written' ? 'planned' : run?.state;
  return {
    id: key,
    number: position,
    title: isWritten ? title : (run?.title ?? title),
    seconds,
    state: isWritten ? 'written' : (told ?? 'planned'),
    ...(run?.batch === undefined ? {} : { batch: run.batch }),
    ...(flags.length === 0 ? {} : { flags }),
    ...(clip?.state === undefined ? {} : { clip: clip.state }),
    ...(clip?.file === undefined ? {} : { playable: true }),
    ...(clip?.seconds === undefined ? {} : { clipSeconds: clip.seconds }),
    ...defined({ still, picture }),
    ...(isDrawing && still === 'drawn' ? { redrawing: true } : {}),
    ...(clip?.takes === undefined ? {} : { takes: clip.takes }),
  };
}

function totalsOf(script: ParsedScript, cells: readonly Cell[]): FilmTotals {
  const count = (state: ClipState): number => cells.filter(({ clip }) => clip === state).length;
  return {
    seconds: cells.reduce((sum, { seconds }) => sum + seconds, 0),
    wanted: script.brief.duration,
    drawn: cells.filter(({ still }) => still === 'drawn').length,
    drawing: cells.filter(({ still }) => still === 'drawing').length,
    rendered: count('current'),
    stale: count('stale'),
    rendering: count('running'),
    failed: count('failed'),
  };
}
