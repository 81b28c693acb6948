import * as vscode from 'vscode';
import { systemClock } from '../../base/clock.ts';
import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import type { AccountNotice } from '../../accounts/account-notice.ts';
import type { KeyedAccount } from '../../accounts/keyed-account.ts';
import { t } from '../../base/l10n.ts';
import { factLine, inARow } from '../../base/lists.ts';
import type { EndpointMemory } from '../../models/openai/endpoint-memory.ts';
import type { OfferedModels } from '../../models/openai/offered-models.ts';
import type { WriterModel } from '../../models/writer-model.ts';
import type { HttpOptions } from '../../net/http-types.ts';
import type { Http } from '../../net/http.ts';
import { namesPrivate } from '../../net/private-address.ts';
import type { AnimaticPictures, AnimaticStudio } from '../../animatic/index.ts';
import type { KeptPictures } from '../../studios/drawing/kept-pictures.ts';
import {
  DrawingFactory,
  drawingDefinition,
  isDrawingProvider,
  type DrawingProvider,
} from '../../studios/drawing/registry.ts';
import { isKeyless } from '../../studios/drawing/online-drawing.ts';
import type { Offering, StudioOffer } from '../../studios/offers.ts';
import type { PictureStudio, VideoStudio } from '../../studios/port.ts';
import { isOnline, onlineStudio, type OnlineProvider } from '../../studios/registry.ts';
import { StudioFactory } from '../../studios/studio-factory.ts';
import { FilesOfFolders } from '../../studios/workspace-files.ts';
import type { JobRecord, RenderTerms } from '../../jobs/job.ts';
import { agreedTerms } from '../../jobs/steps/studio-address.ts';
import { accountService, type ServiceProvider } from './account-services.ts';
import { missingAccount, unsettledAccount } from './account-errors.ts';
import { isServer, originOf, type AccountProvider, type Accounts } from './accounts.ts';
import type { Messages } from '../ui/messages.ts';
import { settings } from '../settings.ts';

/** How long the offline writer takes over a request, so that one can watch a script grow. */
const scaffoldMs = 350;

/** How long a studio may take to say what it can do, in milliseconds. */
export const capabilitiesMs = 30_000;

/** How long a server may take to say who it is, in milliseconds. */
const meetMs = 15_000;

/** Under this the state of the extension has what was learned of how much models read at once. */
const windowsKey = 'scenewright.windowsOfModels';

/** What the settings choose for new renders. */
export interface ChosenStudio {
  readonly studio: VideoStudio;
  /** Those that it may be ordered with; none for a studio that needs none. */
  readonly accounts: readonly KeyedAccount[];
  /** Absent where there is nothing to choose. */
  readonly terms?: RenderTerms;
}

/** What the settings choose for new pictures; as {@link ChosenStudio}. */
export interface ChosenDrawing extends Omit<ChosenStudio, 'studio'> {
  readonly studio: PictureStudio;
}

export interface ServiceTools {
  /** What the offline writer tells its stories from. */
  readonly storiesFolder: string;
  readonly accounts: Accounts;
  readonly http: Http;
  /** For language models, which may think for minutes before the first word. */
  readonly patientHttp: Http;
  readonly animatic: AnimaticStudio;
  readonly animaticPictures: AnimaticPictures;
  /** Where pictures that came with an answer wait. */
  readonly kept: KeptPictures;
  readonly messages: Messages;
  /** Told of accounts that the writer cannot use at present. */
  readonly onWriterNotice: (notice: AccountNotice) => void;
  /** Where what was learned of models stays when the window closes. */
  readonly state: vscode.Memento;
}

/** Files of the folders that are open. */
export const workspaceFiles = new FilesOfFolders(() =>
  (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath),
);

/** The writer models and studios that the settings choose. */
export class Services {
  private readonly tools: ServiceTools;
  private readonly accounts: Accounts;
  private readonly animatic: AnimaticStudio;
  /** What endpoints have been found to take, for as long as the window is open. */
  private memory: EndpointMemory | undefined;
  private readonly factory: StudioFactory;
  private readonly drawings: DrawingFactory;

