import { pictureHash } from './picture-text.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';
import type { PicturePath } from './script-model.ts';
import { wantedPictures } from './wanted-pictures.ts';

/**
 * Numbers of the written scenes, from 1, that would be ordered otherwise than by an earlier version of the script:
 * found by their ids, and compared by what would be sent, as clips are to tell whether they are stale. A scene that
 * was not there or not written then is among them.
 *
 * @param isOtherPicture whether what is in a picture has changed since; where nobody knows, it has not
 */
export function changedScenes(
  before: ParsedScript,
  now: ParsedScript,
  isOtherPicture: (file: PicturePath) => boolean = () => false,
): readonly number[] {
  const written = new Map<string | undefined, SceneNode>(
    before.scenes.filter((node) => node.written).map((node) => [node.id, node]),
  );
  return now.scenes.flatMap((node, index) => {
    if (!node.written || node.id === undefined) return [];
    const old = written.get(node.id);
    const isSame =
      old !== undefined && sentFor(before, old, () => false) === sentFor(now, node, isOtherPicture);
    return isSame ? [] : [index + 1];
  });
}

function sentFor(
  { bible, brief }: ParsedScript,
  { scene }: SceneNode,
  isOther: (file: PicturePath) => boolean,
): string {
  const shown = wantedPictures(scene, bible).map(({ role, file, name }) =>
    JSON.stringify([role, name, file, isOther(file)]),
  );
  return pictureHash(scene, bible, brief.style, brief.aspect, shown.sort().join('\n'));
}
