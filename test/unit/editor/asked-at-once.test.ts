import assert from 'node:assert/strict';
import { askedAtOnce, type Asking, type Disturbance } from '../../two-windows/asked-at-once.ts';

/** What is told of two windows is only as true as how their requests are held against each other. */
describe('requests of two windows at once', () => {
  const asking = (pid: number | undefined, askedAt: number, endedAt?: number): Asking => ({
    story: 'The lamp',
    pid,
    askedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
  });
  const killed = (pid: number, from: number): Disturbance => ({
    pid,
    kind: 'ended',
    from,
    to: Infinity,
  });
  const stopped = (pid: number, from: number, to: number): Disturbance => ({
    pid,
    kind: 'stopped',
    from,
    to,
  });

  it('are those for one story of which the earlier one goes on when the later one comes', () => {
    const [first, second] = [asking(1, 0, 500), asking(2, 100)];
    assert.deepEqual(askedAtOnce([first, second], []), [[first, second]]);
    assert.deepEqual(askedAtOnce([asking(1, 0, 90), second], []), []);
    assert.deepEqual(askedAtOnce([first, asking(1, 100)], []), []);
    assert.deepEqual(askedAtOnce([first, { ...second, story: 'The sea' }], []), []);
  });

  it('are none where one of the two had been killed by then, whichever is read first', () => {
    const dead = killed(1, 90);
    assert.deepEqual(askedAtOnce([asking(1, 0, 500), asking(2, 100)], [dead]), []);
    // Sent off before the end, and read after the other window has begun.
    assert.deepEqual(askedAtOnce([asking(2, 95), asking(1, 100)], [dead]), []);
    // The end of another one excuses nobody.
    assert.equal(askedAtOnce([asking(1, 0, 500), asking(2, 100)], [killed(3, 90)]).length, 1);
    assert.equal(askedAtOnce([asking(1, 0, 500), asking(2, 100)], [killed(1, 110)]).length, 1);
  });

  it('are none while one of the two stands still, or has for a moment been awake again', () => {
    const pair = [asking(1, 0, 90_000), asking(2, 30_000)];
    assert.deepEqual(askedAtOnce(pair, [stopped(1, 10_000, 31_000)]), []);
    assert.deepEqual(askedAtOnce(pair, [stopped(1, 10_000, 25_000)]), []);
    assert.equal(askedAtOnce(pair, [stopped(1, 5_000, 12_000)]).length, 1);
  });

  it('are faults also where nobody said who asked', () => {
    assert.equal(askedAtOnce([asking(1, 0, 500), asking(undefined, 100)], []).length, 1);
  });
});
