import type * as z from 'zod';
import { jsonIn } from './found-json.ts';
import type { Cut } from './loose-json.ts';
import { otherNamesOf } from './other-names.ts';
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

type Fields = Record<string, unknown>;

/** Wrappers in each other; more are no slip. */
const deepest = 4;

/** The parts of zod's definitions that are looked at. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly options?: readonly z.ZodType[];
  readonly in?: z.ZodType;
}

function definitionOf(schema: z.ZodType): Definition {
  return schema.def;
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

/** Whether an answer may leave the key out. */
function isOptional(schema: z.ZodType | undefined): boolean {
  return (
    schema === undefined ||
    ['optional', 'default', 'prefault', 'catch'].includes(definitionOf(schema).type)
  );
}

function isList(schema: z.ZodType | undefined): boolean {
  if (schema === undefined) return false;
  const { type, innerType } = definitionOf(schema);
  return type === 'array' || isList(innerType);
}

function isText(schema: z.ZodType): boolean {
  const { type, innerType } = definitionOf(schema);
  return type === 'string' || (innerType !== undefined && isText(innerType));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fitObject(given: unknown, shape: Shape, schema: z.ZodType, depth: number): unknown {
  const required = Object.keys(shape).filter((key) => !isOptional(shape[key]));
  const [only] = required.length === 1 ? required : [];
  const list = only !== undefined && isList(shape[only]) ? only : undefined;
  const value = typeof given === 'string' ? (jsonOf(given) ?? pairOf(given, shape)) : given;
  if (Array.isArray(value)) {
    if (depth >= deepest) return given;
    const holds = (entry: unknown): boolean =>
      list === undefined || (isFields(entry) && fieldsFor(entry, shape, depth + 1).has(list));
    if (list !== undefined && !value.some(holds)) {
      return { [list]: fitField(value, shape[list], depth) };
    }
    const entries = value.map((entry: unknown) => fit(entry, schema, depth + 1));
    const fits = entries.find((entry) => schema.safeParse(entry).success);
    if (fits !== undefined) return fits;
    return entries.length === 1 ? entries[0] : given;
  }
  if (!isFields(value)) return given;
  const found = fieldsFor(value, shape, depth);
  if (list !== undefined && !found.has(list)) {
    // It is the one entry of the list, or a map of them, or what is around that.
    const fitting = [value, ...Object.values(value)].find((part) => fits(part, shape[list]));
    found.set(list, fitting ?? value);
  }
  return Object.fromEntries(
    [...found].map(([key, field]) => [key, fitField(field, shape[key], depth)]),
  );
}

type Shape = Readonly<Record<string, z.ZodType>>;

function fitField(value: unknown, schema: z.ZodType | undefined, depth: number): unknown {
  return schema === undefined ? value : fit(value, schema, depth + 1);
}

/** What an object has for each key that is asked for, wherever it has it. */
function fieldsFor(value: Fields, shape: Shape, depth: number): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  const unused = new Map(Object.entries(value));
  const take = (key: string, source: string): void => {
    fields.set(key, unused.get(source));
    unused.delete(source);
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
  if (depth < deepest && missing().length > 0) lift(fields, [...unused.values()], shape, depth);
  for (const key of missing()) {
    const source = otherNamesOf(foldKey(key))
      .filter((name) => !own.has(name))
      .map((name) => spelled.get(name))
      .find((name) => name !== undefined && unused.has(name) && fits(unused.get(name), shape[key]));
    if (source !== undefined) take(key, source);
  }
  const [list, ...moreLists] = missing().filter((key) => isList(shape[key]));
  const [source, ...moreSources] = [...unused.keys()].filter((key) =>
    Array.isArray(unused.get(key)),
  );
  const oneOfEach = moreLists.length === 0 && moreSources.length === 0;
  if (list !== undefined && source !== undefined && oneOfEach) {
    if (fits(unused.get(source), shape[list])) take(list, source);
  }
  return fields;
}

/** Take what is missing out of the objects that it was wrapped in. */
function lift(
  fields: Map<string, unknown>,
  values: readonly unknown[],
  shape: Shape,
  depth: number,
): void {
  const wrapped = values
    .map((value) => (typeof value === 'string' ? jsonOf(value) : value))
    .map((value) =>
      isFields(value) ? fieldsFor(value, shape, depth + 1) : new Map<string, unknown>(),
    )
    .map((held) => [...held].filter(([key]) => !fields.has(key)))
    .filter((held) => held.length > 0);
  const names = wrapped.flatMap((held) => held.map(([key]) => key));
  // Several that have the same are several answers, which are not mixed.
  const from = new Set(names).size === names.length ? wrapped : wrapped.slice(0, 1);
  for (const [key, value] of from.flat()) fields.set(key, value);
}

function fits(value: unknown, schema: z.ZodType | undefined): boolean {
  return schema?.safeParse(fit(value, schema, deepest)).success === true;
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
    const json = jsonOf(value);
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
  if (!isFields(value) || depth >= deepest + 2) return undefined;
  const { shape } = definitionOf(element);
  if (shape === undefined) return undefined;
  if (element.safeParse(fit(value, element, depth + 1)).success) return [value];
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

/** The keys that have to be there, where all of them are texts. */
function textKeys(shape: Shape): string[] {
  const required = Object.keys(shape).filter((key) => !isOptional(shape[key]));
  return required.every((key) => shape[key] !== undefined && isText(shape[key])) ? required : [];
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

/** The object or list in a text that is nothing but that. */
function jsonOf(text: string): unknown {
  if (!/^\s*(?:```\w*\s*)?["[{]/u.test(text)) return undefined;
  const [json, ...more] = jsonIn(text).found;
  if (json === undefined || more.length > 0 || json.cut !== undefined) return undefined;
  return json.last && /^[\s`"\w]*$/u.test(text.slice(0, json.start)) ? json.value : undefined;
}

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
