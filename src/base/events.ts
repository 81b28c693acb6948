export interface Disposable {
  dispose(): void;
}

/** A listener list with the shape of VS Code's own `Event`, for the rooms that know no VS Code. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Tells whenever one of the events does, whatever that one tells. */
export function anyOf(...events: readonly ((listener: () => void) => Disposable)[]): Event<void> {
  return (listener) => {
    const listening = events.map((event) =>
      event(() => {
        listener();
      }),
    );
    return {
      dispose: () => {
        for (const subscription of listening) subscription.dispose();
      },
    };
  };
}

export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // A wrapper, so that the same function may listen twice and each be removed on its own.
    const entry = (value: T): void => {
      listener(value);
    };
    this.listeners.add(entry);
    return { dispose: () => this.listeners.delete(entry) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}
