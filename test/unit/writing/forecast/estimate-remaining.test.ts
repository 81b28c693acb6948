import assert from 'node:assert/strict';
import {
  estimateRemaining,
  type EstimateInput,
} from '../../../../src/writing/forecast/estimate-remaining.ts';
import { paces, type Pace } from '../../../../src/writing/schedule/scheduled-scene.ts';
import { StreamTimes } from '../../../../src/writing/forecast/stream-times.ts';
import { normal, outline, seeded, simulateRun } from './simulated-run.ts';

const cut = (): boolean => false;

function begin(count: number, more: Partial<EstimateInput> = {}): EstimateInput {
  return {
    pace: 'batches',
    batchSize: 5,
    places: 5,
    scenes: outline(count, cut).map((scene) => ({ ...scene, state: 'waiting' })),
    completedMs: [],
    runningForMs: new Map(),
    ...more,
  };
}

const steady = Array.from({ length: 200 }, (_, index) => 10_000 + (index % 2));

describe('the time that remains', () => {
  it('is unknown until a scene has been measured, and nothing when none is left', () => {
    assert.equal(estimateRemaining(begin(5)), undefined);
    assert.equal(estimateRemaining(begin(0)), 0);
    const scenes = outline(3, cut).map((scene) => ({ ...scene, state: 'written' as const }));
    assert.equal(estimateRemaining(begin(3, { scenes })), 0);
  });

  it('counts batches and not scenes when all scenes take the same time', () => {
    for (const [count, rounds] of [
      [1, 1],
      [5, 1],
      [6, 2],
      [17, 4],
    ] as const) {
      const remaining = estimateRemaining(begin(count, { completedMs: steady })) ?? 0;
      assert.ok(remaining > 9500 * rounds && remaining < 13_500 * rounds, `${count}: ${remaining}`);
    }
  });

  it('reckons with the slowest of a batch, so that waiting for no batch takes less time', () => {
    const random = seeded(1);
    const completedMs = Array.from({ length: 80 }, () => 8000 * Math.exp(0.8 * normal(random)));
    const batches = estimateRemaining(begin(60, { completedMs })) ?? 0;
    const sliding = estimateRemaining(begin(60, { completedMs, pace: 'sliding' })) ?? 0;
    assert.ok(sliding < 0.8 * batches, `${sliding} against ${batches}`);
  });

  it('reckons with chains of continuations, which no number of places makes shorter', () => {
    const one = (chained: boolean): number => {
      const scenes = outline(20, () => chained).map((scene) => ({
        ...scene,
        state: 'waiting' as const,
      }));
      const input = { scenes, places: 20, batchSize: 20, completedMs: steady } as const;
      return estimateRemaining(begin(20, { ...input, pace: 'planned' })) ?? 0;
    };
    assert.ok(one(true) > 15 * one(false));
  });

  it('falls while scenes are running, and takes the rest the service asks for into account', () => {
    const running = (ageMs: number): number => {
      const scenes = outline(1, cut).map((scene) => ({ ...scene, state: 'running' as const }));
      const runningForMs = new Map([['s0', ageMs]]);
      return estimateRemaining(begin(1, { scenes, runningForMs, completedMs: steady })) ?? 0;
    };
    assert.ok(running(0) > running(3000) && running(3000) > running(7000));
    assert.ok(running(60_000) > 0, 'a scene that is long overdue still needs some time');
    const waiting = begin(4, { completedMs: steady });
    const rested = (estimateRemaining({ ...waiting, restingMs: 30_000 }) ?? 0) - 30_000;
    assert.ok(Math.abs(rested - (estimateRemaining(waiting) ?? 0)) < 1);
  });

  it('tells from the streaming how long a scene will take, however the endpoint streams', () => {
    const streams = new StreamTimes();
    const write = (id: string, wholeMs: number, upToMs: number): void => {
      streams.begun(id);
      // Half of the time in silence, then evenly, and as much again that is not shown.
      for (let mark = 1; mark <= 8; mark++) {
        const ageMs = wholeMs * (0.5 + mark / 32);
        if (ageMs <= upToMs) streams.text(id, 100 * mark, ageMs);
      }
      if (upToMs >= wholeMs) streams.finished(id, wholeMs);
    };
    write('first', 8000, 0);
    assert.deepEqual(streams.tell('first', 4000), {}, 'nothing is known yet');
    for (const wholeMs of [6000, 8000, 20_000]) write(`done in ${wholeMs}`, wholeMs, wholeMs);
    write('slow', 40_000, 24_000);
    const told = streams.tell('slow', 24_000);
    assert.ok(Math.abs((told.likely?.ms ?? 0) - 40_000) < 1);
    assert.ok((told.atLeastMs ?? 0) > 20_000 && (told.atLeastMs ?? 0) < 40_000);
    write('silent', 90_000, 30_000);
    const silent = streams.tell('silent', 30_000);
    assert.equal(silent.likely, undefined);
    assert.ok((silent.atLeastMs ?? 0) > 30_000, 'silence tells something, too');
    streams.begun('slow');
    assert.equal(streams.tell('slow', 10).likely, undefined, 'asked for again, it begins anew');
  });

  it('promises nothing new behind the batch of a scene that failed for good', () => {
    const remaining = (written: number): number => {
      const scenes = outline(10, cut).map((scene, index) => ({
        ...scene,
        state:
          index === 0
            ? ('failed' as const)
            : index <= written
              ? ('written' as const)
              : ('waiting' as const),
      }));
      return estimateRemaining(begin(10, { scenes, completedMs: steady })) ?? NaN;
    };
    assert.equal(remaining(4), 0);
    assert.ok(remaining(0) > 9500 && remaining(0) < 13_500, 'the rest of its own batch is written');
  });

  it('is the same whenever the same is known', () => {
    const input = begin(40, { completedMs: [5000, 9000, 30_000] });
    assert.equal(estimateRemaining(input), estimateRemaining(input));
  });

  describe('in heavy-tailed runs, from one third of the scenes on', function () {
    this.timeout(60_000);

    /** Sorted errors as shares of the whole time, at four moments of each of many runs. */
    function errors(
      pace: Pace,
      sigma: number,
      places: readonly number[],
      counts: readonly number[],
    ) {
      const found: number[] = [];
      for (const batchSize of places) {
        for (const count of counts) {
          for (let run = 0; run < runs; run++)
            found.push(...oneRun(pace, sigma, batchSize, count, run));
        }
      }
      return found.sort((a, b) => a - b);
    }

    const runs = 8;

    function oneRun(pace: Pace, sigma: number, batchSize: number, count: number, run: number) {
      const random = seeded(1000 * run + count + batchSize);
      const scenes = outline(count, () => random() < 0.3);
      const lengths = scenes.map(() => 8000 * Math.exp(sigma * normal(random)));
      const characters = scenes.map(() => 900 * Math.exp(0.25 * normal(random)));
      const { totalMs, standings } = simulateRun({ pace, batchSize, scenes, lengths, characters });
      return [1 / 3, 1 / 2, 2 / 3, 5 / 6].map((share) => {
        const standing = standings.find(({ done }) => done >= share * count);
        assert.ok(standing);
        const rest = estimateRemaining({ ...standing, pace, batchSize, places: batchSize });
        return Math.abs(standing.atMs + (rest ?? NaN) - totalMs) / totalMs;
      });
    }

    const median = (sorted: readonly number[]): number => sorted[sorted.length >> 1] ?? NaN;
    const within = (sorted: readonly number[]): number =>
      sorted.filter((error) => error <= 0.2).length / sorted.length;

    for (const pace of paces) {
      it(`is mostly within a fifth of the whole time with five in flight: ${pace}`, () => {
        for (const [sigma, share] of [
          [0.3, 0.95],
          [0.5, 0.85],
          [0.8, 0.65],
        ] as const) {
          const found = errors(pace, sigma, [5], [22, 37, 75, 113]);
          assert.ok(median(found) < 0.12, `σ ${sigma}: median ${median(found)}`);
          assert.ok(within(found) > share, `σ ${sigma}: within ${within(found)}`);
        }
      });

      it(`is within it for the middle run with up to forty in flight: ${pace}`, () => {
        for (const sigma of [0.3, 0.5, 0.8]) {
          const found = errors(pace, sigma, [10, 20, 40], [37, 113]);
          assert.ok(median(found) < 0.16, `σ ${sigma}: median ${median(found)}`);
        }
      });
    }
  });
});
