import { cpus } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AnimaticStudio } from '../src/animatic/animatic-studio.ts';
import { animaticAssets, animaticWorkerFile } from '../fixtures/animatic-assets.ts';
import { requestFor } from '../fixtures/render-requests.ts';
import { print, timed } from './figures.ts';

const clips = 6;
const seconds = 8;

/** How fast animatics are drawn, against the time they take to watch. */
export async function rendering(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-bench-'));
  const studio = new AnimaticStudio({
    outputFolder: folder,
    workerFile: animaticWorkerFile,
    assets: animaticAssets,
  });
  const { signal } = new AbortController();
  const before = process.cpuUsage();
  try {
    const wall = await timed(() =>
      Promise.all(
        Array.from({ length: clips }, async (_, index) => {
          const jobId = `bench${index}`;
          const job = await studio.submit(
            { ...requestFor({ seconds }), jobId, seconds },
            { signal },
          );
          await studio.result(job, { signal });
        }),
      ),
    );
    const used = process.cpuUsage(before);
    const cpu = (used.user + used.system) / 1000;
    print(`${clips} animatics of ${seconds} s on ${cpus().length} cores`, [
      {
        'wall s a clip': wall / 1000 / clips,
        'CPU s a clip': cpu / 1000 / clips,
        'times real time': (clips * seconds * 1000) / wall,
      },
    ]);
  } finally {
    await studio.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}
