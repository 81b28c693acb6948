import { readFile } from 'node:fs/promises';
import type { RenderRequest } from '../port.ts';
import { Animatic, type AnimaticKit } from './animatic.ts';
import type { AnimaticAssets } from './assets.ts';
import { ClipEncoder } from './encode.ts';
import { SystemFonts } from './fonts/system.ts';
import { sizes } from './format.ts';
import { encodeJpeg } from './jpeg.ts';
import { Raster } from './raster.ts';

export interface RenderedAnimatic {
  /** H.264 in an mp4, exactly as long as was asked for. */
  readonly mp4: Uint8Array;
  /** One of its frames, as JPEG. */
  readonly poster: Uint8Array;
}

export async function loadKit(assets: AnimaticAssets): Promise<AnimaticKit> {
  const [wasm, ...fonts] = await Promise.all(
    [assets.resvgWasm, ...assets.fonts].map((file) => readFile(file)),
  );
  if (!wasm) throw new Error('The animatic renderer is missing.');
  return {
    raster: await Raster.load(wasm),
    fonts,
    systemFonts: new SystemFonts(assets.fontFolders),
  };
}

/**
 * Draw and encode one scene. Takes the thread for itself until it is done, so it belongs into a
 * worker; `onProgress` is called with 0 to 1 as frames are finished.
 */
export async function renderAnimatic(
  request: RenderRequest,
  kit: AnimaticKit,
  onProgress: (progress: number) => void = () => undefined,
): Promise<RenderedAnimatic> {
  const animatic = new Animatic(request, kit);
  const encoder = await ClipEncoder.create(sizes[request.aspect]);
  try {
    const posterFrame = Math.floor(animatic.frameCount / 3);
    let poster: Uint8Array | undefined;
    for (let i = 0; i < animatic.frameCount; i++) {
      const frame = animatic.frameAt(i);
      encoder.add(frame.bytes);
      if (i === posterFrame) poster = encodeJpeg(frame);
      onProgress((i + 1) / animatic.frameCount);
    }
    if (!poster) throw new Error(`A clip of ${request.seconds} seconds has no frames.`);
    return { mp4: encoder.finish(), poster };
  } finally {
    encoder.dispose();
  }
}
