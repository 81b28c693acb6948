// Runs npm the way it was started, on every platform, without its chatter.
import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * The npm that runs us, else the one on the PATH. Windows has `npm` as a .cmd file, which only a
 * shell can start, so npm's own JavaScript file is preferred wherever npm tells where it is.
 *
 * @returns {{ file: string, args: string[], shell: boolean }}
 */
function npmProgram() {
  const cli = process.env['npm_execpath'];
  if (cli !== undefined && path.basename(cli) === 'npm-cli.js') {
    return {
      file: process.env['npm_node_execpath'] ?? process.execPath,
      args: [cli],
      shell: false,
    };
  }
  return { file: 'npm', args: [], shell: process.platform === 'win32' };
}

/**
 * @param {readonly string[]} args simple words only: no spaces, no quotes (Windows may need a shell)
 * @param {{ cwd: string, onOutput: (text: string) => void }} options
 * @returns {Promise<void>} rejects with npm's exit code in the message
 */
export function runNpm(args, { cwd, onOutput }) {
  const npm = npmProgram();
  return new Promise((resolve, reject) => {
    const child = spawn(npm.file, [...npm.args, ...args, '--loglevel=error'], {
      cwd,
      shell: npm.shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.setEncoding('utf8').on('data', onOutput);
    child.stderr.setEncoding('utf8').on('data', onOutput);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(' ')} ended with ${String(code ?? signal)}`));
    });
  });
}
