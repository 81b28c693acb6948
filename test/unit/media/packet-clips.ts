import { writeFile } from 'node:fs/promises';
import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';

export interface PacketClip {
  /** An H.264 clip whose pictures are taken. */
  readonly picture: string;
  /** Whether pictures are stored as with B-frames, in another order than they are shown. */
  readonly reordered?: boolean;
  readonly sound?: PacketSound;
}

export interface PacketSound {
  readonly codec: 'aac' | 'opus';
  readonly sampleRate: number;
  readonly samples: number;
  /** How many packets there are, and when the first one begins, in samples. */
  readonly packets: number;
  readonly begins: number;
}

/**
 * A clip that nobody decodes: each packet of its sound carries the name of the clip and its number, by
 * which it is known again wherever it is copied to.
 */
export async function writePacketClip(
  file: string,
  name: string,
  clip: PacketClip,
): Promise<string> {
  const input = new Input({ source: new FilePathSource(clip.picture), formats: [MP4] });
  const track = await input.getPrimaryVideoTrack();
  const decoderConfig = await track?.getDecoderConfig();
  if (!track || !decoderConfig) throw new Error('The source has no picture.');
  const target = new BufferTarget();
  // The index is last, so that it may grow without moving what it points to.
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: false }), target });
  const video = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(video, { decoderConfig });
  const { sound } = clip;
  const audio = sound && new EncodedAudioPacketSource(sound.codec);
  if (audio) output.addAudioTrack(audio, { decoderConfig: configOf(sound) });
  await output.start();
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  for (const [i, packet] of packets.entries()) {
    if (!clip.reordered) {
      await video.add(packet);
      continue;
    }
    const type = i % group === 0 ? 'key' : 'delta';
    const { timestamp, duration } = packets[shownAs(i, packets.length)] ?? packet;
    await video.add(new EncodedPacket(packet.data, type, timestamp, duration));
  }
  for (let i = 0; sound && i < sound.packets; i++) {
    const at = (sound.begins + i * sound.samples) / sound.sampleRate;
    const data = Buffer.concat([head(sound), Buffer.from(`${name}:${i};`)]);
    await audio?.add(new EncodedPacket(data, 'key', at, sound.samples / sound.sampleRate));
  }
  await output.finalize();
  input.dispose();
  await writeFile(file, new Uint8Array(target.buffer ?? new ArrayBuffer(0)));
  return file;
}

/** Pictures from one key picture to the next. */
const group = 7;

/** I P B B P B B: each P is stored before the two B that are shown before it. */
function shownAs(i: number, count: number): number {
  const place = i % group;
  if (place === 0 || i + group - place > count) return i;
  return place % 3 === 1 ? i + 2 : i - 1;
}

/** What is read of a packet to tell how long it lasts. */
function head({ codec }: PacketSound): Buffer {
  return codec === 'opus' ? Buffer.from([0xfc]) : Buffer.from([0x21]);
}

function configOf({ codec, sampleRate }: PacketSound): AudioDecoderConfig {
  if (codec === 'opus') return { codec: 'opus', sampleRate, numberOfChannels: 2 };
  // AAC-LC of two channels; the rate is the index in between.
  const index = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000].indexOf(sampleRate);
  const bits = (2 << 11) | (index << 7) | (2 << 3);
  return {
    codec: 'mp4a.40.2',
    sampleRate,
    numberOfChannels: 2,
    description: Uint8Array.of(bits >> 8, bits & 0xff),
  };
}

/** What a film has in its sound track, in order, by how many samples a decoder makes of each packet. */
export interface FilmPacket {
  /** The clip and number that a packet bears; undefined for silence. */
  readonly name: string | undefined;
  readonly number: number;
  /** When it begins for one who counts samples, and for one who reads times; in samples. */
  readonly counted: number;
  readonly timed: number;
}

export async function soundPackets(
  film: string,
  { samples, sampleRate }: { readonly samples: number; readonly sampleRate: number },
): Promise<readonly FilmPacket[]> {
  const input = new Input({ source: new FilePathSource(film), formats: [MP4] });
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw new Error('The film has no sound.');
  const all: FilmPacket[] = [];
  let first: number | undefined;
  for await (const { data, timestamp } of new EncodedPacketSink(track).packets()) {
    const [, name, number] = /([a-z]+):(\d+);/.exec(Buffer.from(data).toString('latin1')) ?? [];
    const timed = Math.round(timestamp * sampleRate);
    first ??= timed;
    all.push({ name, number: Number(number), counted: first + all.length * samples, timed });
  }
  input.dispose();
  return all;
}
