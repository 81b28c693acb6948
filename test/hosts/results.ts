import { readFile } from 'node:fs/promises';
import { green, grey, red } from '../../scripts/steps.mjs';

/** What Mocha's JSON reporter writes. */
export interface Results {
  readonly stats: {
    readonly passes: number;
    readonly failures: number;
    readonly pending: number;
  };
  readonly tests: readonly TestResult[];
  readonly failures: readonly TestResult[];
}

interface TestResult {
  readonly fullTitle: string;
  readonly file?: string;
  /** Milliseconds. */
  readonly duration?: number;
  readonly err: { readonly message?: string; readonly stack?: string };
}

/** @throws when the run has left no results, which means that it has crashed. */
export async function readResults(file: string): Promise<Results> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Results;
  } catch (cause) {
    throw new Error('The tests have ended without results.', { cause });
  }
}

/** Such as `12 passed` or `11 passed, 1 failed`. */
export function summaryOf({ stats }: Results): string {
  const parts = [`${stats.passes} passed`];
  if (stats.failures > 0) parts.push(red(`${stats.failures} failed`));
  if (stats.pending > 0) parts.push(`${stats.pending} skipped`);
  return parts.join(', ');
}

/** Every test on a line, as Mocha's own `spec` reporter would; for runs of one kind of tests. */
export function listOf({ tests, failures }: Results): string {
  const failed = new Set(failures.map(({ fullTitle }) => fullTitle));
  return tests
    .map(({ fullTitle, duration }) =>
      failed.has(fullTitle)
        ? `  ${red('✗')} ${fullTitle}`
        : `  ${green('✓')} ${fullTitle}${duration === undefined ? '' : grey(`  ${duration} ms`)}`,
    )
    .join('\n');
}

/** What failed, and why. */
export function failuresOf({ failures }: Results): string {
  return failures
    .map(({ fullTitle, err }) => `${red('✗')} ${fullTitle}\n${err.stack ?? err.message ?? ''}\n`)
    .join('\n');
}
