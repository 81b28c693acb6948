/** Resolves with the next value of an event that fits. */
export async function next<T>(
  event: (listener: (value: T) => void) => { dispose(): void },
  fits: (value: T) => boolean = () => true,
): Promise<T> {
  return new Promise((resolve) => {
    const listening = event((value) => {
      if (!fits(value)) return;
      listening.dispose();
      resolve(value);
    });
  });
}
