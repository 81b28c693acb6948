import path from 'node:path';
import type * as vscode from 'vscode';
import { systemClock } from '../base/clock.ts';
import { Downloader } from '../jobs/download.ts';
import { OwnerLock } from '../base/lock.ts';
import { JobManager } from '../jobs/manager.ts';
import { Posters } from '../jobs/poster.ts';
import { JobStore } from '../jobs/store.ts';
import type { Http } from '../net/http.ts';
import type { Accounts } from './accounts.ts';
import type { Messages } from './messages.ts';
import { animaticFiles, type Services } from './services.ts';
import { onSettingChanged, setting } from './settings.ts';

export interface VideoJobsOptions {
  /** The extension's storage of this workspace. */
  readonly storage: string;
  readonly extensionPath: string;
  readonly http: Http;
  readonly services: Services;
  readonly accounts: Accounts;
  readonly messages: Messages;
}

/** The job manager of this workspace, set up as the settings say and following them. */
export class VideoJobs implements vscode.Disposable {
  readonly manager: JobManager;
  private readonly posters: Posters;
  private readonly following: vscode.Disposable;

  constructor({ storage, extensionPath, http, services, accounts, messages }: VideoJobsOptions) {
    const store = new JobStore(path.join(storage, 'jobs'));
    const download = new Downloader({
      http,
      clock: systemClock,
      parallel: setting('downloads.parallel'),
    });
    this.posters = new Posters({
      ...animaticFiles(extensionPath),
      ffmpegPath: () => setting('ffmpegPath'),
      onProblem: (reason) => {
        messages.info(reason);
      },
    });
    this.manager = new JobManager({
      store,
      lock: new OwnerLock(path.join(store.folder, 'owner'), { clock: systemClock }),
      studios: services.studio,
      secret: (account) => accounts.secret(account, setting('video.baseUrl')),
      download,
      posters: this.posters,
      clock: systemClock,
      pollMs: () => setting('video.pollSeconds') * 1000,
      onDefect: (error) => {
        messages.logError(error);
      },
    });
    this.following = onSettingChanged('downloads.parallel', () => {
      download.setParallel(setting('downloads.parallel'));
    });
  }

  dispose(): void {
    this.following.dispose();
    void this.posters.dispose();
  }
}
