import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SegmentAdvice } from '../../../src/downloads/segment-advice.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { FileServer, base64 } from './file-server.ts';
import { firstWrite, untilOnDisk } from './part-on-disk.ts';
import { Place } from './place.ts';
import { Received } from './received.ts';

/** Large enough, at the speed below, that several connections are worth it. */
const clip = mp4(6_000_000);
const slow = 6_000_000;

describe('a file from a server that limits each connection', function () {
  this.timeout(20_000);
  let place: Place;
  let server: FileServer;
  let received: Received;

  beforeEach(async () => {
    received = new Received();
    place = await Place.make();
    server = await FileServer.start(clip);
    server.bytesPerSecond = slow;
  });

  afterEach(async () => {
    received.stop();
    await place.close();
    await server.close();
  });

  const ranges = (): (readonly [number, number] | undefined)[] =>
    server.asked.map(({ range }) => range);

  it('comes over several connections, each byte about once', async () => {
    server.headers = { ...server.headers, 'repr-digest': `sha-256=:${base64('sha256', clip)}:` };
    await place.download(server.url);
    await place.expectClip(clip);
    assert.equal(ranges()[0], undefined, 'the first one asks for all');
    assert.ok(server.mostOpen > 1 && server.mostOpen <= 4, `${server.mostOpen} connections`);
    assert.ok(received.bytes <= clip.length * 1.1, `${received.bytes / clip.length} times`);
  });

  it('asks where the file is only once, and takes no credentials there', async () => {
    const api = await FileServer.start(clip);
    try {
      api.instead = (_request, response) => {
        response.writeHead(302, { location: `${server.url}/signed?sig=1` }).end();
        return true;
      };
      const headers = { authorization: 'Bearer the-secret' };
      await place.download('', {
        source: () => Promise.resolve({ kind: 'http', url: api.url, headers }),
      });
      await place.expectClip(clip);
      assert.ok(server.asked.length > 1);
      assert.equal(api.asked.length, 1);
      assert.doesNotMatch(JSON.stringify(server.asked), /secret/);
    } finally {
      await api.close();
    }
  });

  it('comes over one connection where the setting says so', async () => {
    place.reopen({ segments: 1 });
    await place.download(server.url);
    await place.expectClip(clip);
    assert.deepEqual(ranges(), [undefined]);
  });

  it('comes over one connection where the server serves no ranges', async () => {
    server.ranges = false;
    await place.download(server.url);
    await place.expectClip(clip);
    assert.equal(server.asked.length, 1);
  });

  it('comes over one connection where nothing vouches for the version', async () => {
    server.etag = 'W/"v1"';
    await place.download(server.url);
    await place.expectClip(clip);
    assert.equal(server.asked.length, 1);
  });

  it('comes over one connection where a limit of ours is what keeps it slow', async () => {
    place.reopen({ bytesPerSecond: slow });
    await place.download(server.url);
    assert.equal(server.asked.length, 1);
  });

  it('never opens more connections to a host than it may', async () => {
    place.reopen({ connectionsPerHost: 3 });
    const files = [1, 2, 3, 4].map((number) => path.join(place.folder, `${number}.mp4`));
    await Promise.all(files.map((file) => place.download(server.url, { file })));
    assert.equal(server.mostOpen, 3);
    for (const file of files) assert.ok((await readFile(file)).equals(clip));
  });

  it('goes on with what it has when the server wants no more connections', async () => {
    server.instead = (request, response) => {
      if (request.range === undefined) return false;
      response.writeHead(429, { 'retry-after': '60' }).end();
      return true;
    };
    await place.download(server.url);
    await place.expectClip(clip);
    assert.deepEqual(place.waits, []);
    assert.ok(received.bytes <= clip.length * 1.01);
  });

  it('goes on when one of the connections breaks', async () => {
    let broken = 0;
    server.instead = async (request, response) => {
      if (request.range === undefined || broken > 0) return false;
      broken++;
      const [from] = request.range;
      await server.send(request, response, from + 80_000);
      await untilOnDisk(place.file, [from, from + firstWrite]);
      response.destroy();
      return true;
    };
    await place.download(server.url);
    await place.expectClip(clip);
    assert.equal(broken, 1);
    assert.ok(received.bytes <= clip.length * 1.1, `${received.bytes / clip.length} times`);
  });

  it('goes on with all of its stretches after they all broke', async () => {
    const stop = new AbortController();
    // However late the stop comes, the file is not through.
    server.most = clip.length * 0.8;
    server.onHeld = () => {
      stop.abort();
    };
    const first = place.download(server.url, { signal: stop.signal });
    await assert.rejects(first, { code: 'cancelled' });
    const before = received.bytes;
    assert.ok(server.mostOpen > 1 && before < clip.length);
    server.most = Infinity;
    place.reopen();
    await place.download(server.url);
    await place.expectClip(clip);
    assert.ok(received.bytes <= clip.length * 1.1, `${received.bytes / clip.length} times`);
    assert.ok(received.bytes > before);
  });

  const other = mp4(6_000_000);
  const contradictions: [string, (range: readonly [number, number]) => Record<string, string>][] = [
    ['another version', () => ({ etag: '"v2"' })],
    ['another length', ([from, to]) => ({ 'content-range': `bytes ${from}-${to - 1}/9000000` })],
    [
      'another stretch',
      ([from, to]) => ({ 'content-range': `bytes ${from + 9}-${to - 1}/${clip.length}` }),
    ],
    [
      'a shorter stretch',
      ([from, to]) => ({ 'content-range': `bytes ${from}-${to - 10}/${clip.length}` }),
    ],
  ];
  for (const [name, headers] of contradictions) {
    it(`begins anew over one connection when another one brings ${name}`, async () => {
      // So slow that the first one is not through before another is opened, on any machine.
      server.bytesPerSecond = slow / 4;
      server.instead = (request, response) => {
        if (request.range === undefined) {
          if (request.number > 0) server.bytesPerSecond = 0;
          return false;
        }
        const head = server.head(request);
        response.writeHead(206, { ...head.headers, ...headers(request.range) });
        response.end(other.subarray(...request.range));
        return true;
      };
      await place.download(server.url);
      await place.expectClip(clip);
      assert.equal(ranges().filter((range) => range === undefined).length, 2);
    });
  }

  it('begins anew when another one is answered with a whole other file', async () => {
    server.instead = (request) => {
      if (request.number > 0) {
        server.file = other;
        server.etag = '"v2"';
      }
      return false;
    };
    server.asked.length = 0;
    await place.download(server.url);
    const saved = await readFile(place.file);
    assert.ok(saved.equals(clip) || saved.equals(other), 'two versions were mixed');
  });
});

