import { spawn } from 'node:child_process';

/**
 * Run a script with the Node that runs us, its output going to `onOutput`.
 *
 * @throws when it ends with anything but 0
 */
export function runNode(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly onOutput: (text: string) => void;
    /** Statuses that are an answer and no failure. */
    readonly allowed?: readonly number[];
  },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: options.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.setEncoding('utf8').on('data', options.onOutput);
    child.stderr.setEncoding('utf8').on('data', options.onOutput);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code !== null && (code === 0 || options.allowed?.includes(code) === true)) resolve(code);
      else reject(new Error(`${args.join(' ')} ended with ${String(code ?? signal)}`));
    });
  });
}
