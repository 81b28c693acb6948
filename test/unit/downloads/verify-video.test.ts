import assert from 'node:assert/strict';
import { type FileHandle, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { verifyVideo } from '../../../src/downloads/verify-video.ts';
import { Parts } from '../../../src/media/parts.ts';
import { mp4, webm } from '../../../fixtures/video-bytes.ts';

describe('telling a whole clip from anything else', () => {
  let folder: string;
  let file: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-verify-'));
    file = path.join(folder, 'clip.part');
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const verify = async (content: string | Uint8Array): ReturnType<typeof verifyVideo> => {
    await writeFile(file, content);
    return await verifyVideo(file);
  };

  const broken = async (content: string | Uint8Array, retryable: boolean): Promise<void> => {
    await assert.rejects(verify(content), (error) => {
      assert.ok(error instanceof ScenewrightError);
      assert.deepEqual([error.code, error.retryable], ['bad-answer', retryable], error.message);
      return true;
    });
  };

  it('accepts an MP4 and knows its length', async () => {
    const clip = mp4(5000, 8);
    assert.deepEqual(await verify(clip), { kind: 'mp4', bytes: clip.length, seconds: 8 });
  });

  it('accepts WebM, of known and of open length', async () => {
    assert.equal((await verify(webm())).kind, 'webm');
    assert.equal((await verify(webm(1000, true))).kind, 'webm');
  });

  it('accepts boxes with long sizes and one that runs to the end', async () => {
    const media = Buffer.alloc(100, 1);
    const long = Buffer.alloc(16);
    long.writeUInt32BE(1, 0);
    long.write('mdat', 4);
    long.writeBigUInt64BE(116n, 8);
    const head = mp4(10).subarray(0, -18);
    assert.equal((await verify(Buffer.concat([head, long, media]))).kind, 'mp4');
    const open = Buffer.concat([head, Buffer.from('\0\0\0\0mdat', 'latin1'), media]);
    assert.equal((await verify(open)).kind, 'mp4');
  });

  it('refuses pages, texts and other files for good', async () => {
    await broken('<!doctype html><title>Not found</title>', false);
    await broken('{"error":"gone"}', false);
    await broken(Buffer.from('RIFF\0\0\0\0WAVEfmt '), false);
  });

  it('asks for an empty file again', async () => {
    await broken('', true);
  });

  it('refuses a clip without pictures', async () => {
    await broken(mp4(0), true);
  });

  it('notices a clip that is cut off anywhere', async () => {
    const clips = [mp4(3000), webm(3000)];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...clips),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        async (clip, at) => {
          await assert.rejects(verify(clip.subarray(0, Math.floor(clip.length * at))));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not mind bytes behind it that are nobody’s', async () => {
    for (const clip of [mp4(), webm()]) {
      for (const more of [
        'more',
        'something else',
        '\0',
        '\0'.repeat(5000),
        '\r\n',
        '--end--\r\n',
      ]) {
        const content = Buffer.concat([clip, Buffer.from(more)]);
        assert.equal((await verify(content)).bytes, content.length);
      }
    }
  });

  it('accepts files that do not begin with what they are', async () => {
    const clip = mp4(5000);
    const [ftyp, rest] = [clip.subarray(0, 24), clip.subarray(24)];
    const wide = Buffer.from('\0\0\0\x08wide', 'latin1');
    const styp = Buffer.from(ftyp);
    styp.write('styp', 4);
    const index = rest.subarray(0, rest.length - 5008);
    const media = rest.subarray(rest.length - 5008);
    for (const parts of [
      [styp, rest],
      [wide, rest],
      [Buffer.from('\0\0\0\x0cfree\0\0\0\0', 'latin1'), ftyp, rest],
      [rest],
      [wide, media, index],
      [media, index],
    ]) {
      assert.equal((await verify(Buffer.concat(parts))).kind, 'mp4');
    }
  });

  it('notices that a fragment is cut off behind whole ones', async () => {
    const moof = Buffer.from('\0\0\0\x10moof\0\0\0\x08mfhd', 'latin1');
    const mdat = Buffer.from('\0\0\0\x0cmdat1234', 'latin1');
    const clip = Buffer.concat([mp4(100), moof, mdat, moof, mdat]);
    assert.equal((await verify(clip)).kind, 'mp4');
    for (let cut = 1; cut < 28; cut++) {
      if (cut === 12) continue;
      await assert.rejects(verify(clip.subarray(0, -cut)), `${cut} bytes less`);
    }
  });

  it('knows other kinds of video by their bytes', async () => {
    const matroska = Buffer.from(webm());
    matroska.write('mkvm', matroska.indexOf('webm'));
    assert.equal((await verify(matroska)).kind, 'mkv');
    const packets = Buffer.alloc(188 * 20);
    for (let at = 0; at < packets.length; at += 188) packets.write('G', at);
    assert.equal((await verify(packets)).kind, 'm2t');
    const avi = Buffer.from('RIFF\x10\0\0\0AVI LIST12345678', 'latin1');
    assert.equal((await verify(avi)).kind, 'avi');
    await broken(avi.subarray(0, -1), true);
    assert.equal((await verify(Buffer.from('FLV\x01\x05\0\0\0\x09', 'latin1'))).kind, 'flv');
  });

  it('refuses one of millions of tiny parts for good, without going through all of them', async () => {
    const boxes = Buffer.alloc(64 * 2 ** 20, '\0\0\0\x08free', 'latin1');
    await broken(Buffer.concat([mp4(), boxes]), false);
    await broken(
      Buffer.concat([webm(1000, false, Buffer.alloc(2 ** 25, '\xec\x80', 'latin1'))]),
      false,
    );
  });

  it('reads tiny parts by the block, and heeds a wish to stop between blocks', async () => {
    const reads: number[] = [];
    const boxes = Buffer.concat([mp4(), Buffer.alloc(2 ** 20, '\0\0\0\x08free', 'latin1')]);
    const stop = new AbortController();
    const handle = {
      read: (bytes: Uint8Array, offset: number, length: number, position: number) => {
        reads.push(position);
        if (reads.length === 10) stop.abort();
        bytes.set(boxes.subarray(position, position + length), offset);
        return Promise.resolve({ bytesRead: length, buffer: bytes });
      },
    } as unknown as FileHandle;
    const parts = new Parts(handle, boxes.length, stop.signal);
    await assert.rejects(
      async () => {
        for await (const box of parts.boxes(0, parts.size)) assert.ok(box.end > box.start - 9);
      },
      { name: 'ScenewrightError', code: 'cancelled' },
    );
    assert.equal(reads.length, 10);
    assert.ok((reads.at(-1) ?? 0) > 100_000, 'thousands of boxes with each read');
  });

  it('says that it was thrown away, and what to do', async () => {
    await assert.rejects(verify('<html>'), /web page\. It was thrown away; retry .+ again\.$/);
  });

  it('never hangs or crashes on nonsense', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
        const beginnings = [mp4().subarray(0, 24), webm().subarray(0, 19)];
        for (const beginning of beginnings) {
          await verify(Buffer.concat([beginning, noise])).then(
            () => undefined,
            (error: unknown) => {
              assert.ok(error instanceof ScenewrightError, String(error));
            },
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
