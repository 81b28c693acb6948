import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { SceneClip } from '../jobs/scene-clips.ts';
import type { CellClip } from './film-model.ts';
import { isTold, pictureVersion } from './takes-shown.ts';
import { storyCells, type StoryCell } from '../script/story-cells.ts';

/**
 * The clips of a script by the cells of its film.
 *
 * @param clips of each scene, in the order of the document
 */
export function filmClips(
  script: ParsedScript,
  clips: readonly SceneClip[],
): ReadonlyMap<string, CellClip> {
  return new Map(
    storyCells(script).flatMap((cell): [string, CellClip][] => {
      const clip = clipOfCell(cell, clips);
      return clip === undefined ? [] : [[cell.key, cellClip(clip)]];
    }),
  );
}

/** The scenes whose first frames are on their way. */
export function stillsComing(
  { scenes }: ParsedScript,
  clips: readonly SceneClip[],
): ReadonlySet<SceneId> {
  return new Set(
    scenes.flatMap(({ scene }, i) => (clips[i]?.stillJob === undefined ? [] : scene.id)),
  );
}

/** The clip of a cell's scene; nothing where nothing was rendered of it. */
export function clipOfCell(
  { scene }: StoryCell,
  clips: readonly SceneClip[],
): SceneClip | undefined {
  const clip = scene === undefined ? undefined : clips[scene - 1];
  return clip?.state === 'none' && clip.file === undefined ? undefined : clip;
}

function cellClip({ state, job, file, takes }: SceneClip): CellClip {
  const poster = file === undefined ? undefined : job?.poster;
  const told = takes.filter(isTold).length;
  return {
    ...(state === 'none' ? {} : { state }),
    ...(file === undefined ? {} : { file }),
    ...(poster === undefined ? {} : { poster }),
    ...(file === undefined || job?.clipSeconds === undefined ? {} : { seconds: job.clipSeconds }),
    version: pictureVersion(job),
    ...(told === 0 ? {} : { takes: told }),
  };
}
