/** The same properties; one that may be `undefined` may be absent instead. */
export type Defined<T> = {
  [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key];
} & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

/** A copy without the properties that are `undefined`, for types where absent says something else. */
export function defined<T extends object>(values: T): Defined<T> {
  // Called for each scene at each key: without a list of pairs in between.
  const known: Record<string, unknown> = {};
  for (const key of Object.keys(values)) {
    const value = (values as Record<string, unknown>)[key];
    if (value !== undefined) known[key] = value;
  }
  return known as Defined<T>;
}
