// Builds what ships (`scripts/bundles.mjs` says what that is). `--watch` rebuilds on change,
// `--production` minifies and drops source maps.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { context } from 'esbuild';
import { bundlesOf } from './scripts/bundles.mjs';

const watch = process.argv.includes('--watch');
const bundles = bundlesOf({ production: process.argv.includes('--production') });
const root = import.meta.dirname;

/** Files that are used as they are: [from node_modules, to dist]. */
const assets = [
  ['@resvg/resvg-wasm/index_bg.wasm', 'animatic/resvg.wasm'],
  ['dejavu-fonts-ttf/ttf/DejaVuSans.ttf', 'animatic/DejaVuSans.ttf'],
  ['dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf', 'animatic/DejaVuSans-Bold.ttf'],
  ['dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf', 'animatic/DejaVuSans-Oblique.ttf'],
  ['dejavu-fonts-ttf/LICENSE', 'animatic/DejaVu-LICENSE.txt'],
];

async function copyAssets() {
  for (const [from, to] of assets) {
    const target = path.join(root, 'dist', to);
    await mkdir(path.dirname(target), { recursive: true });
    await cp(path.join(root, 'node_modules', from), target);
  }
}

if (!watch) await rm(path.join(root, 'dist'), { recursive: true, force: true });
await copyAssets();
const contexts = await Promise.all(
  Object.entries(bundles).map(async ([name, options]) => ({ name, build: await context(options) })),
);
if (watch) {
  await Promise.all(contexts.map(({ build }) => build.watch()));
  console.log('[watch] build finished');
} else {
  for (const { name, build } of contexts) {
    const { metafile } = await build.rebuild();
    if (process.argv.includes('--metafile')) {
      await mkdir(path.join(root, 'out'), { recursive: true });
      await writeFile(path.join(root, 'out', `${name}.meta.json`), JSON.stringify(metafile));
    }
    await build.dispose();
  }
}
