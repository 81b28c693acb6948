import type * as vscode from 'vscode';
import { Messages } from '../ui/messages.ts';
import { registerCommands, type CommandTable } from './register-commands.ts';

/** What a feature is registered with: where its files are, and what becomes of its parts. */
export class Registration {
  readonly context: vscode.ExtensionContext;
  readonly messages: Messages;
  private readonly starting: (() => Promise<void> | undefined)[] = [];
  private readonly closing: (() => Promise<void>)[] = [];

  constructor(context: vscode.ExtensionContext) {
    this.context = context;
    this.messages = this.own(new Messages());
  }

  /** Folder of this workspace. Without a folder what belongs to no workspace shares one. */
  get storage(): string {
    return (this.context.storageUri ?? this.context.globalStorageUri).fsPath;
  }

  /** Folder that all windows share. */
  get sharedStorage(): string {
    return this.context.globalStorageUri.fsPath;
  }

  /** Have something disposed of with the extension. */
  own<T extends { dispose(): unknown }>(part: T): T {
    this.context.subscriptions.push(part);
    return part;
  }

  commands(table: CommandTable): void {
    this.own(registerCommands(this.messages, table));
  }

  /** Do something once every feature is registered; what it returns is waited for. */
  onStart(act: () => Promise<void> | undefined): void {
    this.starting.push(act);
  }

  /** Do something before the window closes, which waits for it: first what was registered last. */
  onClose(act: () => Promise<void>): void {
    this.closing.unshift(act);
  }

  async start(): Promise<void> {
    for (const act of this.starting) await act();
  }

  async close(): Promise<void> {
    for (const act of this.closing) await act();
  }
}
