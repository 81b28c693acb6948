/** How many connections to one host are open at once; whoever comes late waits in order. */
export class Places {
  private limit: number;
  private readonly hosts = new Map<string, { taken: number; waiting: (() => void)[] }>();

  /** @param limit connections to one host, at least 1 */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Change the limit; what is open stays open. */
  setLimit(limit: number): void {
    this.limit = limit;
    for (const host of this.hosts.keys()) this.next(host);
  }

  /** Whether somebody waits for a connection to this host. */
  isWanted(host: string): boolean {
    return (this.hosts.get(host)?.waiting.length ?? 0) > 0;
  }

  /** Take a place if one is free and nobody waits for it. */
  tryTake(host: string): boolean {
    const entry = this.entry(host);
    if (entry.taken >= this.limit || entry.waiting.length > 0) return false;
    entry.taken++;
    return true;
  }

  /** @throws the signal's reason when it aborts before a place is free */
  async take(host: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.tryTake(host)) return;
    const { waiting } = this.entry(host);
    await new Promise<void>((resolve, reject) => {
      const mine = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        waiting.splice(waiting.indexOf(mine), 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', stop, { once: true });
      waiting.push(mine);
    });
  }

  /** Give a place back. */
  leave(host: string): void {
    const entry = this.entry(host);
    entry.taken--;
    this.next(host);
    if (entry.taken === 0 && entry.waiting.length === 0) this.hosts.delete(host);
  }

  private next(host: string): void {
    const entry = this.entry(host);
    while (entry.taken < this.limit) {
      const first = entry.waiting.shift();
      if (first === undefined) return;
      entry.taken++;
      first();
    }
  }

  private entry(host: string): { taken: number; waiting: (() => void)[] } {
    let entry = this.hosts.get(host);
    if (entry === undefined) this.hosts.set(host, (entry = { taken: 0, waiting: [] }));
    return entry;
  }
}
