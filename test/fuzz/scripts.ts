import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, type TextEdit } from '../../src/script/edits/text-edit.ts';
import { assignMissingIds } from '../../src/script/edits/assign-ids.ts';
import { insertPlan } from '../../src/script/edits/insert-plan.ts';
import { insertScenes } from '../../src/script/edits/insert-scenes.ts';
import { insertScene } from '../../src/script/edits/scenes/insert-scene.ts';
import { mergeScenes } from '../../src/script/edits/scenes/merge-scenes.ts';
import { renumberScenes } from '../../src/script/edits/scenes/renumber-scenes.ts';
import { splitScene } from '../../src/script/edits/scenes/split-scene.ts';
import { replaceScene } from '../../src/script/edits/replace-scene.ts';
import { editsOf } from '../../src/script/problems/fix-edits.ts';
import { fixesFor } from '../../src/script/problems/fixes.ts';
import { isSceneId } from '../../src/script/scene-ids.ts';
import type { Plan, Scene } from '../../src/script/script-model.ts';
import { normaliseScene } from '../../src/script/normalise-scene.ts';
import { parseScript, sceneAt, type Span } from '../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../src/script/parse/parsed-script.ts';
import { reviewScript } from '../../src/script/problems/review-script.ts';
import { idOf, markdown, plan, scenes } from '../unit/script/arbitraries.ts';
import { mutatedScript } from '../unit/script/mutations.ts';
import { sampleScript } from '../unit/script/sample.ts';
import { changed, changes } from './mutate.ts';
import { expectPatience, millisecondsSince, type Started, type Target } from './target.ts';

interface Input {
  readonly text: string;
  readonly given: readonly Scene[];
  readonly story: Plan;
}

/** A script from somebody else: it is read, and what we write into it is all that changes. */
export const scripts: Target<Input> = {
  name: 'scripts',
  start: (_folder, small) => Promise.resolve(startScripts(small)),
};

function startScripts(small: boolean): Started<Input> {
  const limit = small ? 8_000 : 100_000;
  const long = fc.integer({ min: 1, max: small ? 4 : 60 }).map((count) =>
    sampleScript(
      count,
      [...Array(count).keys()].filter((i) => i % 3 !== 1),
    ),
  );
  const text = fc
    .tuple(
      fc.oneof(
        { weight: 4, arbitrary: mutatedScript },
        { weight: 3, arbitrary: long },
        { weight: 2, arbitrary: markdown },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 2000 }) },
      ),
      changes(small ? 40 : 20_000),
    )
    .map(([base, list]) => changed(base, list, limit));
  return {
    inputs: fc.record({ text, given: scenes({ min: 1, max: 2 }), story: plan }),
    show: ({ text }) => text,
    attempt: ({ text, given, story }) => {
      const since = process.threadCpuUsage();
      const parsed = parseScript(text);
      expectPatience([500, 20], millisecondsSince(since), Buffer.byteLength(text));
      expectSpans(parsed);
      if (parsed.problems.some(({ code }) => code === 'beyond-limits')) {
        expectRefusal(parsed);
        return 'beyond limits';
      }
      expectIds(parsed);
      expectNumbers(parsed);
      expectRearranged(parsed);
      expectScenes(parsed, given);
      expectReplaced(parsed, given);
      expectPlan(parsed, story);
      expectFixes(parsed);
      return behaviour(parsed);
    },
    // It is parsed more than a dozen times.
    patience: [3000, 300],
  };
}

function expectSpans(parsed: ParsedScript): void {
  const within = (span: Span | undefined, outer: Span): void => {
    if (span === undefined) return;
    assert.ok(outer.start <= span.start && span.start <= span.end && span.end <= outer.end);
  };
  const all = { start: 0, end: parsed.text.length };
  let last = 0;
  for (const node of parsed.scenes) {
    within(node.span, all);
    assert.ok(node.span.start >= last, 'scenes follow each other');
    last = node.span.end;
    for (const span of [node.heading, node.idSpan, node.lineSpan, node.promptSpan]) {
      within(span, node.span);
    }
    for (const span of node.dialogueSpans) within(span, node.span);
    if (node.span.end > node.span.start) assert.equal(sceneAt(parsed, node.span.start), node);
  }
  last = 0;
  for (const { span, head } of parsed.outline) {
    within(span, all);
    within(head, span);
    assert.ok(span.start >= last, 'beats follow each other');
    last = span.end;
  }
  for (const { span, message } of parsed.problems) {
    within(span, all);
    assert.notEqual(message, '');
  }
}

/** What is not read is not changed either. */
function expectRefusal(parsed: ParsedScript): void {
  for (const edit of [
    () => assignMissingIds(parsed, () => 'n00000'),
    () => renumberScenes(parsed),
  ]) {
    assert.throws(edit, /Nothing was changed/);
  }
}

/** Only what the edits say has changed: everything else stands, in its order. */
function expectOnlyInserts(edits: readonly TextEdit[]): void {
  for (const { start, end } of edits) assert.equal(start, end, 'nothing is taken away');
}

function expectIds(parsed: ParsedScript): void {
  let next = 0;
  const newId = (): string => `n${String(next++).padStart(5, '0')}`;
  const edits = assignMissingIds(parsed, newId);
  expectOnlyInserts(edits);
  const after = parseScript(applyEdits(parsed.text, edits));
  assert.equal(after.scenes.length, parsed.scenes.length);
  assert.equal(after.outline.length, parsed.outline.length);
  assert.ok(after.scenes.every(({ id }) => id !== undefined && isSceneId(id)));
  assert.ok(after.outline.every(({ beat, hasId }) => hasId && isSceneId(beat.id)));
  assert.deepEqual(assignMissingIds(after, newId), [], 'twice is once');
}

