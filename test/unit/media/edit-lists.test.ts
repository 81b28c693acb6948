import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EncodedPacketSink, FilePathSource, Input, MP4 } from 'mediabunny';
import { assembleVideo } from '../../../src/media/assemble.ts';
import { readMedia } from '../../../src/media/read.ts';
import { allBoxes, box, type BoxNode, putTogether, takeApart, words } from './boxes.ts';
import { writeTinyClip } from './clips.ts';
import { type PacketSound, soundPackets, writePacketClip } from './packet-clips.ts';

const nowhere = path.join(tmpdir(), 'there-is-no-such-folder', 'ffmpeg');

/** A stretch of a track, in seconds; `from` is absent where nothing is shown. */
interface Edit {
  readonly from?: number;
  readonly seconds: number;
}

describe('what a clip shows by its edit lists, on a machine without ffmpeg', () => {
  let folder: string;
  let plain: string;
  let loud: string;
  let reordered: string;

  const at = (name: string): string => path.join(folder, name);
  const sound: PacketSound = {
    codec: 'aac',
    sampleRate: 48_000,
    samples: 1024,
    packets: 96,
    begins: 0,
  };

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-edits-'));
    // Every picture of it can be decoded by itself.
    plain = await writeTinyClip(at('plain.mp4'), { frames: 24 });
    loud = await writePacketClip(at('loud.mp4'), 'loud', { picture: plain, sound });
    reordered = await writePacketClip(at('reordered.mp4'), 'reordered', {
      picture: plain,
      reordered: true,
    });
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** The clip with other edit lists, by track. */
  async function edited(clip: string, ...tracks: readonly (readonly Edit[])[]): Promise<string> {
    const boxes = takeApart(await readFile(clip));
    const found = (within: readonly BoxNode[], type: string): BoxNode => {
      const one = allBoxes(within).find((box) => box.type === type);
      assert.ok(one, `there is a ${type}`);
      return one;
    };
    const timescaleOf = ({ data }: BoxNode): number => Buffer.from(data).readUInt32BE(12);
    const movie = timescaleOf(found(boxes, 'mvhd'));
    const traks = allBoxes(boxes).filter(({ type }) => type === 'trak');
    tracks.forEach((edits, i) => {
      const trak = traks[i];
      assert.ok(trak);
      const media = timescaleOf(found(trak.children, 'mdhd'));
      const entries = edits.flatMap(({ from, seconds }) => [
        Math.round(seconds * movie),
        from === undefined ? -1 : Math.round(from * media),
        0x10000,
      ]);
      const elst = { type: 'elst', data: words(0, edits.length, ...entries), children: [] };
      trak.children = trak.children.filter(({ type }) => type !== 'edts');
      trak.children.splice(1, 0, { type: 'edts', data: new Uint8Array(), children: [elst] });
    });
    const file = at(`edited-${path.basename(clip)}`);
    await writeFile(file, putTogether(boxes));
    return file;
  }

  async function joined(...files: readonly string[]): Promise<readonly number[]> {
    await assembleVideo(files, at('film.mp4'), { root: folder, ffmpegPath: nowhere });
    const input = new Input({ source: new FilePathSource(at('film.mp4')), formats: [MP4] });
    const track = await input.getPrimaryVideoTrack();
    assert.ok(track);
    const times: number[] = [];
    for await (const { timestamp } of new EncodedPacketSink(track).packets()) {
      times.push(Math.round(timestamp * 12 * 100) / 100);
    }
    input.dispose();
    return times.sort((a, b) => a - b);
  }

  const upTo = (count: number, from = 0): number[] =>
    Array.from({ length: count }, (_, i) => from + i);

  it('leaves out pictures before and behind what is shown, where nothing is built upon them', async () => {
    const clip = await edited(plain, [{ from: 0.25, seconds: 1 }]);
    assert.equal((await readMedia(clip)).seconds, 1);
    assert.deepEqual(await joined(plain, clip, plain), upTo(24 + 12 + 24));
  });

  it('names a clip that shows pictures which are built upon hidden ones', async () => {
    for (const edit of [
      { from: 0.25, seconds: 1 },
      { from: 0, seconds: 16 / 12 },
    ]) {
      const clip = await edited(reordered, [edit]);
      await assert.rejects(
        joined(plain, clip),
        /edited-reordered\.mp4 was cut without being encoded again, .* No video was made.* ffmpeg/,
      );
    }
  });

  it('leaves out what is cut off behind a picture that nothing is built upon', async () => {
    const clip = await edited(reordered, [{ from: 0, seconds: 14 / 12 }]);
    assert.deepEqual(await joined(reordered, clip), upTo(24 + 14));
  });

  it('names a clip of several stretches', async () => {
    const clip = await edited(plain, [
      { from: 0, seconds: 0.5 },
      { from: 1, seconds: 0.5 },
    ]);
    assert.equal((await readMedia(clip)).seconds, 1);
    await assert.rejects(joined(plain, clip), /edited-plain\.mp4 was cut .* No video was made/);
  });

  it('shows the first picture of a clip whose picture comes late from the beginning, with all its sound', async () => {
    const clip = await edited(loud, [{ seconds: 0.5 }, { from: 0, seconds: 2 }]);
    assert.equal((await readMedia(clip)).seconds, 2.5);
    const times = await joined(plain, clip, plain);
    assert.deepEqual(times, [...upTo(25), ...upTo(23, 24 + 7), ...upTo(24, 24 + 30)]);
    const names = (await soundPackets(at('film.mp4'), sound)).flatMap(({ name, number }) =>
      name === undefined ? [] : [number],
    );
    assert.deepEqual(names.slice(0, 5), [0, 1, 2, 3, 4]);
  });

  it('hears nothing of what lies before the sound, but for what its decoder needs', async () => {
    const clip = await edited(loud, [{ from: 0, seconds: 2 }], [{ from: 0.5, seconds: 1.5 }]);
    await joined(plain, clip, plain);
    const packets = await soundPackets(at('film.mp4'), sound);
    const first = packets.find(({ name }) => name !== undefined);
    assert.ok(first);
    assert.ok(Math.abs(first.number - 0.5 * (48_000 / 1024)) <= 1.5, `packet ${first.number}`);
    const late = first.counted - (2 * 48_000 + (first.number * 1024 - 24_000));
    assert.ok(Math.abs(late) <= 512, `${late} samples`);
  });

  it('cuts sound off where its edit list does', async () => {
    const clip = await edited(loud, [{ from: 0, seconds: 2 }], [{ from: 0, seconds: 1 }]);
    await joined(plain, clip, plain);
    const packets = await soundPackets(at('film.mp4'), sound);
    const numbers = packets.flatMap(({ name, number }) => (name === undefined ? [] : [number]));
    assert.ok(Math.abs(numbers.length - 48_000 / 1024) <= 1, `${numbers.length} packets`);
  });

  it('lays sound by the note of Apple’s encoders where there is no edit list', async () => {
    const primed = await writePacketClip(at('primed.mp4'), 'primed', {
      picture: plain,
      sound: { ...sound, packets: 97 },
    });
    const boxes = takeApart(await readFile(primed));
    const moov = boxes.find(({ type }) => type === 'moov');
    moov?.children.push({ type: 'udta', data: gaplessNote(2112), children: [] });
    await writeFile(primed, putTogether(boxes));
    await joined(plain, primed, plain);
    for (const { name, number, counted } of await soundPackets(at('film.mp4'), sound)) {
      if (name === undefined) continue;
      const late = counted - (2 * 48_000 + number * 1024 - 2112);
      assert.ok(Math.abs(late) <= 513, `${late} samples`);
    }
  });
});

/** Such as iTunes writes it. */
function gaplessNote(priming: number): Uint8Array {
  const samples = priming.toString(16).toUpperCase().padStart(8, '0');
  const text = (content: string): Uint8Array => Buffer.from(content, 'latin1');
  const note = box(
    '----',
    box('mean', words(0), text('com.apple.iTunes')),
    box('name', words(0), text('iTunSMPB')),
    box('data', words(1, 0), text(` 00000000 ${samples} 000001C0 0000000000018000`)),
  );
  const handler = box('hdlr', words(0, 0), text('mdirappl'), words(0, 0, 0));
  return box('meta', words(0), handler, box('ilst', note));
}
