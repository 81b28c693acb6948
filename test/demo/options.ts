import { parseArgs } from 'node:util';

/** What `npm start` was asked for. */
export interface DemoOptions {
  /** Length of the film in seconds. */
  readonly duration: number;
  /** Whether sheets and stills are drawn. */
  readonly pictures: boolean;
  /** End by itself, with no editor left open. */
  readonly exit: boolean;
}

/** Of the film, in minutes. */
const usual = 3;
const longest = 60;

/** @throws Error that says what there is to ask for */
export function readOptions(words: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      minutes: { type: 'string', default: String(usual) },
      pictures: { type: 'boolean', default: true },
      exit: { type: 'boolean', default: false },
    },
    allowNegative: true,
  });
  const minutes = Number(values.minutes);
  if (!(minutes >= 0.5 && minutes <= longest)) {
    throw new Error(`--minutes ${values.minutes}: a film of half a minute to ${longest} minutes.`);
  }
  const { pictures, exit } = values;
  return { duration: Math.round(minutes * 60), pictures, exit };
}
