/** The promise, or a rejection with the signal's reason once it aborts, whatever the promise does. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => {
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  // Starting the promise may have been what aborted it.
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/**
 * The same values, ended by the signal even where whoever sends them does not listen to it. They are
 * not told to stop: that is up to whoever gave the signal to them.
 */
export async function* heeding<T>(
  values: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const iterator = values[Symbol.asyncIterator]();
  for (;;) {
    const next = await orAborted(Promise.resolve(iterator.next()), signal);
    if (next.done === true) return;
    yield next.value;
  }
}
