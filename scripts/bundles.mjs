// What ships: the extension (CommonJS, `vscode` from the host) with a file for each part of it that is
// imported lazily, the workers that draw animatics and fetch clips, the film page, and the cards of prompts.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { transform } from 'esbuild';

/**
 * Large libraries that most windows never need: each in a file of its own, so that starting VS Code
 * does not wait for them to be compiled. Our own code imports them lazily.
 */
const vendored = ['mediabunny', 'openai', 'undici'];

/**
 * What reads scripts, which most windows have none of: in files of their own, too. Our code imports them
 * like any other, because where a script is read it cannot wait; the file is loaded with the first use.
 */
const deferred = ['mdast-util-from-markdown', 'yaml'];

/** @param {readonly string[]} names */
const oneOf = (names) => new RegExp(`^(${names.join('|')})$`);

/**
 * @param {string} vendor where those files are, seen from the bundle
 * @returns {import('esbuild').Plugin}
 */
const ownFiles = (vendor) => ({
  name: 'own-files',
  setup(build) {
    build.onResolve({ filter: oneOf(vendored) }, ({ path: name }) => ({
      path: `${vendor}/${name}.cjs`,
      external: true,
    }));
    build.onResolve({ filter: oneOf(deferred) }, ({ path: name, namespace }) =>
      namespace === 'deferred'
        ? { path: `${vendor}/${name}.cjs`, external: true }
        : { path: name, namespace: 'deferred' },
    );
    build.onLoad({ filter: /^/, namespace: 'deferred' }, async ({ path: name }) => {
      const names = Object.keys(/** @type {object} */ (await import(name)));
      return {
        contents: `
          let whole;
          for (const name of ${JSON.stringify(names)}) {
            Object.defineProperty(exports, name, {
              enumerable: true,
              get: () => (whole ??= require('${name}'))[name],
            });
          }`,
      };
    });
  },
});

/**
 * Puts the files of a build of ES modules into CommonJS: esbuild splits off what is imported lazily
 * from ES modules alone, and not every editor that takes extensions loads those.
 *
 * @param {import('esbuild').TransformOptions} options
 * @returns {import('esbuild').Plugin}
 */
const asCommonJs = (options) => ({
  name: 'as-common-js',
  setup(build) {
    let last = /** @type {readonly string[]} */ ([]);
    build.onEnd(async ({ outputFiles = [] }) => {
      await Promise.all(last.map((file) => rm(file, { force: true })));
      last = outputFiles.map(({ path: file }) => file);
      for (const { path: file, text } of outputFiles) {
        const { code } = await transform(withPlainExports(text), {
          ...options,
          format: 'cjs',
          // Otherwise `import()` would stay, which not every extension host can rely on.
          supported: { 'dynamic-import': false },
        });
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, code);
      }
    });
  },
});

/**
 * Lets a file of the build export by getters, which read a name at the moment that it is asked for, as modules
 * do. What esbuild writes for that is 400 bytes in each of them. No two of its files import each other.
 *
 * @param {string} text
 */
function withPlainExports(text) {
  const last = /\bexport\s*\{([^{}]*)\};?\s*(?=\/\/# sourceMappingURL|$)/u.exec(text);
  if (last === null) return text;
  const getters = (last[1] ?? '').split(',').flatMap((part) => {
    const [name = '', as = name] = part.trim().split(/\s+as\s+/u);
    return name === '' ? [] : [`get ${as}(){return ${name}}`];
  });
  const rest = text.slice(0, last.index) + text.slice(last.index + last[0].length);
  return `module.exports={${getters.join(',')}};${rest}`;
}

/**
 * @param {{ readonly production: boolean }} options `production` minifies and drops source maps
 * @returns {Record<string, import('esbuild').BuildOptions>}
 */
export function bundlesOf({ production }) {
  /** @satisfies {import('esbuild').CommonOptions} */
  const common = { minify: production, legalComments: 'none' };
  /** @satisfies {import('esbuild').BuildOptions} */
  const shared = {
    ...common,
    absWorkingDir: path.dirname(import.meta.dirname),
    bundle: true,
    sourcemap: production ? false : 'linked',
    logLevel: 'warning',
    metafile: true,
  };
  /** @satisfies {import('esbuild').BuildOptions} */
  const node = { ...shared, platform: 'node', format: 'cjs', target: 'node22' };
  const inline = production ? false : 'inline';
  return {
    extension: {
      ...node,
      entryPoints: ['src/extension.ts'],
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
      format: 'esm',
      splitting: true,
      write: false,
      sourcemap: inline,
      external: ['vscode'],
      plugins: [
        ownFiles('./vendor'),
        asCommonJs({ ...common, platform: 'node', target: node.target, sourcemap: inline }),
      ],
    },
    ...Object.fromEntries(
      [...vendored, ...deferred].map((name) => [
        name,
        { ...node, entryPoints: [name], outfile: `dist/vendor/${name}.cjs`, sourcemap: false },
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
    // Put into the card's HTML as they are, so without a map beside them.
    promptCard: {
      ...shared,
      sourcemap: false,
      platform: 'browser',
      format: 'iife',
      target: 'es2023',
      tsconfig: 'src/webview/tsconfig.json',
      entryPoints: ['src/webview/prompt-card/card.tsx', 'src/webview/prompt-card/card.css'],
      outdir: 'dist/webview/prompt-card',
    },
  };
}
