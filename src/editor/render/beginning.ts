import { chainedTo } from '../../script/chained.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { SceneClip } from '../jobs/scene-clips.ts';

/**
 * What the clip of a scene would begin with: its first frame, the last frame of the clip before, a first frame that is
 * still being drawn, or nothing. Only with the first two it comes through where first frames are required.
 */
export type Beginning = 'frame' | 'chain' | 'coming' | 'nothing';

/**
 * @param number of the scene in the document, from 1
 * @param chains whether clips begin with the last frame of the one before, asked only where that counts
 */
export function beginningOf(
  script: ParsedScript,
  number: number,
  { stillJob }: Pick<SceneClip, 'stillJob'>,
  chains: () => boolean,
): Beginning {
  if (script.scenes[number - 1]?.scene.firstFrame !== undefined) return 'frame';
  if (chainedTo(script, number) !== undefined && chains()) return 'chain';
  return stillJob === undefined ? 'nothing' : 'coming';
}

/** Whether another clip can go on from that of a scene without being ordered together with it. */
export function isSource(clip: Pick<SceneClip, 'state' | 'file'> | undefined): boolean {
  return clip?.file !== undefined || clip?.state === 'running';
}