  constructor(tools: ServiceTools) {
    this.tools = tools;
    this.accounts = tools.accounts;
    this.animatic = tools.animatic;
    const { clipSeconds, requestFormat } = settings.video;
    this.factory = new StudioFactory({
      http: tools.http,
      files: workspaceFiles,
      settings: () => ({ clipSeconds: clipSeconds.value, requestFormat: requestFormat.value }),
    });
    this.drawings = new DrawingFactory({
      http: tools.http,
      kept: tools.kept,
      files: workspaceFiles,
    });
  }

  readonly createWriter = async (): Promise<WriterModel> => {
    const provider = settings.writer.provider.value;
    // Each writer is loaded only by those who use it.
    if (provider === 'offline') {
      const [{ OfflineScaffold }, { readStories }] = await Promise.all([
        import('../../models/offline/offline-scaffold.ts'),
        import('../../models/offline/read-stories.ts'),
      ]);
      const stories = await readStories(this.tools.storiesFolder);
      return new OfflineScaffold({ stories, thinkingMs: scaffoldMs });
    }
    requireTrust();
    if (provider === 'vscode') {
      const { vsCodeWriter } = await import('./choose-writer.ts');
      return await vsCodeWriter(settings.writer.vscodeModel.value);
    }
    const baseUrl = requireAddress('writer.baseUrl', settings.writer.baseUrl.value.trim());
    await this.accounts.ready;
    const problem = this.withoutAccount(baseUrl);
    if (problem !== undefined) throw problem;
    return this.openAiPool(baseUrl, this.usable('openai', baseUrl));
  };

  /** Whether the writer that the settings choose cannot be asked for want of an account, as far as is known now. */
  readonly lacksWriterAccount = (): boolean => {
    const { provider, baseUrl } = settings.writer;
    const address = baseUrl.value.trim();
    return (
      provider.value === 'openai' &&
      originOf(address) !== undefined &&
      this.withoutAccount(address) !== undefined
    );
  };

  /** Why a writer's endpoint is not asked without an account; nothing where there is one, or it may be. */
  private withoutAccount(baseUrl: string): ScenewrightError | undefined {
    if (this.usable('openai', baseUrl).length > 0) return undefined;
    const { hostname } = new URL(baseUrl);
    // Models on this machine or in its network, and some others, are asked without a key.
    const unsettled = namesPrivate(new URL(baseUrl))
      ? undefined
      : unsettledAccount(this.accounts, 'openai', baseUrl);
    const isKeyNeeded = hostname === 'api.openai.com';
    return unsettled ?? (isKeyNeeded ? missingAccount('openai', baseUrl) : undefined);
  }

  /** One writer for all accounts; where there is none, as with models on this machine, without a key. */
  private async openAiPool(
    baseUrl: string,
    accounts: readonly KeyedAccount[],
  ): Promise<WriterModel> {
    const [
      { WriterPool },
      { PromptedWriter },
      { OpenAiModel },
      { EndpointMemory },
      { KeptWindows },
      { askForWindow },
    ] = await Promise.all([
      import('../../models/writer-pool.ts'),
      import('../../models/prompts/prompted-writer.ts'),
      import('../../models/openai/openai-model.ts'),
      import('../../models/openai/endpoint-memory.ts'),
      import('../../models/openai/kept-windows.ts'),
      import('../../models/openai/ask-for-window.ts'),
    ]);
    const { state } = this.tools;
    const store = {
      read: () => state.get<unknown>(windowsKey),
      write: (records: unknown) => void state.update(windowsKey, records),
    };
    const memory = (this.memory ??= new EndpointMemory(new KeptWindows(store, Date.now)));
    const writer = (account?: KeyedAccount): WriterModel =>
      new PromptedWriter(
        new OpenAiModel({
          baseUrl,
          model: settings.writer.model.value,
          account,
          fetch: this.tools.patientHttp.fetch,
          memory,
          inquire: askForWindow,
        }),
        settings.writer.contextTokens.value,
        settings.writer.answerTokens.value,
      );
    const pool = new WriterPool(
      accounts.length === 0
        ? [{ id: '', name: new URL(baseUrl).host, model: writer() }]
        : accounts.map((account) => ({
            id: account.id,
            name: account.name,
            model: writer(account),
          })),
      { clock: systemClock },
    );
    pool.onDidNotice((notice) => {
      this.tools.onWriterNotice(notice);
      // That the last one cannot be used either is told by what fails for want of any.
      this.tools.messages.accountNotice(notice, notice.others === 0);
    });
    return pool;
  }

