import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EncodedPacketSink, FilePathSource, Input, MP4 } from 'mediabunny';
import { type AssembledVideo, assembleVideo } from '../../../src/media/assemble.ts';
import { writeTinyClip } from './clips.ts';
import { type PacketSound, soundPackets, writePacketClip } from './packet-clips.ts';

const nowhere = path.join(tmpdir(), 'there-is-no-such-folder', 'ffmpeg');

describe('the sound of a film that is copied, on a machine without ffmpeg', () => {
  let folder: string;
  let picture: string;

  const at = (name: string): string => path.join(folder, name);

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-clock-'));
    picture = await writeTinyClip(at('picture.mp4'), { frames: 15 });
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** Length of the picture that all clips here have. */
  const seconds = 15 / 12;

  function joined(files: readonly string[]): Promise<AssembledVideo> {
    return assembleVideo(files, at('film.mp4'), { root: folder, ffmpegPath: nowhere });
  }

  /** As encoders make it: a packet before the sound, and as many as it takes to cover the picture. */
  function usual(sampleRate: number, codec: PacketSound['codec'] = 'aac'): PacketSound {
    const samples = codec === 'aac' ? 1024 : 960;
    const packets = Math.ceil((seconds * sampleRate) / samples) + 1;
    return { codec, sampleRate, samples, packets, begins: codec === 'aac' ? -samples : -312 };
  }

  for (const sound of [usual(48_000), usual(44_100), usual(32_000), usual(48_000, 'opus')]) {
    it(`is on its place in the last of 60 clips as in the first (${sound.codec}, ${sound.sampleRate} Hz)`, async () => {
      const loud = await writePacketClip(at('loud.mp4'), 'loud', { picture, sound });
      const silent = await writePacketClip(at('silent.mp4'), 'silent', { picture });
      const files = Array.from({ length: 60 }, (_, i) => (i % 7 === 5 ? silent : loud));
      const { seconds: length } = await joined(files);
      assert.equal(length, 60 * seconds);
      const packets = await soundPackets(at('film.mp4'), sound);
      let clip = -1;
      let last = Infinity;
      for (const packet of packets) {
        assert.equal(packet.counted, packet.timed, 'no gap, nothing on top of each other');
        if (packet.name === undefined) continue;
        if (packet.number < last) {
          clip++;
          while (files[clip] === silent) clip++;
        }
        last = packet.number;
        const wanted =
          clip * seconds * sound.sampleRate + sound.begins + packet.number * sound.samples;
        const late = (packet.counted - wanted) / sound.samples;
        assert.ok(Math.abs(late) <= 0.51, `clip ${clip}: ${late} of a packet`);
      }
      assert.equal(clip, 59);
      const end = ((packets.at(-1)?.counted ?? 0) + sound.samples) / sound.sampleRate;
      assert.ok(Math.abs(end - length) <= sound.samples / sound.sampleRate, `${end} s`);
    });
  }

  it('begins each clip with the run-up that its decoder needs', async () => {
    const sound = usual(48_000);
    const clip = await writePacketClip(at('loud.mp4'), 'loud', { picture, sound });
    await joined([clip, clip, clip]);
    const numbers = (await soundPackets(at('film.mp4'), sound)).map(({ number }) => number);
    assert.equal(numbers.filter((number) => number === 0).length, 3);
  });

  for (const [how, begins] of [
    ['with the picture', 0],
    ['after the second key picture', 48_000],
  ] as const) {
    it(`may be missing in the first clips, whose pictures are reordered, and begin ${how}`, async () => {
      const silent = await writePacketClip(at('silent.mp4'), 'silent', {
        picture,
        reordered: true,
      });
      const sound: PacketSound = { ...usual(48_000), packets: 10, begins };
      const loud = await writePacketClip(at('loud.mp4'), 'loud', {
        picture,
        reordered: true,
        sound,
      });
      await joined([silent, silent, loud]);
      const found = (await soundPackets(at('film.mp4'), sound)).find(({ name }) => name === 'loud');
      const late = (found?.counted ?? 0) - 2 * seconds * 48_000 - begins;
      assert.ok(Math.abs(late) <= sound.samples / 2 + 1, `${late} samples`);
    });
  }

  it('leaves pictures on the grid of their rate, and none of them out', async () => {
    const reordered = await writePacketClip(at('b.mp4'), 'b', { picture, reordered: true });
    const plain = await writePacketClip(at('p.mp4'), 'p', { picture });
    await joined([reordered, plain, reordered]);
    const input = new Input({ source: new FilePathSource(at('film.mp4')), formats: [MP4] });
    const track = await input.getPrimaryVideoTrack();
    assert.ok(track);
    const times: number[] = [];
    for await (const { timestamp } of new EncodedPacketSink(track).packets()) times.push(timestamp);
    input.dispose();
    times.sort((a, b) => a - b);
    assert.equal(times.length, 45);
    times.forEach((time, i) => {
      assert.ok(Math.abs(time - i / 12) < 1e-4, `${i}: ${time} s`);
    });
  });
});
