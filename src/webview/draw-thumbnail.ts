import { thumbnailBytes } from './protocol.ts';

/** Pixels; as wide as a thumbnail is shown at most, twice as fine. */
const width = 320;

/** How long a video may take to come to a moment that is worth a picture, in milliseconds. */
const seekMs = 3000;

/** Tried one after the other until one is small enough. */
const qualities = [
  { scale: 1, quality: 0.75 },
  { scale: 1, quality: 0.5 },
  { scale: 0.75, quality: 0.5 },
  { scale: 0.5, quality: 0.4 },
] as const;

/**
 * A small picture of a larger one or of a video, as WebP, or as JPEG where the browser makes no other.
 *
 * @returns nothing where that cannot be made, such as of a video that this browser does not play
 */
export async function drawThumbnail(
  source: string,
  kind: 'image' | 'video',
): Promise<Uint8Array | undefined> {
  try {
    const drawn = await (kind === 'image' ? loadImage(source) : loadFrame(source));
    for (const { scale, quality } of qualities) {
      const blob = await encoded(drawn, Math.round(width * scale), quality);
      if (blob !== undefined && blob.size <= thumbnailBytes) {
        return new Uint8Array(await blob.arrayBuffer());
      }
    }
  } catch {
    // There is none then; the cell goes without.
  }
  return undefined;
}

interface Drawn {
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

async function loadImage(source: string): Promise<Drawn> {
  const image = new Image();
  // Without this nothing of it could be read again.
  image.crossOrigin = 'anonymous';
  image.src = source;
  await image.decode();
  return { image, width: image.naturalWidth, height: image.naturalHeight };
}

async function loadFrame(source: string): Promise<Drawn> {
  const video = document.createElement('video');
  video.crossOrigin = 'anonymous';
  video.muted = true;
  video.preload = 'auto';
  video.src = source;
  await event(video, 'loadeddata');
  // The first frames of many videos are dark; not every server lets one jump about in a file.
  const seeked = event(video, 'seeked');
  video.currentTime = Math.min(1, video.duration / 3);
  await seeked.catch(() => undefined);
  return { image: video, width: video.videoWidth, height: video.videoHeight };
}

function event(video: HTMLVideoElement, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (): void => {
      reject(new Error(`There was no ${name}.`));
    };
    setTimeout(fail, seekMs);
    video.addEventListener('error', fail, { once: true });
    video.addEventListener(
      name,
      () => {
        resolve();
      },
      { once: true },
    );
  });
}

async function encoded(drawn: Drawn, wide: number, quality: number): Promise<Blob | undefined> {
  if (drawn.width === 0 || drawn.height === 0) return undefined;
  const canvas = document.createElement('canvas');
  const scale = Math.min(1, wide / drawn.width, wide / drawn.height);
  canvas.width = Math.max(1, Math.round(drawn.width * scale));
  canvas.height = Math.max(1, Math.round(drawn.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.imageSmoothingQuality = 'high';
  context.drawImage(drawn.image, 0, 0, canvas.width, canvas.height);
  const webp = await blobOf(canvas, 'image/webp', quality);
  return webp?.type === 'image/webp' ? webp : await blobOf(canvas, 'image/jpeg', quality);
}

function blobOf(
  canvas: HTMLCanvasElement,
  type: string,
  quality: number,
): Promise<Blob | undefined> {
  return new Promise((resolve) => {
    canvas.toBlob(
      (blob) => {
        resolve(blob ?? undefined);
      },
      type,
      quality,
    );
  });
}
