import assert from 'node:assert/strict';
import { ServerFacts } from '../../../../src/studios/comfyui/server-facts.ts';
import { systemClock } from '../../../../src/base/clock.ts';

describe('the queue of a ComfyUI server', () => {
  const queue = (running: readonly string[], pending: readonly (readonly [number, string])[]) => ({
    queue_running: running.map((id, i) => [i, id, {}]),
    queue_pending: pending.map(([number, id]) => [number, id, {}]),
  });

  it('says how many runs are before one, by their numbers and not by their order in the answer', async () => {
    const { queues } = new ServerFacts(systemClock);
    const answer = queue(
      ['now'],
      [
        [3, 'first'],
        [12, 'last'],
        [7, 'second'],
      ],
    );
    assert.equal(queues.ahead('a', 'second'), undefined, 'nobody has looked');
    assert.equal(await queues.has('a', 'second', () => Promise.resolve(answer)), true);
    const all = ['first', 'second', 'last', 'now', 'other'].map((id) => queues.ahead('a', id));
    assert.deepEqual(all, [0, 1, 2, undefined, undefined]);
    assert.equal(queues.ahead('b', 'second'), undefined, 'another server');
  });
});
