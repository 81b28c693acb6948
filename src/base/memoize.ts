/**
 * The same function, computing only once for each object. What it is given must not change
 * afterwards, as the plain data of a script never does; nothing is held longer than its object.
 */
export function memoize<Key extends object, Value>(
  compute: (key: Key) => Value,
): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    let entry = known.get(key);
    if (entry === undefined) {
      entry = { value: compute(key) };
      known.set(key, entry);
    }
    return entry.value;
  };
}

/** The same for what is computed from more than its object: anew wherever any of it is another one. */
export function memoizeLast<Key extends object, Context extends readonly unknown[], Value>(
  compute: (key: Key, ...context: Context) => Value,
): (key: Key, ...context: Context) => Value {
  const known = new WeakMap<Key, { readonly context: Context; readonly value: Value }>();
  return (key, ...context) => {
    const entry = known.get(key);
    if (entry !== undefined && areSame(context, entry.context)) return entry.value;
    const value = compute(key, ...context);
    known.set(key, { context, value });
    return value;
  };
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false;
  return true;
}
