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

  get(id: string): Account | undefined {
    return this.all().find((account) => account.id === id);
  }

  /** Add an account, or give an existing one of the same provider and name a new secret. */
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
    const account = known ?? { id: randomUUID(), provider, name: cleanName };
    await this.secrets.store(secretKey(account.id), cleanSecret);
    if (known === undefined) await this.state.update(listKey, [...this.all(), account]);
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

  async secret(id: string): Promise<string | undefined> {
    return this.secrets.get(secretKey(id));
  }
}

function isAccountProvider(value: string): value is AccountProvider {
  return (accountProviders as readonly string[]).includes(value);
}
