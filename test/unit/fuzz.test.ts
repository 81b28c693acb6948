import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newTally, type Started, tryInputs } from '../fuzz/target.ts';
import { targets } from '../fuzz/targets.ts';

/** A few inputs of what `npm run fuzz` tries without end: the same each time, and others. */
describe('what strangers make', function () {
  this.timeout(120_000);

  for (const target of targets) {
    describe(`of ${target.name}`, () => {
      let folder: string;
      let started: Started<unknown>;

      before(async () => {
        folder = await mkdtemp(path.join(tmpdir(), 'scenewright-fuzz-'));
        started = await target.start(folder, true);
      });

      after(async () => {
        await rm(folder, { recursive: true, force: true });
      });

      for (const [which, seed] of [
        ['the same', 20_261_128],
        ['other', Date.now() % 1_000_000_000],
      ] as const) {
        it(`hurts nobody: ${which} inputs as before (seed ${seed})`, async () => {
          const tally = newTally();
          await tryInputs(started, { seed, runs: 25 }, tally);
          for (const { message, input } of tally.faults) {
            assert.fail(
              `Seed ${seed}: ${message}\n${Buffer.from(input).toString('latin1').slice(0, 4000)}`,
            );
          }
          assert.ok(tally.inputs > 0 && tally.behaviours.size > 1, 'inputs were tried');
        });
      }
    });
  }

  it('is noticed where it hurts somebody, with the smallest input that does', async () => {
    const sheep: Started<string> = {
      inputs: (await import('fast-check')).default.string({ maxLength: 50 }),
      show: (input) => input,
      attempt: (input) => {
        if (input.length > 3) throw new Error('It is too long.');
        return 'fine';
      },
      patience: [10_000, 0],
    };
    const tally = newTally();
    await tryInputs(sheep, { seed: 1, runs: 200 }, tally);
    assert.equal(tally.faults.length, 1);
    assert.equal(String(tally.faults[0]?.input).length, 4);
    const slow = { ...sheep, attempt: () => 'fine', patience: [-1, 0] as const };
    const second = newTally();
    await tryInputs(slow, { seed: 1, runs: 5 }, second);
    assert.match(second.faults[0]?.message ?? '', /It took \d+ ms/);
  });
});
