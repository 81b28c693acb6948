import type * as z from 'zod';

/** The keys of an object that is asked for, in the order in which they are. */
export type Shape = Readonly<Record<string, z.ZodType>>;

/** An object that a model gave. */
export type Fields = Record<string, unknown>;

/** The parts of zod's definitions that are looked at. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly shape?: Shape;
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly options?: readonly z.ZodType[];
  readonly in?: z.ZodType;
}

export function definitionOf(schema: z.ZodType): Definition {
  return schema.def;
}

/** Whether an answer may leave the key out. */
export function isOptional(schema: z.ZodType | undefined): boolean {
  return (
    schema === undefined ||
    ['optional', 'default', 'prefault', 'catch'].includes(definitionOf(schema).type)
  );
}

export function isList(schema: z.ZodType | undefined): boolean {
  if (schema === undefined) return false;
  const { type, innerType } = definitionOf(schema);
  return type === 'array' || isList(innerType);
}

export function isText(schema: z.ZodType): boolean {
  const { type, innerType } = definitionOf(schema);
  return type === 'string' || (innerType !== undefined && isText(innerType));
}

/** The keys that have to be there, where all of them are texts. */
export function textKeys(shape: Shape): string[] {
  const required = Object.keys(shape).filter((key) => !isOptional(shape[key]));
  return required.every((key) => shape[key] !== undefined && isText(shape[key])) ? required : [];
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
