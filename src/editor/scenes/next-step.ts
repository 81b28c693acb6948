import { lazily } from '../../base/lazily.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { missingScenes } from '../../script/story-order.ts';
import { isMissing, type SceneClip } from '../jobs/scene-clips.ts';
import { beginningOf, isSource } from '../render/beginning.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import { settings } from '../settings.ts';

/** What a script needs next; nothing while the stills are still being drawn without which nothing of it is rendered. */
export type Next = 'write' | 'draw' | 'stillsComing' | 'render' | 'assemble';

/** The numbers of the scenes whose clips a script lacks: those that could be ordered, and by what others are held up. */
export type MissingClips = Readonly<Record<'render' | 'draw' | 'stillsComing', readonly number[]>>;

type Held = keyof MissingClips | 'behind';

/** @param clips of each scene, in the order of the document */
export function nextFor(
  script: ParsedScript,
  clips: readonly SceneClip[],
  studio: Pick<KnownStudio, 'chains'>,
): Next {
  return missingScenes(script) > 0 ? 'write' : nextForClips(script, clips, studio);
}

/** What there is to do with the clips of what is written; `write` while that is nothing. */
export function nextForClips(
  script: ParsedScript,
  clips: readonly SceneClip[],
  studio: Pick<KnownStudio, 'chains'>,
): Next {
  if (!script.scenes.some(({ written }) => written)) return 'write';
  const { render, draw, stillsComing } = missingClips(script, clips, studio);
  if (render.length > 0) return 'render';
  if (draw.length > 0) return 'draw';
  return stillsComing.length > 0 ? 'stillsComing' : 'assemble';
}

/**
 * What becomes of the clips of written scenes that are missing or stale if they are ordered now. Those that only wait
 * for the clip before them, which is held up itself, are none of these.
 */
export function missingClips(
  script: ParsedScript,
  clips: readonly SceneClip[],
  studio: Pick<KnownStudio, 'chains'>,
): MissingClips {
  const chains = lazily(() => studio.chains(script));
  const isFree = settings.video.stills.value !== 'required';
  const missing: Record<Held, number[]> = { render: [], draw: [], stillsComing: [], behind: [] };
  let before: Held | undefined;
  for (const [index, clip] of clips.entries()) {
    const isWanted = script.scenes[index]?.written === true && isMissing(clip);
    const isAfterClip = isSource(clips[index - 1]) || before === 'render';
    before = isWanted ? (isFree ? 'render' : heldBy(index + 1, clip, isAfterClip)) : undefined;
    if (before !== undefined) missing[before].push(index + 1);
  }
  return missing;

  function heldBy(number: number, clip: SceneClip, isAfterClip: boolean): Held {
    switch (beginningOf(script, number, clip, chains)) {
      case 'frame':
        return 'render';
      case 'chain':
        return isAfterClip ? 'render' : 'behind';
      case 'coming':
        return 'stillsComing';
      case 'nothing':
        return 'draw';
    }
  }
}
