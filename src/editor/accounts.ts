import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { ScenewrightError } from '../base/errors.ts';

/** The providers that take a key. */
export const accountProviders = ['openai', 'openai-videos'] as const;
export type AccountProvider = (typeof accountProviders)[number];

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
  private readonly changed = new vscode.EventEmitter<void>();
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

  /**
   * The account for an address: one that belongs to its origin already, else one that has not been
   * used yet and belongs to it from now on. A key never goes to a second origin, whatever the
   * settings say later.
   */
  async for(provider: AccountProvider, address: string): Promise<Account | undefined> {
    const { origin } = new URL(address);
    const accounts = this.of(provider);
    const own = accounts.find((account) => account.origin === origin);
    if (own !== undefined) return own;
    const fresh = accounts.find((account) => account.origin === undefined);
    return fresh && this.replace({ ...fresh, origin });
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
    else await this.replace(account);
    this.changed.fire();
    return account;
  }

  async remove(id: string): Promise<void> {
    await this.state.update(
      listKey,
      this.all().filter((account) => account.id !== id),
    );
    await this.secrets.delete(secretKey(id));
    this.changed.fire();
  }

  /** The key of an account, if this address is one that it may be sent to. */
  async secret(id: string, address: string): Promise<string | undefined> {
    const account = this.get(id);
    if (account === undefined || !URL.canParse(address)) return undefined;
    const { origin } = new URL(address);
    if (account.origin === undefined) await this.replace({ ...account, origin });
    else if (account.origin !== origin) return undefined;
    return this.secrets.get(secretKey(id));
  }

  private async replace(changed: Account): Promise<Account> {
    await this.state.update(
      listKey,
      this.all().map((account) => (account.id === changed.id ? changed : account)),
    );
    return changed;
  }
}

function isAccountProvider(value: string): value is AccountProvider {
  return (accountProviders as readonly string[]).includes(value);
}
