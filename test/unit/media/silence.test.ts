import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AudioCodec, EncodedPacket } from 'mediabunny';
import { silenceFor } from '../../../src/media/silence.ts';
import { hasFfmpeg } from './fake-ffmpeg.ts';

function silent(
  codec: AudioCodec,
  numberOfChannels: number,
  sampleRate: number,
  like: readonly number[],
  name = 'mp4a.40.2',
): { packet: Uint8Array; samples: number } | undefined {
  const packet = new EncodedPacket(Uint8Array.from(like), 'key', 0, 0);
  return silenceFor(codec, { codec: name, numberOfChannels, sampleRate }, packet);
}

/** The beginning of a frame of AC-3, as encoders write it. */
const ac3 = (rate: number, size: number, mode: number, more = 0): number[] => [
  ...[0x0b, 0x77, 0, 0, (rate << 6) | size, 0x40, mode, more],
];

/** Sums up as decoders check it; zero where all is well. */
function crc16(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const carry = (sum >> 15) ^ ((byte >> bit) & 1);
      sum = ((sum << 1) & 0xffff) ^ (carry ? 0x8005 : 0);
    }
  }
  return sum;
}

describe('silence made without an encoder', () => {
  const modes: readonly (readonly [name: string, mode: number, more: number])[] = [
    ['mono', 0b001_0_0000, 0],
    ['stereo', 0b010_00_0_00, 0],
    ['five channels and low effects', 0b111_00_00_1, 0],
    ['two languages', 0b000_0_0000, 0],
  ];
  for (const [name, mode, more] of modes) {
    it(`is a frame of AC-3 of the same size whose checksums are right (${name})`, () => {
      for (const [rate, size, bytes] of [
        [0, 20, 768],
        [0, 36, 2560],
        [1, 20, 834],
        [1, 21, 836],
        [2, 10, 480],
      ] as const) {
        const made = silent('ac3', 2, 48_000, ac3(rate, size, mode, more));
        assert.ok(made);
        assert.deepEqual([made.packet.length, made.samples], [bytes, 1536]);
        const words = bytes / 2;
        const first = ((words >> 1) + (words >> 3)) * 2;
        assert.equal(crc16(made.packet.subarray(2, first)), 0);
        assert.equal(crc16(made.packet.subarray(2)), 0);
      }
    });
  }

  it('is as long as a packet of the codec', () => {
    assert.equal(silent('opus', 2, 48_000, [])?.samples, 960);
    assert.equal(silent('mp3', 2, 48_000, [0xff, 0xfb, 0x94, 0x40])?.packet.length, 384);
    assert.equal(silent('mp3', 1, 22_050, [0xff, 0xf3, 0x80, 0xc0])?.samples, 576);
    assert.equal(silent('pcm-u8', 1, 8000, [], 'pcm-u8')?.packet[0], 0x80);
  });

  it('is not made where that takes an encoder', () => {
    assert.equal(silent('vorbis', 2, 48_000, [], 'vorbis'), undefined);
    assert.equal(silent('aac', 2, 48_000, [], 'mp4a.40.5'), undefined);
    assert.equal(silent('aac', 7, 48_000, []), undefined);
    assert.equal(silent('mp3', 2, 48_000, [1, 2, 3, 4]), undefined);
    assert.equal(silent('ac3', 2, 48_000, [1, 2, 3, 4]), undefined);
  });

  describe('is silence to a decoder, which has nothing to say:', function () {
    this.timeout(30_000);
    let folder: string;

    before(async function () {
      if (!hasFfmpeg) this.skip();
      folder = await mkdtemp(path.join(tmpdir(), 'scenewright-silence-'));
    });

    after(async () => {
      if (hasFfmpeg) await rm(folder, { recursive: true, force: true });
    });

    async function expectSilence(name: string, frame: Uint8Array, samples: number): Promise<void> {
      const file = path.join(folder, name);
      await writeFile(file, Buffer.concat(Array.from({ length: 20 }, () => Buffer.from(frame))));
      const args = ['-v', 'error', '-err_detect', 'crccheck', '-i', file, '-f', 's16le', 'pipe:1'];
      const run = spawnSync('ffmpeg', args);
      assert.equal(run.stderr.toString(), '');
      assert.ok(run.stdout.length >= 18 * samples * 2, `${run.stdout.length} bytes`);
      assert.ok(run.stdout.every((byte) => byte === 0));
    }

    for (const channels of [1, 2, 3, 4, 5, 6, 8]) {
      it(`AAC of ${channels} channels`, async () => {
        const description = Uint8Array.of(0x11, 0x80 | ((channels === 8 ? 7 : channels) << 3));
        const like = new EncodedPacket(new Uint8Array(4), 'key', 0, 0);
        const config = { codec: 'mp4a.40.2', numberOfChannels: channels, sampleRate: 48_000 };
        const made = silenceFor('aac', { ...config, description }, like);
        assert.ok(made);
        const setting = channels === 8 ? 7 : channels;
        const length = made.packet.length + 7;
        const adts = [
          ...[0xff, 0xf1, 0x4c | (setting >> 2), ((setting & 3) << 6) | (length >> 11)],
          ...[(length >> 3) & 0xff, ((length & 7) << 5) | 0x1f, 0xfc],
        ];
        await expectSilence(`${channels}.aac`, Uint8Array.from([...adts, ...made.packet]), 1024);
      });
    }

    for (const [name, mode, more] of modes) {
      it(`AC-3, ${name}`, async () => {
        const made = silent('ac3', 2, 48_000, ac3(0, 20, mode, more));
        assert.ok(made);
        await expectSilence('frame.ac3', made.packet, 1536);
      });
    }

    it('MP3', async () => {
      const made = silent('mp3', 2, 48_000, [0xff, 0xfb, 0x94, 0x40]);
      assert.ok(made);
      await expectSilence('frame.mp3', made.packet, 1152);
    });
  });
});
