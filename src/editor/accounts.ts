import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { ScenewrightError } from '../base/errors.ts';
import { onlineProviders, type OnlineProvider } from './studio-list.ts';

/** The providers that take a key: the writer's endpoint and the studios on the web. */
export type AccountProvider = 'openai' | OnlineProvider;
export const accountProviders: readonly AccountProvider[] = ['openai', ...onlineProviders];

/** An account without its secret: that is in the machine's key store alone. */
export interface Account {
  readonly id: string;
  readonly provider: AccountProvider;
  readonly name: string;
  /** The only origin its key is sent to: the one it was first used with. */
  readonly origin?: string;
}

const listKey = 'scenewright.accounts';
const secretKey = (id: string): string => `scenewright.account.${id}`;

/** The named credentials. Names are in the extension's global state, secrets in `SecretStorage`. */
export class Accounts {
  private readonly state: vscode.Memento;
  private readonly secrets: vscode.SecretStorage;
  private readonly changed = new vscode.EventEmitter<readonly string[]>();
  /** Ids of accounts that are new, gone or not what they were. */
  readonly onDidChange = this.changed.event;

  constructor(state: vscode.Memento, secrets: vscode.SecretStorage) {
    this.state = state;
    this.secrets = secrets;
  }

  all(): readonly Account[] {
    return this.state.get<readonly Account[]>(listKey, []);
  }

  of(provider: AccountProvider): readonly Account[] {
    return this.all().filter((account) => account.provider === provider);
  }

  /** The accounts that belong to an address already. */
  belonging(provider: AccountProvider, address: string): readonly Account[] {
    const { origin } = new URL(address);
    return this.of(provider).filter((account) => account.origin === origin);
  }

  /**
   * The accounts for an address: those that belong to its origin already, or else, the first time,
   * all that have not been used yet; they belong to it from now on. A key never goes to a second
   * origin, whatever the settings say later. One that is added when others belong to the address is
   * not taken for one of theirs: it may be meant for the next address, and has to be given to this
   * one by name (see {@link give}).
   */
  async allFor(provider: AccountProvider, address: string): Promise<readonly Account[]> {
    const own = this.belonging(provider, address);
    if (own.length > 0) return own;
    const { origin } = new URL(address);
    const fresh = this.of(provider).filter((account) => account.origin === undefined);
    const taken = fresh.map((account): Account => ({ ...account, origin }));
    if (taken.length > 0) await this.replace(taken);
    return taken;
  }

  /** Let an account that has not been used yet belong to an address, because the writer says so. */
  async give(id: string, address: string): Promise<void> {
    const account = this.get(id);
    if (account === undefined || account.origin !== undefined) return;
    await this.replace([{ ...account, origin: new URL(address).origin }]);
    this.changed.fire([id]);
  }

  get(id: string): Account | undefined {
    return this.all().find((account) => account.id === id);
  }

  /**
   * Add an account, or give an existing one of the same provider and name a new secret: that one
   * then belongs to no origin yet.
   */
  async add(provider: string, name: string, secret: string): Promise<Account> {
    if (!isAccountProvider(provider)) {
      throw new ScenewrightError(
        'bad-input',
        vscode.l10n.t(
          'There is no provider “{0}”. Accounts are for: {1}.',
          provider,
          accountProviders.join(', '),
        ),
      );
    }
    const cleanName = name.trim();
    const cleanSecret = secret.trim();
    if (cleanName === '' || cleanSecret === '') {
      throw new ScenewrightError(
        'bad-input',
        vscode.l10n.t('An account needs a name and a key. Nothing was stored.'),
      );
    }
    const known = this.of(provider).find((account) => account.name === cleanName);
    const account: Account = { id: known?.id ?? randomUUID(), provider, name: cleanName };
    await this.secrets.store(secretKey(account.id), cleanSecret);
    if (known === undefined) await this.state.update(listKey, [...this.all(), account]);
    else await this.replace([account]);
    this.changed.fire([account.id]);
    return account;
  }

  async remove(id: string): Promise<void> {
    await this.state.update(
      listKey,
      this.all().filter((account) => account.id !== id),
    );
    await this.secrets.delete(secretKey(id));
    this.changed.fire([id]);
  }

  /** The key of an account, if this address is one that it may be sent to. */
  async secret(id: string, address: string): Promise<string | undefined> {
    const account = this.get(id);
    if (account === undefined || !URL.canParse(address)) return undefined;
    const { origin } = new URL(address);
    if (account.origin === undefined) await this.replace([{ ...account, origin }]);
    else if (account.origin !== origin) return undefined;
    return this.secrets.get(secretKey(id));
  }

  private async replace(changed: readonly Account[]): Promise<void> {
    const byId = new Map(changed.map((account) => [account.id, account]));
    await this.state.update(
      listKey,
      this.all().map((account) => byId.get(account.id) ?? account),
    );
  }
}

function isAccountProvider(value: string): value is AccountProvider {
  return (accountProviders as readonly string[]).includes(value);
}
