/** Do it for all at once, and fail with the first failure once all have ended. */
export async function allOf<T>(
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<void> {
  const results = await Promise.allSettled(items.map(act));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}
