import path from 'node:path';

/** Where the renderer's own files lie; in the packaged extension beside the worker. */
export interface AnimaticAssets {
  /** `resvg.wasm`, the SVG renderer. */
  readonly resvgWasm: string;
  /** TrueType files of the bundled family: regular, bold, oblique. The first is the fallback. */
  readonly fonts: readonly string[];
  /**
   * Folders to look in for fonts of scripts that the bundled family lacks (Han, Thai, Devanagari …).
   * Default: the operating system's.
   */
  readonly fontFolders?: readonly string[];
}

/** What drawing needs on disk. */
export interface AnimaticFiles {
  /** The worker's script: `worker.cjs` when bundled, `render-worker.ts` from source. */
  readonly workerFile: string;
  readonly assets: AnimaticAssets;
}

/** Where the build puts them in the extension's folder. */
export function animaticFiles(extensionPath: string): AnimaticFiles {
  const folder = path.join(extensionPath, 'dist', 'animatic');
  return {
    workerFile: path.join(folder, 'worker.cjs'),
    assets: {
      resvgWasm: path.join(folder, 'resvg.wasm'),
      fonts: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSans-Oblique.ttf'].map((file) =>
        path.join(folder, file),
      ),
    },
  };
}