describe('the judgement whether several connections are worth it', () => {
  /** Plays a file through: `speed` tells what so many connections bring together, in bytes per ms. */
  function play(
    speed: (lines: number, ms: number) => number,
    milliseconds = 4000,
  ): { lines: number[]; advice: SegmentAdvice; clock: () => number } {
    let now = 0;
    const advice = new SegmentAdvice(() => now);
    const left = 100_000_000;
    let bytes = 0;
    let lines = 1;
    const seen: number[] = [];
    advice.opened();
    for (; now < milliseconds; now += 10) {
      const come = speed(lines, now) * 10;
      bytes += come;
      advice.note(come);
      while (lines < 4 && advice.recommends({ ms: now, bytes, left: left - bytes })) {
        lines++;
        advice.opened();
      }
      seen.push(lines);
    }
    return { lines: seen, advice, clock: () => now };
  }

  it('watches one connection first, then tries more', () => {
    const { lines } = play((count) => count * 1000);
    assert.equal(lines[10], 1);
    assert.equal(lines[30], 4);
  });

  it('knows from then on what the server gives to each', () => {
    const { advice } = play((count) => count * 1000);
    assert.equal(advice.recommends({ ms: 0, bytes: 1, left: 50_000_000 }), true);
    assert.equal(advice.recommends({ ms: 0, bytes: 1, left: 1000 }), false);
  });

  it('leaves a full line alone', () => {
    const { advice } = play(() => 10_000);
    assert.equal(advice.recommends({ ms: 1000, bytes: 1e6, left: 50_000_000 }), false);
  });

  it('does not bother with what is here in a moment', () => {
    const { lines } = play(() => 1e6, 90);
    assert.deepEqual(new Set(lines), new Set([1]));
  });

  it('asks again after a while', () => {
    let now = 0;
    const advice = new SegmentAdvice(() => now);
    advice.opened();
    advice.refused();
    assert.equal(advice.recommends({ ms: 1000, bytes: 1e6, left: 5e7 }), false);
    now += 61_000;
    assert.equal(advice.recommends({ ms: 1000, bytes: 1e6, left: 5e7 }), true);
  });

  it('is not deceived for long by a burst at the beginning', () => {
    let now = 0;
    const advice = new SegmentAdvice(() => now);
    const run = (ms: number, perMs: number): void => {
      for (const end = now + ms; now < end; now += 10) advice.note(perMs * 10);
    };
    advice.opened();
    run(250, 40_000);
    assert.equal(advice.recommends({ ms: 250, bytes: 1e7, left: 1e9 }), true);
    for (let more = 0; more < 3; more++) advice.opened();
    run(700, 4000);
    assert.equal(advice.recommends({ ms: 950, bytes: 1e7, left: 1e9 }), false);
    for (let more = 0; more < 3; more++) advice.closed();
    run(900, 1000);
    assert.equal(advice.recommends({ ms: 900, bytes: 1e6, left: 1e9 }), true);
  });
});
