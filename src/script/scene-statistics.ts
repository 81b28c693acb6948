import { spokenText } from './durations/speech-length.ts';
import { calmPace, spokenSeconds, spokenWords } from './durations/spoken-seconds.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';

/** Where a scene is in its script, and how much is said in it. */
export interface SceneStatistics {
  /** From 1 on. */
  readonly number: number;
  readonly of: number;
  /** Seconds from the start of the film, as the scenes stand now. */
  readonly from: number;
  readonly to: number;
  /** How long all scenes are together, in seconds. */
  readonly total: number;
  /** How long its words take to speak, in seconds; 0 where nobody speaks. */
  readonly spoken: number;
  /** How many words that are, where words are parted by spaces. */
  readonly words: number;
  /** Words a minute that have to be spoken so that they fit into the scene. */
  readonly pace: number;
  /** Words a minute of a calm narrator. */
  readonly calmPace: number;
}

export function sceneStatistics(script: ParsedScript, node: SceneNode): SceneStatistics {
  const { scenes, brief } = script;
  const index = scenes.indexOf(node);
  const text = spokenText(node.scene);
  const words = spokenWords(text);
  let from = 0;
  let total = 0;
  for (const [i, { scene }] of scenes.entries()) {
    if (i < index) from += scene.seconds;
    total += scene.seconds;
  }
  return {
    number: index + 1,
    of: scenes.length,
    from,
    to: from + node.scene.seconds,
    total,
    spoken: spokenSeconds(text, brief.language),
    words,
    pace: Math.round((words * 60) / node.scene.seconds),
    calmPace: calmPace(brief.language),
  };
}
