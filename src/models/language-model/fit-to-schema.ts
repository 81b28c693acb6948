import type * as z from 'zod';
import { onlyJsonIn } from './found-json.ts';
import { deepestWrapper, foundFields, type Reading } from './found-fields.ts';
import {
  booleanFrom,
  foldKey,
  listFrom,
  numberFrom,
  sayingFrom,
  sayingsFrom,
  textFrom,
  textsIn,
} from './plain-values.ts';
import {
  definitionOf,
  isFields,
  isList,
  isOptional,
  isText,
  textKeys,
  type Fields,
  type Shape,
} from './schema-parts.ts';
import { withoutThoughtsWithin } from './thought-marks.ts';

/**
 * A value that a model gave, brought closer to the form that was asked for: taken out of what it was
 * wrapped in, with keys in another spelling found, and texts, lists, numbers and truths given in each
 * other's form turned into what they were to be. What is of the form stays as it is, nothing is made
 * up, and whether the result fits is for the schema to say.
 */
export function fitted(value: unknown, schema: z.ZodType): unknown {
  return fit(value, schema, 0);
}

function fit(value: unknown, schema: z.ZodType, depth: number): unknown {
  const { type, innerType, element, shape, entries, options, in: input } = definitionOf(schema);
  switch (type) {
    case 'object':
      return fitObject(value, shape ?? {}, schema, depth);
    case 'array':
      return element === undefined ? value : fitList(value, element, depth);
    case 'string':
      return typeof value === 'string' ? withoutThoughtsWithin(value) : textFrom(value);
    case 'number':
      return numberFrom(value);
    case 'boolean':
      return booleanFrom(value);
    case 'enum':
      return choiceFrom(value, Object.values(entries ?? {}));
    case 'nullable':
      return innerType === undefined || value === null
        ? value
        : fitNullable(value, innerType, depth);
    case 'optional':
      return innerType === undefined || value === null ? undefined : fit(value, innerType, depth);
    case 'default':
    case 'prefault':
      return innerType === undefined ? value : fitDefault(value, innerType, depth);
    case 'union':
      return fitUnion(value, options ?? [], depth);
    case 'pipe':
      return input === undefined ? value : fit(value, input, depth);
    default:
      return innerType === undefined ? value : fit(value, innerType, depth);
  }
}

function fitNullable(value: unknown, inner: z.ZodType, depth: number): unknown {
  return isNothing(value) && !inner.safeParse(value).success ? null : fit(value, inner, depth);
}

/** What may be left out: a value that is none of a choice is as if it had been. */
function fitDefault(value: unknown, inner: z.ZodType, depth: number): unknown {
  if (value === undefined) return undefined;
  const fitting = fit(value, inner, depth);
  if (inner.safeParse(fitting).success) return fitting;
  return fitting === null || definitionOf(inner).type === 'enum' ? undefined : fitting;
}

function fitUnion(value: unknown, options: readonly z.ZodType[], depth: number): unknown {
  const all = options.map((option) => ({ option, fitting: fit(value, option, depth) }));
  const fits = all.find(({ option, fitting }) => option.safeParse(fitting).success);
  return fits === undefined ? value : fits.fitting;
}

/** One of a few words, also in capitals, or with something behind it. */
function choiceFrom(value: unknown, choices: readonly (string | number)[]): unknown {
  if (choices.some((choice) => choice === value)) return value;
  const said = foldKey(String(textFrom(value)));
  const named = choices.filter((choice) => foldKey(String(choice)) === said);
  const begun = choices.filter((choice) => said.startsWith(foldKey(String(choice))));
  return (named.length === 1 ? named[0] : begun.length === 1 ? begun[0] : undefined) ?? value;
}

