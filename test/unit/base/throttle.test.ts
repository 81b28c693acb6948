import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Throttle } from '../../../src/base/throttle.ts';

describe('what is done at a pace', () => {
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => {
    mock.timers.reset();
  });

  it('leaves its time between two, however often it is wanted, and is done once at the end', () => {
    const done: number[] = [];
    let now = 0;
    const paced = new Throttle(300, () => done.push(now));
    for (; now < 1000; now += 100) {
      paced.soon();
      mock.timers.tick(100);
    }
    assert.deepEqual(done, [200, 500, 800]);
    mock.timers.tick(1000);
    assert.equal(done.length, 4);
  });

  it('is not done any more once it is disposed of', () => {
    let times = 0;
    const paced = new Throttle(300, () => times++);
    paced.soon();
    paced.dispose();
    mock.timers.tick(1000);
    assert.equal(times, 0);
  });
});