/** Whatever is done to scenes, the others stay. */
function expectRearranged(parsed: ParsedScript): void {
  const { text, scenes } = parsed;
  const [first, second] = scenes;
  const newId = (): string => 'n00000';
  const ids = ({ scenes: all }: ParsedScript): (string | undefined)[] => all.map(({ id }) => id);
  const put = insertScene(parsed, scenes.length, { title: 'New', seconds: 8 }, newId);
  if (put) {
    const after = parseScript(applyEdits(text, put.edits));
    assert.deepEqual(ids(after), [...ids(parsed), put.id]);
  }
  if (first === undefined) return;
  const middle = Math.floor((first.span.start + first.span.end) / 2);
  const split = splitScene(parsed, first, middle, { newId });
  if (split) {
    const after = parseScript(applyEdits(text, split.edits));
    assert.deepEqual(ids(after), ids(parsed).toSpliced(1, 0, split.id));
  }
  const merged = mergeScenes(parsed, first);
  if (merged) {
    const after = parseScript(applyEdits(text, merged.edits));
    assert.deepEqual(ids(after), ids(parsed).toSpliced(scenes.indexOf(second ?? first), 1));
  }
}

function expectNumbers(parsed: ParsedScript): void {
  const edits = renumberScenes(parsed);
  for (const { start, end, text } of edits) {
    assert.match(parsed.text.slice(start, end), /^\d*$/);
    assert.match(text, /^ ?\d+$/);
  }
  const after = parseScript(applyEdits(parsed.text, edits));
  assert.deepEqual(
    after.scenes.map(({ id, scene }) => [id, scene]),
    parsed.scenes.map(({ id, scene }) => [id, scene]),
  );
  assert.deepEqual(renumberScenes(after), [], 'twice is once');
}

/** The scenes that have an id, by id; of several with one id the first. */
function byId(parsed: ParsedScript): Map<string, Scene> {
  const found = new Map<string, Scene>();
  for (const { id, scene } of parsed.scenes) {
    if (id !== undefined && !found.has(id)) found.set(id, scene);
  }
  return found;
}

function expectScenes(parsed: ParsedScript, given: readonly Scene[]): void {
  const known = byId(parsed);
  const fresh = given.map((scene, i) => ({ ...scene, id: idOf(i + 40) }));
  const edits = insertScenes(parsed, fresh);
  expectOnlyInserts(edits);
  const after = parseScript(applyEdits(parsed.text, edits));
  const read = byId(after);
  for (const scene of fresh) {
    if (known.has(scene.id)) continue;
    assert.deepEqual(read.get(scene.id), normaliseScene(scene, parsed.bible));
  }
  for (const [id, scene] of known) assert.deepEqual(read.get(id), scene, 'scenes stay');
  assert.deepEqual(insertScenes(after, fresh), [], 'twice is once');
}

function expectReplaced(parsed: ParsedScript, [given]: readonly Scene[]): void {
  const known = byId(parsed);
  const node = parsed.scenes.find(({ id }) => id !== undefined);
  if (node?.id === undefined || given === undefined) return;
  assert.deepEqual(replaceScene(parsed, node.scene), [], 'the same scene is no change');
  // A scene without a title keeps the one that is there: it may be all that a heading consists of.
  const title = given.title.trim() === '' ? node.scene.title : given.title;
  const wanted = { ...given, id: node.id, title };
  const edits = replaceScene(parsed, wanted);
  for (const { start, end } of edits) {
    assert.ok(node.span.start <= start && end <= node.span.end, 'only its own section changes');
  }
  const after = parseScript(applyEdits(parsed.text, edits));
  const read = byId(after);
  assert.deepEqual(read.get(node.id), normaliseScene(wanted, parsed.bible));
  assert.equal(after.scenes.length, parsed.scenes.length);
  for (const [id, scene] of known) if (id !== node.id) assert.deepEqual(read.get(id), scene);
}

function expectPlan(parsed: ParsedScript, story: Plan): void {
  const edits = insertPlan(parsed, story, 'a model');
  const after = parseScript(applyEdits(parsed.text, edits));
  const known = byId(parsed);
  const read = byId(after);
  for (const id of known.keys()) assert.ok(read.has(id), 'scenes stay');
  const ids = new Set(after.outline.map(({ beat }) => beat.id));
  for (const { id } of story.outline) assert.ok(ids.has(id), 'beats arrive');
}

function expectFixes(parsed: ParsedScript): void {
  const problems = [...parsed.problems, ...reviewScript(parsed)];
  for (const problem of problems.slice(0, 6)) {
    for (const fix of fixesFor(problem, [4, 6, 8, 10, 12])) {
      const after = parseScript(applyEdits(parsed.text, editsOf(parsed, fix)));
      assert.deepEqual([...byId(after).keys()], [...byId(parsed).keys()], 'scenes stay');
    }
  }
}

function behaviour({ problems, scenes, outline, isScript, eol }: ParsedScript): string {
  const size = (count: number): number => Math.ceil(Math.log2(count + 1));
  const codes = [...new Set(problems.map(({ code }) => code))].sort().join(' ');
  return `${codes} ${size(scenes.length)} ${size(outline.length)} ${isScript} ${eol}`;
}
