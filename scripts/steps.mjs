// Prints what a run does, one line a step, and keeps everything else in a log.
import { mkdirSync, appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** How many lines of a failed step's log are shown. */
const tailLines = 30;

const colour = process.stdout.isTTY === true && !('NO_COLOR' in process.env);
const paint = (/** @type {number} */ code, /** @type {string} */ text) =>
  colour ? `\u001b[${code}m${text}\u001b[39m` : text;

export const green = (/** @type {string} */ text) => paint(32, text);
export const red = (/** @type {string} */ text) => paint(31, text);
export const grey = (/** @type {string} */ text) => paint(90, text);

/** A step's own log; `text` is what it holds so far. */
export class Log {
  /** @param {string} name */
  constructor(name) {
    this.file = path.join(root, 'out', 'logs', `${name}.log`);
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(this.file, '');
    this.write = (/** @type {string} */ text) => {
      appendFileSync(this.file, text);
    };
  }

  tail() {
    const lines = readFileSync(this.file, 'utf8').trimEnd().split('\n');
    return lines.slice(-tailLines).join('\n');
  }
}

/** Thrown on by a step that has shown the error itself. */
export class StepFailed extends Error {}

/**
 * Do one step: while it runs a terminal shows its name, afterwards a line says how it went and how
 * long it took. When it fails the error and the end of its log are shown.
 *
 * @template T
 * @param {string} name lower case, a word or two
 * @param {(log: Log) => Promise<{ detail?: string, failed?: boolean, value: T }>} work with `failed`
 *   for what went to its end, but not well
 * @param {(text: string) => void} [say] where the lines go, if they are not to be shown at once
 * @returns {Promise<T>} rejects with StepFailed
 */
export async function step(name, work, say) {
  const write = say ?? ((/** @type {string} */ text) => process.stdout.write(text));
  const isShown = say === undefined && colour;
  const log = new Log(name.replaceAll(/\W+/g, '-'));
  const start = Date.now();
  if (isShown) write(grey(`… ${name}`));
  const finish = (/** @type {string} */ line) => {
    const seconds = (Date.now() - start) / 1000;
    const time = seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0);
    write(`${isShown ? '\r\u001b[K' : ''}${line}  ${grey(`${time} s`)}\n`);
  };
  try {
    const { detail, failed = false, value } = await work(log);
    const sign = failed ? red('✗') : green('✓');
    finish(`${sign} ${name}${detail === undefined ? '' : `  ${detail}`}`);
    return value;
  } catch (error) {
    finish(`${red('✗')} ${name}`);
    const message = error instanceof Error ? error.message : String(error);
    const tail = log.tail();
    const shown = [...(tail === '' ? [] : [tail, '']), red(message), grey(`Log: ${log.file}`)];
    write(`\n${shown.join('\n')}\n\n`);
    throw new StepFailed(`${name} failed`, { cause: error });
  }
}
