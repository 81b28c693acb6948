import { readFile } from 'node:fs/promises';
import type { RenderRequest } from '../../studios/port.ts';
import { Animatic, type AnimaticKit } from './animatic.ts';
import type { AnimaticAssets } from '../animatic-files.ts';
import { ClipEncoder } from './clip-encoder.ts';
import { SystemFonts } from '../fonts/system-fonts.ts';
import { sizes } from './frame-format.ts';
import { Raster } from './raster.ts';
import { SmallPictures } from '../picture/small-pictures.ts';

export interface RenderedAnimatic {
  /** H.264 in an mp4, exactly as long as was asked for. */
  readonly mp4: Uint8Array;
  /** What it looks like, as PNG. */
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
    smallPictures: new SmallPictures(),
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
    for (let i = 0; i < animatic.frameCount; i++) {
      encoder.add(animatic.frameAt(i).bytes);
      onProgress((i + 1) / animatic.frameCount);
    }
    return { mp4: encoder.finish(), poster: animatic.poster() };
  } finally {
    encoder.dispose();
  }
}
