import assert from 'node:assert/strict';

const prototypes = [Object, Array, Function, String, Number, Map, Promise, Error].map(
  ({ prototype }) => prototype as object,
);
const before = prototypes.map((prototype) => Reflect.ownKeys(prototype).length);

/** See that nothing has been added to what all objects share. */
export function expectNoPollution(): void {
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  prototypes.forEach((prototype, i) => {
    assert.equal(Reflect.ownKeys(prototype).length, before[i], 'a prototype has been changed');
  });
}
