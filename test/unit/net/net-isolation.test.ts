import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = path.join(import.meta.dirname, '../../..');
const run = promisify(execFile);

/** Uses our own connections and reports what became of the process's. */
const program = `
import http from 'node:http';
import { Http } from ${JSON.stringify(path.join(root, 'src/net/http.ts'))};

const slots = [1, 2].map((version) => Symbol.for('undici.globalDispatcher.' + version));
const look = () => slots.map((slot) => Object.getOwnPropertyDescriptor(globalThis, slot));
const same = (a, b) => a.every((was, index) => {
  const is = b[index];
  return was === undefined ? is === undefined :
    is !== undefined && was.value === is.value && was.configurable === is.configurable;
});

const server = http.createServer((request, response) => response.end('{"served":true}'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = 'http://127.0.0.1:' + server.address().port;

const prepare = process.argv[2];
let dispatched = 0;
if (prepare === 'fetch-first') await (await fetch(url)).text();
if (prepare === 'foreign') {
  const foreign = { dispatch() { dispatched++; throw new Error('not ours to use'); } };
  Object.defineProperty(globalThis, slots[1], { value: foreign, writable: true, configurable: false });
}
const before = look();
const own = new Http({ systemCertificates: false });
const answer = await own.json(url, { signal: new AbortController().signal });
const streamed = await (await own.fetch(url)).json();
const untouched = same(before, look());
let builtIn = 'skipped';
if (prepare !== 'foreign') builtIn = (await (await fetch(url)).json()).served;
await own.close();
server.close();
console.log(JSON.stringify({ answer, streamed, untouched, builtIn, dispatched }));
`;

describe('our connections and those of everyone else in the process', function () {
  this.timeout(60_000);
  let folder: string;
  let source: string;
  let bundle: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-net-'));
    source = path.join(folder, 'program.mts');
    bundle = path.join(folder, 'program.cjs');
    await writeFile(source, program);
    // As the extension is bundled; CommonJS knows no await outside functions.
    const wrapped = path.join(folder, 'wrapped.mts');
    const [imports, body] = program.split('const slots');
    await writeFile(wrapped, `${imports ?? ''}\n(async () => {\nconst slots${body ?? ''}\n})();`);
    await build({
      absWorkingDir: root,
      entryPoints: [wrapped],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      keepNames: true,
      minify: true,
      logLevel: 'silent',
    });
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  for (const kind of ['source', 'bundle'] as const) {
    for (const state of ['fresh', 'fetch-first', 'foreign'] as const) {
      it(`are apart: ${kind}, ${state}`, async () => {
        const file = kind === 'source' ? source : bundle;
        const { stdout } = await run(process.execPath, [file, state]);
        assert.deepEqual(JSON.parse(stdout), {
          answer: { served: true },
          streamed: { served: true },
          untouched: true,
          builtIn: state === 'foreign' ? 'skipped' : true,
          dispatched: 0,
        });
      });
    }
  }

  it('go through one door: only src/net/undici.ts imports undici', async () => {
    const files = await readdir(path.join(root, 'src'), { recursive: true });
    const importers: string[] = [];
    for (const file of files.filter((name) => /\.tsx?$/.test(name))) {
      const text = await readFile(path.join(root, 'src', file), 'utf8');
      if (/from 'undici|import\('undici|require\('undici/.test(text)) importers.push(file);
    }
    assert.deepEqual(importers, [path.join('net', 'undici.ts')]);
  });
});
