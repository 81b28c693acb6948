import type { Asked } from './chat-request.ts';

/** How long a text is wanted, as the prompt has it in words: the model does as it is told. */

const numbers: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
};

/** What the prompt says of a field; empty where it says nothing. */
function saidOf(key: string, { text }: Asked): string {
  return new RegExp(`^- ${key}: (.*)$`, 'mu').exec(text)?.[1] ?? '';
}

/** Whether the prompt wants nothing there. */
export function isNullAsked(key: string, asked: Asked): boolean {
  return /^null\b/u.test(saidOf(key, asked));
}

/**
 * How many sentences are wanted, at least and at most.
 *
 * @param usual where the prompt does not say
 */
export function sentencesAsked(
  key: string,
  asked: Asked,
  usual: readonly [number, number],
): readonly [number, number] {
  const [, from, to] =
    /\b(\w+)(?: (?:to|or) (\w+))? (?:short )?sentences?/u.exec(saidOf(key, asked)) ?? [];
  const least = numbers[from ?? ''];
  if (least === undefined) return usual;
  return [least, numbers[to ?? ''] ?? least];
}

/** A text in as many words as the prompt allows there at most. */
export function withinWords(key: string, asked: Asked, text: string): string {
  const [, most = ''] = /\bat most (\w+) words/u.exec(saidOf(key, asked)) ?? [];
  const words = text.split(' ');
  const limit = numbers[most] ?? words.length;
  if (words.length <= limit) return text;
  return `${words.slice(0, limit).join(' ').replace(/[,;]$/u, '')}.`;
}
