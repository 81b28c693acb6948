// Builds what ships: the extension (CommonJS, `vscode` from the host), the workers that draw animatics
// and fetch clips, and the progress page. `--watch` rebuilds on change, `--production` minifies and drops source maps.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { context } from 'esbuild';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const root = import.meta.dirname;

/** @type {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  metafile: true,
  legalComments: 'none',
};

/** @type {import('esbuild').BuildOptions} */
const node = { ...shared, platform: 'node', format: 'cjs', target: 'node22' };

/**
 * Large libraries that most windows never need: each in a file of its own, so that starting VS Code
 * does not wait for them to be compiled. Our own code imports them lazily.
 */
const lazily = ['mediabunny', 'openai', 'undici'];

/**
 * @param {string} vendor where those files are, seen from the bundle
 * @returns {import('esbuild').Plugin}
 */
const ownFiles = (vendor) => ({
  name: 'own-files',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(${lazily.join('|')})$`) }, ({ path: name }) => ({
      path: `${vendor}/${name}.cjs`,
      external: true,
    }));
  },
});

/** @type {Record<string, import('esbuild').BuildOptions>} */
const bundles = {
  extension: {
    ...node,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.cjs',
    external: ['vscode'],
    plugins: [ownFiles('./vendor')],
  },
  ...Object.fromEntries(
    lazily.map((name) => [
      name,
      {
        ...node,
        entryPoints: [name],
        outfile: `dist/vendor/${name}.cjs`,
        sourcemap: false,
      },
    ]),
  ),
  animatic: {
    ...node,
    entryPoints: ['src/animatic/render-worker.ts'],
    outfile: 'dist/animatic/worker.cjs',
  },
  downloads: {
    ...node,
    entryPoints: ['src/downloads/worker.ts'],
    outfile: 'dist/downloads/worker.cjs',
    plugins: [ownFiles('../vendor')],
  },
  webview: {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    tsconfig: 'src/webview/tsconfig.json',
    entryPoints: ['src/webview/page.tsx', 'src/webview/page.css'],
    outdir: 'dist/webview',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
};

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
