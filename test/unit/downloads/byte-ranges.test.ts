import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ByteRanges, type ByteRange } from '../../../src/downloads/byte-ranges.ts';

const total = 60;
const anyRange = fc
  .tuple(fc.nat(total), fc.nat(total))
  .map(([a, b]): ByteRange => [Math.min(a, b), Math.max(a, b)]);

/** The same by the simplest means: byte by byte. */
function bytesOf(ranges: readonly ByteRange[]): Set<number> {
  const bytes = new Set<number>();
  for (const [from, to] of ranges) for (let at = from; at < to; at++) bytes.add(at);
  return bytes;
}

describe('what has come of a file', () => {
  it('is what was added, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(anyRange, { maxLength: 12 }), (added) => {
        const ranges = new ByteRanges(added);
        const expected = bytesOf(added);
        assert.deepEqual(bytesOf(ranges.list), expected);
        assert.equal(ranges.bytes, expected.size);
      }),
    );
  });

  it('is kept short: sorted, apart, and nothing empty', () => {
    fc.assert(
      fc.property(fc.array(anyRange, { maxLength: 12 }), (added) => {
        let last = -1;
        for (const [from, to] of new ByteRanges(added).list) {
          assert.ok(from > last && to > from);
          last = to;
        }
      }),
    );
  });

  it('and what is missing make up the file', () => {
    fc.assert(
      fc.property(fc.array(anyRange, { maxLength: 12 }), fc.nat(total), (added, end) => {
        const ranges = new ByteRanges(added);
        const holes = ranges.holes(end);
        const here = bytesOf(ranges.list);
        assert.deepEqual(
          bytesOf(holes),
          new Set([...Array(end).keys()].filter((at) => !here.has(at))),
        );
      }),
    );
  });
});
