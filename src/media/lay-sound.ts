import { EncodedPacket } from 'mediabunny';
import type { SamplesIn } from './packet-samples.ts';
import type { Silence } from './silence.ts';

/** The sound of a clip on its way into a film; absent where the clip is silent. */
export interface ClipSound {
  /** In order. Their times are from where the clip begins to be shown, in seconds. */
  packets(): AsyncIterable<EncodedPacket>;
  /**
   * How long before the clip its sound begins, but no longer than a packet: what its decoder needs as a
   * run-up; in seconds.
   */
  readonly lead: number;
}

/** The time of a clip in a film, in seconds. */
export interface ClipSlot {
  readonly at: number;
  readonly seconds: number;
  readonly sound: ClipSound | undefined;
}

export interface SoundFormat {
  readonly sampleRate: number;
  readonly samplesIn: SamplesIn;
  /** Absent where none can be made; then holes stay holes. */
  readonly silence: Silence | undefined;
  /** Where the sound is not compressed: how many bytes a sample takes. Such packets may be cut. */
  readonly bytesPerSample: number | undefined;
}

/** Of sound that is not compressed so many samples of silence are put in at once. */
export const longestFiller = 65_536;

/**
 * Lay the packets of all clips one behind the other, as samples come out of a decoder, so that whoever
 * counts them is in time as much as whoever reads the time of each. Packets are whole, so a clip's sound
 * may begin earlier or later than its picture by up to half a packet; each clip is laid by the film's own
 * clock, so that this never adds up. Of packets that lie over the border of two clips the one stays that
 * lies there for the most part; the run-up of a clip goes before what ends under it.
 */
export async function* laySound(
  slots: readonly ClipSlot[],
  { sampleRate, samplesIn, silence, bytesPerSample }: SoundFormat,
): AsyncGenerator<EncodedPacket> {
  /** How far the track is filled, in samples. */
  let written = 0 - Math.round((slots[0]?.sound?.lead ?? 0) * sampleRate);
  const put = (packet: EncodedPacket, samples: number): EncodedPacket => {
    const timestamp = written / sampleRate;
    written += samples;
    return packet.clone({ timestamp, duration: samples / sampleRate });
  };
  function* silent(until: number): Generator<EncodedPacket> {
    if (!silence) return;
    const { packet, samples } = silence;
    if (bytesPerSample !== undefined) {
      while (written < until) {
        const count = Math.min(until - written, longestFiller);
        const data = new Uint8Array(count * packet.length).fill(packet[0] ?? 0);
        yield put(new EncodedPacket(data, 'key', 0, 0), count);
      }
    }
    while (until - written > samples / 2) {
      yield put(new EncodedPacket(packet, 'key', 0, 0), samples);
    }
  }
  for (const [i, { at, seconds, sound }] of slots.entries()) {
    const begin = at * sampleRate;
    const end = Math.round((at + seconds) * sampleRate);
    const lead = Math.round((slots[i + 1]?.sound?.lead ?? 0) * sampleRate);
    const last = bytesPerSample === undefined ? end - lead : end;
    for await (const packet of sound?.packets() ?? []) {
      const wanted = Math.round(begin + packet.timestamp * sampleRate);
      const samples = samplesIn(packet);
      if (wanted > last) break;
      if (bytesPerSample !== undefined) {
        yield* silent(wanted);
        const from = Math.max(0, written - wanted);
        const to = Math.min(samples, last - wanted);
        if (from >= to) continue;
        const data = packet.data.subarray(from * bytesPerSample, to * bytesPerSample);
        yield put(new EncodedPacket(data, 'key', 0, 0), to - from);
        continue;
      }
      if (samples === 0 || wanted < written - samples / 2) continue;
      yield* silent(wanted);
      if (!silence && wanted > written + samples / 2) written = wanted;
      if (written + samples / 2 > last) break;
      yield put(packet, samples);
    }
    yield* silent(last);
  }
}