  /**
   * A studio by its id, as a job's record names it; where there is a record, one that orders where
   * and what was agreed to. In a workspace that is not trusted there is only the animatic.
   */
  readonly studio = (id: string, record?: JobRecord): VideoStudio | undefined => {
    if (id === 'animatic') return this.animatic;
    if (!isOnline(id) || !vscode.workspace.isTrusted) return undefined;
    const { address = studioAddress(id), model = settings.video.model.value.trim() } =
      record === undefined ? {} : agreedTerms(record);
    return this.factory.at(id, address, model);
  };

  /** The same of a studio for pictures. */
  readonly pictureStudio = (id: string, record?: JobRecord): PictureStudio | undefined => {
    const { animaticPictures } = this.tools;
    if (id === 'animatic') return animaticPictures;
    if (!isDrawingProvider(id) || !vscode.workspace.isTrusted) return undefined;
    const { address = drawingAddress(id), model = settings.pictures.model.value.trim() } =
      record === undefined ? {} : agreedTerms(record);
    return this.drawings.at(id, address, model);
  };

  /** An account of a studio, as a job's record names it. */
  readonly account = (id: string, studio: string): KeyedAccount | undefined =>
    isOnline(studio) || isDrawingProvider(studio) ? this.accounts.keyed(id, studio) : undefined;

  /** The studio for new pictures; as {@link chosen}. */
  readonly chosenDrawing = async (): Promise<ChosenDrawing> => {
    const provider = settings.pictures.provider.value;
    if (provider === 'animatic') return { studio: this.tools.animaticPictures, accounts: [] };
    requireTrust();
    await this.accounts.ready;
    const address = isServer(provider)
      ? this.requireServer(provider)
      : requireAddress('pictures.baseUrl', drawingAddress(provider));
    const definition = drawingDefinition(provider);
    const { label, exampleModel, defaultBaseUrl, mayBeOwnServer } = definition;
    const model = settings.pictures.model.value.trim();
    // A server of one's own may have just one.
    if (model === '' && !(mayBeOwnServer === true && address !== defaultBaseUrl)) {
      throw missingDrawingModel(label, exampleModel);
    }
    const accounts = this.usable(provider, address);
    const studio = this.pictureStudio(provider);
    if (studio === undefined || (accounts.length === 0 && !isKeyless(definition, address))) {
      throw unsettledAccount(this.accounts, provider, address) ?? missingAccount(provider, address);
    }
    return { studio, accounts, terms: { address, model } };
  };

  /** The studio for new renders, the accounts that they may be ordered with, and the terms. */
  readonly chosen = async (): Promise<ChosenStudio> => {
    const provider = settings.video.provider.value;
    if (provider === 'animatic') return { studio: this.animatic, accounts: [] };
    requireTrust();
    await this.accounts.ready;
    const address = isServer(provider)
      ? this.requireServer(provider)
      : requireAddress('video.baseUrl', studioAddress(provider));
    const model = settings.video.model.value.trim();
    if (model === '' && onlineStudio(provider).exampleModel !== undefined) {
      throw missingModel(provider);
    }
    const accounts = this.usable(provider, address);
    const studio = this.studio(provider);
    if (studio === undefined || accounts.length === 0) {
      throw unsettledAccount(this.accounts, provider, address) ?? missingAccount(provider, address);
    }
    return { studio, accounts, terms: { address, model } };
  };

