import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JobStore } from '../../src/jobs/job-store.ts';
import { median, print } from '../figures.ts';
import { runInHost } from '../in-host.ts';
import type { Target } from '../writing/targets.ts';
import { longScript, placeIn, type TypedIn } from './long-script.ts';
import type { ThreadTime } from './own-time.ts';
import { rendered } from './rendered-script.ts';
import {
  type TypedDocument,
  type TypedInHost,
  type TypingTask,
  typingTaskVariable,
} from './typed-in-host.ts';

/** Where keys are typed: what costs least and most, and a look, by which every clip may become stale. */
const parts: readonly TypedIn[] = ['scene', 'outline', 'front matter'];

/** So many scenes of each script have been rendered. */
const clips = 450;

const keys = { strokes: 5, inRow: 20 } as const;

/**
 * Milliseconds that all which waits for a pause in typing may take once it has come: no task of a thread that
 * answers somebody should last longer (RAIL model, web.dev/articles/rail).
 */
const pauseMs = 50;

/**
 * What a key stroke costs in a real VS Code: what its extension host works for us after it, with problems,
 * lenses, the list of scenes, that of jobs, the film page and the status bar, beside all that it works.
 *
 * @param sizes by number of scenes, the milliseconds that a stroke may cost
 * @throws NoHostError where there is no VS Code
 */
export async function strokesInHost(sizes: ReadonlyMap<number, number>): Promise<Target[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-desk-'));
  try {
    const workspace = path.join(folder, 'workspace');
    await mkdir(workspace);
    const store = new JobStore(path.join(folder, 'jobs'));
    await store.load();
    const documents: TypedDocument[] = [];
    for (const count of sizes.keys()) {
      const text = longScript(count);
      const file = path.join(workspace, `script-${count}.md`);
      await writeFile(file, text);
      await rendered(file, text, clips, store);
      documents.push({ file, places: parts.map((part) => placeIn(text, part)) });
    }
    return shown(sizes, await typedInHost(folder, store.folder, documents));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function typedInHost(
  folder: string,
  jobs: string,
  documents: readonly TypedDocument[],
): Promise<TypedInHost> {
  const results = path.join(folder, 'results.json');
  // Where both editors that tests run in keep it.
  const storage = path.join(folder, 'profile', 'data', 'User', 'workspaceStorage');
  const task: TypingTask = { jobs, storage, documents, ...keys, results };
  const driver = path.join(import.meta.dirname, 'typing-driver.ts');
  await runInHost({ folder, driver, env: { [typingTaskVariable]: JSON.stringify(task) } });
  return JSON.parse(await readFile(results, 'utf8')) as TypedInHost;
}

function shown(sizes: ReadonlyMap<number, number>, typed: TypedInHost): Target[] {
  const targets: Target[] = [];
  const rows = [...sizes].flatMap(([count, atMost], i) =>
    parts.flatMap((part, j) => {
      const at = typed[i]?.[j];
      if (at === undefined) throw new Error(`Nothing was typed in the ${part} of ${count} scenes.`);
      const { inRow } = at;
      const single = middle(at.single);
      const name = `${count} scenes, ours in VS Code, in the ${part}`;
      return (
        [
          ['a key alone', single, pauseMs],
          ['one of many', inRow, atMost],
        ] as const
      ).map(([key, time, most]) => {
        // That would be reached whatever it costs.
        if (!(time.ours > 0)) throw new Error(`Nothing of ours was seen at work: ${name}, ${key}.`);
        targets.push({ name: `${name}, ${key}, ms`, atMost: most, measured: time.ours });
        return {
          scenes: count,
          'typed in': part,
          key,
          'ours ms': time.ours,
          'all of the host ms': time.all,
          'ours of all %': (100 * time.ours) / time.all,
          'garbage ms': time.garbage,
        };
      });
    }),
  );
  print('A key stroke in VS Code: what its extension host works, with all that follows', rows);
  return targets;
}

function middle(times: readonly ThreadTime[]): ThreadTime {
  const of = (part: keyof ThreadTime): number => median(times.map((time) => time[part]));
  return { ours: of('ours'), garbage: of('garbage'), all: of('all') };
}
