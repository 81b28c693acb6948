import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MkvOutputFormat, MovOutputFormat, Mp4OutputFormat, type OutputFormat } from 'mediabunny';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { assembleVideo } from '../../../src/media/assemble.ts';
import { openMedia, readMedia } from '../../../src/media/read.ts';
import { allBoxes, box, type BoxNode, putTogether, takeApart, words } from './boxes.ts';
import { remade, writeTinyClip, writeWithSound } from './clips.ts';

const many = 0xffff_fff0;

describe('a clip that is made to hold up its reader', function () {
  this.timeout(60_000);
  let folder: string;
  let plain: Buffer;
  let fragmented: Buffer;

  const at = (name: string): string => path.join(folder, name);

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-hostile-'));
    plain = await readFile(await writeTinyClip(at('clip.mp4'), { frames: 48 }));
    fragmented = await remade(at('clip.mp4'), new Mp4OutputFormat({ fastStart: 'fragmented' }));
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** The clip with something done to the boxes of one type. */
  function changed(clip: Buffer, type: string, change: (one: BoxNode) => void): Buffer {
    const boxes = takeApart(clip);
    const found = allBoxes(boxes).filter((one) => one.type === type);
    assert.ok(found.length > 0, `there is a ${type}`);
    found.forEach(change);
    return putTogether(boxes);
  }

  async function refused(clip: Buffer): Promise<void> {
    await writeFile(at('hostile.mp4'), clip);
    const before = process.memoryUsage().rss;
    const started = process.cpuUsage();
    await assert.rejects(readMedia(at('hostile.mp4')), (error) => {
      assert.ok(error instanceof ScenewrightError);
      assert.equal(error.code, 'bad-input');
      assert.match(error.message, /^hostile\.mp4 cannot be read as a video \(.+\)\.$/);
      return true;
    });
    await assert.rejects(
      assembleVideo([at('hostile.mp4'), at('clip.mp4')], at('film.mp4'), { root: at('') }),
    );
    const { user, system } = process.cpuUsage(started);
    assert.ok((user + system) / 1e6 < 15, `${(user + system) / 1e6} s`);
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 512 * 2 ** 20, `${grown} bytes`);
  }

  describe('is refused before it is read, when', () => {
    it('its times count more pictures than there are, out of order', async () => {
      await refused(
        changed(plain, 'stbl', ({ children }) => {
          for (const one of children) if (one.type === 'stts') one.data = words(0, 1, many, 1);
          children.push({ type: 'ctts', data: words(0, 1, 1, 0), children: [] });
        }),
      );
    });

    it('its order is told of more pictures than there are', async () => {
      await refused(
        changed(plain, 'stbl', ({ children }) => {
          children.push({ type: 'ctts', data: words(0, 1, many, 0), children: [] });
        }),
      );
    });

    it('a table has more entries than room', async () => {
      for (const type of ['stts', 'stsz', 'stsc', 'stco']) {
        const place = type === 'stsz' ? 8 : 4;
        await refused(
          changed(plain, type, (one) => {
            const data = Buffer.from(one.data);
            if (type === 'stsz') data.writeUInt32BE(0, 4);
            data.writeUInt32BE(many, place);
            one.data = data;
          }),
        );
      }
    });

    it('its sizes take no room at all', async () => {
      await refused(
        changed(plain, 'stsz', (one) => {
          one.type = 'stz2';
          one.data = words(0, 0, many);
        }),
      );
    });

    it('one piece of the file is said to hold all pictures there could be', async () => {
      await refused(
        changed(plain, 'stsc', (one) => {
          one.data = words(0, 1, 1, many, 1);
        }),
      );
    });

    it('a fragment counts pictures of which it says nothing', async () => {
      await refused(
        changed(fragmented, 'trun', (one) => {
          one.data = words(0, many);
        }),
      );
    });

    it('boxes stand where they do not belong', async () => {
      const depth = 100_000;
      const nested = Buffer.concat([
        ...Array.from({ length: depth }, (_, i) => {
          const head = words((depth - i) * 8 + 24, 0);
          head.write('mdia', 4, 'latin1');
          return head;
        }),
        box('stts', words(0, 1, many, 1)),
      ]);
      await refused(
        changed(plain, 'trak', (one) => {
          one.children.push({ type: 'mdia', data: nested, children: [] });
        }),
      );
    });

    it('it says that it lasts for ages, which silence would have to fill', async () => {
      await refused(
        changed(plain, 'stts', (one) => {
          one.data = words(0, 1, 48, many);
        }),
      );
    });

    it('its picture is larger than any', async () => {
      await refused(
        changed(plain, 'stsd', (one) => {
          const data = Buffer.from(one.data);
          data.writeUInt32BE(0xffff_ffff, 40);
          one.data = data;
        }),
      );
    });

    it('it has two tables of one kind', async () => {
      await refused(
        changed(plain, 'stbl', ({ children }) => {
          children.push({ type: 'stts', data: words(0, 1, many, 1), children: [] });
        }),
      );
    });
  });

  it('is not led astray by what it says of its own fragments', async () => {
    const table = allBoxes(takeApart(fragmented)).find(({ type }) => type === 'tfra');
    assert.ok(table, 'there is a table of fragments');
    // A fragment that promises everything, where only the table and no box leads to.
    const trap = box('moof', box('traf', box('tfhd', words(0, 1)), box('trun', words(0, many))));
    const boxes = takeApart(fragmented).filter(({ type }) => type !== 'mfra');
    const place = putTogether(boxes).length + 8;
    const entries = Buffer.alloc(11);
    entries.writeUInt32BE(0, 0);
    entries.writeUInt32BE(place, 4);
    const lie = box('mfra', box('tfra', words(0, 1, 0, 1), entries), box('mfro', words(0, 0)));
    lie.writeUInt32BE(lie.length, lie.length - 4);
    await writeFile(at('trap.mp4'), Buffer.concat([putTogether(boxes), box('free', trap), lie]));
    await writeFile(at('hidden.mp4'), Buffer.concat([putTogether(boxes), box('free', trap, lie)]));
    assert.equal((await readMedia(at('trap.mp4'))).seconds, 4);
    assert.equal((await readMedia(at('hidden.mp4'))).seconds, 4);
  });

  it('is not joined where it jumps in time', async () => {
    let first = true;
    const clip = changed(fragmented, 'tfdt', (one) => {
      if (first) one.data = words(one.data[0] === 1 ? 0x0100_0000 : 0, 0x7000_0000, 0);
      first = false;
    });
    await writeFile(at('jump.mp4'), clip);
    await assert.rejects(
      assembleVideo([at('jump.mp4'), at('clip.mp4')], at('film.mp4'), { root: at('') }),
      {
        name: 'ScenewrightError',
        code: 'bad-input',
      },
    );
  });

  it('made of tiny boxes is read a block at a time, and not to its end', async () => {
    const clip = Buffer.concat([plain, Buffer.alloc(64 * 2 ** 20, '\0\0\0\x08free', 'latin1')]);
    await refused(clip);
  });

  it('is refused with anything behind it that is no part of it, as WebM', async () => {
    // A reader that looks for a way on there never comes back.
    const film = await remade(at('clip.mp4'), new MkvOutputFormat({ appendOnly: true }));
    for (const junk of [8, 12, 1000]) await refused(Buffer.concat([film, Buffer.alloc(junk)]));
    await refused(Buffer.concat([film, Buffer.from('\xecjunk', 'latin1')]));
  });

  it('is let go when somebody asks for that', async () => {
    await writeFile(at('hostile.mp4'), plain);
    await assert.rejects(openMedia(at('hostile.mp4'), AbortSignal.abort()), {
      name: 'ScenewrightError',
      code: 'cancelled',
    });
  });

  it('does not make others suspect: files of every kind are read as before', async () => {
    const formats: readonly OutputFormat[] = [
      new Mp4OutputFormat({ fastStart: 'in-memory' }),
      new Mp4OutputFormat({ fastStart: false }),
      new Mp4OutputFormat({ fastStart: 'fragmented' }),
      new MovOutputFormat(),
      new MkvOutputFormat(),
      new MkvOutputFormat({ appendOnly: true }),
    ];
    for (const format of formats) {
      await writeFile(at('other.mp4'), await remade(at('clip.mp4'), format));
      const { seconds, width } = await readMedia(at('other.mp4'));
      assert.ok(Math.abs(seconds - 4) < 0.1, `${format.mimeType}: ${seconds} s`);
      assert.equal(width, 64);
    }
    for (const codec of ['pcm-s16', 'aac'] as const) {
      await writeWithSound(at('loud.mp4'), at('clip.mp4'), { seconds: 100, codec });
      assert.equal((await readMedia(at('loud.mp4'))).hasAudio, true);
    }
  });
});
