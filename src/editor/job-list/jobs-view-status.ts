import type * as vscode from 'vscode';
import type { JobManager } from '../../jobs/manager.ts';
import type { AccountNotices } from '../accounts/account-notices.ts';
import { ContextKeys } from '../ui/context-keys.ts';
import type { JobRows } from './job-rows.ts';
import { badgeOf, filterDescription, noneWords, viewMessage } from './jobs-view-words.ts';

export interface JobsViewStatusTools {
  readonly manager: Pick<JobManager, 'owner'>;
  readonly notices: AccountNotices;
  readonly accountName: (id: string) => string | undefined;
}

/** Everything around the rows of the video jobs: badge, message, description, and the menus' keys. */
export class JobsViewStatus {
  private readonly view: vscode.TreeView<unknown>;
  private readonly rows: JobRows;
  private readonly tools: JobsViewStatusTools;
  private readonly keys = new ContextKeys();
  /** What the window was told last, by name. */
  private readonly told = new Map<string, unknown>();

  constructor(view: vscode.TreeView<unknown>, rows: JobRows, tools: JobsViewStatusTools) {
    this.view = view;
    this.rows = rows;
    this.tools = tools;
  }

  update(): void {
    const { counts, filter } = this.rows;
    this.tell('badge', counts.underWay, (underWay) => {
      this.view.badge = badgeOf(underWay);
    });
    this.tell('description', filterDescription(filter), (words) => {
      this.view.description = words;
    });
    this.tell('message', this.message(), (words) => {
      this.view.message = words;
    });
    this.keys.set('jobs.any', counts.all > 0);
    this.keys.set('jobs.underWay', counts.underWay > 0);
    this.keys.set('jobs.paused', counts.paused > 0);
    this.keys.set('jobs.retriable', counts.retriable > 0);
    this.keys.set('jobs.filter', filter === 'all' ? undefined : filter);
  }

  private message(): string {
    const { manager, notices, accountName } = this.tools;
    const message = viewMessage(manager.owner, notices.current(), accountName);
    // Without a message, an empty list is told of by the view's welcome, which has a button too.
    if (message === '' || this.rows.scripts().length > 0) return message;
    return `${message} ${noneWords(this.rows.filter)}`.trim();
  }

  /** Each of these is a message to the window, so only what is new is told. */
  private tell<T>(key: string, value: T, set: (value: T) => void): void {
    if (this.told.get(key) === value) return;
    this.told.set(key, value);
    set(value);
  }
}
