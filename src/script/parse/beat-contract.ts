import { plainText } from '../markdown/inline-text.ts';
import { normaliseLine, normaliseLines } from '../normalise-text.ts';
import type { Contract } from '../script-model.ts';

const label =
  /^(?:\[[ x]\][ \t]+)?[*_]{0,3}(enters|entry|leaves|exit|hand\\?[-‐‑– ]?off|continues)[*_]{0,3}\s*[:：][*_]{0,3}\s*/i;

/** What the labels begin with, in lower case. */
const keys = { en: 'entry', le: 'exit', ex: 'exit', ha: 'handOff', co: 'continues' } as const;

/** What a line of a contract is about, and how much of its source says so. */
export function contractLabel(raw: string): { key: keyof Contract; length: number } | undefined {
  const found = label.exec(raw);
  const start = found?.[1]?.slice(0, 2).toLowerCase() as keyof typeof keys | undefined;
  return found && start ? { key: keys[start], length: found[0].length } : undefined;
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
    continues: /^(?:y|true|x)/i.test(normaliseLine(lines('continues'))),
  };
}
