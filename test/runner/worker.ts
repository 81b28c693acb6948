// A process that runs files of tests, one after the other, as it is told by the pool.
import Mocha from 'mocha';
import { failAtWarnings, rootHooks } from './hooks.ts';
import { failureLine, type Line } from './lines.ts';
import { OpenThings } from './open-things.ts';
import { LineReporter, textOf } from './reporter.ts';

/** What the pool says. */
export type Order =
  | {
      readonly kind: 'run';
      readonly file: string;
      /** For a test that sets none itself. */
      readonly timeoutMs: number;
      /** How long things may take to close. */
      readonly closingMs: number;
    }
  /** Say what is open, and that you are still there. */
  | { readonly kind: 'open' };

/** What the pool hears. */
export type Answer = Line | { readonly kind: 'open'; readonly things: readonly string[] };

const say = (answer: Answer): void => {
  process.send?.(answer);
};
const things = new OpenThings();
failAtWarnings();
let running = false;
process.on('unhandledRejection', (reason) => {
  throw reason;
});
process.on('uncaughtException', (error) => {
  // While tests run Mocha takes it, and lets the running test fail.
  if (!running) say(failureLine('something that went on after its test', textOf(error)));
});

process.on('message', (order: Order) => {
  if (order.kind === 'run') void run(order);
  else say({ kind: 'open', things: things.now() });
});
process.on('disconnect', () => {
  things.close();
  process.exit(1);
});

async function run({ file, timeoutMs, closingMs }: Extract<Order, { kind: 'run' }>): Promise<void> {
  things.mark();
  things.test = file;
  try {
    const mocha = new Mocha({
      timeout: timeoutMs,
      forbidOnly: true,
      checkLeaks: true,
      reporter: LineReporter,
      reporterOptions: { say },
      rootHooks: rootHooks(things),
    });
    mocha.addFile(file);
    await mocha.loadFilesAsync();
    running = true;
    const failed = await new Promise<number>((resolve) => {
      mocha.run(resolve);
    });
    running = false;
    // Or it would go on listening to what becomes of the process.
    mocha.dispose();
    const left = failed === 0 ? await things.left(closingMs) : [];
    if (left.length > 0) say(failureLine(`${file} leaves nothing open`, left.join('\n')));
    if (failed + left.length > 0) things.close();
  } catch (error) {
    say(failureLine(`${file} could not be run`, textOf(error)));
  }
  running = false;
  say({ kind: 'over' });
}
