import { t } from '../../base/l10n.ts';
import { tieScenes } from '../edits/tie-scenes.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import type { Untied } from '../stray-scene-text.ts';
import { untiedScenes } from '../untied-scenes.ts';
import { problem, type Problem } from './script-problem.ts';

/** What would be written again, because it is not known to be there. */
export function* untied(script: ParsedScript): Generator<Problem> {
  const found = untiedScenes(script);
  const isSureOf = ({ kind, beat }: Untied): boolean =>
    kind === 'outline' || kind === 'id' || beat !== undefined;
  // What stands in a comment or a fence cannot be tied, however sure it is.
  const canTie = found.some(isSureOf) && tieScenes(script).length > 0;
  for (const one of found) {
    const { kind, span, maybe = [] } = one;
    const isSure = canTie && isSureOf(one);
    const severity = isSureOf(one) ? 'warning' : 'information';
    yield problem(codes[kind], severity, span, untiedWords(one), {
      isSure,
      ...(isSure
        ? {}
        : { maybe: maybe.map(({ index, beat: { beat } }) => ({ index, title: beat.title })) }),
    });
  }
}

const codes = {
  scene: 'untied-scene',
  heading: 'damaged-heading',
  text: 'scene-without-heading',
  id: 'escaped-id',
  outline: 'outline-missing',
} as const;

/** What seems to be what, in a sentence or two. */
export function untiedWords({ kind, node, beat, number = 0 }: Untied): string {
  const title = beat?.beat.title ?? '';
  const scene = node?.scene.title ?? '';
  switch (kind) {
    case 'scene':
      return beat === undefined
        ? t(
            'The scene “{0}” belongs to no beat of the outline, and beats have no scene. Say which one it tells, or that it is none of the outline.',
            scene,
          )
        : t(
            'The scene “{0}” seems to be that of beat {1} of the outline, “{2}”, and is not tied to it: it would be written again.',
            scene,
            number,
            title,
          );
    case 'heading':
      return t(
        'This seems to be the heading of scene {0}, “{1}”, and is not one that is read: the scene would be written again.',
        number,
        title,
      );
    case 'text':
      return beat === undefined
        ? t(
            'This may be of a scene whose heading is gone, which would be written again. Say which one it is, or that it is none of the outline.',
          )
        : t(
            'Here scene {0}, “{1}”, seems to begin, and its heading is gone: it would be written again.',
            number,
            title,
          );
    case 'id':
      return t(
        'The comment with an id has become text here, as by a program that has escaped it. It is not read, so the clip of its scene is not found.',
      );
    case 'outline':
      return t(
        'There are scenes and no outline that is read as one: everything would be planned and written again.',
      );
  }
}
