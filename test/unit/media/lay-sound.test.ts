import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EncodedPacket } from 'mediabunny';
import { type ClipSlot, laySound, type SoundFormat } from '../../../src/media/lay-sound.ts';

const sampleRate = 1000;

interface Clip {
  readonly seconds: number;
  /** Where its sound begins, in samples; undefined where it has none. */
  readonly begins: number | undefined;
  readonly packets: number;
}

/** Packets of 20 samples; their first bytes are the clip and their number. */
const samples = 20;

function slotsOf(clips: readonly Clip[]): readonly ClipSlot[] {
  let at = 0;
  return clips.map(({ seconds, begins, packets }, clip) => {
    const slot: ClipSlot = {
      at,
      seconds,
      sound:
        begins === undefined
          ? undefined
          : {
              lead: Math.min(samples, Math.max(0, -begins)) / sampleRate,
              // eslint-disable-next-line @typescript-eslint/require-await
              async *packets() {
                for (let i = 0; i < packets; i++) {
                  const data = Uint8Array.of(1, clip, i >> 8, i & 0xff);
                  const time = (begins + i * samples) / sampleRate;
                  yield new EncodedPacket(data, 'key', time, samples / sampleRate);
                }
              },
            },
    };
    at += seconds;
    return slot;
  });
}

const format: SoundFormat = {
  sampleRate,
  samplesIn: () => samples,
  silence: { packet: Uint8Array.of(0), samples },
  bytesPerSample: undefined,
};

async function laid(clips: readonly Clip[], as: SoundFormat = format): Promise<EncodedPacket[]> {
  const packets: EncodedPacket[] = [];
  for await (const packet of laySound(slotsOf(clips), as)) packets.push(packet);
  return packets;
}

const clip = fc.record({
  seconds: fc.integer({ min: 100, max: 700 }).map((time) => time / 1000),
  begins: fc.option(fc.integer({ min: -50, max: 120 }), { nil: undefined, freq: 3 }),
  packets: fc.integer({ min: 1, max: 60 }),
});
const clips = fc.array(clip, { minLength: 1, maxLength: 30 });

describe('laying the sound of clips one behind the other', () => {
  it('leaves no gap and puts nothing on top of anything, whatever the clips are', async () => {
    await fc.assert(
      fc.asyncProperty(clips, async (all) => {
        const packets = await laid(all);
        const first = Math.round((packets[0]?.timestamp ?? 0) * sampleRate);
        packets.forEach(({ timestamp }, i) => {
          assert.equal(Math.round(timestamp * sampleRate), first + i * samples);
        });
        const film = all.reduce((sum, { seconds }) => sum + seconds, 0) * sampleRate;
        const end = first + packets.length * samples;
        assert.ok(Math.abs(end - film) <= samples, `${end} of ${film}`);
      }),
    );
  });

  it('has every packet within half of one from where its clip wants it', async () => {
    await fc.assert(
      fc.asyncProperty(clips, async (all) => {
        const begins = slotsOf(all).map(({ at }) => at * sampleRate);
        for (const { data, timestamp } of await laid(all)) {
          const [loud, which = 0, high = 0, low = 0] = data;
          if (loud !== 1) continue;
          const wanted =
            (begins[which] ?? 0) + (all[which]?.begins ?? 0) + ((high << 8) | low) * samples;
          const late = timestamp * sampleRate - wanted;
          assert.ok(Math.abs(late) <= samples / 2 + 1, `${late} samples`);
        }
      }),
    );
  });

  it('cuts sound that is not compressed to the sample', async () => {
    const pcm: SoundFormat = {
      ...format,
      samplesIn: ({ byteLength }) => byteLength,
      silence: { packet: Uint8Array.of(7), samples: 1 },
      bytesPerSample: 1,
    };
    await fc.assert(
      fc.asyncProperty(clips, async (all) => {
        const packets = await laid(
          all.map((one) => ({ ...one, begins: one.begins && Math.max(0, one.begins) })),
          pcm,
        );
        const film = Math.round(all.reduce((sum, { seconds }) => sum + seconds, 0) * sampleRate);
        const length = packets.reduce((sum, { byteLength }) => sum + byteLength, 0);
        assert.equal(length, film);
      }),
    );
  });

  it('leaves a hole where no silence can be made, rather than moving what follows', async () => {
    const packets = await laid(
      [
        { seconds: 0.2, begins: 0, packets: 10 },
        { seconds: 0.2, begins: undefined, packets: 0 },
        { seconds: 0.2, begins: 0, packets: 10 },
      ],
      { ...format, silence: undefined },
    );
    assert.equal(packets.length, 20);
    assert.equal(packets[10]?.timestamp, 0.4);
  });
});
