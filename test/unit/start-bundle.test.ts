import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { load } from '../../bench/activation.ts';
import { bundlesOf } from '../../scripts/bundles.mjs';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { sampleScript } from './script/sample.ts';

/** Bytes, minified, that starting the extension may load before anybody has asked for anything. */
const mostBytes = 630_000;

describe('the start of the extension', () => {
  const bundles = bundlesOf({ production: true });
  let folder: string;
  before(async () => {
    folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'start-bundle-')));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('loads little, and leaves the rest for the first command that needs it', async () => {
    await build({ ...bundles.extension, outdir: folder });
    const { bytes } = load(path.join(folder, 'extension.cjs'));
    assert.ok(bytes > 100_000, `only ${bytes} bytes were loaded`);
    assert.ok(
      bytes <= mostBytes,
      `${bytes} bytes are loaded at the start: import lazily what a command needs, and libraries as \`import * as\`, so that what is not used of them is left out.`,
    );
  });

  it('loads the libraries that read scripts with the first script, and reads that as ever', async () => {
    const entryPoints = ['src/script/parse/parse-script.ts'];
    await build({ ...bundles.extension, entryPoints, outdir: folder });
    const libraries = ['yaml', 'mdast-util-from-markdown'];
    const fileOf = (name: string): string => path.join(folder, 'vendor', `${name}.cjs`);
    for (const name of libraries) await build({ ...bundles[name], outfile: fileOf(name) });
    const require = createRequire(import.meta.url);
    const loaded = (): boolean[] => libraries.map((name) => fileOf(name) in require.cache);
    const built = require(path.join(folder, 'parse-script.cjs')) as {
      readonly parseScript: typeof parseScript;
    };
    assert.deepEqual(loaded(), [false, false]);
    for (const text of [
      '# No script\n',
      `${sampleScript(3, [0, 1])}\nA *wet* night &amp; day.\n`,
    ]) {
      assert.deepEqual(built.parseScript(text), parseScript(text));
    }
    assert.deepEqual(loaded(), [true, true]);
  });
});
