import assert from 'node:assert/strict';
import { actsOf } from '../../../src/webview/film-actions.ts';
import type { Cell, FilmView, StillsWish } from '../../../src/webview/protocol.ts';

/** A film at rest of scenes as they are. */
function film(cells: readonly Partial<Cell>[], stills: StillsWish = 'off'): FilmView {
  const all = cells.map((cell, index): Cell => ({
    ...{ id: `${index}`, number: index + 1, title: '', seconds: 8, state: 'written' },
    ...cell,
  }));
  const written = all.filter(({ state }) => state === 'written').length;
  const clips = (state: Cell['clip']): number => all.filter(({ clip }) => clip === state).length;
  return {
    ...{ uri: '', title: '', writer: '', elapsedMs: 0, at: 0, live: [], stills, cells: all },
    state: written === all.length ? 'done' : 'idle',
    written,
    total: all.length,
    totals: {
      ...{ seconds: 0, wanted: 0, failed: 0 },
      drawn: all.filter(({ still }) => still === 'drawn').length,
      drawing: all.filter(({ still }) => still === 'drawing').length,
      rendered: clips('current'),
      stale: clips('stale'),
      rendering: clips('running'),
    },
  };
}

const drawn = { still: 'drawn' } as const;
const rendered = { clip: 'current', playable: true } as const;

describe('what there is to do with a film', () => {
  it('changes with its stage: written, drawn, rendered, assembled', () => {
    assert.deepEqual(actsOf(film([])), ['write']);
    assert.deepEqual(actsOf(film([{ state: 'planned' }, { state: 'planned' }])), ['writeMissing']);
    assert.deepEqual(actsOf(film([{}, {}], 'ask')), ['drawStills', 'render']);
    for (const wish of ['ask', 'required'] as const) {
      assert.deepEqual(actsOf(film([drawn, drawn], wish)), ['render']);
    }
    assert.deepEqual(actsOf(film([drawn, rendered])), ['render']);
    assert.deepEqual(actsOf(film([rendered, rendered])), ['assemble']);
  });

  it('begins with the clips where nobody works with stills', () => {
    assert.deepEqual(actsOf(film([{}, {}])), ['render', 'drawStills']);
    assert.deepEqual(actsOf(film([drawn, {}])), ['drawStills', 'render']);
    assert.deepEqual(actsOf(film([{ still: 'drawing' }, {}])), ['drawStills', 'render']);
  });

  it('is no rendering where first frames are required and no scene has one: drawn first, then approved', () => {
    const drawing = { still: 'drawing' } as const;
    assert.deepEqual(actsOf(film([{}, {}], 'required')), ['drawStills']);
    assert.deepEqual(actsOf(film([drawing, {}], 'required')), ['drawStills', 'stillsComing']);
    assert.deepEqual(actsOf(film([drawing, drawing], 'required')), ['stillsComing']);
    assert.deepEqual(actsOf(film([drawn, drawing], 'required')), ['render']);
    assert.deepEqual(actsOf(film([drawing, drawing], 'ask')), ['render']);
    assert.deepEqual(actsOf(film([{ clip: 'stale', ...drawing }, rendered], 'required')), [
      'stillsComing',
      'assemble',
    ]);
  });

  it('is no drawing of what begins with the last frame of the clip before', () => {
    const chained = { goesOn: true } as const;
    for (const wish of ['ask', 'required'] as const) {
      assert.deepEqual(actsOf(film([drawn, chained], wish)), ['render']);
      assert.deepEqual(actsOf(film([rendered, chained], wish)), ['render']);
      const older = { clip: 'stale', playable: true, ...drawn } as const;
      assert.deepEqual(actsOf(film([older, chained], wish)), ['render']);
    }
    assert.deepEqual(actsOf(film([{}, chained], 'required')), ['drawStills']);
  });

  it('is no drawing of what is being drawn, or has its clip', () => {
    assert.deepEqual(actsOf(film([{ still: 'drawing' }, drawn], 'required')), ['render']);
    assert.deepEqual(actsOf(film([rendered, drawn], 'required')), ['render']);
    assert.deepEqual(actsOf(film([{ clip: 'running' }, { clip: 'stale', ...drawn }], 'ask')), [
      'render',
    ]);
  });
});
