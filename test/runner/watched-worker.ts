import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { endLine, type Line } from './lines.ts';
import type { Answer, Order } from './worker.ts';

/** How long nothing may be heard, in milliseconds. How long a test may take is Mocha's concern. */
export interface Patience {
  /** Of a process that was asked something. */
  readonly silentMs: number;
  /** Of the tests of a file that is loaded. */
  readonly loadingMs: number;
  /** Of things that are closed after the tests of a file. */
  readonly closingMs: number;
}

export interface WorkerOptions {
  readonly timeoutMs: number;
  readonly onOutput: (text: string) => void;
  readonly patience?: Patience;
  /** Its folder for temporary files. */
  readonly temporary: string;
}

const patient: Patience = { silentMs: 90_000, loadingMs: 180_000, closingMs: 20_000 };
/** How long a process may take to end, in milliseconds. */
const endMs = 10_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A process that runs files of tests, and is ended when it says nothing any more. */
export class WatchedWorker {
  private readonly child: ChildProcess;
  private readonly options: WorkerOptions;
  /** Resolves with how it has ended. */
  private readonly died: Promise<string>;
  private heard: (answer: Answer) => void = () => undefined;

  constructor(options: WorkerOptions) {
    this.options = options;
    const { temporary, onOutput } = options;
    this.child = fork(path.join(import.meta.dirname, 'worker.ts'), {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
      // A group of its own, so that what the tests have started can be ended with it.
      detached: process.platform !== 'win32',
    });
    this.child.stdout?.setEncoding('utf8').on('data', onOutput);
    this.child.stderr?.setEncoding('utf8').on('data', onOutput);
    this.child.on('message', (answer: Answer) => {
      this.heard(answer);
    });
    this.died = once(this.child, 'exit').then(
      ([code, signal]) => `The process has ended by itself (${String(code ?? signal)}).`,
    );
    // Saying something to a process that has just died is no fault: its end is seen.
    this.child.on('error', () => undefined);
    for (const signal of signals) process.once(signal, this.onSignal);
  }

  /** What the tests of a file say. However they end, it says how. */
  async run(file: string): Promise<readonly Line[]> {
    const lines: Line[] = [];
    const { silentMs, loadingMs, closingMs } = this.options.patience ?? patient;
    let open: readonly string[] = [];
    const begun = Date.now();
    let lastHeard = begun;
    const over = new Promise<void>((resolve) => {
      this.heard = (answer) => {
        lastHeard = Date.now();
        if (answer.kind === 'open') open = answer.things;
        else if (answer.kind === 'over') resolve();
        else lines.push(answer);
      };
    });
    const stuck = Promise.withResolvers<string>();
    const watch = setInterval(() => {
      this.say({ kind: 'open' });
      const left = open.length === 0 ? '' : ` Still open: ${open.join('; ')}.`;
      const isLoaded = lines.length > 0;
      const [since, limit] = isLoaded ? [lastHeard, silentMs] : [begun, loadingMs];
      if (Date.now() - since <= limit) return;
      const what = isLoaded ? 'Nothing was heard' : 'It was not loaded';
      stuck.resolve(`${what} for ${limit / 1000} s, so it was ended.${left}`);
    }, silentMs / 20);
    this.say({ kind: 'run', file, timeoutMs: this.options.timeoutMs, closingMs });
    const end = await Promise.race([over, stuck.promise, this.died]);
    if (end !== undefined) this.kill();
    clearInterval(watch);
    if (end !== undefined) lines.push(endLine(lines, file, end));
    return lines;
  }

  /** End it, and all that its tests have started. */
  async end(): Promise<void> {
    for (const signal of signals) process.off(signal, this.onSignal);
    const { child } = this;
    const timer = setTimeout(() => {
      this.kill();
    }, endMs);
    // By itself it ends what is in groups of its own, such as editors.
    if (child.connected) child.disconnect();
    await this.died;
    clearTimeout(timer);
    this.kill();
    // What is left of it may hold these open.
    child.stdout?.destroy();
    child.stderr?.destroy();
  }

  private readonly onSignal = (): void => {
    this.kill();
    process.exit(1);
  };

  private say(order: Order): void {
    if (this.child.connected) this.child.send(order, () => undefined);
  }

  private kill(): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody of it is left.
    }
  }
}
