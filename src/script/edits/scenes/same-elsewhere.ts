import { isDeepStrictEqual } from 'node:util';
import type { ParsedScript, SceneNode } from '../../parse/parsed-script.ts';
import type { Beat, SceneId } from '../../script-model.ts';

/** Whether two versions of a script say the same of all scenes and beats but some, in the same order. */
export function isSameElsewhere(
  before: ParsedScript,
  after: ParsedScript,
  changed: ReadonlySet<SceneId>,
  isCut: (beat: Beat) => boolean = () => false,
): boolean {
  const scenes = ({ scenes: all }: ParsedScript): unknown[] =>
    all.filter(({ id }) => !changed.has(id ?? '')).map(saidOf);
  const beats = ({ outline }: ParsedScript): Beat[] =>
    outline.map(({ beat }) => beat).filter(({ id }) => !changed.has(id));
  const expected = beats(before).map((beat) =>
    isCut(beat) ? { ...beat, contract: { ...beat.contract, continues: false } } : beat,
  );
  return (
    isDeepStrictEqual(scenes(after), scenes(before)) &&
    isDeepStrictEqual(beats(after), expected) &&
    isDeepStrictEqual(after.bible, before.bible)
  );
}

function saidOf({ id, take, scene, written }: SceneNode): unknown {
  return [id, take, scene, written];
}

/** What two scenes tell one after the other, as one that says both would read. */
export function toldTogether(parts: readonly string[], parting: string): string {
  return parts.filter((part) => part !== '').join(parting);
}
