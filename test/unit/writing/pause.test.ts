import assert from 'node:assert/strict';
import { PauseSwitch } from '../../../src/writing/pause.ts';

describe('PauseSwitch', () => {
  it('lets everybody through who waits once it is resumed', async () => {
    const pause = new PauseSwitch();
    const { signal } = new AbortController();
    await pause.wait(signal);
    pause.pause();
    let through = 0;
    const waiting = [1, 2].map(() => pause.wait(signal).then(() => through++));
    await new Promise(setImmediate);
    assert.equal(through, 0);
    pause.resume();
    await Promise.all(waiting);
    assert.equal(through, 2);
  });

  it('tells changes, and only changes', () => {
    const pause = new PauseSwitch();
    const told: boolean[] = [];
    pause.onDidChange((paused) => told.push(paused));
    pause.resume();
    pause.pause();
    pause.pause();
    pause.resume();
    assert.deepEqual(told, [true, false]);
  });

  it('does not hold anybody who is cancelled', async () => {
    const pause = new PauseSwitch();
    pause.pause();
    const abort = new AbortController();
    const waiting = pause.wait(abort.signal);
    abort.abort(new Error('Enough.'));
    await assert.rejects(waiting, /Enough/);
    await assert.rejects(pause.wait(abort.signal), /Enough/);
  });
});
