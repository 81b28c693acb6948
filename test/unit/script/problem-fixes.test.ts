import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { spreadLengths } from '../../../src/script/durations/spread-lengths.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { fixesFor, withoutFix } from '../../../src/script/problems/fixes.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import type { Problem, ProblemCode } from '../../../src/script/problems/script-problem.ts';
import { faultyScripts, whole } from './faulty-scripts.ts';

const clipSeconds = [4, 6, 8, 10, 12];

const problemsOf = (text: string): readonly Problem[] => {
  const script = parseScript(text);
  return [
    ...(script.beyond === undefined ? script.problems : [script.beyond]),
    ...reviewScript(script),
  ];
};

describe('every problem has a fix or a reason why not', () => {
  it('is none of a script without fault', () => {
    assert.deepEqual(problemsOf(whole), []);
  });

  for (const [code, text] of Object.entries(faultyScripts) as [ProblemCode, string][]) {
    it(code, () => {
      const script = parseScript(text);
      const found = problemsOf(text).filter((one) => one.code === code);
      const [problem] = found;
      assert.ok(
        problem,
        problemsOf(text)
          .map((one) => one.code)
          .join(),
      );
      const fixes = fixesFor(problem, clipSeconds, script.bible);
      if (code in withoutFix) {
        assert.deepEqual(fixes, []);
        return;
      }
      assert.ok(fixes.length > 0, 'no fix');
      for (const fix of fixes) {
        if (fix.kind === 'accept' || fix.kind === 'rewrite') continue;
        const edits = editsOf(script, fix);
        assert.ok(edits.length > 0, `${fix.kind} changes nothing`);
        const after = problemsOf(applyEdits(text, edits)).filter((one) => one.code === code);
        // Who is to be described still is: the words are the writer's.
        const left = fix.kind === 'describe' ? found.length : found.length - 1;
        assert.ok(after.length <= left, `${fix.kind} leaves it`);
      }
    });
  }

  it('is so of what is to be looked at', () => {
    for (const kind of ['cast', 'duplicate', 'language', 'newcomer', 'seam'] as const) {
      const problem: Problem = {
        ...{ code: `scene-${kind}`, severity: 'information', message: '' },
        span: { start: 0, end: 0 },
        about: { id: 's00001', mark: { kind } },
      };
      assert.ok(fixesFor(problem, clipSeconds).length > 0, kind);
    }
  });
});

describe('lengths that are spread over the scenes', () => {
  it('add up to what is wanted where clips allow that, and stay what they are to each other', () => {
    const spread = spreadLengths([4, 8, 12], [2, 3, 4, 5, 6, 7, 8], 12) ?? assert.fail('none');
    assert.deepEqual(spread, [2, 4, 6]);
    assert.deepEqual(spreadLengths([8, 8, 8], [4, 6, 8, 10], 30), [10, 10, 10]);
  });

  it('are none where no clips come near', () => {
    assert.equal(spreadLengths([8, 8, 8], [4, 8], 60), undefined);
    assert.equal(spreadLengths([8, 8, 8], [], 24), undefined);
    assert.equal(spreadLengths([], [8], 24), undefined);
  });
});
