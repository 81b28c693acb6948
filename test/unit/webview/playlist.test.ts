import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lengthOf, placeAt, playlistOf } from '../../../src/webview/playlist.ts';
import type { Cell } from '../../../src/webview/protocol.ts';

const seconds = fc.constantFrom(0, 0.5, 4, 7.96, 8, 12);
const cells: fc.Arbitrary<readonly Cell[]> = fc
  .array(fc.record({ seconds, clipSeconds: fc.option(seconds, { nil: undefined }) }))
  .map((films) =>
    films.map(({ seconds, clipSeconds }, index): Cell => ({
      id: `scene${index}`,
      number: index + 1,
      title: 'Rope',
      seconds,
      state: 'written',
      ...(clipSeconds === undefined ? {} : { clipSeconds }),
    })),
  );

describe('the scenes of a film on its clock', () => {
  it('follow one another without a gap, each as long as its clip or as it is meant to be', () => {
    fc.assert(
      fc.property(cells, (given) => {
        const parts = playlistOf(given);
        const lasting = given.filter((cell) => (cell.clipSeconds ?? cell.seconds) > 0);
        assert.deepEqual(
          parts.map(({ id, seconds }) => [id, seconds]),
          lasting.map((cell) => [cell.id, cell.clipSeconds ?? cell.seconds]),
        );
        let end = 0;
        for (const { from, seconds } of parts) {
          assert.equal(from, end);
          end = from + seconds;
        }
        assert.equal(lengthOf(parts), end);
      }),
    );
  });

  it('are each on from their first second until the next one begins', () => {
    fc.assert(
      fc.property(cells, fc.double({ min: -5, max: 60, noNaN: true }), (given, second) => {
        const parts = playlistOf(given);
        const { index, offset } = placeAt(parts, second);
        const part = parts[index];
        if (part === undefined) {
          assert.deepEqual([parts.length, index, offset], [0, 0, 0]);
          return;
        }
        assert.ok(offset >= 0 && offset <= part.seconds);
        const inside = Math.min(Math.max(second, 0), lengthOf(parts));
        assert.ok(Math.abs(part.from + offset - inside) < 1e-9);
        const next = parts[index + 1];
        assert.ok(next === undefined || inside < next.from);
      }),
    );
  });
});
