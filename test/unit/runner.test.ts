import assert from 'node:assert/strict';
import path from 'node:path';
import { runFiles } from '../runner/pool.ts';
import type { Results } from '../runner/results.ts';

const fixtures = path.join(import.meta.dirname, '../runner/fixtures');

const run = (...names: readonly string[]): Promise<Results> =>
  runFiles({
    files: names.map((name) => path.join(fixtures, `${name}.ts`)),
    processes: 1,
    timeoutMs: 20_000,
    patience: { silentMs: 3000, loadingMs: 6000, closingMs: 500 },
    onOutput: () => undefined,
  });

/** How many passed and failed, and what is said of the failures. */
const outcome = async (...names: readonly string[]): Promise<[number, number, string]> => {
  const results = await run(...names);
  return [results.passed, results.failed, results.why];
};

describe('the runner of our tests', function () {
  this.timeout(120_000);

  it('fails a file that leaves a server open, and names it', async () => {
    const [passed, failed, why] = await outcome('leaves-a-server');
    assert.deepEqual([passed, failed], [1, 1]);
    assert.match(
      why,
      /a server on port \d+, opened by "a file that leaves .* passes all the same"/,
    );
  });

  it('comes to its end whatever a failed test has left open', async () => {
    const [passed, failed, why] = await outcome('fails-with-much-open');
    assert.deepEqual([passed, failed], [2, 1]);
    assert.match(why, /in the middle/);
  });

  it('ends a test that never lets go, and counts what passed before and what was not run', async () => {
    const [passed, failed, why] = await outcome('stands-still');
    assert.deepEqual([passed, failed], [1, 2]);
    assert.match(why, /never lets go\nNothing was heard for 3 s/);
  });

  it('ends a file that never loads, and names what is open', async () => {
    const [passed, failed, why] = await outcome('never-loads');
    assert.deepEqual([passed, failed], [0, 1]);
    assert.match(why, /not loaded for 6 s.* Still open: a server on port \d+/);
  });

  it('counts what passed before its process died, and goes on with the next file', async () => {
    const [passed, failed, why] = await outcome('dies', 'fails-with-much-open');
    assert.deepEqual([passed, failed], [3, 3]);
    assert.match(why, /ends the process\nThe process has ended by itself \(0\)/);
  });

  it('fails at leaks and at rejections that nobody handles, and counts what a hook has kept from running', async () => {
    const [passed, failed, why] = await outcome('leaks');

    assert.match(why, /MaxListenersExceededWarning/);
    assert.match(why, /nobody looks/);
    assert.match(why, /the hook/);
    assert.deepEqual([passed, failed], [1, 4]);
  });
});