  /** The clip lengths that scenes are planned for, in seconds. */
  readonly clipSeconds = async (): Promise<readonly number[]> => {
    const provider = settings.video.provider.value;
    const studio = this.studio(provider) ?? this.animatic;
    const [account] = isOnline(provider) ? this.usable(provider, studioAddress(provider)) : [];
    const signal = AbortSignal.timeout(capabilitiesMs);
    try {
      return (await studio.capabilities({ signal, ...defined({ account }) })).seconds;
    } catch {
      // A studio's trouble stops no writing. What is planned can be given other lengths; what is ordered is
      // looked at again, and then its trouble is told.
      return settings.video.clipSeconds.value;
    }
  };

  /**
   * Ask a server that somebody has just named who it is.
   *
   * @returns what it says of itself; `undefined` where such a server cannot be asked
   * @throws ScenewrightError where it is not there, or is something else
   */
  readonly meet = async (
    provider: OnlineProvider,
    address: string,
    secret: string,
  ): Promise<string | undefined> => {
    requireTrust();
    const studio = this.factory.at(provider, address, '');
    const account = { id: '', name: '', key: () => Promise.resolve(secret) };
    return await studio.meet?.({ account, signal: AbortSignal.timeout(meetMs) });
  };

  /**
   * Ask an endpoint for its models, with the key that is for it where there is one.
   *
   * @param asking whose key that is; by default one that is for it
   * @throws ScenewrightError as `offeredModels`
   */
  readonly offers = async (
    baseUrl: string,
    signal: AbortSignal,
    asking?: KeyedAccount,
  ): Promise<OfferedModels | undefined> => {
    requireTrust();
    await this.accounts.ready;
    const { offeredModels } = await import('../../models/openai/offered-models.ts');
    const account = asking ?? this.usable('openai', baseUrl)[0];
    return await offeredModels({ baseUrl, account, fetch: this.tools.http.fetch }, signal);
  };

  /**
   * Ask a studio for its models, with the key that is for it where there is one.
   *
   * @param asking whose key that is; by default one that is for it
   * @throws ScenewrightError as `studioOffer`
   */
  readonly studioOffers = async (
    offering: Offering,
    studio: ServiceProvider,
    baseUrl: string,
    signal: AbortSignal,
    asking?: KeyedAccount,
  ): Promise<StudioOffer | undefined> => {
    requireTrust();
    await this.accounts.ready;
    const { studioOffer } = await import('../../studios/offers.ts');
    const account = asking ?? this.usable(studio, baseUrl)[0];
    const { http } = this.tools;
    return await studioOffer(
      { studio, offering, baseUrl, http },
      { signal, ...defined({ account }) },
    );
  };

  /** The accounts that may be asked with, at an address or where each is itself. */
  private usable(provider: AccountProvider, address: string): readonly KeyedAccount[] {
    const accounts = isServer(provider)
      ? this.accounts.servers(provider)
      : this.accounts.usable(provider, address);
    return accounts.map(({ id }) => this.accounts.keyed(id, provider));
  }

  /** Where one of the servers is that are accounts; orders go to all of them. */
  private requireServer(provider: ServiceProvider): string {
    const [server] = this.accounts.servers(provider);
    if (server?.address !== undefined) return server.address;
    throw new ScenewrightError(
      'account',
      t(
        'There is no server of {0} yet. Add one with “Scenewright: Add Account…”. Nothing was sent.',
        accountService(provider).label,
      ),
      { next: 'add-account' },
    );
  }
}

/** What is asked for a render, to show it: `fal · fal-ai/veo3.1`, with the address where it is unusual. */
export function studioName({ studio, terms, accounts }: ChosenStudio): string {
  if (terms === undefined || !isOnline(studio.id)) return studio.label;
  const usual = onlineStudio(studio.id).defaultBaseUrl;
  return serviceName(studio.label, terms, accounts, usual);
}

