import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Ending } from './greedy-client.ts';
import { HostileServer } from './hostile-server.ts';

const run = promisify(execFile);
const program = path.join(import.meta.dirname, 'greedy-client.ts');

/** What any answer may take while it is read, in megabytes; without bounds it is all there is. */
const allowance = 200;

describe('an answer without end or measure', function () {
  this.timeout(120_000);
  let server: HostileServer;

  before(async () => {
    server = await HostileServer.start();
  });

  after(() => server.close());

  /** Ask in a process of its own, which has little memory. */
  async function ask(client: string, ways: readonly string[]): Promise<Ending[]> {
    const flags = ['--max-old-space-size=96', '--expose-gc', '--no-warnings'];
    const { stdout } = await run(
      process.execPath,
      [...flags, program, server.url, client, ...ways],
      {
        timeout: 100_000,
      },
    );
    const endings = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Ending);
    assert.deepEqual(
      endings.map(({ path: way }) => way),
      ways,
    );
    return endings;
  }

  const heads = ['headers', 'header', 'status', 'trailers', 'chunk', 'news', 'redirect'];

  for (const [client, words, expected] of [
    ['writer', ['error', 'json', 'page'], /^(bad-|network)/],
    ['writer', ['stream'], /^(bad-answer|network)/],
    ['writer', heads, /^(bad-|network)/],
    ['poll', ['error-e', 'error-gzip', 'json', ...heads], /^(bad-|network)/],
    [
      'outcome',
      ['error-endless', 'error-deep', 'json-endless', 'redirect'],
      /^(value|bad-|network)/,
    ],
    // What dawdles over the head of an answer has minutes for an order; see `slow.test.ts`.
    ['order', ['json-e', 'json-gzip', 'header', 'trailers', 'redirect'], /^(unclear|bad-answer)/],
    ['order', ['error-endless', 'error-gzip'], /^(bad-input|unclear)/],
    ['list', ['error-endless', 'json-e'], /^value "OpenRouter could not be asked/],
    ['schema', ['error-endless', 'json-e'], /^value "Replicate could not be asked/],
    ['thumbnail', ['image', 'error-endless', ...heads], /^(value|undefined|bad-|network)/],
  ] as const) {
    it(`does not take the memory: ${client} (${words.join(', ')})`, async () => {
      for (const { path: way, how, megabytes } of await ask(client, server.ways(...words))) {
        assert.match(how, expected, way);
        assert.ok(megabytes < allowance, `${way} took ${megabytes} MB`);
      }
    });
  }
});
