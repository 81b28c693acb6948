import { Accounts } from '../../../../src/editor/accounts/accounts.ts';
import { SharedKeys, memento } from '../../../support/key-store.ts';

/** The accounts of a window that are servers of their own, by the names that a test gives them. */
export class ServerAccounts {
  readonly accounts = new Accounts(new SharedKeys(), memento());
  private known: string[] = [];

  async add(name: string, address: string, key: string): Promise<void> {
    const { id } = await this.accounts.add('comfyui', name, key, address);
    this.known.push(id);
  }

  /** Order with one of them alone. */
  only(index: number): void {
    this.known = this.known.slice(index, index + 1);
  }

  get ids(): readonly string[] {
    return this.known;
  }

  readonly keyed = (id: string): ReturnType<Accounts['keyed']> =>
    this.accounts.keyed(id, 'comfyui');
}
