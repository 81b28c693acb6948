import assert from 'node:assert/strict';
import { PauseSwitch } from '../../../../src/writing/pause-switch.ts';

describe('PauseSwitch', () => {
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
});
