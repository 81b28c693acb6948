import { t } from '../../base/l10n.ts';
import type { Span } from '../markdown/block-types.ts';
import { memoizeLast } from '../../base/memoize.ts';
import type { BeatNode } from '../parse/outline-section.ts';
import type { SceneNode } from '../parse/parsed-script.ts';
import { limits } from '../limits.ts';
import { type KnownNames, named } from '../names.ts';
import { problem, type Problem } from './script-problem.ts';

/** So many of a cast are compared with the bible; no picture shows more. */
const maxCast = 100;

/** What is wrong with beats and scenes, as far as the document alone can tell. */
export function findProblems(
  text: string,
  known: KnownNames,
  beats: readonly BeatNode[],
  scenes: readonly SceneNode[],
): Problem[] {
  const found: Problem[] = [];
  const names = (what: () => string, where: PlaceAndCast, line: Span, goesOn = false): void => {
    const { place, cast } = unknownNames(where, known);
    // A place that is said by the beat before is told of there.
    for (const name of goesOn ? [] : place) {
      const message = t(
        '{0} is set in “{1}”, which is not among the places of the front matter.',
        what(),
        name,
      );
      found.push(problem('unknown-place', 'warning', within(text, line, name), message, { name }));
    }
    for (const name of cast) {
      const message = t(
        '{0} shows “{1}”, who is not among the characters of the front matter.',
        what(),
        name,
      );
      found.push(problem('unknown-cast', 'warning', within(text, line, name), message, { name }));
    }
  };
  const seconds = (what: () => string, assumed: number, line: Span): void => {
    const message = t(
      '{0} does not say its seconds as a number, such as 8 s; {1} s are assumed.',
      what(),
      assumed,
    );
    found.push(problem('seconds-not-a-number', 'warning', line, message));
  };

  const beatIds = new Set<string>();
  beats.forEach(({ beat, span, head, hasId, badSeconds, goesOn }, i) => {
    const what = (): string => t('Beat {0} of the outline', i + 1);
    if (hasId && beatIds.has(beat.id)) {
      const message = t(
        '{0} has the id of an earlier beat, {1}: one of them is a copy, and needs an id of its own.',
        what(),
        beat.id,
      );
      const at = within(text, span, beat.id);
      found.push(problem('duplicate-id', 'error', at, message, { id: beat.id }));
    }
    beatIds.add(beat.id);
    names(what, beat, head, goesOn);
    if (badSeconds) seconds(what, beat.seconds, head);
  });

  const sceneIds = new Set<string>();
  scenes.forEach((node, i) => {
    const { scene, number, badSeconds, heading, id, idSpan, lineSpan: line } = node;
    const what = (): string => t('Scene {0}', number ?? i + 1);
    if (node.takeSpan && node.take === undefined) {
      const message = t(
        '{0} does not say which take counts as a number, such as take: 2; the newest one does.',
        what(),
      );
      found.push(problem('take-not-a-number', 'warning', node.takeSpan, message, { id: scene.id }));
    }
    if (id === undefined || idSpan === undefined) {
      const message = t('{0} has no id yet, so no clip can belong to it.', what());
      found.push(problem('scene-without-id', 'warning', heading, message));
    } else if (sceneIds.has(id)) {
      const message = t(
        '{0} has the id of an earlier scene, {1}: one of them is a copy, and needs an id of its own.',
        what(),
        id,
      );
      found.push(problem('duplicate-id', 'error', idSpan, message, { id }));
    }
    sceneIds.add(scene.id);
    // Without a line of its own, a scene repeats what its beat says, and the beat's problems.
    if (!line) return;
    names(what, scene, line);
    if (badSeconds) seconds(what, scene.seconds, line);
  });
  return found.sort((a, b) => a.span.start - b.span.start).slice(0, limits.problems);
}

interface PlaceAndCast {
  readonly place: string;
  readonly cast: readonly string[];
}

/** What of a scene or beat the bible does not know, as far as it knows any. */
const unknownNames = memoizeLast(({ place, cast }: PlaceAndCast, known: KnownNames) => {
  const isUnknown = (name: string, entries: KnownNames['places']): boolean =>
    name !== '' && entries.length > 0 && !named(entries, name);
  return {
    place: isUnknown(place, known.places) ? [place] : [],
    cast: cast.slice(0, maxCast).filter((name) => isUnknown(name, known.characters)),
  };
});

/** Where a text stands in a line; the line when it is written in another way. */
export function within(text: string, line: Span, part: string): Span {
  const at = text.slice(line.start, line.end).indexOf(part);
  if (part === '' || at === -1) return spanOf(line);
  return { start: line.start + at, end: line.start + at + part.length };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
