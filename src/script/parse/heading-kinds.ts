import { memoize } from '../../base/memoize.ts';
import type { Block, Heading } from '../markdown/block-types.ts';
import type { Blocks } from '../markdown/read-blocks.ts';
import type { Piece } from '../markdown/read-piece.ts';
import { isOutlineHeading } from './outline-items.ts';
import { readSceneHeading } from './scene-heading.ts';
import { sceneId } from './scene-id-comment.ts';

/** Titles and the writer's own headings stand above scenes; nobody begins scenes at level 1 by hand. */
export function sectionDepth(level: number): number {
  return Math.max(2, level);
}

/**
 * The level that most scenes have. Which headings are scenes is settled by the level that most of those with an
 * id have; before there are any by that of the outline, and without one by that of the headings that read
 * as those of scenes do. So it stays the same when the others get their ids.
 */
export function levelOf({ pieces }: Blocks): number {
  const found: Record<HeadingKind, number[]> = {
    id: [],
    outline: [],
    scene: [],
    slug: [],
    other: [],
  };
  for (const { piece } of pieces) {
    for (const { kind, depth } of headingsOf(piece)) found[kind].push(depth);
  }
  const { id, outline, scene, slug } = found;
  const first = mostOf(id) ?? outline[0] ?? mostOf(scene) ?? 2;
  const named = [...scene, ...slug].filter((depth) => isSceneDepth(depth, first));
  return mostOf([...id, ...named]) ?? first;
}

/** Whether a heading that reads as that of a scene is one, where scenes have that level. */
export function isSceneDepth(depth: number, level: number): boolean {
  return depth === level || (depth > 1 && depth <= sectionDepth(level));
}

/** The number that is there most often, the smallest of several. */
function mostOf(numbers: readonly number[]): number | undefined {
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (const one of numbers) counts[one] = (counts[one] ?? 0) + 1;
  return numbers.length === 0 ? undefined : counts.indexOf(Math.max(...counts));
}

/** `scene` and `slug` read as headings of scenes do, the latter without the word: `INT. LAMP ROOM`. */
type HeadingKind = 'id' | 'outline' | 'scene' | 'slug' | 'other';

export interface PlacedHeading {
  readonly kind: HeadingKind;
  readonly depth: number;
  readonly heading: Heading;
  readonly index: number;
}

/** The headings of a piece with what they are on the face of it. */
export const headingsOf = memoize(({ blocks }: Piece): readonly PlacedHeading[] =>
  blocks.flatMap((heading, index) => {
    if (heading.type !== 'heading') return [];
    return [{ kind: kindOf(heading, blocks, index), depth: heading.depth, heading, index }];
  }),
);

function kindOf(heading: Heading, blocks: readonly Block[], index: number): HeadingKind {
  let next = index + 1;
  while (next < blocks.length && blocks[next]?.type !== 'heading') next++;
  if (sceneId(heading, blocks.slice(index + 1, next))) return 'id';
  if (isOutlineHeading(heading)) return 'outline';
  const found = readSceneHeading(heading);
  if (found?.isSure !== true) return 'other';
  return found.lead === '' ? 'slug' : 'scene';
}

/** Whether a section with that heading is that of a scene, where scenes have that level. */
export function isSceneKind({ kind, depth }: PlacedHeading, level: number): boolean {
  if (kind === 'id') return true;
  return (kind === 'scene' || kind === 'slug') && isSceneDepth(depth, level);
}
