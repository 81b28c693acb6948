import type { Cell, CellState, ProgressView, RunState } from '../../src/webview/protocol.ts';

const titles = [
  'The lamp goes out',
  'Salt on the stairs',
  'A letter with no stamp',
  'The harbour master lies',
  'Fog, and a second light',
  'What the gull saw',
  'Rope',
  'She counts the steps again',
];

const firstLines = [
  'EXT. LIGHTHOUSE, NIGHT\nThe beam sweeps the water once, twice, and stops half way round. Mara looks up from the rail. Below her the sea goes on as if nothing had been taken from it.',
  'The stairs are wet although no door has stood open since noon. Mara sets the lantern down and puts a finger to the stone.',
  'An envelope lies on the table, dry as bone.',
];

export interface ViewOptions {
  readonly scenes?: number;
  /** Scenes that are in the script. */
  readonly written?: number;
  readonly state?: RunState;
  readonly batchSize?: number;
  /** States of the scenes after the written ones. */
  readonly next?: readonly CellState[];
}

/** A view as the extension would send it. */
export function makeView(
  options: ViewOptions = {},
  more: Partial<ProgressView> = {},
): ProgressView {
  const { scenes = 22, written = 10, state = 'writing', batchSize = 5, next = [] } = options;
  const cells = Array.from({ length: scenes }, (_, index): Cell => {
    const title = titles[index % titles.length] ?? '';
    return {
      id: `scene${index + 1}`,
      number: index + 1,
      title,
      seconds: index % 7 === 3 ? 10 : index % 5 === 2 ? 5 : 8,
      state: index < written ? 'written' : (next[index - written] ?? 'planned'),
      batch: Math.floor(index / batchSize),
    };
  });
  const live = cells.filter((cell) => ['writing', 'retrying', 'mending'].includes(cell.state));
  return {
    uri: 'file:///stories/lamp.md',
    title: 'The Keeper’s Last Night',
    state,
    writer: 'offline scaffold',
    written,
    total: scenes,
    elapsedMs: 192_000,
    ...(state === 'writing' || state === 'paused' ? { remainingMs: 250_000 } : {}),
    at: Date.now(),
    tokens: { input: 41_200, output: 7_030 },
    cells,
    live: live.map((cell, index) => ({
      id: cell.id,
      text: firstLines[index] ?? '',
      attempt: cell.state === 'retrying' ? 2 : 1,
    })),
    ...more,
  };
}

/** `view` with the cell of scene `number` changed. */
export function withCell(view: ProgressView, number: number, change: Partial<Cell>): ProgressView {
  return {
    ...view,
    cells: view.cells.map((cell) => (cell.number === number ? { ...cell, ...change } : cell)),
  };
}