function fitObject(given: unknown, shape: Shape, schema: z.ZodType, depth: number): unknown {
  const required = Object.keys(shape).filter((key) => !isOptional(shape[key]));
  const [only] = required.length === 1 ? required : [];
  const list = only !== undefined && isList(shape[only]) ? only : undefined;
  const value = typeof given === 'string' ? (onlyJsonIn(given) ?? pairOf(given, shape)) : given;
  if (Array.isArray(value)) {
    if (depth >= deepestWrapper) return given;
    const holds = (entry: unknown): boolean =>
      list === undefined ||
      (isFields(entry) && foundFields(entry, shape, readingAt(depth + 1)).has(list));
    if (list !== undefined && !value.some(holds)) {
      return { [list]: fitField(value, shape[list], depth) };
    }
    const entries = value.map((entry: unknown) => fit(entry, schema, depth + 1));
    const fits = entries.find((entry) => schema.safeParse(entry).success);
    if (fits !== undefined) return fits;
    return entries.length === 1 ? entries[0] : given;
  }
  if (!isFields(value)) return given;
  const found = foundFields(value, shape, readingAt(depth));
  if (list !== undefined && !found.has(list)) {
    // It is the one entry of the list, or a map of them, or what is around that.
    const fitting = [value, ...Object.values(value)].find((part) => fits(part, shape[list]));
    found.set(list, fitting ?? value);
  }
  return Object.fromEntries(
    [...found].map(([key, field]) => [key, fitField(field, shape[key], depth)]),
  );
}

function readingAt(depth: number): Reading {
  return { depth, byName: false, fits };
}

function fitField(value: unknown, schema: z.ZodType | undefined, depth: number): unknown {
  return schema === undefined ? value : fit(value, schema, depth + 1);
}

function fits(value: unknown, schema: z.ZodType | undefined): boolean {
  return schema?.safeParse(fit(value, schema, deepestWrapper)).success === true;
}

function fitList(value: unknown, element: z.ZodType, depth: number): unknown {
  const entries = entriesOf(value, element, depth);
  if (entries === undefined) return value;
  return entries
    .filter((entry) => !isNothing(entry) || element.safeParse(entry).success)
    .map((entry) => fit(entry, element, depth + 1));
}

/** The entries of what is to be a list; `undefined` where there are none in it. */
function entriesOf(
  value: unknown,
  element: z.ZodType,
  depth: number,
): readonly unknown[] | undefined {
  if (value === null) return [];
  if (typeof value === 'string') {
    const json = onlyJsonIn(value);
    if (json !== undefined) return entriesOf(json, element, depth);
    return isText(element) ? listFrom(value) : sayingsFrom(value);
  }
  if (isText(element)) {
    if (isFields(value)) return textsIn(value);
    if (!Array.isArray(value)) return undefined;
    const entries: readonly unknown[] = value.flat();
    return entries.flatMap<unknown>((entry) => (isFields(entry) ? textsIn(entry) : [entry]));
  }
  if (Array.isArray(value)) return value as readonly unknown[];
  if (!isFields(value) || depth >= deepestWrapper + 2) return undefined;
  const { shape } = definitionOf(element);
  if (shape === undefined) return undefined;
  // Names of people may stand in the place of keys.
  const entry = Object.fromEntries(
    foundFields(value, shape, { ...readingAt(depth + 1), byName: true }),
  );
  if (element.safeParse(fit(entry, element, depth + 1)).success) return [value];
  const named = Object.entries(value);
  if (named.length > 0 && named.every(([, entry]) => isFields(entry))) {
    const [first] = textKeys(shape);
    return named.map(([name, entry]) =>
      // Numbers only count.
      first === undefined || /\d/u.test(name) ? entry : { [first]: name, ...(entry as Fields) },
    );
  }
  const [who, what, ...more] = textKeys(shape);
  if (who === undefined || what === undefined || more.length > 0) return undefined;
  return named.map(([name, said]) => ({ [who]: name, [what]: said }));
}

function isNothing(entry: unknown): boolean {
  if (entry === null || entry === undefined || entry === '') return true;
  return typeof entry === 'object' && Object.keys(entry).length === 0;
}

/** `MARA (low): Not tonight.` as an object of two texts, and one between them that may be left out. */
function pairOf(text: string, shape: Shape): Fields | undefined {
  const [who, what, ...more] = textKeys(shape);
  if (who === undefined || what === undefined || more.length > 0) return undefined;
  const said = sayingFrom(text);
  if (said === undefined) return undefined;
  const keys = Object.keys(shape);
  const between = keys.slice(keys.indexOf(who) + 1, keys.indexOf(what));
  const [how] = between;
  if (said.how === undefined) return { [who]: said.who, [what]: said.what };
  if (how === undefined) return { [who]: `${said.who} (${said.how})`, [what]: said.what };
  return { [who]: said.who, [how]: said.how, [what]: said.what };
}
