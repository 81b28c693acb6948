import { parentPort, workerData } from 'node:worker_threads';
import { Enclosure } from '../base/enclosure/enclosure.ts';
import { writeFileAtomic } from '../base/files.ts';
import { messageOf } from '../base/errors.ts';
import { translateLikeMainThread } from '../base/l10n.ts';
import type { ClipTask, Task, WorkerMessage, WorkerSetup } from './worker-messages.ts';
import { renderDrawing } from './frames/drawing.ts';
import { renderCard } from './frames/placeholder-card.ts';
import { loadKit, renderAnimatic } from './frames/render-clip.ts';

/** A render thread: takes one task after the other and answers each with `done` or `failed`. */
const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread only.');

translateLikeMainThread();
const { assets } = workerData as WorkerSetup;
const kit = loadKit(assets);
// The first task reports a failed load; until then it is nobody's unhandled rejection.
kit.catch(() => undefined);

function tell(message: WorkerMessage): void {
  port?.postMessage(message);
}

async function renderClip({ request, clip, poster }: ClipTask): Promise<void> {
  let told = 0;
  const rendered = await renderAnimatic(request, await kit, (progress) => {
    if (progress - told < 0.02) return;
    told = progress;
    tell({ type: 'progress', progress });
  });
  // The clip comes last: once it is there, everything is.
  await writeFileAtomic(poster, rendered.poster);
  await writeFileAtomic(clip, rendered.mp4);
}

async function run(task: Task): Promise<void> {
  switch (task.type) {
    case 'clip':
      await renderClip(task);
      return;
    case 'card':
      await new Enclosure(task.root).write(
        task.poster,
        renderCard(task.number, task.title, await kit),
      );
      return;
    case 'drawing':
      await writeFileAtomic(task.file, renderDrawing(task.request, await kit));
  }
}

port.on('message', (task: Task) => {
  run(task).then(
    () => {
      tell({ type: 'done' });
    },
    (error: unknown) => {
      tell({ type: 'failed', message: messageOf(error) });
    },
  );
});
