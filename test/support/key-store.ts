import { Emitter } from '../../src/base/events.ts';
import {
  Accounts,
  originOf,
  type AccountProvider,
  type KeyStore,
} from '../../src/editor/accounts/accounts.ts';

/** The key store of a machine, which all windows share. */
export class SharedKeys implements KeyStore {
  readonly stored = new Map<string, string>();
  private readonly changed = new Emitter<{ readonly key: string }>();
  readonly onDidChange = this.changed.event;

  async get(key: string): Promise<string | undefined> {
    await Promise.resolve();
    return this.stored.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    await Promise.resolve();
    this.stored.set(key, value);
    this.changed.fire({ key });
  }

  async delete(key: string): Promise<void> {
    await Promise.resolve();
    if (this.stored.delete(key)) this.changed.fire({ key });
  }

  async keys(): Promise<readonly string[]> {
    await Promise.resolve();
    return [...this.stored.keys()];
  }
}

/** The global state of one window, as it was when the window began. */
export function memento(values: Readonly<Record<string, unknown>> = {}) {
  const state = new Map(Object.entries(values));
  return {
    keys: () => [...state.keys()],
    get: <T>(key: string, otherwise?: T) => (state.has(key) ? state.get(key) : otherwise) as T,
    update: (key: string, value: unknown) => {
      if (value === undefined) state.delete(key);
      else state.set(key, value);
      return Promise.resolve();
    },
  };
}

/**
 * The accounts of a window over a key store, where those of a test are known by ids of its own
 * choice. Their keys are for one address.
 */
export class TestAccounts {
  readonly keys = new SharedKeys();
  readonly accounts = new Accounts(this.keys, memento());
  private readonly provider: AccountProvider;
  private readonly address: string;

  constructor(provider: AccountProvider, address: string) {
    this.provider = provider;
    this.address = address;
  }

  /** As another window of this machine would do it. */
  async put(id: string, secret: string, name = id, address = this.address): Promise<void> {
    const account = { id, provider: this.provider, name, origin: originOf(address) };
    const stored = { version: 1, account, secret };
    await this.keys.store(`scenewright.key.${id}`, JSON.stringify(stored));
    // The window has heard of it.
    await new Promise((resolve) => setImmediate(resolve));
  }

  async remove(id: string): Promise<void> {
    await this.accounts.remove(id);
  }

  /** What the jobs are given to ask with. */
  readonly account = (id: string): ReturnType<Accounts['keyed']> =>
    this.accounts.keyed(id, this.provider);
}
