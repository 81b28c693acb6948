import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Bandwidth } from '../../../src/downloads/bandwidth.ts';
import { LowSpeedWatch } from '../../../src/downloads/low-speed-watch.ts';

describe('the limit of all downloads together', () => {
  it('is kept over any time, however the pieces come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 1e8 }),
        fc.array(
          fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), idle: fc.nat(300) }),
          {
            minLength: 5,
            maxLength: 60,
          },
        ),
        (limit, pieces) => {
          let now = 0;
          const bandwidth = new Bandwidth(limit, () => now);
          let bytes = 0;
          for (const { share, idle } of pieces) {
            const piece = Math.ceil(share * bandwidth.piece);
            bytes += piece;
            now += bandwidth.take(piece);
            assert.ok(
              bytes <= (limit * (now + 1)) / 1000 + limit * 0.1,
              `${bytes} after ${now} ms`,
            );
            now += idle;
          }
        },
      ),
    );
  });

  it('is used to the full by those who do as they are told', () => {
    let now = 0;
    const bandwidth = new Bandwidth(1_000_000, () => now);
    let bytes = 0;
    while (now < 10_000) {
      bytes += bandwidth.piece;
      now += bandwidth.take(bandwidth.piece);
    }
    assert.ok(Math.abs(bytes / (now / 1000) - 1_000_000) < 20_000);
  });

  it('is none at all where it is 0', () => {
    const bandwidth = new Bandwidth(0);
    assert.equal(bandwidth.take(1e9), 0);
    assert.equal(bandwidth.piece, Infinity);
  });

  it('lets those who wait go on when it is lifted', async () => {
    const bandwidth = new Bandwidth(10);
    const wait = bandwidth.take(100_000);
    assert.ok(wait > 1_000_000);
    const waited = new Promise<void>((resolve) => bandwidth.wait(wait, resolve));
    bandwidth.set(0);
    await waited;
  });
});

describe('a connection that brings next to nothing', () => {
  const limit = { bytesPerSecond: 1000, ms: 60_000 };

  it('is seen after a while, and not before', () => {
    const watch = new LowSpeedWatch(limit, 0);
    assert.equal(watch.isTooSlow(59_000, 100), false);
    assert.equal(watch.isTooSlow(60_000, 100), true);
  });

  it('is not one that was only slow for a moment', () => {
    const watch = new LowSpeedWatch(limit, 0);
    assert.equal(watch.isTooSlow(60_000, 70_000), false);
    assert.equal(watch.isTooSlow(90_000, 70_000), false);
    assert.equal(watch.isTooSlow(120_000, 140_000), false);
    assert.equal(watch.isTooSlow(180_000, 141_000), true);
  });

  it('is not one that we kept waiting ourselves', () => {
    const watch = new LowSpeedWatch(limit, 0);
    watch.restart(59_000, 10);
    assert.equal(watch.isTooSlow(100_000, 10), false);
  });

  it('is never seen where there is no limit', () => {
    assert.equal(new LowSpeedWatch({ bytesPerSecond: 0, ms: 1 }, 0).isTooSlow(1e9, 0), false);
  });
});
