import assert from 'node:assert/strict';
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
  type OutputFormat,
} from 'mediabunny';
import { ClipEncoder } from '../../../src/animatic/frames/clip-encoder.ts';

export interface TinyClip {
  readonly width?: number;
  readonly height?: number;
  /** At 12 frames a second. */
  readonly frames?: number;
  /** Brightness of the picture, 0 to 255. */
  readonly luma?: number;
}

/** A small real H.264 clip. */
export async function writeTinyClip(file: string, clip: TinyClip = {}): Promise<string> {
  const { width = 64, height = 64, frames = 12, luma = 120 } = clip;
  const encoder = await ClipEncoder.create({ width, height });
  try {
    const frame = new Uint8Array((width * height * 3) / 2).fill(128);
    for (let i = 0; i < frames; i++) {
      frame.fill((luma + i) % 256, 0, width * height);
      encoder.add(frame);
    }
    await writeFile(file, encoder.finish());
  } finally {
    encoder.dispose();
  }
  return file;
}

/**
 * The clip of `source` with a sound track as long as it says: a hum of 16-bit mono samples, or AAC of
 * 48 kHz that says nothing.
 */
export async function writeWithSound(
  file: string,
  source: string,
  sound: { seconds: number; sampleRate?: number; codec?: 'pcm-s16' | 'aac' },
): Promise<string> {
  const { seconds, sampleRate = 8000, codec = 'pcm-s16' } = sound;
  const input = new Input({ source: new FilePathSource(source), formats: [MP4] });
  const track = await input.getPrimaryVideoTrack();
  const videoConfig = await track?.getDecoderConfig();
  if (!track || !videoConfig) throw new Error('The source has no picture.');
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat(), target });
  const video = new EncodedVideoPacketSource('avc');
  const audio = new EncodedAudioPacketSource(codec);
  output.addVideoTrack(video);
  output.addAudioTrack(audio);
  await output.start();
  for await (const packet of new EncodedPacketSink(track).packets()) {
    await video.add(packet, { decoderConfig: videoConfig });
  }
  if (codec === 'aac') await addQuietAac(audio, seconds);
  const chunk = sampleRate / 10;
  for (let i = 0; codec === 'pcm-s16' && i < seconds * 10; i++) {
    const samples = Int16Array.from({ length: chunk }, (_, k) =>
      Math.round(8000 * Math.sin(k / 6)),
    );
    const packet = new EncodedPacket(new Uint8Array(samples.buffer), 'key', i / 10, 0.1);
    await audio.add(packet, {
      decoderConfig: { codec: 'pcm-s16', sampleRate, numberOfChannels: 1 },
    });
  }
  await output.finalize();
  input.dispose();
  await writeFile(file, new Uint8Array(target.buffer ?? new ArrayBuffer(0)));
  return file;
}

async function addQuietAac(audio: EncodedAudioPacketSource, seconds: number): Promise<void> {
  const duration = 1024 / 48_000;
  const decoderConfig = {
    codec: 'mp4a.40.2',
    sampleRate: 48_000,
    numberOfChannels: 2,
    // AAC-LC, 48 kHz, two channels.
    description: Uint8Array.of(0x11, 0x90),
  };
  const frame = Uint8Array.of(0x21, 0x00, 0x00, 0x00, 0x00, 0x1c);
  for (let i = 0; (i + 1) * duration <= seconds; i++) {
    await audio.add(new EncodedPacket(frame, 'key', i * duration, duration), { decoderConfig });
  }
}

/** The pictures of a clip in another kind of file. */
export async function remade(clip: string, format: OutputFormat): Promise<Buffer> {
  const input = new Input({ source: new FilePathSource(clip), formats: [MP4] });
  const track = await input.getPrimaryVideoTrack();
  const decoderConfig = await track?.getDecoderConfig();
  assert.ok(track && decoderConfig);
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const video = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(video);
  await output.start();
  for await (const packet of new EncodedPacketSink(track).packets()) {
    await video.add(packet, { decoderConfig });
  }
  await output.finalize();
  input.dispose();
  return Buffer.from(target.buffer ?? new ArrayBuffer(0));
}
