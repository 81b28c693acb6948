/** What some endpoints do not take in a schema, each as one thing that can be left out of it. */
export type SchemaWord =
  /** How many entries a list has: `minItems`, `maxItems`. */
  | 'lengths'
  /** Which values there are: `enum`, `const`. */
  | 'enums'
  /** That something may be `null`: `anyOf`, a list of types. */
  | 'nulls'
  /** That there is nothing else: `additionalProperties`. */
  | 'closed';

export const allSchemaWords: readonly SchemaWord[] = ['lengths', 'enums', 'nulls', 'closed'];

/**
 * A JSON schema without these words. What they say goes where a model still reads it: values into the
 * description, and what may be null is what may be left out.
 */
export function withoutWords(schema: unknown, words: readonly SchemaWord[]): unknown {
  if (words.length === 0) return schema;
  return simpler(schema, new Set(words));
}

type Node = Readonly<Record<string, unknown>>;

function simpler(value: unknown, words: ReadonlySet<SchemaWord>): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => simpler(one, words));
  if (typeof value !== 'object' || value === null) return value;
  const node = words.has('nulls') ? withoutNull(value as Node) : (value as Node);
  const kept: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(node)) {
    if (!isLeftOut(name, words)) kept[name] = simplerAt(name, inner, words);
  }
  const { properties, required } = node;
  if (words.has('nulls') && Array.isArray(required)) {
    kept.required = required.filter((name: string) => !mayBeNull((properties as Node)[name]));
  }
  const values = node.enum ?? (node.const === undefined ? undefined : [node.const]);
  if (words.has('enums') && Array.isArray(values)) {
    const described = typeof node.description === 'string' ? `${node.description} ` : '';
    kept.description = `${described}One of: ${values.map((one) => JSON.stringify(one)).join(', ')}.`;
  }
  return kept;
}

/** The names of properties are no words of the schema. */
function simplerAt(name: string, inner: unknown, words: ReadonlySet<SchemaWord>): unknown {
  if (name !== 'properties') return simpler(inner, words);
  return Object.fromEntries(
    Object.entries(inner as Node).map(([key, one]) => [key, simpler(one, words)]),
  );
}

function isLeftOut(name: string, words: ReadonlySet<SchemaWord>): boolean {
  switch (name) {
    case 'minItems':
    case 'maxItems':
      return words.has('lengths');
    case 'enum':
    case 'const':
      return words.has('enums');
    case 'additionalProperties':
      return words.has('closed');
    default:
      return false;
  }
}

function mayBeNull(schema: unknown): boolean {
  const { type, anyOf } = (schema ?? {}) as { type?: unknown; anyOf?: unknown };
  if (Array.isArray(type)) return type.includes('null');
  return Array.isArray(anyOf) && anyOf.some((one: { type?: unknown }) => one.type === 'null');
}

/** `{anyOf: [what, null]}` as `what`, with what is said about both. */
function withoutNull(node: Node): Node {
  if (!mayBeNull(node)) return node;
  const { type, anyOf, ...rest } = node;
  if (Array.isArray(type)) {
    const types = type.filter((one) => one !== 'null');
    return { ...rest, type: types.length === 1 ? types[0] : types };
  }
  const others = (anyOf as readonly Node[]).filter((one) => one.type !== 'null');
  return others.length === 1 ? { ...others[0], ...rest } : { ...rest, anyOf: others };
}
