import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changesOf, reuseCells, withChanges } from '../../../src/webview/film-changes.ts';
import type { Cell, FilmView } from '../../../src/webview/protocol.ts';

const cell: fc.Arbitrary<Cell> = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    number: fc.integer({ min: 1, max: 6 }),
    title: fc.constantFrom('Rope', 'Salt'),
    seconds: fc.constantFrom(5, 8),
    state: fc.constantFrom('planned', 'written'),
    batch: fc.constantFrom(0, 1),
    flags: fc.array(fc.constantFrom('One.', 'Two.'), { minLength: 1, maxLength: 2 }),
    clip: fc.constantFrom('current', 'stale'),
    playable: fc.constant(true as const),
    picture: fc.constantFrom('1', '2'),
  },
  { requiredKeys: ['id', 'number', 'title', 'seconds', 'state'], noNullPrototype: true },
);

const film: fc.Arbitrary<FilmView> = fc
  .tuple(
    fc.uniqueArray(cell, { selector: ({ id }) => id }),
    fc.constantFrom('One', 'Two'),
    fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
  )
  .map(([cells, title, current]) => ({
    uri: 'file:///lamp.md',
    title,
    state: 'idle',
    writer: '',
    written: 0,
    total: cells.length,
    elapsedMs: 0,
    at: 0,
    live: [],
    cells,
    ...(current === undefined ? {} : { current }),
  }));

describe('what is sent of a film', () => {
  it('makes the page show what the extension has, however that changes', () => {
    fc.assert(
      fc.property(fc.array(film, { minLength: 1, maxLength: 6 }), ([first, ...rest]) => {
        assert.ok(first);
        let sent = first;
        let shown: FilmView = structuredClone(first);
        for (const next of rest) {
          const now = reuseCells(sent, structuredClone(next));
          shown = withChanges(shown, structuredClone(changesOf(sent, now)));
          sent = now;
          assert.deepEqual(shown, next);
        }
      }),
    );
  });

  it('has only the cells that changed, and no order where that is the same', () => {
    fc.assert(
      fc.property(film, fc.nat(), (before, at) => {
        const same = reuseCells(before, structuredClone(before));
        assert.equal(same.cells, before.cells);
        assert.deepEqual(changesOf(before, same).cells, []);
        const index = at % Math.max(1, before.cells.length);
        const cells = before.cells.map((one, i) =>
          i === index ? { ...one, title: `${one.title}!` } : { ...one },
        );
        const changes = changesOf(before, reuseCells(before, { ...before, cells }));
        assert.deepEqual(
          changes.cells.map(({ id }) => id),
          cells.slice(index, index + 1).map(({ id }) => id),
        );
        assert.equal('order' in changes, false);
      }),
    );
  });

  it('leaves every cell that did not change the same object', () => {
    fc.assert(
      fc.property(film, film, (before, after) => {
        const now = reuseCells(before, structuredClone(after));
        const shown = withChanges(before, changesOf(before, now));
        for (const one of shown.cells) {
          const old = before.cells.find(({ id }) => id === one.id);
          const isSame =
            old !== undefined && JSON.stringify(sorted(old)) === JSON.stringify(sorted(one));
          assert.equal(one === old, isSame);
        }
      }),
    );
  });
});

function sorted(one: Cell): [string, unknown][] {
  return Object.entries(one).sort(([a], [b]) => a.localeCompare(b));
}
