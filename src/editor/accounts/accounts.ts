import { randomUUID } from 'node:crypto';
import type { Event as CodeEvent, Memento } from 'vscode';
import type { KeyedAccount } from '../../accounts/keyed-account.ts';
import { pastedKey } from '../../accounts/pasted-key.ts';
import { defined } from '../../base/defined.ts';
import { messageOf, ScenewrightError } from '../../base/errors.ts';
import { Emitter } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { namesPrivate } from '../../net/private-address.ts';
import { accountService, serviceProviders, type ServiceProvider } from './account-services.ts';

/** The providers that take a key: the writer's endpoint and the studios on the web. */
export type AccountProvider = 'openai' | ServiceProvider;
export const accountProviders: readonly AccountProvider[] = ['openai', ...serviceProviders];

/** An account without its key: that is in the machine's key store alone. */
export interface Account {
  readonly id: string;
  readonly provider: AccountProvider;
  readonly name: string;
  /** The only origin its key is sent to; absent where the writer has not said yet which that is. */
  readonly origin?: string;
  /** Where it is, for providers of which each account is a server of its own. */
  readonly address?: string;
  /** It has no key, because its server wants none. */
  readonly keyless?: true;
  /** The writer has agreed to its key going over the open internet unencrypted. */
  readonly inTheOpen?: true;
}

/** What is needed of VS Code's `SecretStorage`. */
export interface KeyStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  keys(): PromiseLike<readonly string[]>;
  /** Fires in every window. */
  readonly onDidChange: CodeEvent<{ readonly key: string }>;
}

/** What is in the key store: a key together with where it may go, so that neither is without the other. */
interface Stored {
  readonly version: 1;
  readonly account: Account;
  readonly secret: string;
}

const prefix = 'scenewright.key.';

/** How accounts were stored before: a list in the global state, each key by itself. */
const olderListKey = 'scenewright.accounts';
const olderSecretKey = (id: string): string => `scenewright.account.${id}`;

/**
 * The named credentials, each in one piece in VS Code's `SecretStorage`, which all windows share: two
 * that change accounts at once cannot lose one another's.
 *
 * A key is bound to the origin that it was entered for. Nothing binds it by merely asking for it, and
 * it is handed out for no other origin, to no other provider, and over the open internet unencrypted
 * only where the writer has agreed to that.
 */
export class Accounts {
  private readonly keys: KeyStore;
  private readonly known = new Map<string, Account>();
  private readonly changed = new Emitter<readonly string[]>();
  private readonly listening: { dispose(): unknown };

  /** Ids of accounts that are new, gone or not what they were, in whatever window that was done. */
  readonly onDidChange = this.changed.event;
  /**
   * The accounts are known from here on; before that there seem to be none. Rejects with a
   * ScenewrightError `account` where the key store cannot be read.
   */
  readonly ready: Promise<void>;

  /** @param older where accounts were listed before */
  constructor(keys: KeyStore, older: Memento) {
    this.keys = keys;
    this.listening = keys.onDidChange(({ key }) => {
      if (!key.startsWith(prefix)) return;
      const id = key.slice(prefix.length);
      // What cannot be read now is no account; it is tried again with the next change, or window.
      this.reread(id).then(
        () => {
          this.changed.fire([id]);
        },
        () => undefined,
      );
    });
    this.ready = this.load(older).catch((cause: unknown) => {
      throw new ScenewrightError(
        'account',
        t(
          'The key store of this machine cannot be read ({0}). No key was sent. Unlock it, then reload the window.',
          messageOf(cause),
        ),
        { cause },
      );
    });
    // Whoever needs an account hears of it; who needs none has nothing to hear.
    this.ready.catch(() => undefined);
  }

  all(): readonly Account[] {
    return [...this.known.values()].sort(byName);
  }

  of(provider: AccountProvider): readonly Account[] {
    return this.all().filter((account) => account.provider === provider);
  }

  /** The accounts that belong to an address, whether or not a key may go there as it is. */
  belonging(provider: AccountProvider, address: string): readonly Account[] {
    const origin = originOf(address);
    return this.of(provider).filter(
      (account) => account.origin !== undefined && account.origin === origin,
    );
  }

  /** Those of them whose key may be sent there. */
  usable(provider: AccountProvider, address: string): readonly Account[] {
    return this.belonging(provider, address).filter((account) => maySend(account, address));
  }

  /** The accounts that are servers of their own and may be asked; none for any other provider. */
  servers(provider: AccountProvider): readonly Account[] {
    return this.of(provider).filter(
      (account) => account.address !== undefined && maySend(account, account.address),
    );
  }

  get(id: string): Account | undefined {
    return this.known.get(id);
  }

  /** The account of this provider and name, if there is one. */
  named(provider: AccountProvider, name: string): Account | undefined {
    return this.of(provider).find((account) => account.name === name.trim());
  }

  /**
   * Add an account, or give the one of the same provider and name another key, which is for the
   * origin given now and no longer for the one before.
   *
   * @param secret as it was pasted; empty where it is for a server that wants none
   * @param address where the key may be sent; without it nowhere until {@link bind}
   * @throws ScenewrightError `bad-input` where it is no key that can be sent
   */
  async add(
    provider: AccountProvider,
    name: string,
    secret: string,
    address?: string,
    inTheOpen = false,
  ): Promise<Account> {
    await this.ready;
    const pasted = secret.trim() === '' && isServer(provider) ? { key: '' } : pastedKey(secret);
    if ('fault' in pasted) {
      throw new ScenewrightError('bad-input', t('The key was not stored: {0}', pasted.fault));
    }
    const id = this.named(provider, name)?.id ?? randomUUID();
    const keyless = pasted.key === '' ? { keyless: true as const } : {};
    const account = bound({ id, provider, name: name.trim(), ...keyless }, address, inTheOpen);
    await this.store(account, pasted.key);
    return account;
  }

