import { systemClock, type Clock } from '../base/clock.ts';
import { defined } from '../base/defined.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { notJson, statusError } from '../net/http-errors.ts';
import type { Http, JsonOptions, ReadAnswer } from '../net/http.ts';
import { hostOf, type ServerName } from '../net/server-name.ts';
import { namesThisMachine } from '../net/private-address.ts';
import { orderRefusal } from '../net/order-refusal.ts';
import { tells } from '../net/redact.ts';
import { bodyIn, quoted } from '../net/service-words.ts';
import { field, renderId, stateName } from './answer.ts';
import { clipSource } from './clip-source.ts';
import { madeWords, type MadeWords, type Makes } from './made-words.ts';
import { idIn, isVerdict, renderStanding, saysError, wordsIn } from './render-answer.ts';
import {
  failedRender,
  finishedRender,
  noClip,
  onlyHeard,
  tellsOfRender,
  toldOfRender,
} from './told-of-render.ts';
import type { ClipOnTheWeb, ClipSource, PollAnswer, RemoteJob, StudioContext } from './port.ts';

export interface ServiceOptions {
  /** What every address begins with. */
  readonly baseUrl: string;
  readonly http: Http;
  readonly clock?: Clock | undefined;
  /** The headers in which the service wants the key. */
  readonly key: (secret: string) => Readonly<Record<string, string>>;
  /** What it is asked for, in words for the writer (default `clips`). */
  readonly makes?: Makes;
}

