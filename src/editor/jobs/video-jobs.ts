import path from 'node:path';
import * as vscode from 'vscode';
import { animaticFiles, CardDrawer } from '../../animatic/index.ts';
import { systemClock } from '../../base/clock.ts';
import { t } from '../../base/l10n.ts';
import { lazily } from '../../base/lazily.ts';
import { OwnerLock } from '../../base/lock.ts';
import { Downloader } from '../../downloads/download.ts';
import { JobManager } from '../../jobs/manager.ts';
import type { CardDrawing } from '../../jobs/poster.ts';
import { ClipClaims } from '../../jobs/sharing/claims.ts';
import { lockFolder } from '../../jobs/sharing/generations.ts';
import { JobStore } from '../../jobs/job-store.ts';
import type { Enlarger } from '../../jobs/manager-options.ts';
import type { Http } from '../../net/http.ts';
import type { AccountNotices } from '../accounts/account-notices.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Registration } from '../commands/registration.ts';
import { JobIndex } from './job-index.ts';
import { ScriptClips } from './script-clips.ts';
import { JobLedger } from '../../jobs/job-ledger.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import type { ScriptMoves } from '../script/script-moves.ts';
import type { Services } from '../accounts/services.ts';
import { settings } from '../settings.ts';
import { OrderBudget } from './order-budget.ts';

export interface VideoJobsTools {
  readonly registration: Registration;
  readonly scripts: OpenScripts;
  readonly moves: ScriptMoves;
  readonly http: Http;
  readonly services: Services;
  readonly accounts: Accounts;
  readonly notices: AccountNotices;
}

/** The jobs of this workspace, set up as the settings say and following them. */
export class VideoJobs implements vscode.Disposable {
  readonly manager: JobManager;
  readonly jobs: JobIndex;
  readonly clips: ScriptClips;
  readonly notices: AccountNotices;
  readonly budget: OrderBudget;
  private readonly cards: CardDrawer;
  private readonly download: Downloader;
  private readonly following: vscode.Disposable;

  constructor(tools: VideoJobsTools) {
    const { registration, scripts, moves, http, services, accounts, notices } = tools;
    this.notices = notices;
    const { context, messages, storage, sharedStorage } = registration;
    const { extensionPath } = context;
    const store = new JobStore(path.join(storage, 'jobs'));
    const download = new Downloader({
      http,
      clock: systemClock,
      workerFile: path.join(extensionPath, 'dist', 'downloads', 'worker.cjs'),
      parallel: settings.downloads.parallel.value,
      segments: settings.downloads.segments.value,
      connectionsPerHost: settings.downloads.connectionsPerHost.value,
      bytesPerSecond: bandwidth(),
      largestBytes: largestClip(),
    });
    this.download = download;
    const cards = new CardDrawer(animaticFiles(extensionPath));
    this.cards = cards;
    // Loaded with the first clip that comes in.
    const makers = lazily(async () => {
      const [{ FrameKeeper }, { Posters }] = await Promise.all([
        import('../../jobs/frame-keeper.ts'),
        import('../../jobs/poster.ts'),
      ]);
      const options = {
        ffmpegPath: () => settings.ffmpegPath.value,
        onProblem: (reason: string) => {
          messages.info(reason);
        },
      };
      const drawCard: CardDrawing = (card, signal) => cards.draw(card, signal);
      return { frames: new FrameKeeper(options), posters: new Posters({ ...options, drawCard }) };
    });
    this.manager = new JobManager({
      store,
      lock: new OwnerLock(path.join(store.folder, lockFolder), { clock: systemClock }),
      claims: new ClipClaims(path.join(sharedStorage, 'clips'), store.folder, windowName()),
      scripts: {
        fileOf: (address) => {
          const { scheme, fsPath } = vscode.Uri.parse(address);
          return scheme === 'file' ? fsPath : undefined;
        },
        addressOf: (file) => vscode.Uri.file(file).toString(),
      },
      studios: services.studio,
      pictureStudios: services.pictureStudio,
      account: services.account,
      onAccountNotice: (notice) => {
        notices.take(notice);
        messages.accountNotice(notice);
      },
      upscale: () => settings.upscale.value,
      enlarge,
      download,
      posters: { make: async (...asked) => (await makers()).posters.make(...asked) },
      frames: { take: async (...asked) => (await makers()).frames.take(...asked) },
      clock: systemClock,
      pollMs: () => settings.video.pollSeconds.value * 1000,
      onDefect: (error) => {
        messages.logError(error);
      },
    });
    const { manager } = this;
    this.jobs = new JobIndex(manager, () => vscode.workspace.isTrusted);
    this.clips = new ScriptClips(scripts, this.jobs);
    const ledger = new JobLedger(manager, context.workspaceState);
    this.budget = new OrderBudget({ ledger, manager, studio: services.studio });
    this.following = vscode.Disposable.from(
      this.clips,
      ledger,
      settings.downloads.parallel.onDidChange(() => {
        download.setParallel(settings.downloads.parallel.value);
      }),
      settings.downloads.connectionsPerHost.onDidChange(() => {
        download.setConnectionsPerHost(settings.downloads.connectionsPerHost.value);
      }),
      settings.downloads.bandwidth.onDidChange(() => {
        download.setBandwidth(bandwidth());
      }),
      moves.onDidMoveFiles((files) => {
        manager.follow(files).catch((error: unknown) => {
          messages.error(error);
        });
      }),
      settings.downloads.largestClip.onDidChange(() => {
        download.setLargest(largestClip());
      }),
      accounts.onDidChange((ids) => {
        manager.forgiveAccounts(ids);
      }),
    );
  }

  /** Stops all work, so that the next window finds every record as it has to be. */
  async close(): Promise<void> {
    await this.manager.dispose();
    await this.download.dispose();
  }

  dispose(): void {
    this.following.dispose();
    void this.cards.dispose();
  }
}

/** What the title bar calls this window, for messages in others. */
function windowName(): string {
  return vscode.workspace.name ?? t('a window without a folder');
}

/** In bytes per second; 0 for no limit. */
function bandwidth(): number {
  return settings.downloads.bandwidth.value * 1_000_000;
}

/** In bytes. */
function largestClip(): number {
  return settings.downloads.largestClip.value * 1_000_000_000;
}

const enlarge: Enlarger = async (clip, output, options) => {
  // Loaded when it is needed: the media library is the largest part of the extension.
  const media = await import('../../media/enlarge.ts');
  return await media.enlarge(settings.ffmpegPath.value, clip, output, options);
};
