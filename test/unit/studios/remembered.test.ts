import assert from 'node:assert/strict';
import { ScenewrightError, cancelledError } from '../../../src/base/errors.ts';
import { Remembered } from '../../../src/studios/remembered.ts';
import { failure } from '../../support/failure.ts';

describe('what a service tells about itself', () => {
  let now: number;
  let asked: number;
  let remembered: Remembered<number>;
  const down = new ScenewrightError('network', 'It is away.', { retryable: true });

  beforeEach(() => {
    now = 1_000_000;
    asked = 0;
    remembered = new Remembered({ now: () => now, sleep: () => Promise.resolve() });
  });

  const ask = async (): Promise<number> => await Promise.resolve(++asked);
  const refuse = async (error: Error): Promise<number> => {
    asked++;
    return await Promise.reject(error);
  };

  it('is asked for once by all who want it at once, and anew after minutes', async () => {
    const all = Array.from({ length: 5 }, () => remembered.get(ask));
    assert.deepEqual(await Promise.all(all), [1, 1, 1, 1, 1]);
    now += 4 * 60_000;
    assert.equal(await remembered.get(ask), 1);
    now += 2 * 60_000;
    assert.equal(await remembered.get(ask), 2);
  });

  it('is not waited for again where nobody answered a moment ago', async () => {
    for (let time = 0; time < 5; time++) {
      assert.equal(await failure(remembered.get(() => refuse(down))), down);
    }
    assert.equal(asked, 1);
    now += 61_000;
    assert.equal(await remembered.get(ask), 2);
  });

  it('is kept when it cannot be asked for anew', async () => {
    await remembered.get(ask);
    now += 10 * 60_000;
    assert.equal(await remembered.get(() => refuse(down)), 1);
    assert.equal(await remembered.get(ask), 1);
    now += 61_000;
    assert.equal(await remembered.get(ask), 3);
  });

  it('is asked for again at once where the key was refused, which may be another by then', async () => {
    const refused = new ScenewrightError('account', 'No.', { status: 401 });
    assert.equal(await failure(remembered.get(() => refuse(refused))), refused);
    assert.equal(await remembered.get(ask), 2);
  });

  it('is asked for by the next where the first who asked has stopped', async () => {
    const first = remembered.get(() => refuse(cancelledError('The look')));
    const second = remembered.get(ask);
    assert.equal((await failure(first)).code, 'cancelled');
    assert.equal(await second, 2);
  });
});
