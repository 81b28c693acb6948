import type { H264MP4Encoder } from 'h264-mp4-encoder';
import { framesPerSecond, type Size } from './frame-format.ts';

/** Lower is better and larger (10 to 51); sky gradients stay smooth at this one. */
const quality = 26;

/** 0 is best, 10 fastest; 9 smooths block edges at the same speed as 10. */
const speed = 9;

/** A key frame every two seconds, to seek by. */
const keyFrameDistance = framesPerSecond * 2;

/** Encodes frames to H.264 in an mp4. All clips have the same settings, so they can be joined. */
export class ClipEncoder {
  private readonly encoder: H264MP4Encoder;

  private constructor(encoder: H264MP4Encoder) {
    this.encoder = encoder;
  }

  static async create(size: Size): Promise<ClipEncoder> {
    const encoder = await loadEncoder();
    encoder.width = size.width;
    encoder.height = size.height;
    encoder.frameRate = framesPerSecond;
    encoder.quantizationParameter = quality;
    encoder.speed = speed;
    encoder.groupOfPictures = keyFrameDistance;
    encoder.initialize();
    return new ClipEncoder(encoder);
  }

  /** Planar YUV 4:2:0 of the size given before. */
  add(frame: Uint8Array): void {
    this.encoder.addFrameYuv(frame);
  }

  /** The whole mp4. */
  finish(): Uint8Array {
    this.encoder.finalize();
    return this.encoder.FS.readFile(this.encoder.outputFilename);
  }

  /** Frees its memory, and its file in the module's own file system; call it in any case. */
  dispose(): void {
    const { FS, outputFilename } = this.encoder;
    this.encoder.delete();
    const files = FS.readdir('/') as readonly string[];
    if (files.includes(outputFilename)) FS.unlink(outputFilename);
  }
}

/**
 * The encoder's module installs handlers that end the process on any unhandled error of anybody.
 * They are removed again at once.
 */
async function loadEncoder(): Promise<H264MP4Encoder> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = new Set(
    events.flatMap((event) => process.listeners(event as 'uncaughtException')),
  );
  const { createH264MP4Encoder } = (await import('h264-mp4-encoder')).default;
  for (const event of events) {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!before.has(listener)) process.off(event, listener);
    }
  }
  return createH264MP4Encoder();
}
