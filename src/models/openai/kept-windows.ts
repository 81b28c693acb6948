import * as z from 'zod';

/** What was learned of how much a model reads and writes at once, and no server says. */
export interface KeptWindow {
  /** Tokens of prompt and answer together. */
  readonly window?: number | undefined;
  /** Tokens of an answer at most. */
  readonly most?: number | undefined;
  /** Tokens that the service counts for each that is estimated. */
  readonly perEstimate: number;
}

/** Where it is kept from one start of the editor to the next. */
export interface WindowStore {
  read(): unknown;
  write(records: Readonly<Record<string, unknown>>): void;
}

/**
 * For so long (milliseconds) what was learned is taken as it is. A server may be started with another
 * window, and one that has too small a window ascribed to it shows it by nothing; what it costs to
 * find out anew is one request.
 */
const lastingMs = 24 * 3_600_000;

/** More endpoints and models than anybody uses within that time. */
const mostRecords = 50;

const recordSchema = z.object({
  at: z.number(),
  window: z.number().positive().optional(),
  most: z.number().positive().optional(),
  perEstimate: z.number().positive(),
});

/** What was learned of the windows of models, kept for a day, so that it is not learned at every start. */
export class KeptWindows {
  private readonly store: WindowStore;
  private readonly now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(store: WindowStore, now: () => number) {
    this.store = store;
    this.now = now;
  }

  /** @param key of endpoint and model */
  of(key: string): KeptWindow | undefined {
    return this.records().find(([name]) => name === key)?.[1];
  }

  keep(key: string, window: KeptWindow): void {
    const others = this.records().filter(([name]) => name !== key);
    const mine = [key, { ...window, at: this.now() }] as const;
    this.store.write(Object.fromEntries([...others, mine].slice(-mostRecords)));
  }

  /** Those that still count; what is kept may have been written by another version. */
  private records(): (readonly [string, z.infer<typeof recordSchema>])[] {
    const kept = z.record(z.string(), z.unknown()).safeParse(this.store.read());
    return Object.entries(kept.data ?? {}).flatMap(([key, value]) => {
      const { data } = recordSchema.safeParse(value);
      const age = this.now() - (data?.at ?? 0);
      return data === undefined || age < 0 || age > lastingMs ? [] : [[key, data] as const];
    });
  }
}
