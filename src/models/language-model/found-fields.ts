import type * as z from 'zod';
import { onlyJsonIn } from './found-json.ts';
import { keysInOrder } from './keys-in-order.ts';
import { otherNamesOf } from './other-names.ts';
import { foldKey } from './plain-values.ts';
import { isFields, isList, type Fields, type Shape } from './schema-parts.ts';

/** Wrappers in each other; more are no slip. */
export const deepestWrapper = 4;

/** How the keys of an object may be read. */
export interface Reading {
  /** How deep it lies. */
  readonly depth: number;
  /** By their names alone; else by their order, too. */
  readonly byName: boolean;
  /** Whether a value fits, or can be made to. */
  readonly fits: (value: unknown, schema: z.ZodType | undefined) => boolean;
}

/** What an object has for each key that is asked for, wherever it has it. */
export function foundFields(value: Fields, shape: Shape, reading: Reading): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  const unused = new Map(Object.entries(value));
  const sources = new Map<string, string>();
  const take = (key: string, source: string): void => {
    fields.set(key, unused.get(source));
    unused.delete(source);
    sources.set(key, source);
  };
  const keys = Object.keys(shape);
  const missing = (): string[] => keys.filter((key) => !fields.has(key));
  for (const key of keys) if (unused.has(key)) take(key, key);
  if (unused.size === 0) return fields;

  const own = new Set(keys.map(foldKey));
  const spelled = new Map([...unused.keys()].map((source) => [foldKey(source), source]));
  for (const key of missing()) {
    const source = spelled.get(foldKey(key));
    if (source !== undefined && unused.has(source)) take(key, source);
  }
  if (reading.depth < deepestWrapper && missing().length > 0) {
    lift(fields, [...unused.values()], shape, reading);
  }
  for (const key of missing()) {
    const source = otherNamesOf(foldKey(key))
      .filter((name) => !own.has(name))
      .map((name) => spelled.get(name))
      .find(
        (name) =>
          name !== undefined && unused.has(name) && reading.fits(unused.get(name), shape[key]),
      );
    if (source !== undefined) take(key, source);
  }
  if (!reading.byName && sources.size === fields.size && missing().length > 0) {
    for (const [key, source] of keysInOrder(value, shape, sources)) take(key, source);
  }
  const [list, ...moreLists] = missing().filter((key) => isList(shape[key]));
  const [source, ...moreSources] = [...unused.keys()].filter((key) =>
    Array.isArray(unused.get(key)),
  );
  const oneOfEach = moreLists.length === 0 && moreSources.length === 0;
  if (list !== undefined && source !== undefined && oneOfEach) {
    if (reading.fits(unused.get(source), shape[list])) take(list, source);
  }
  return fields;
}

/** Take what is missing out of the objects that it was wrapped in. */
function lift(
  fields: Map<string, unknown>,
  values: readonly unknown[],
  shape: Shape,
  { depth, byName, fits }: Reading,
): void {
  // Beside what is named as asked, an object with names of its own is about something else.
  const inside = { depth: depth + 1, byName: byName || fields.size > 0, fits };
  const wrapped = values
    .map((value) => (typeof value === 'string' ? onlyJsonIn(value) : value))
    .map((value) =>
      isFields(value) ? foundFields(value, shape, inside) : new Map<string, unknown>(),
    )
    .map((held) => [...held].filter(([key]) => !fields.has(key)))
    .filter((held) => held.length > 0);
  const names = wrapped.flatMap((held) => held.map(([key]) => key));
  // Several that have the same are several answers, which are not mixed.
  const from = new Set(names).size === names.length ? wrapped : wrapped.slice(0, 1);
  for (const [key, value] of from.flat()) fields.set(key, value);
}
