import type * as z from 'zod';
import { fitted } from './fit-to-schema.ts';
import type { Cut } from './loose-json.ts';
import { definitionOf, isFields, isList } from './schema-parts.ts';

/** What a value adds to a list that comes in several parts. */
export function listedIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const [list, ...more] = isFields(value) ? Object.values(value).filter(Array.isArray) : [];
  const only = isFields(value) && Object.keys(value).length === 1;
  return list !== undefined && more.length === 0 && only ? (list as unknown[]) : [value];
}

/**
 * Whether nothing but closing brackets is missing of a value that breaks off: it has all that is asked
 * for, and what is still open could hold nothing more.
 */
export function isWholeForm(value: unknown, cut: Cut, schema: z.ZodType): boolean {
  const { shape } = definitionOf(schema);
  if (shape === undefined || !cut.betweenEntries || !/^\]?\}*$/u.test(cut.brackets)) return false;
  const held = fitted(value, schema);
  if (!isFields(held) || !Object.keys(shape).every((key) => Object.hasOwn(held, key))) return false;
  if (!cut.brackets.startsWith(']')) return true;
  return entriesAskedFor(schema) === entriesOfAnswer(held);
}

/** How many entries the one list is asked for with that an answer is to hold, where it is nothing else. */
export function entriesAskedFor(schema: z.ZodType): number | undefined {
  const [list, ...more] = Object.values(definitionOf(schema).shape ?? {});
  if (list === undefined || more.length > 0 || !isList(list)) return undefined;
  const { minItems, maxItems } = list.meta() ?? {};
  return typeof minItems === 'number' && minItems === maxItems ? minItems : undefined;
}

/** How many entries the lists of an answer have. */
export function entriesOfAnswer(answer: unknown): number {
  const lists = isFields(answer) ? Object.values(answer).filter(Array.isArray) : [];
  return lists.reduce((count, { length }) => count + length, 0);
}
