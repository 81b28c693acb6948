import path from 'node:path';
import type * as vscode from 'vscode';
import { Enclosure } from '../../base/enclosure/enclosure.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { exists } from '../../base/files.ts';
import { isInside } from '../../base/inside.ts';
import { t } from '../../base/l10n.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { isOver } from '../../jobs/job-state.ts';
import { takeFiles } from '../../jobs/take-files.ts';
import { OutsideError } from '../../media/clip-file.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';
import type { TakeShown } from '../jobs/take-list.ts';
import { toTrash } from '../jobs/trash.ts';
import { isScriptThere } from './what-to-render.ts';

/**
 * Move the clip of a take to the trash, with its pictures and its large clip, and forget its job. Nothing
 * of it is touched unless all of it can be.
 *
 * @param before called right before, once nothing stands against it
 * @throws ScenewrightError `bad-input` where something is still under way for it, or another window works
 *   on the jobs; `disk`
 */
export async function deleteTake(
  { manager }: { readonly manager: JobManager },
  script: vscode.Uri,
  { take, file }: TakeShown,
  before: () => Promise<void>,
): Promise<void> {
  if (file === undefined) return;
  const { jobs, files } = takeFiles(manager.records(), file);
  if (!manager.owner || jobs.some((job) => !isOver(job))) {
    throw new ScenewrightError(
      'bad-input',
      t(
        'Take {0} is still worked on, or another window works on the jobs. Nothing was deleted; try it again once that is over.',
        take,
      ),
    );
  }
  const elsewhere = jobs.find(
    (job) => job.script !== script.toString() && isScriptThere(job.script),
  );
  if (elsewhere !== undefined) {
    throw new ScenewrightError(
      'bad-input',
      t(
        'Take {0} was rendered for “{1}”, which is there as well. Nothing was deleted; delete it in that script.',
        take,
        elsewhere.scriptTitle,
      ),
    );
  }
  const inside = new Enclosure(workspaceRoot(script));
  if (!isInside(inside.root, file)) throw new OutsideError(file, inside.root);
  await before();
  for (const one of files) {
    // A record may name a picture where the folder was before.
    if (isInside(inside.root, one) && (await exists(one)))
      await toTrash(one, inside, deletedName(one));
  }
  for (const { id } of jobs) await manager.forget(id);
}

/** Where there is no trash: `scene-012.take-2.deleted-….mp4`, which is no take and still a file that players know. */
function deletedName(file: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}.deleted-${Date.now()}${ext}`);
}