/** Where that is: at the accounts that are servers of their own, else at the address. */
function hostsOf(accounts: readonly KeyedAccount[], address: string): string {
  const servers = accounts.flatMap((account) => account.address ?? []);
  const hosts = (servers.length === 0 ? [address] : servers).map((one) => new URL(one).host);
  return inARow([...new Set(hosts)]);
}

/**
 * Where a studio on the web is, as the settings say. They speak of the chosen one; any other is
 * where it always is. Empty where nothing says so, and where accounts are servers of their own.
 */
function studioAddress(provider: OnlineProvider): string {
  if (isServer(provider)) return '';
  const own = settings.video.provider.value === provider ? settings.video.baseUrl.value.trim() : '';
  return own === '' ? (onlineStudio(provider).defaultBaseUrl ?? '') : own;
}

/** Where a studio for pictures is; as {@link studioAddress}. */
function drawingAddress(provider: DrawingProvider): string {
  if (isServer(provider)) return '';
  const { provider: chosen, baseUrl } = settings.pictures;
  const own = chosen.value === provider ? baseUrl.value.trim() : '';
  return own === '' ? (drawingDefinition(provider).defaultBaseUrl ?? '') : own;
}

/** What draws, to show it; as {@link studioName}. */
export function drawingName({ studio, terms, accounts }: ChosenDrawing): string {
  if (terms === undefined || !isDrawingProvider(studio.id)) return studio.label;
  const usual = drawingDefinition(studio.id).defaultBaseUrl;
  return serviceName(studio.label, terms, accounts, usual);
}

/** With the address where that is not the usual one. */
function serviceName(
  label: string,
  { address, model }: RenderTerms,
  accounts: readonly KeyedAccount[],
  usual: string | undefined,
): string {
  return factLine([label, model, address === usual ? '' : hostsOf(accounts, address)]);
}

/** Whether it is pictures alone that the settings have a service for, which may be for clips as well. */
function isForPictures(provider: ServiceProvider): provider is DrawingProvider {
  if (!isOnline(provider)) return true;
  const { pictures, video } = settings;
  return pictures.provider.value === provider && video.provider.value !== provider;
}

/** Where keys of a provider go, as the settings say now; `undefined` where nothing says so. */
export function presentAddress(provider: AccountProvider): string | undefined {
  const address =
    provider === 'openai'
      ? settings.writer.baseUrl.value.trim()
      : isForPictures(provider)
        ? drawingAddress(provider)
        : studioAddress(provider);
  return originOf(address) === undefined ? undefined : address;
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
    t(
      'This workspace is not trusted, so no key is used in it. Trust the workspace, or go on with the offline writer and the animatic studio.',
    ),
  );
}

function requireAddress(
  key: 'writer.baseUrl' | 'video.baseUrl' | 'pictures.baseUrl',
  value: string,
): string {
  if (URL.canParse(value) && /^https?:$/u.test(new URL(value).protocol)) return value;
  throw new ScenewrightError(
    'bad-input',
    t(
      'The setting scenewright.{0} needs the address of the service, such as https://example.com/v1. Nothing was sent.',
      key,
    ),
  );
}

function missingDrawingModel(label: string, example: string): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t(
      '{0} has to be told which model draws, such as {1}. Choose “Scenewright: Choose Studio for Pictures…”. Nothing was sent.',
      label,
      example,
    ),
    { next: 'choose-picture-studio' },
  );
}

function missingModel(provider: OnlineProvider): ScenewrightError {
  const { label, exampleModel = '' } = onlineStudio(provider);
  return new ScenewrightError(
    'bad-input',
    t(
      '{0} has to be told which model renders, such as {1}. Choose “Scenewright: Choose Studio for Clips…”. Nothing was sent.',
      label,
      exampleModel,
    ),
    { next: 'choose-studio' },
  );
}
