import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { AnimaticAssets } from '../../src/animatic/animatic-files.ts';

const require = createRequire(import.meta.url);

/** The animatic's worker as it runs from source. */
export const animaticWorkerFile = fileURLToPath(
  new URL('../../src/animatic/render-worker.ts', import.meta.url),
);

/** The animatic's files from `node_modules`, as the build copies them into `dist/animatic`. */
export const animaticAssets: AnimaticAssets = {
  resvgWasm: require.resolve('@resvg/resvg-wasm/index_bg.wasm'),
  fonts: ['DejaVuSans', 'DejaVuSans-Bold', 'DejaVuSans-Oblique'].map((name) =>
    require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
  ),
};
