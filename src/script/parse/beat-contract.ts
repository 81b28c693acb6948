import { plainText } from '../markdown/inline-text.ts';
import { normaliseLine, normaliseLines } from '../normalise-text.ts';
import type { Contract } from '../script-model.ts';

const label =
  /^(?:\[[ x]\][ \t]+)?[*_]{0,3}(enters|entry|leaves|exit|hand\\?[-‐‑– ]?off|continues)[*_]{0,3}\s*[:：][*_]{0,3}\s*/i;

type Key = 'en' | 'le' | 'ex' | 'ha' | 'co';

/** What a line of a contract is about, and how much of its source says so. */
export function contractLabel(raw: string): { key: Key; length: number } | undefined {
  const found = label.exec(raw);
  const key = found?.[1]?.slice(0, 2).toLowerCase() as Key | undefined;
  return found && key ? { key, length: found[0].length } : undefined;
}

/** @param promises the sources of its lines; those without a label are the writer's own */
export function readContract(promises: readonly string[]): Contract {
  const found = new Map<Key, string[]>();
  for (const raw of promises) {
    const about = contractLabel(raw);
    if (!about) continue;
    const values = found.get(about.key) ?? [];
    found.set(about.key, values);
    values.push(plainText(raw.slice(about.length)));
  }
  const lines = (...keys: Key[]): string =>
    normaliseLines(keys.flatMap((key) => found.get(key) ?? []).join('\n'));
  return {
    entry: lines('en'),
    exit: lines('le', 'ex'),
    handOff: lines('ha'),
    continues: /^(?:y|true|x)/i.test(normaliseLine(lines('co'))),
  };
}
