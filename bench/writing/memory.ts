// A script of its own: see `inFreshProcess`. Arguments: scale, and scenes of each run.
import { Endpoint } from './endpoint.ts';
import { measure } from './runs.ts';
import { planned } from './ways.ts';

/** What a run held at most, in bytes. */
export interface MemoryFigures {
  readonly scenes: number;
  /** Of living objects, right after they were told from the dead. */
  readonly heap: number;
  /** The text of its plan and its scenes. */
  readonly text: number;
}

/** The garbage is collected whenever so many more scenes are written. */
const every = 10;

const { gc } = globalThis;
if (gc === undefined) throw new Error('Start this with --expose-gc.');

async function figuresOf(endpoint: Endpoint, scenes: number): Promise<MemoryFigures> {
  let heap = 0;
  let text = 0;
  let written = 0;
  const conditions = { scenes, scale, seed: 1, sigma: 0.5, continuations: true, slips: false };
  await measure(endpoint, conditions, planned(20), {
    event: (event) => {
      if (event.type === 'outlined') text += JSON.stringify(event.plan).length;
      if (event.type !== 'sceneWritten') return;
      text += JSON.stringify(event.scene).length;
      if (++written % every > 0) return;
      // Twice, because what the first round finds to be dead may have held more.
      gc?.();
      gc?.();
      heap = Math.max(heap, process.memoryUsage().heapUsed);
    },
  });
  return { scenes, heap, text };
}

const [scale = 0, ...runs] = process.argv.slice(2).map(Number);
const endpoint = await Endpoint.start();
// Any long run compiles the code and fills caches; that is not what scenes take.
await figuresOf(endpoint, Math.max(...runs));
const figures: MemoryFigures[] = [];
for (const scenes of runs) figures.push(await figuresOf(endpoint, scenes));
await endpoint.stop();
process.send?.(figures);
process.disconnect();
