import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OpenAiModel } from '../../../../src/models/openai/openai-model.ts';
import { PromptedWriter } from '../../../../src/models/prompts/prompted-writer.ts';
import { Http } from '../../../../src/net/http.ts';
import { ServerSlots } from '../../../../src/writing/requests/server-slots.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import { SlottedServer, type Pace } from '../../../support/slotted-server.ts';
import { collect, ofType, optionsToPlan, randomOf, VirtualClock } from '../writing-support.ts';
import { TimeOverWire } from './time-over-wire.ts';

/** Around a mean, as the times of models are (lognormal, σ 0.5). */
function spread(random: () => number, mean: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return mean * Math.exp(0.5 * normal - 0.125);
}

interface Simulated {
  /** How many are sent at once at most. */
  readonly most: number;
  readonly requests: number;
  readonly slots: number;
  readonly pace: () => Pace;
  /** Whether no more are sent than are of use; else as many as may be. */
  readonly limits?: boolean;
}

/** What a server of so many slots shows, event by event, to one who sends as many as are of use. */
function simulate({ most, requests, slots, pace, limits = true }: Simulated): {
  readonly places: number[];
  readonly ms: number;
} {
  let now = 0;
  const events: { readonly at: number; readonly happens: () => void }[] = [];
  const at = (ms: number, happens: () => void): void => {
    events.push({ at: now + ms, happens });
  };
  const seen = new ServerSlots(() => now);
  const line: (() => void)[] = [];
  const places: number[] = [];
  let left = requests;
  let inFlight = 0;
  let working = 0;
  const serve = (): void => {
    while (working < slots && line.length > 0) {
      working++;
      line.shift()?.();
    }
  };
  const fill = (): void => {
    for (; left > 0 && inFlight < Math.min(most, limits ? seen.places : most); left--, inFlight++) {
      const request = seen.sent();
      line.push(() => {
        const { readMs, speakMs } = pace();
        at(readMs, request.gotOn);
        for (let piece = 1; piece <= 10; piece++) {
          at(readMs + (speakMs * piece) / 10, request.gotOn);
        }
        at(readMs + speakMs, () => {
          request.over();
          inFlight--;
          working--;
          places.push(Math.min(most, seen.places));
          serve();
          fill();
        });
      });
      serve();
    }
  };
  fill();
  while (events.length > 0) {
    const next = events.reduce((first, one) => (one.at < first.at ? one : first));
    events.splice(events.indexOf(next), 1);
    now = next.at;
    next.happens();
  }
  return { places, ms: now };
}

/** Times of a model that reads for a part of its time and then speaks. */
const times = fc.record({
  meanMs: fc.integer({ min: 500, max: 60_000 }),
  speakingShare: fc.double({ min: 0.7, max: 0.99, noNaN: true }),
  seed: fc.nat(),
});

function paceOf({
  meanMs,
  speakingShare,
  seed,
}: {
  meanMs: number;
  speakingShare: number;
  seed: number;
}): () => Pace {
  const random = randomOf(seed);
  return () => ({
    readMs: spread(random, meanMs * (1 - speakingShare)),
    speakMs: spread(random, meanMs * speakingShare),
  });
}

describe('the slots of a server', () => {
  it('are found out, and one request more than that waits there', () => {
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 36 }),
        (time, slots, more) => {
          const { places } = simulate({
            most: slots + 1 + more,
            requests: 60 * slots,
            slots,
            pace: paceOf(time),
          });
          assert.equal(places.at(-1), slots + 1);
        },
      ),
      { seed: 11, numRuns: 200 },
    );
  });

  it('are never kept waiting: all is done as soon as with any number in flight', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 4 }), (time, slots) => {
        const run = (most: number): number =>
          simulate({ most, requests: 60, slots, pace: paceOf(time) }).ms;
        const [adapted, all] = [run(20), run(60)];
        assert.ok(adapted <= all * 1.001, `${adapted} ms, and ${all} ms with all sent at once`);
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  it('do not slow down one that answers all side by side, however long it thinks', () => {
    let [adapted, plain] = [0, 0];
    const anyShare = fc.double({ min: 0, max: 0.99, noNaN: true });
    const run = fc.record({
      time: times,
      speakingShare: anyShare,
      most: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(run, ({ time, speakingShare, most }) => {
        const run = (limits: boolean): number => {
          const pace = paceOf({ ...time, speakingShare });
          return simulate({ most, requests: 150, slots: Infinity, pace, limits }).ms;
        };
        assert.ok(run(true) <= run(false) * 1.25, `${run(true)} ms in place of ${run(false)}`);
        adapted += run(true);
        plain += run(false);
      }),
      { seed: 3, numRuns: 200 },
    );
    assert.ok(adapted <= plain * 1.01, `${adapted} ms in place of ${plain}`);
  });
});

describe('a script from a server with few slots', () => {
  const http = new Http();
  let clock: VirtualClock;
  let server: SlottedServer;

  beforeEach(() => {
    clock = new VirtualClock();
  });
  afterEach(() => server.stop());
  after(() => http.close());

  const write = async (slots: number, pace?: () => Pace): Promise<Written> => {
    server = new SlottedServer(clock, slots);
    if (pace !== undefined) server.pace = pace;
    await server.listen();
    const { baseUrl } = server;
    const model = new PromptedWriter(
      new OpenAiModel({ baseUrl, model: 'local', fetch: http.fetch }),
      0,
    );
    const time = new TimeOverWire(clock, () => server.inHand);
    const began = clock.now();
    const options = optionsToPlan({
      model: time.counted(model),
      clock,
      batchSize: 5,
      pace: 'sliding',
    });
    const events = await time.until(collect(writeScript(options)));
    assert.deepEqual(events.at(-1), { type: 'stopped', reason: 'done' });
    return {
      events,
      places: ofType(events, 'places').map(({ places }) => places),
      ms: clock.now() - began,
    };
  };

  for (const slots of [1, 2]) {
    it(`sends no more than is of use to ${slots}, and no request twice`, async () => {
      const { places, ms } = await write(slots);
      assert.equal(places.at(-1), slots + 1);
      const scenes = server.asked.filter((scene) => scene !== undefined);
      assert.deepEqual(
        scenes,
        Array.from({ length: 22 }, (_, i) => i + 1),
      );
      assert.equal(server.asked.length, 27);
      assert.ok(server.waitedWith.slice(-6).every((others) => others === 0));
      const { readMs, speakMs } = server.pace();
      assert.ok(ms < ((27 + 2 * slots) / slots) * (readMs + speakMs) * 1.1, `${ms} ms`);
    });
  }

  it('is not held up where many have a slot', async () => {
    const { places } = await write(20);
    assert.deepEqual(places, []);
  });

  it('is written with all places again once the server has more slots', async () => {
    let answers = 0;
    const more = (): Pace => {
      if (++answers === 16) server.setSlots(8);
      return { readMs: 500, speakMs: 6000 };
    };
    const { places } = await write(1, more);
    assert.ok(places.includes(2));
    assert.equal(places.at(-1), 5);
  });
});

interface Written {
  readonly events: WritingEvent[];
  /** As they changed. */
  readonly places: readonly number[];
  readonly ms: number;
}