  /** Let the key of an account be for this address and no other, because the writer says so. */
  async bind(id: string, address: string, inTheOpen = false): Promise<void> {
    await this.ready;
    const stored = await this.stored(id);
    if (stored !== undefined)
      await this.store(bound(stored.account, address, inTheOpen), stored.secret);
  }

  async remove(id: string): Promise<void> {
    await this.keys.delete(prefix + id);
    this.known.delete(id);
    this.changed.fire([id]);
  }

  /** An account for those who send requests: each time they get its key for one address, or an error. */
  keyed(id: string, provider: AccountProvider): KeyedAccount {
    const named = (): string => this.known.get(id)?.name ?? id;
    const address = this.known.get(id)?.address;
    return {
      id,
      get name() {
        return named();
      },
      ...defined({ address }),
      key: async (to) => {
        const secret = await this.secret(id, provider, to);
        if (secret === '') return '';
        const pasted = secret === undefined ? undefined : pastedKey(secret);
        if (pasted !== undefined && 'key' in pasted) return pasted.key;
        if (pasted !== undefined) {
          throw new ScenewrightError(
            'account',
            t('The key of “{0}” cannot be sent: {1} Nothing was sent.', named(), pasted.fault),
            { advice: t('Change it with "Manage Accounts", then go on.') },
          );
        }
        throw new ScenewrightError(
          'account',
          this.known.has(id)
            ? t(
                'The account "{0}" has no key for {1} any more. Nothing more was sent with it. Give it one with "Manage Accounts", then go on.',
                named(),
                originOf(to) ?? t('this address'),
              )
            : t(
                'The account that this was to be sent with has been removed, and its key with it. Nothing more was sent. Add an account with "Manage Accounts".',
              ),
        );
      },
    };
  }

  /** The key of an account, if it is this provider's and may be sent to this address. */
  private async secret(
    id: string,
    provider: AccountProvider,
    address: string,
  ): Promise<string | undefined> {
    await this.ready;
    // Read anew each time, the key with its origin: another window may have changed both.
    const stored = await this.stored(id);
    return stored?.account.provider === provider && maySend(stored.account, address)
      ? stored.secret
      : undefined;
  }

  private async store(account: Account, secret: string): Promise<void> {
    const stored: Stored = { version: 1, account, secret };
    await this.keys.store(prefix + account.id, JSON.stringify(stored));
    this.known.set(account.id, account);
    this.changed.fire([account.id]);
  }

  private async stored(id: string): Promise<Stored | undefined> {
    const text = await this.keys.get(prefix + id);
    return text === undefined ? undefined : readStored(text, id);
  }

  private async reread(id: string): Promise<void> {
    const stored = await this.stored(id);
    if (stored === undefined) this.known.delete(id);
    else this.known.set(id, stored.account);
  }

  private async load(older: Memento): Promise<void> {
    await this.takeOver(older).catch(() => undefined);
    const keys = await this.keys.keys();
    const ids = keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    await Promise.allSettled(ids.map((id) => this.reread(id)));
    if (ids.length > 0) this.changed.fire(ids);
  }

  /** Accounts of before keep their origin; one that had none yet has none until the writer gives it. */
  private async takeOver(older: Memento): Promise<void> {
    const list = older.get<readonly Account[]>(olderListKey, []);
    for (const { id, provider, name, origin } of list) {
      const secret = await this.keys.get(olderSecretKey(id));
      // Another window may be at it too.
      if (secret !== undefined && (await this.stored(id)) === undefined) {
        await this.store({ id, provider, name, ...defined({ origin }) }, secret);
      }
    }
    for (const { id } of list) await this.keys.delete(olderSecretKey(id));
    if (list.length > 0) await older.update(olderListKey, undefined);
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }
}

/** The origin of an address that one can speak to, if it is one. */
export function originOf(address: string): string | undefined {
  const url = URL.parse(address.trim());
  return url !== null && /^https?:$/u.test(url.protocol) ? url.origin : undefined;
}

/** Whether what is sent to an address can be read by anybody on the way over the open internet. */
export function isInTheOpen(address: string): boolean {
  const url = URL.parse(address.trim());
  return url?.protocol === 'http:' && !namesPrivate(url);
}

/** Whether each account of a provider is a server of its own, which may want no key. */
export function isServer(provider: AccountProvider): boolean {
  return provider !== 'openai' && accountService(provider).serverPerAccount !== undefined;
}

export function isAccountProvider(value: string): value is AccountProvider {
  return (accountProviders as readonly string[]).includes(value);
}

function maySend({ origin, inTheOpen, keyless }: Account, address: string): boolean {
  if (origin === undefined || originOf(address) !== origin) return false;
  return keyless === true || inTheOpen === true || !isInTheOpen(address);
}

function bound(
  { id, provider, name, keyless }: Account,
  address: string | undefined,
  inTheOpen: boolean,
): Account {
  const origin = address === undefined ? undefined : originOf(address);
  return {
    id,
    provider,
    name,
    ...defined({ origin, keyless, address: isServer(provider) ? address?.trim() : undefined }),
    ...(inTheOpen ? { inTheOpen } : {}),
  };
}

function readStored(text: string, id: string): Stored | undefined {
  try {
    const { version, account, secret } = JSON.parse(text) as Omit<Stored, 'version'> & {
      version: number;
    };
    const hasKey = secret !== '' || account.keyless === true;
    const isWhole = account.id === id && isAccountProvider(account.provider) && hasKey;
    return version === 1 && isWhole ? { version, account, secret } : undefined;
  } catch {
    return undefined;
  }
}

function byName(a: Account, b: Account): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;
}
