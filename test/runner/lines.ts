/** What a process that runs tests says, one line at a time, so that nothing is lost when it dies. */
export type Line =
  | { readonly kind: 'planned'; readonly tests: number }
  /** A test or a hook begins. */
  | { readonly kind: 'begun'; readonly title: string; readonly isTest: boolean }
  | TestLine
  /** All tests of this file, or of this host, have been run. */
  | { readonly kind: 'over' };

export interface TestLine {
  readonly kind: 'test';
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Milliseconds. */
  readonly ms: number;
  /** Why it failed. */
  readonly error?: string;
  /** A hook, or something around the tests, which was not planned as a test. */
  readonly extra?: true;
}

/** A failure around the tests. */
export function failureLine(title: string, error: string): TestLine {
  return { kind: 'test', title, outcome: 'failed', ms: 0, error, extra: true };
}

/** The failure of a process that says nothing any more: of the test that was running, if one was. */
export function endLine(said: readonly Line[], otherwise: string, error: string): TestLine {
  const last = said.findLast((line) => line.kind === 'begun' && line.isTest);
  const title = last?.kind === 'begun' ? last.title : undefined;
  const hasEnded = said.some((line) => line.kind === 'test' && line.title === title);
  if (title === undefined || hasEnded) return failureLine(otherwise, error);
  return { kind: 'test', title, outcome: 'failed', ms: 0, error };
}
