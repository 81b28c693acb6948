import { green, grey, red } from '../../scripts/steps.mjs';
import type { Line, TestLine } from './lines.ts';

/** The tests of a stage: as many as have said how they went, however it ended. */
export class Results {
  readonly tests: TestLine[] = [];
  private planned = 0;

  add(line: Line): void {
    if (line.kind === 'planned') this.planned += line.tests;
    if (line.kind === 'test') this.tests.push(line);
  }

  get passed(): number {
    return this.count('passed');
  }

  get skipped(): number {
    return this.count('skipped');
  }

  /** Those that were not run, because something before them went wrong, are among them. */
  get failed(): number {
    return this.count('failed') + this.notRun;
  }

  get failures(): readonly TestLine[] {
    return this.tests.filter(({ outcome }) => outcome === 'failed');
  }

  private get notRun(): number {
    return Math.max(0, this.planned - this.tests.filter(({ extra }) => extra !== true).length);
  }

  /** Such as `12 passed` or `11 passed, 1 failed`. */
  get summary(): string {
    const { passed, failed, skipped, notRun } = this;
    const parts = [`${passed} passed`];
    if (failed > 0)
      parts.push(red(`${failed} failed`) + (notRun > 0 ? ` (${notRun} not run)` : ''));
    if (skipped > 0) parts.push(`${skipped} skipped`);
    return parts.join(', ');
  }

  /** Every test on a line; for runs of one kind of tests. */
  get list(): string {
    return this.tests
      .map(({ title, outcome, ms }) => {
        const sign = { passed: green('✓'), failed: red('✗'), skipped: '-' }[outcome];
        return `  ${sign} ${title}${grey(`  ${ms} ms`)}`;
      })
      .join('\n');
  }

  /** What failed, and why. */
  get why(): string {
    return this.failures
      .map(({ title, error = '' }) => `${red('✗')} ${title}\n${error}\n`)
      .join('\n');
  }

  private count(outcome: TestLine['outcome']): number {
    return this.tests.filter((test) => test.outcome === outcome).length;
  }
}
