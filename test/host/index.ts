import { appendFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import Mocha from 'mocha';
import { failureLine, type Line } from '../runner/lines.ts';
import { LineReporter } from '../runner/reporter.ts';
import { onlyVariable, resultsVariable, suiteVariable } from './run-variables.ts';

/**
 * Fills with the stacks of rejections that nobody handles and of warnings of leaks, as far as they
 * come from the extension: others run in the same process, and look things up on the internet.
 */
function ownTroubles(): readonly string[] {
  const stacks: string[] = [];
  const note = (reason: unknown): void => {
    const stack = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    if (/dist[/\\](extension|vendor)|ScenewrightError/u.test(stack)) stacks.push(stack);
  };
  process.on('unhandledRejection', note);
  process.on('warning', note);
  return stacks;
}

/** Called by VS Code inside the extension host; rejects when a test has failed. */
export async function run(): Promise<void> {
  const output = process.env[resultsVariable];
  const suite = process.env[suiteVariable];
  if (output === undefined || suite === undefined) {
    throw new Error(`${resultsVariable} and ${suiteVariable} have to be set`);
  }
  const say = (line: Line): void => {
    appendFileSync(output, `${JSON.stringify(line)}\n`);
  };
  const mocha = new Mocha({
    timeout: 60_000,
    forbidOnly: true,
    reporter: LineReporter,
    reporterOptions: { say },
  });
  // Bundled as CommonJS, so this is the folder of the bundled suites.
  const folder = path.join(__dirname, '..', suite);
  const only = process.env[onlyVariable] ?? '';
  const names = (await readdir(folder, { recursive: true })).filter(
    (name) => name.endsWith('.test.cjs') && name.includes(only),
  );
  if (names.length === 0) {
    say(failureLine('files of tests', `There is none named like “${only}”.`));
    say({ kind: 'over' });
    throw new Error('Nothing was tested.');
  }
  for (const name of names.sort()) mocha.addFile(path.join(folder, name));
  const troubles = ownTroubles();
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  for (const trouble of troubles)
    say(failureLine('nothing of ours leaks or is forgotten', trouble));
  say({ kind: 'over' });
  if (failures + troubles.length > 0) throw new Error('Some tests failed.');
}
