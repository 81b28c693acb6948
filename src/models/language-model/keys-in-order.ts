import type * as z from 'zod';
import { definitionOf, isList, type Fields, type Shape } from './schema-parts.ts';

/**
 * Keys that a model has given names of its own, in the language of the story above all
 * (`{"titel": …, "handlung": …}`), found by where they stand: models keep to the order in which they were
 * asked. Only where it can be read in no other way: each key that is named as asked stands in its place,
 * each other one has a value of the kind that is asked for, none is left over, and what may not be
 * left out is there.
 *
 * @param value as it was given
 * @param named the keys of `value` for the keys that were found by name
 * @returns the keys of `value` for all other keys; none where that is not certain
 */
export function keysInOrder(
  value: Fields,
  shape: Shape,
  named: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const none = new Map<string, string>();
  const sources = Object.keys(value);
  const unknown = sources.length - named.size;
  // Who has most of the names has added something, or left it out. What has a type speaks of a form.
  if (unknown < named.size || unknown === 0 || Object.hasOwn(value, 'type')) return none;
  const keys = Object.keys(shape);
  const asked = new Map([...named].map(([key, source]) => [source, key]));
  const found: ReadonlyMap<string, string>[] = [];
  const place = (from: number, to: number, pairs: ReadonlyMap<string, string>): void => {
    if (found.length > 1) return;
    const key = keys[to];
    const source = sources[from];
    if (key === undefined) {
      if (source === undefined) found.push(pairs);
      return;
    }
    const schema = shape[key];
    const own = source === undefined ? undefined : asked.get(source);
    if (source !== undefined && own === key) {
      place(from + 1, to + 1, pairs);
      return;
    }
    const isFree = source !== undefined && own === undefined && !named.has(key);
    if (isFree && isOfKind(value[source], schema)) {
      place(from + 1, to + 1, new Map([...pairs, [key, source]]));
    }
    if (!named.has(key) && mayBeMissing(schema)) place(from, to + 1, pairs);
  };
  place(0, 0, none);
  const [only, ...more] = found;
  return only === undefined || more.length > 0 ? none : only;
}

/** What may be `null`, or is chosen from a few words of ours, is left out now and then. */
function mayBeMissing(schema: z.ZodType | undefined): boolean {
  if (schema === undefined) return true;
  const { type, innerType } = definitionOf(schema);
  if (['nullable', 'optional', 'enum'].includes(type)) return true;
  return innerType !== undefined && mayBeMissing(innerType);
}

/** Whether a value is of the very kind that is asked for, and no other that could be made to fit. */
function isOfKind(value: unknown, schema: z.ZodType | undefined): boolean {
  if (schema === undefined) return false;
  const { type, innerType, options } = definitionOf(schema);
  if (type === 'nullable' && value === null) return true;
  if (innerType !== undefined) return isOfKind(value, innerType);
  if (options !== undefined) return options.some((option) => isOfKind(value, option));
  if (isList(schema)) return Array.isArray(value);
  return typeof value === (type === 'enum' ? 'string' : type);
}
