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
