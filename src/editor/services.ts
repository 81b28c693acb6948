import path from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../base/clock.ts';
import { ScenewrightError } from '../base/errors.ts';
import type { EndpointMemory } from '../models/endpoint-memory.ts';
import { OfflineScaffold } from '../models/offline.ts';
import { WriterPool } from '../models/pool.ts';
import type { WriterModel } from '../models/port.ts';
import type { Http, HttpOptions } from '../net/http.ts';
import type { AnimaticStudio } from '../studios/animatic/studio.ts';
import { OpenAiVideosStudio } from '../studios/openai-videos.ts';
import type { VideoStudio } from '../studios/port.ts';
import type { Account, AccountProvider, Accounts } from './accounts.ts';
import type { Messages } from './messages.ts';
import { vsCodeWriter } from './choose-writer.ts';
import { setting } from './settings.ts';

/** How long the offline writer takes over a request, so that one can watch a script grow. */
const scaffoldMs = 350;

export interface ServiceTools {
  readonly accounts: Accounts;
  readonly http: Http;
  /** For language models, which may think for minutes before the first word. */
  readonly patientHttp: Http;
  readonly animatic: AnimaticStudio;
  readonly messages: Messages;
}

/** The writer models and studios that the settings choose. */
export class Services {
  private readonly tools: ServiceTools;
  private readonly accounts: Accounts;
  private readonly animatic: AnimaticStudio;
  /** What endpoints have been found to take, for as long as the window is open. */
  private memory: EndpointMemory | undefined;

  constructor(tools: ServiceTools) {
    this.tools = tools;
    this.accounts = tools.accounts;
    this.animatic = tools.animatic;
  }

  readonly createWriter = async (): Promise<WriterModel> => {
    const provider = setting('writer.provider');
    if (provider === 'offline') return new OfflineScaffold({ thinkingMs: scaffoldMs });
    requireTrust();
    if (provider === 'vscode') return vsCodeWriter(setting('writer.vscodeModel'));
    const baseUrl = requireAddress('writer.baseUrl');
    const accounts = await this.accounts.allFor('openai', baseUrl);
    if (accounts.length === 0 && new URL(baseUrl).hostname === 'api.openai.com') {
      throw missingAccount('openai');
    }
    return this.openAiPool(baseUrl, accounts);
  };

  /** One writer for all accounts; where there is none, as with models on this machine, without a key. */
  private async openAiPool(baseUrl: string, accounts: readonly Account[]): Promise<WriterModel> {
    // The SDK is loaded only by those who use it.
    const [{ OpenAiWriter }, { EndpointMemory }] = await Promise.all([
      import('../models/openai.ts'),
      import('../models/endpoint-memory.ts'),
    ]);
    const memory = (this.memory ??= new EndpointMemory());
    const writer = (secret: () => Promise<string | undefined>): WriterModel =>
      new OpenAiWriter({
        baseUrl,
        model: setting('writer.model'),
        secret,
        fetch: this.tools.patientHttp.fetch,
        memory,
      });
    const pool = new WriterPool(
      accounts.length === 0
        ? [{ id: '', name: new URL(baseUrl).host, model: writer(() => Promise.resolve(undefined)) }]
        : accounts.map(({ id, name }) => ({
            id,
            name,
            model: writer(() => this.accounts.secret(id, baseUrl)),
          })),
      { clock: systemClock },
    );
    pool.onDidNotice((notice) => {
      // That the last one cannot be used either is told by what fails for want of any.
      const othersGoOn = pool.traffic.readyInMs() < Infinity;
      this.tools.messages.accountNotice(notice, othersGoOn);
    });
    return pool;
  }

  /** A studio by its id, as a job's record names it. */
  readonly studio = (id: string): VideoStudio | undefined => {
    if (id === 'animatic') return this.animatic;
    if (id !== 'openai-videos' || !vscode.workspace.isTrusted) return undefined;
    const baseUrl = setting('video.baseUrl').trim();
    if (!URL.canParse(baseUrl)) return undefined;
    return new OpenAiVideosStudio({
      baseUrl,
      model: setting('video.model'),
      http: this.tools.http,
      body: setting('video.requestFormat'),
      seconds: setting('video.clipSeconds'),
    });
  };

  /** The studio for new renders and the account it uses. */
  readonly chosen = async (): Promise<{ studio: VideoStudio; account?: string }> => {
    const provider = setting('video.provider');
    if (provider === 'animatic') return { studio: this.animatic };
    requireTrust();
    const baseUrl = requireAddress('video.baseUrl');
    const studio = this.studio(provider);
    const account = await this.accounts.for(provider, baseUrl);
    if (studio === undefined || (studio.needsAccount && account === undefined)) {
      throw missingAccount(provider);
    }
    return { studio, ...(account === undefined ? {} : { account: account.id }) };
  };

  /** The clip lengths that scenes are planned for, in seconds. */
  readonly clipSeconds = async (): Promise<readonly number[]> => {
    const studio = this.studio(setting('video.provider')) ?? this.animatic;
    return (await studio.capabilities({ signal: AbortSignal.timeout(30_000) })).seconds;
  };
}

/** Where the animatic's worker, fonts and WebAssembly lie in the built extension. */
export function animaticFiles(extensionPath: string): {
  workerFile: string;
  assets: { resvgWasm: string; fonts: string[] };
} {
  const folder = path.join(extensionPath, 'dist', 'animatic');
  return {
    workerFile: path.join(folder, 'worker.cjs'),
    assets: {
      resvgWasm: path.join(folder, 'resvg.wasm'),
      fonts: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSans-Oblique.ttf'].map((file) =>
        path.join(folder, file),
      ),
    },
  };
}

/**
 * VS Code's own network settings. Its patched `fetch` follows them by itself; our bundled client has
 * to be told.
 */
export function httpSettings(): HttpOptions {
  const settings = vscode.workspace.getConfiguration('http');
  const proxy = settings.get<string>('proxy', '').trim();
  const noProxy = settings.get<readonly string[]>('noProxy', []);
  return {
    ...(proxy === '' ? {} : { proxy }),
    ...(noProxy.length === 0 ? {} : { noProxy }),
    systemCertificates: settings.get<boolean>('systemCertificates', true),
  };
}

function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new ScenewrightError(
    'account',
    vscode.l10n.t(
      'This workspace is not trusted, so no key is used in it. Trust the workspace, or go on with the offline writer and the animatic studio.',
    ),
  );
}

function requireAddress(key: 'writer.baseUrl' | 'video.baseUrl'): string {
  const value = setting(key).trim();
  if (URL.canParse(value) && /^https?:$/u.test(new URL(value).protocol)) return value;
  throw new ScenewrightError(
    'bad-input',
    vscode.l10n.t(
      'The setting scenewright.{0} needs the address of the service, such as https://example.com/v1. Nothing was sent.',
      key,
    ),
  );
}

function missingAccount(provider: AccountProvider): ScenewrightError {
  return new ScenewrightError(
    'account',
    vscode.l10n.t(
      'There is no account for {0} at this address yet. Add one with “Scenewright: Add Account…”. Nothing was sent.',
      provider,
    ),
  );
}
