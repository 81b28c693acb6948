import { existsSync } from 'node:fs';
import type * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import { t } from '../../base/l10n.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { clipFileOf, mayStillCome, stateOf } from '../../jobs/job-state.ts';
import type { SceneNode } from '../../script/parse/parsed-script.ts';
import type { PicturePath } from '../../script/script-model.ts';
import type { StillShown } from '../../webview/protocol.ts';
import { placeInScript } from '../jobs/picture-coming.ts';

/** The key of a first frame that no job is known to have drawn. */
const ownKey = 'script';

/** A still of a scene: its first frame, or another one that was drawn for it. */
export interface Still {
  readonly shown: StillShown;
  /** As the script names it, or would. */
  readonly picture: PicturePath;
  readonly record?: JobRecord;
}

/**
 * The stills of a scene, the oldest first; with those that are being drawn.
 *
 * @param records of the jobs that are for stills of this scene
 * @param wordsOf how a job stands
 */
export function stillsOf(
  script: vscode.Uri,
  { scene: { firstFrame } }: SceneNode,
  records: readonly JobRecord[],
  wordsOf: (job: JobRecord) => string | undefined,
): readonly Still[] {
  const drawn = records.flatMap((record): Still[] => {
    const { id, instruction, updatedAt } = record;
    const picture = placeInScript(script, record);
    if (mayStillCome(record)) {
      const words = wordsOf(record) ?? '';
      const shown: StillShown = {
        key: id,
        chosen: false,
        coming: true,
        words,
        ...defined({ instruction }),
      };
      return [{ shown, picture, record }];
    }
    if (stateOf(record) !== 'done' || !existsSync(clipFileOf(record))) return [];
    const chosen = picture === firstFrame;
    const shown: StillShown = {
      key: id,
      chosen,
      words: chosen ? t('first frame') : t('not in the script'),
      picture: `${id}.${updatedAt}`,
      ...defined({ instruction }),
    };
    return [{ shown, picture, record }];
  });
  if (firstFrame === undefined || drawn.some(({ shown }) => shown.chosen)) return drawn;
  const shown: StillShown = {
    key: ownKey,
    chosen: true,
    words: t('first frame'),
    picture: firstFrame,
  };
  return [{ shown, picture: firstFrame }, ...drawn];
}
