import { readdir } from 'node:fs/promises';
import path from 'node:path';
import Mocha from 'mocha';
import { resultsVariable, suiteVariable } from './run-variables.ts';

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
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
