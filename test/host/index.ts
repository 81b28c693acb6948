import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import Mocha from 'mocha';
import { resultsVariable, suiteVariable } from './run-variables.ts';

/** Fills with the stacks of rejections that nobody handles, as far as they come from the extension. */
function ownUnhandledRejections(): readonly string[] {
  const stacks: string[] = [];
  process.on('unhandledRejection', (reason) => {
    const stack = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    // Other extensions run in the same process, and look things up on the internet.
    if (/dist[/\\](extension|vendor)|ScenewrightError/u.test(stack)) stacks.push(stack);
  });
  return stacks;
}

/** Called by VS Code inside the extension host; rejects when a test has failed. */
export async function run(): Promise<void> {
  const output = process.env[resultsVariable];
  const suite = process.env[suiteVariable];
  if (output === undefined || suite === undefined) {
    throw new Error(`${resultsVariable} and ${suiteVariable} have to be set`);
  }
  const mocha = new Mocha({
    timeout: 60_000,
    forbidOnly: true,
    reporter: 'json',
    reporterOptions: { output },
  });
  // Bundled as CommonJS, so this is the folder of the bundled suites.
  const folder = path.join(__dirname, '..', suite);
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    if (name.endsWith('.test.cjs')) mocha.addFile(path.join(folder, name));
  }
  const rejections = ownUnhandledRejections();
  mocha.suite.afterAll('nothing of ours was rejected without being handled', () => {
    assert.deepEqual(rejections, []);
  });
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
