import type { RootHookObject } from 'mocha';
import type { OpenThings } from './open-things.ts';

/** Warnings that something leaks, or was forgotten. */
const leaks = new Set(['MaxListenersExceededWarning', 'PromiseRejectionHandledWarning']);

/** Let the test that is running fail at a warning that says something about our own code. */
export function failAtWarnings(): void {
  process.on('warning', (warning) => {
    const { name, stack = '' } = warning;
    const own = !/[/\\]node_modules[/\\]/u.test(stack);
    if (leaks.has(name) || (name === 'DeprecationWarning' && own)) throw warning;
  });
}

/** Root hooks for Mocha, by which what a failed test has opened is closed. */
export function rootHooks(things: OpenThings): RootHookObject {
  return {
    beforeEach(this: Mocha.Context) {
      things.test = this.currentTest?.fullTitle() ?? '';
    },
    afterEach(this: Mocha.Context) {
      if (this.currentTest?.isFailed() === true) things.close(this.currentTest.fullTitle());
    },
  };
}
