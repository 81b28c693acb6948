// For `npx mocha`: the same rules as in `npm test`, and an end that always comes.
import assert from 'node:assert/strict';
import { failAtWarnings, rootHooks } from './hooks.ts';
import { OpenThings } from './open-things.ts';

const things = new OpenThings();
failAtWarnings();

export const mochaHooks = {
  ...rootHooks(things),
  beforeAll() {
    things.mark();
  },
  async afterAll(this: Mocha.Context) {
    this.timeout(30_000);
    const left = await things.left(20_000);
    things.close();
    // Nothing that is still open keeps the process: Mocha has its results.
    setTimeout(() => process.exit(), 5000).unref();
    assert.deepEqual(left, [], 'something was left open');
  },
};
