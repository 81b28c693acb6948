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

  describe('while somebody types', () => {
    let done: number[];
    let now: number;
    let paced: Throttle;
    const pass = (ms: number): void => {
      for (let i = 0; i < ms; i += 10) {
        now += 10;
        mock.timers.tick(10);
      }
    };

    beforeEach(() => {
      done = [];
      now = 0;
      mock.method(performance, 'now', () => now);
      paced = new Throttle(100, () => done.push(now));
    });
    afterEach(() => {
      mock.restoreAll();
    });

    it('waits for the pause after the last key', () => {
      for (let key = 0; key < 5; key++) {
        paced.onceTypingPauses();
        pass(150);
      }
      assert.deepEqual(done, []);
      pass(1000);
      assert.equal(done.length, 1);
    });

    it('is done now and then where there is no pause', () => {
      for (let key = 0; key < 100; key++) {
        paced.onceTypingPauses();
        pass(100);
      }
      assert.ok(done.length >= 3 && done.length <= 5, `${done.length} times in ten seconds`);
    });

    it('waits for another pause where it comes late: keys may not have been heard of yet', () => {
      paced.onceTypingPauses();
      now += 500;
      mock.timers.tick(300);
      assert.deepEqual(done, []);
      pass(300);
      assert.deepEqual(done, [800]);
    });

    it('does not put off what is wanted for another reason', () => {
      paced.onceTypingPauses();
      pass(50);
      paced.soon();
      pass(20);
      paced.onceTypingPauses();
      pass(100);
      assert.deepEqual(done, [150]);
    });
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
