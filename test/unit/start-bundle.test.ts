import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { load } from '../../bench/activation.ts';
import { bundlesOf } from '../../scripts/bundles.mjs';

/**
 * Bytes, minified, that starting the extension may load before anybody has asked for anything. A third is
 * what reads scripts, in all the ways and languages that people write them in, after every key stroke.
 */
const mostBytes = 730_000;

describe('the start of the extension', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'start-bundle-'));
    await build({ ...bundlesOf({ production: true }).extension, outdir: folder });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('loads little, and leaves the rest for the first command that needs it', () => {
    const { bytes } = load(path.join(folder, 'extension.cjs'));
    assert.ok(bytes > 100_000, `only ${bytes} bytes were loaded`);
    assert.ok(
      bytes <= mostBytes,
      `${bytes} bytes are loaded at the start: import lazily what a command needs, and libraries as \`import * as\`, so that what is not used of them is left out.`,
    );
  });
});
