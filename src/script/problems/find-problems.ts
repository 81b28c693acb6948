import type { Span } from '../markdown/block-types.ts';
import type { SceneSection } from '../parse/layout.ts';
import type { Bible } from '../script-model.ts';
import type { ReadBeat } from '../parse/outline-section.ts';
import { limits } from '../limits.ts';
import { named } from '../names.ts';
import { problem, type Problem } from './script-problem.ts';
import type { ReadScene } from '../parse/scene-section.ts';

/** So many of a cast are compared with the bible; no picture shows more. */
const maxCast = 100;

/** What is wrong with beats and scenes, as far as the document alone can tell. */
export function findProblems(
  text: string,
  bible: Bible,
  beats: readonly ReadBeat[],
  scenes: readonly (ReadScene & { readonly section: SceneSection })[],
): Problem[] {
  const found: Problem[] = [];
  const names = (
    what: string,
    { place, cast }: { readonly place: string; readonly cast: readonly string[] },
    line: Span,
  ): void => {
    const unknown = (name: string, known: readonly { readonly name: string }[]): boolean =>
      name !== '' && known.length > 0 && !named(known, name);
    if (unknown(place, bible.places)) {
      const message = `${what} is set in “${place}”, which is not among the places of the front matter.`;
      found.push(
        problem('unknown-place', 'warning', within(text, line, place), message, { name: place }),
      );
    }
    for (const name of cast.slice(0, maxCast)) {
      if (!unknown(name, bible.characters)) continue;
      const message = `${what} shows “${name}”, who is not among the characters of the front matter.`;
      found.push(problem('unknown-cast', 'warning', within(text, line, name), message, { name }));
    }
  };
  const seconds = (what: string, assumed: number, line: Span): void => {
    const message = `${what} does not say its seconds as a number, such as 8 s; ${assumed} s are assumed.`;
    found.push(problem('seconds-not-a-number', 'warning', line, message));
  };

  const beatIds = new Set<string>();
  beats.forEach(({ beat, head, hasId, badSeconds }, i) => {
    const what = `Beat ${i + 1} of the outline`;
    if (hasId && beatIds.has(beat.id)) {
      const message = `${what} has the id of an earlier beat, ${beat.id}. Delete its comment to get a new one.`;
      found.push(problem('duplicate-id', 'error', within(text, head, beat.id), message));
    }
    beatIds.add(beat.id);
    names(what, beat, head);
    if (badSeconds) seconds(what, beat.seconds, head);
  });

  const sceneIds = new Set<string>();
  scenes.forEach(({ scene, number, parts, badSeconds, section }, i) => {
    const what = `Scene ${number ?? i + 1}`;
    const { id, heading } = section;
    if (!id) {
      const message = `${what} has no id yet, so no clip can belong to it.`;
      found.push(problem('scene-without-id', 'warning', span(heading), message));
    } else if (sceneIds.has(id.value)) {
      const message = `${what} has the id of an earlier scene, ${id.value}. Delete its comment to get a new one.`;
      found.push(problem('duplicate-id', 'error', id.span, message));
    }
    sceneIds.add(scene.id);
    const line = parts.find(({ kinds }) => kinds.includes('meta'))?.block;
    // Without a line of its own, a scene repeats what its beat says, and the beat's problems.
    if (!line) return;
    names(what, scene, span(line));
    if (badSeconds) seconds(what, scene.seconds, span(line));
  });
  return found.sort((a, b) => a.span.start - b.span.start).slice(0, limits.problems);
}

/** Where a text stands in a line; the line when it is written in another way. */
export function within(text: string, line: Span, part: string): Span {
  const at = text.slice(line.start, line.end).indexOf(part);
  if (part === '' || at === -1) return span(line);
  return { start: line.start + at, end: line.start + at + part.length };
}

function span({ start, end }: Span): Span {
  return { start, end };
}