/** `Authorization: Bearer …`, as most services want their key. */
export function bearer(secret: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${secret}` };
}

/** An order may wait for a place before it is answered. */
const orderTimeoutMs = 180_000;

/** Some put what they have made into their answers; a minute of 1080p is no larger, in bytes. */
export const mostOfAnswer = 64 * 1024 * 1024;

type Body = Pick<JsonOptions, 'json' | 'form'>;

/** A service on the web: where it is, and the way to it. */
export class Service {
  /** Without a slash at its end. */
  readonly base: string;
  readonly clock: Clock;
  private readonly options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.base = options.baseUrl.trim().replace(/\/+$/, '');
    this.clock = options.clock ?? systemClock;
    this.options = options;
  }

  /** As it may be shown. */
  get host(): ServerName {
    return hostOf(new URL(this.base));
  }

  /**
   * The address of `path`, which begins with a slash; with `job`, one that concerns that render.
   *
   * @throws ScenewrightError `bad-input` where the base URL is none, or the render was ordered from
   * another: the key of today must not go to the server of yesterday.
   */
  address(path: string, job?: RemoteJob): string {
    if (!URL.canParse(this.base) || !/^https?:$/.test(new URL(this.base).protocol)) {
      throw new ScenewrightError('bad-input', this.words.noAddress());
    }
    const from = job?.data?.base;
    if (from !== undefined && from !== this.base) {
      throw new ScenewrightError('bad-input', this.words.elsewhere(from, this.base));
    }
    return `${this.base}${path}`;
  }

  /** What is said of what it makes. */
  get words(): MadeWords {
    return madeWords[this.options.makes ?? 'clips'];
  }

  /**
   * Ask it something in the name of an account: its key is looked up now, for the base URL.
   *
   * @throws ScenewrightError `account` where the account has no key that may go there
   */
  async open({ account, signal }: StudioContext): Promise<ServiceCall> {
    const service = account?.address === undefined ? this : this.at(account.address);
    const key = await account?.key(service.address(''));
    return new ServiceCall(service, this.options, key?.trim() ?? '', signal);
  }

  /** The same service elsewhere, where an account is a server of its own. */
  private at(baseUrl: string): Service {
    return new Service({ ...this.options, baseUrl });
  }
}

/**
 * What is asked of a service for one thing that somebody wants to know or have. All that adapters
 * have in common is here, above all where the key may go: to the origin of the base URL, and only for
 * renders that were ordered there. Adapters reach the net through this alone, so wherever an answer
 * leads, the rules for that hold. It ends, and the key with it, when the adapter has its answer.
 */
export class ServiceCall {
  /** The service as it may be shown. */
  readonly host: ServerName;
  /** What is said of what it makes. */
  readonly words: MadeWords;
  private readonly service: Service;
  private readonly options: ServiceOptions;
  private readonly key: string;
  private readonly signal: AbortSignal;

  /** @param key empty where there is none */
  constructor(service: Service, options: ServiceOptions, key: string, signal: AbortSignal) {
    this.host = service.host;
    this.words = service.words;
    this.service = service;
    this.options = options;
    this.key = key;
    this.signal = signal;
  }

  /** As `Service.address`, of the server that is asked. */
  address(path: string, job?: RemoteJob): string {
    return this.service.address(path, job);
  }

  /**
   * An address that the service names for its own use if it is on its own origin, else the one built
   * by its documented rule. Asked when it is remembered and again when it is used.
   */
  own(named: string | undefined, built: string): string {
    if (named === undefined || !URL.canParse(named, built)) return built;
    const url = new URL(named, built);
    // It goes into the record, where no key may be.
    if (this.isSecret(url.href)) return built;
    return url.origin === new URL(built).origin && url.username === '' ? url.href : built;
  }

  /** The headers that prove who is asking; none for an address that is not of the service's own. */
  private headers(address: string): Readonly<Record<string, string>> {
    const isOwn = new URL(address).origin === new URL(this.service.base).origin;
    return this.key === '' || !isOwn ? {} : this.options.key(this.key);
  }

  /**
   * Send an order, the step that costs money: once, whatever happens.
   *
   * @throws ScenewrightError as `Http.json` with `once`
   */
  async order(
    path: string,
    body: Body,
    headers: Readonly<Record<string, string>> = {},
    words?: JsonOptions['words'],
    mostBytes?: number,
  ): Promise<unknown> {
    const address = this.service.address(path);
    return await this.json(address, {
      ...body,
      method: 'POST',
      headers: { ...this.headers(address), ...headers },
      headersMs: orderTimeoutMs,
      signal: this.signal,
      once: true,
      ...defined({ words, mostBytes }),
    });
  }

  /** Hand over what an order needs, which costs nothing: the same one twice does no harm. */
  async upload(path: string, form: NonNullable<Body['form']>): Promise<unknown> {
    const address = this.service.address(path);
    return await this.json(address, {
      form,
      method: 'POST',
      headers: this.headers(address),
      headersMs: orderTimeoutMs,
      signal: this.signal,
    });
  }

  /** What to remember of an order that was taken, by the name that {@link named} found. */
  taken(remoteId: string, more: Readonly<Record<string, string>> = {}): RemoteJob {
    const { base, clock } = this.service;
    return { remoteId, data: { base, submittedAt: String(clock.now()), ...more } };
  }

  /**
   * The render's name in the answer to an order, wherever it is.
   *
   * @throws ScenewrightError in the service's words where it says that something is wrong and names no
   * render; `unclear` where it names none and says nothing
   */
  named(answer: unknown): string {
    const id = renderId(idIn(answer));
    // It goes into the record, where no key may be.
    if (id !== undefined && !this.isSecret(id)) return id;
    if (id === undefined && (saysError(answer) || renderStanding(answer) === 'failed')) {
      throw orderRefusal(this.service.host, answer, this.quoted(wordsIn(answer)));
    }
    throw new ScenewrightError('unclear', this.service.host.say(this.words.unnamed));
  }

  /** Ask for something that costs nothing, for as long as `totalMs` or as is usual. */
  async ask(address: string, totalMs?: number): Promise<unknown> {
    return await this.json(address, {
      headers: this.headers(address),
      signal: this.signal,
      mostBytes: mostOfAnswer,
      ...defined({ totalMs }),
    });
  }

  /**
   * Ask for something of which a refusal is an answer, too.
   *
   * @throws ScenewrightError where no answer comes
   */
  async look(address: string, totalMs?: number): Promise<ReadAnswer> {
    return await this.options.http.read(address, {
      headers: { accept: 'application/json', ...this.headers(address) },
      signal: this.signal,
      mostBytes: mostOfAnswer,
      ...defined({ totalMs }),
      steeredBy: this.service.base,
    });
  }

  /** The error that an answer to {@link look} stands for. */
  refusal(answer: ReadAnswer): ScenewrightError {
    return statusError(answer, answer.url, [this.key], this.service.clock.now());
  }

  /** Ask how a render is getting on, and let `read` make sense of the answer: {@link told} does of most. */
  async poll(
    address: string,
    read: (answer: unknown) => PollAnswer | Promise<PollAnswer> = (answer) => this.told(answer),
  ): Promise<PollAnswer> {
    const answer = await this.look(address);
    if (answer.status === 410) return { state: 'expired' };
    const body = bodyIn(answer.text);
    if (answer.status < 200 || answer.status > 299) {
      // Some tell the end of a render by a refusal to show it.
      if (answer.status < 500 && isVerdict(body)) return this.failed(body);
      throw this.refusal(answer);
    }
    if (answer.status === 202 && !tellsOfRender(body)) {
      return onlyHeard(this);
    }
    if (body !== undefined && typeof body !== 'string') return await read(body);
    throw notJson(answer.url, answer.status);
  }

  /** @throws ScenewrightError as {@link toldOfRender} */
  told(answer: unknown): PollAnswer {
    return toldOfRender(answer, this);
  }

  /** What comes of a render that the service calls finished: nothing where that was held back. */
  finished(answer: unknown): PollAnswer {
    return finishedRender(answer, this);
  }

  /** The service's own words about why a render failed. */
  failed(answer: unknown): PollAnswer {
    return failedRender(answer, this);
  }

  /** Words of the service as they may be shown: on one line, not long, and without the key. */
  quoted(words: string | undefined): string | undefined {
    return quoted(words ?? '', [this.key]) || undefined;
  }

  /**
   * A clip at an address that the service names, with the key where that is its own origin. Absent
   * where the address cannot be meant for us: not on the web, or on the service's own machine. What
   * is less protected than the service itself is asked for with its protection.
   */
  clip(named: string | undefined): ClipOnTheWeb | undefined {
    if (named === undefined || !URL.canParse(named)) return undefined;
    const url = new URL(named);
    const base = new URL(this.service.base);
    if (url.protocol === 'http:' && base.protocol === 'https:') url.protocol = 'https:';
    if (url.protocol !== 'https:' && url.protocol !== base.protocol) return undefined;
    if (namesThisMachine(url) && !namesThisMachine(base)) return undefined;
    return this.source(url);
  }

  /**
   * The clip that an answer has or names, and where else it is to be had; absent where there is none
   * for us.
   *
   * @param own the address by the service's own rule, where it has one
   */
  clipIn(answer: unknown, own?: ClipSource): ClipSource | undefined {
    return clipSource(answer, own, (named) => this.ownClip(named));
  }

  /** As {@link clip}, of an address that may leave out what is the service's own. */
  ownClip(named: string): ClipOnTheWeb | undefined {
    const base = `${this.service.base}/`;
    return URL.canParse(named, base) ? this.clip(new URL(named, base).href) : undefined;
  }

  /** Whether a text has the key in it, so that it must not be written down. */
  isSecret(text: string): boolean {
    return tells(text, this.key);
  }

  /** @throws ScenewrightError as {@link noClip}, where `found` is none */
  clipOrFail(found: ClipSource | undefined, answer: unknown): ClipSource {
    if (found !== undefined) return found;
    throw noClip(answer, this);
  }

  /** What is at an address, with the key where that is the service's own origin. */
  source(address: string | URL): ClipOnTheWeb {
    const url = new URL(address);
    return { kind: 'http', url: url.href, headers: this.headers(url.href) };
  }

  /** Tell the service to stop a render. Resolves when it has heard that. */
  async cancel(address: string, method: 'POST' | 'PUT' | 'DELETE', json?: unknown): Promise<void> {
    try {
      await this.json(address, {
        method,
        ...defined({ json }),
        headers: this.headers(address),
        signal: this.signal,
      });
    } catch (error) {
      const status = error instanceof ScenewrightError ? (error.status ?? 0) : 0;
      // It was heard; that there is nothing more to say is no failure.
      if (status < 200 || status > 299) throw error;
    }
  }

  /**
   * Take back a render where a service deletes it for that, and one that is over with its clip: so it is
   * looked at first.
   *
   * @param states in which it can be taken back, as `stateName` spells them
   * @throws ScenewrightError `bad-input` where it is in none of them
   */
  async takeBack(address: string, states: readonly string[]): Promise<void> {
    if (!states.includes(stateName(field(await this.ask(address), 'status')))) {
      throw new ScenewrightError(
        'bad-input',
        this.host.say((host) => t('The render has come too far for {0} to stop it.', host)),
      );
    }
    await this.cancel(address, 'DELETE');
  }

  private async json(address: string, options: JsonOptions): Promise<unknown> {
    return await this.options.http.json(address, { ...options, steeredBy: this.service.base });
  }
}
