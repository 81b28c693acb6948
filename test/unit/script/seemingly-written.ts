import { assignMissingIds } from '../../../src/script/edits/assign-ids.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { tieScenes } from '../../../src/script/edits/tie-scenes.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { type Fix, fixesFor } from '../../../src/script/problems/fixes.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { newSceneId } from '../../../src/script/scene-ids.ts';
import { missingScenes, planOf } from '../../../src/script/story-order.ts';

/** What tests of scripts that seem to be written do with them. */

/** The text once Write Scenes has given ids to what has none. */
export function prepared(text: string): string {
  return applyEdits(text, assignMissingIds(parseScript(text), newSceneId));
}

/** How many scenes Write Scenes would order then. */
export function ordered(text: string): number {
  const script = parseScript(prepared(text));
  return planOf(script) === undefined ? Infinity : missingScenes(script);
}

/** The text once all that is sure is tied. */
export function tied(text: string): string {
  let now = text;
  for (let i = 0; i < 3; i++) {
    const edits = tieScenes(parseScript(now));
    if (edits.length === 0) break;
    now = applyEdits(now, edits);
  }
  return now;
}

/** The fixes that Problems offers for what is wrong with the shape of a script, in its order. */
export function shapeFixes(text: string): Fix[] {
  const script = parseScript(text);
  return [...script.problems, ...reviewScript(script)]
    .filter(({ code, about }) => about.isSure !== undefined || code === 'duplicate-id')
    .flatMap((problem) => fixesFor(problem, [8]));
}

/** The text after the first fix of a kind. */
export function fixed<Kind extends Fix['kind']>(
  text: string,
  kind: Kind,
  isMeant: (fix: Extract<Fix, { kind: Kind }>) => boolean = () => true,
): string {
  const fix = shapeFixes(text).find(
    (one): one is Extract<Fix, { kind: Kind }> =>
      one.kind === kind && isMeant(one as Extract<Fix, { kind: Kind }>),
  );
  if (fix === undefined) throw new Error(`There is no fix to ${kind}.`);
  const edits = editsOf(parseScript(text), fix);
  if (edits.length === 0) throw new Error(`The fix to ${kind} does nothing.`);
  return applyEdits(text, edits);
}
