/**
 * Importing undici 8 writes its own agent into two slots on `globalThis`, and from then on the
 * built-in fetch of the whole process, in VS Code that of every other extension, runs through it.
 * It does so only when the newer slot is empty. So this module, which must be imported before
 * undici, puts a stand-in there, and {@link releaseGlobalSlots} takes it out again afterwards.
 *
 * Restoring a copy would not do: undici defines the slots as non-configurable, and a slot that was
 * missing before could then never be made missing again.
 */
const slot = Symbol.for('undici.globalDispatcher.2');
const before = Object.getOwnPropertyDescriptor(globalThis, slot);
const vacant = Reflect.get(globalThis, slot) === undefined;

if (vacant) {
  Object.defineProperty(globalThis, slot, {
    ...(before ?? { configurable: true, enumerable: false, writable: true }),
    value: {
      dispatch(): never {
        throw new Error('This dispatcher only keeps a place and cannot be used.');
      },
    },
  });
}

/** Leave both slots exactly as they were before this module was loaded. */
export function releaseGlobalSlots(): void {
  if (!vacant) return;
  if (before === undefined) Reflect.deleteProperty(globalThis, slot);
  else Object.defineProperty(globalThis, slot, before);
}
