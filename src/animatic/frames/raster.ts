import { Resvg, initWasm } from '@resvg/resvg-wasm';
import { familyName } from '../fonts/typeface.ts';
import type { Size } from './frame-format.ts';
import { isOpaque } from './pixels.ts';
import { opaquePng } from './png-file.ts';

/** A rectangle of the frame, in whole pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels in rows, four bytes each: red, green, blue (premultiplied), alpha. */
export interface Picture {
  readonly box: Box;
  readonly rgba: Uint8Array;
}

/** Turns SVG into pixels. The renderer is one per thread, so is this. */
export class Raster {
  private constructor() {
    // Made by `load` only, once the renderer is there.
  }

  static async load(wasm: Uint8Array): Promise<Raster> {
    try {
      await initWasm(wasm);
    } catch (error) {
      // A second load in the same thread is refused, and not needed.
      if (!(error instanceof Error && /already initialized/i.test(error.message))) throw error;
    }
    return new Raster();
  }

  /** Draw what of `svg` (elements without the root, in pixels of the frame) lies in the box; in another size where one is given. */
  draw(svg: string, box: Box, fonts: readonly Uint8Array[], size: Size = box): Picture {
    return render(svg, box, size, fonts, (image) => ({
      box: { ...box, width: size.width, height: size.height },
      rgba: image.pixels,
    }));
  }

  /** Draw the same as a PNG file of another size, in whole pixels. */
  png(svg: string, box: Box, size: Size, fonts: readonly Uint8Array[]): Uint8Array {
    return render(svg, box, size, fonts, (image) => {
      const rgba = image.pixels;
      return isOpaque(rgba) ? opaquePng({ ...size, rgba }) : image.asPng();
    });
  }
}

function render<T>(
  svg: string,
  { x, y, width, height }: Box,
  size: Size,
  fonts: readonly Uint8Array[],
  take: (image: ReturnType<InstanceType<typeof Resvg>['render']>) => T,
): T {
  const document = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="${x} ${y} ${width} ${height}">${svg}</svg>`;
  const renderer = new Resvg(document, {
    font: { fontBuffers: [...fonts], defaultFontFamily: familyName },
  });
  try {
    const image = renderer.render();
    try {
      return take(image);
    } finally {
      image.free();
    }
  } finally {
    renderer.free();
  }
}
