import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Places } from '../../../src/net/places.ts';

const { signal } = new AbortController();

describe('places for connections', () => {
  it('are never more than allowed, and nobody who waits is forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(3), { minLength: 1, maxLength: 30 }),
        async (limit, visitors) => {
          const places = new Places(limit);
          let inside = 0;
          let most = 0;
          await Promise.all(
            visitors.map(async (steps) => {
              await places.take('host', signal);
              most = Math.max(most, ++inside);
              for (let step = 0; step < steps; step++) await Promise.resolve();
              inside--;
              places.leave('host');
            }),
          );
          assert.ok(most <= limit);
          assert.equal(places.isWanted('host'), false);
          assert.equal(places.tryTake('host'), true);
        },
      ),
    );
  });

  it('are counted for each host by itself', () => {
    const places = new Places(1);
    assert.equal(places.tryTake('a'), true);
    assert.equal(places.tryTake('a'), false);
    assert.equal(places.tryTake('b'), true);
  });

  it('are given in order, and not to those who left meanwhile', async () => {
    const places = new Places(1);
    await places.take('a', signal);
    const leaving = new AbortController();
    const first = places.take('a', leaving.signal);
    const second = places.take('a', signal);
    assert.equal(places.isWanted('a'), true);
    leaving.abort();
    await assert.rejects(first);
    places.leave('a');
    await second;
    assert.equal(places.tryTake('a'), false);
  });

  it('become more when the limit is raised', async () => {
    const places = new Places(1);
    await places.take('a', signal);
    const waiting = places.take('a', signal);
    places.setLimit(2);
    await waiting;
  });
});
