import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tokensOf } from '../../../src/models/language-model/token-estimate.ts';
import { latestInFull } from '../../../src/models/prompts/beats-before.ts';
import { outlinePrompt } from '../../../src/models/prompts/planning-prompts.ts';
import { systemPrompt } from '../../../src/models/prompts/scene-prompts.ts';
import type { Act, OutlineTask } from '../../../src/models/writer-tasks.ts';
import { brief, planOf } from '../writing/writing-support.ts';

const leftOut = '(More.)';
const forms = (i: number): string[] => [
  `${i}. ${'All that happens in it. '.repeat(1 + (i % 5))}`,
  `${i}. In short.`,
  `${i}.`,
];

describe('what comes before a part of an outline', () => {
  it('has its end in full, says less of what is older, and keeps its order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 0, max: 3000 }),
        (count, room) => {
          const lines = latestInFull(count, room, forms, leftOut)
            .split('\n')
            .filter((line) => line !== leftOut);
          assert.equal(lines.at(-1), forms(count - 1)[0]);
          const numbers = lines.map((line) => Number.parseInt(line, 10));
          assert.deepEqual(
            numbers,
            numbers.map((_, i) => count - numbers.length + i),
          );
          const fullness = lines.map((line, i) => forms(numbers[i] ?? 0).indexOf(line));
          assert.deepEqual(
            fullness,
            fullness.toSorted((a, b) => b - a),
          );
          const taken = lines.reduce((sum, line) => sum + tokensOf(line), 0);
          assert.ok(taken <= Math.max(room, tokensOf(lines.at(-1) ?? '')));
        },
      ),
    );
  });

  it('is left as it is where there is room', () => {
    assert.equal(
      latestInFull(3, 10_000, forms, leftOut),
      [0, 1, 2].map((i) => forms(i)[0]).join('\n'),
    );
  });

  it('keeps a prompt within its tokens, with acts and all', () => {
    const plan = planOf(150);
    const { title, logline, bible, outline } = plan;
    const acts = Array.from({ length: 6 }, (_, i): Act => ({
      title: `Act ${i + 1}`,
      summary: 'It gets harder for everybody, and then a little easier. '.repeat(4),
      entry: 'Mara: at home, dry',
      exit: 'Mara: at sea, wet',
      first: i * 25,
      count: 25,
    }));
    const taskOf = (before: number): OutlineTask => ({
      kind: 'outline',
      brief,
      shape: { count: 150, seconds: 1200, clipSeconds: [8] },
      core: { title, logline, bible, opening: '' },
      acts,
      part: { from: 26 + before, to: 27 + before, act: 1, before: outline.slice(25, 25 + before) },
    });
    const sizeOf = (task: OutlineTask, tokens: number): number =>
      tokensOf(systemPrompt(brief)) + tokensOf(outlinePrompt(task, tokens));
    fc.assert(
      fc.property(fc.nat(20), fc.integer({ min: 1000, max: 12_000 }), (before, tokens) => {
        const task = taskOf(before);
        const least = sizeOf(task, 0);
        assert.ok(sizeOf(task, tokens) <= Math.max(tokens, least));
      }),
    );
  });
});
