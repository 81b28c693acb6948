import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { fileAfter, placeAfter, type Move } from '../../../src/base/moves.ts';
import { movedFile } from '../../../src/base/real-file.ts';

describe('files after moves', () => {
  const at = (...names: string[]): string => path.join(path.sep, ...names);

  it('are where one move after the other has put them', () => {
    const place = fc
      .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
      .map((names) => at(...names));
    const moves = fc.array(fc.record({ from: place, to: place }), { maxLength: 8 });
    fc.assert(
      fc.property(place, moves, (file, all) => {
        let expected = file;
        let there: string | undefined = file;
        for (const { from, to } of all) {
          expected = movedFile(expected, from, to) ?? expected;
          if (there === undefined) continue;
          const isReplaced: boolean = movedFile(there, to, to) !== undefined;
          there = movedFile(there, from, to) ?? (isReplaced ? undefined : there);
        }
        assert.deepEqual([placeAfter(file, all), fileAfter(file, all)], [expected, there]);
      }),
    );
  });

  it('are found among thousands of moves without looking at each', () => {
    const moves = Array.from({ length: 5000 }, (_, index): Move => {
      const name = `scene-${index}.mp4`;
      return { from: at('films', 'story', name), to: at('films', 'best', name) };
    });
    for (const { from, to } of [...moves, ...moves, ...moves, ...moves]) {
      assert.equal(placeAfter(from, moves), to);
      assert.equal(fileAfter(`${from}.jpg`, moves), `${from}.jpg`);
    }
  });
});
