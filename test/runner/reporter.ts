import Mocha, { type MochaOptions, type Runnable, type Runner, type Test } from 'mocha';
import type { Line } from './lines.ts';

/** A Mocha reporter that says each thing as it happens. */
export class LineReporter extends Mocha.reporters.Base {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const { say } = options.reporterOptions as { readonly say: (line: Line) => void };
    const isTest = (runnable: Runnable): boolean => 'type' in runnable && runnable.type === 'test';
    const ended = (
      test: Runnable,
      outcome: 'passed' | 'failed' | 'skipped',
      why?: unknown,
    ): void => {
      const { duration: ms = 0 } = test;
      say({
        kind: 'test',
        title: test.fullTitle(),
        outcome,
        ms,
        ...(why === undefined ? {} : { error: textOf(why) }),
        ...(isTest(test) ? {} : { extra: true }),
      });
    };
    const begun = (runnable: Runnable): void => {
      say({ kind: 'begun', title: runnable.fullTitle(), isTest: isTest(runnable) });
    };
    runner.once('start', () => {
      say({ kind: 'planned', tests: runner.total });
    });
    runner.on('test', begun);
    runner.on('hook', begun);
    runner.on('pass', (test: Test) => {
      ended(test, 'passed');
    });
    runner.on('pending', (test: Test) => {
      ended(test, 'skipped');
    });
    const failed = new Set<Runnable>();
    runner.on('fail', (test: Test, error: unknown) => {
      // What went wrong outside of it does not keep a test from going wrong once more.
      if (failed.has(test)) return;
      failed.add(test);
      ended(test, 'failed', error);
    });
  }
}

/** An error with its stack, its differences and its causes. */
export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stack, cause } = error;
  const text = stack?.includes(error.message) === true ? stack : `${error.message}\n${stack ?? ''}`;
  return cause === undefined ? text : `${text}\ncaused by ${textOf(cause)}`;
}
