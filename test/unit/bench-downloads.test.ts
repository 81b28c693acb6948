import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { idealSeconds } from '../../bench/downloads/cases.ts';
import type { Line, Plan } from '../../bench/downloads/cases.ts';
import { measureAll } from '../../bench/downloads/measure.ts';
import type { Section } from '../../bench/downloads/measure.ts';
import { aria2Single } from '../../bench/downloads/peers.ts';
import { addresses } from '../../bench/downloads/clip-server.ts';
import { startServer } from '../../bench/downloads/server.ts';
import type { Served } from '../../bench/downloads/server.ts';
import { groupedBound, heavyTailed, tailBound } from '../../bench/downloads/tail.ts';
import { oneConnection, product, reached } from '../../bench/downloads/targets.ts';
import { verifyVideo } from '../../src/downloads/verify-video.ts';

/** The smallest plan in which everything has its turn. */
const plan: Plan = {
  rounds: 1,
  batches: [{ files: 2, bytes: 200_000 }],
  capped: { files: 2, bytes: 2_000_000 },
  small: { files: 2, bytes: 100_000 },
  large: { files: 1, bytes: 300_000 },
  limited: { files: 1, bytes: 400_000 },
  tail: { files: 7, total: 500_000, sigma: 1, seeds: [1] },
};

describe('the download benchmark', () => {
  it('measures the product and everybody who is installed, over real connections', async function () {
    this.timeout(120_000);
    const sections: Section[] = [];
    for await (const section of measureAll(plan)) sections.push(section);

    const cases = sections.filter((section) => section.kind === 'case');
    assert.ok(cases.some(({ what }) => what.line === 'plain'));
    for (const { what, results } of cases) {
      assert.ok(results.some(({ contender }) => contender === product));
      for (const { contender, seconds, cpuSeconds } of results) {
        assert.ok(seconds > 0 && cpuSeconds >= 0, `${contender}: ${seconds} s, ${cpuSeconds} s`);
        // Whoever finishes earlier has not met the limit that is to be measured.
        if (what.line === 'capped' && contender === oneConnection) {
          assert.ok(seconds > idealSeconds(what) * 0.6, `${contender} in ${seconds} s`);
        }
      }
    }
    const [tails] = sections.filter((section) => section.kind === 'tails');
    for (const tail of tails?.tails ?? []) assert.ok(tail.ours >= tail.bound);

    const [targets] = sections.filter((section) => section.kind === 'targets');
    const hasAria = cases.some(({ results }) =>
      results.some(({ contender }) => contender === aria2Single),
    );
    const open = targets?.targets.filter((target) => reached(target) === undefined) ?? [];
    assert.deepEqual(
      open.filter(({ name }) => hasAria || !name.includes('aria2')).map(({ name }) => name),
      [],
    );
  });

  it('knows the shortest time for sizes that differ, and what waiting for the slowest costs', () => {
    assert.equal(tailBound([50, 10, 10, 10, 10, 10], 10), 5);
    assert.equal(tailBound(new Array<number>(10).fill(10), 10), 2);
    assert.equal(groupedBound([50, 10, 10, 10, 10, 10], 10), 6);
    const sizes = heavyTailed(3, { files: 75, sigma: 1, total: 1e9 });
    const total = sizes.reduce((all, bytes) => all + bytes, 0);
    assert.ok(total <= 1e9 && total > 0.999e9);
    assert.ok(Math.max(...sizes) > (4 * total) / 75, 'the largest is far above the mean');
    assert.ok(groupedBound(sizes, 1) > 1.5 * tailBound(sizes, 1));
  });

  describe('its own server, for machines without nginx', () => {
    let folder: string;
    let server: Served;
    before(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'scenewright-'));
      const sizes = { full: new Set([2_100_000]), sparse: new Set([700_000]) };
      server = await startServer(folder, sizes, undefined);
    });
    after(async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    });

    const read = async (line: Line, bytes: number, headers = {}): Promise<Buffer> => {
      const [address = ''] = addresses(server, line, [bytes]);
      return Buffer.from(await (await fetch(address, { headers })).arrayBuffer());
    };

    it('serves the clips that are on the disk, which the product takes for videos', async () => {
      for (const bytes of [2_100_000, 700_000]) {
        const file = server.fileOf(bytes);
        assert.equal((await verifyVideo(file)).bytes, bytes);
        assert.ok((await read('plain', bytes)).equals(await readFile(file)));
      }
    });

    it('serves stretches of them', async () => {
      const whole = await readFile(server.fileOf(2_100_000));
      for (const [first, last] of [
        [0, 9],
        [150, 1_200_000],
        [1_048_576, 2_099_999],
      ] as const) {
        const stretch = await read('capped', 2_100_000, { range: `bytes=${first}-${last}` });
        assert.ok(stretch.equals(whole.subarray(first, last + 1)), `${first}-${last}`);
      }
    });
  });
});
