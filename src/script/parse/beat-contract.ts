import { plainText } from '../markdown/inline-text.ts';
import { nameKey } from '../names.ts';
import { normaliseLine, normaliseLines } from '../normalise-text.ts';
import type { Contract } from '../script-model.ts';
import { wordsFor } from './label-words.ts';
import { colons } from './paragraph-lead.ts';

const label = new RegExp(
  `^(?:\\[[ x]\\][ \\t]+)?[*_]{0,3}([\\p{L}\\p{Cf}](?:[\\p{L}\\p{M}\\p{Cf}'’ \\u00a0]|\\\\?[-‐‑–]){0,30}?)[*_]{0,3}\\s*[${colons}][*_]{0,3}\\s*`,
  'iu',
);

const keys = new Map(
  (['entry', 'exit', 'handOff', 'continues'] as const).flatMap((key) =>
    wordsFor(key).map((word) => [nameKey(word), key] as const),
  ),
);

/** What a line of a contract is about, in what word, and how much of its source says so. */
export function contractLabel(
  raw: string,
): { key: keyof Contract; word: string; length: number } | undefined {
  const [whole = '', name = ''] = label.exec(raw) ?? [];
  const word = name.replace('\\', '');
  const key = keys.get(nameKey(word));
  return key && { key, word, length: whole.length };
}

/** @param promises the sources of its lines; those without a label are the writer's own */
export function readContract(promises: readonly string[]): Contract {
  const found: Record<keyof Contract, string[]> = {
    entry: [],
    exit: [],
    handOff: [],
    continues: [],
  };
  for (const raw of promises) {
    const about = contractLabel(raw);
    if (about) found[about.key].push(plainText(raw.slice(about.length)));
  }
  const lines = (key: keyof Contract): string => normaliseLines(found[key].join('\n'));
  return {
    entry: lines('entry'),
    exit: lines('exit'),
    handOff: lines('handOff'),
    continues: saysYes(normaliseLine(lines('continues'))),
  };
}

const yes = new Set(wordsFor('yes').map(nameKey));

function saysYes(text: string): boolean {
  const [word = ''] = /^[^\s.,;:!()、，。–—-]+/u.exec(text) ?? [];
  return yes.has(nameKey(word));
}
