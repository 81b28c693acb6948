import assert from 'node:assert/strict';
import type { KeyedAccount } from '../../../src/accounts/keyed-account.ts';
import type { Clock } from '../../../src/base/clock.ts';
import { readBytes } from '../../../src/net/bounded-body.ts';
import { Http, type JsonOptions } from '../../../src/net/http.ts';
import type {
  ClipOnTheWeb,
  ClipSource,
  RemoteJob,
  RenderRequest,
  StudioContext,
  VideoStudio,
} from '../../../src/studios/port.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { Loopback, json, type Asked } from '../net/loopback.ts';

/** How a render stands at the service; `strange` is a state that nobody has heard of. */
export type Phase = 'queued' | 'working' | 'strange' | 'ready' | 'failed' | 'cancelled' | 'expired';

/** What the service would say at the moment. */
export interface Moment {
  readonly phase: Phase;
  /** Address of the finished clip. */
  readonly clip: string;
  /** Why it failed. */
  readonly reason: string;
}

export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
  /** It is the clip itself. */
  readonly isClip?: true;
}

/**
 * A service on the web as its documentation describes it, for the contract that all studios keep. The render
 * that it takes is called `r-1`.
 */
export interface Wire {
  readonly make: (
    baseUrl: string,
    tools: { readonly http: Http; readonly clock: Clock },
  ) => VideoStudio;
  /** What the base URL has after the origin, as in `/api/v1`. */
  readonly basePath: string;
  /** The header that carries the key, and how. */
  readonly key: { readonly header: string; readonly value: (secret: string) => string };
  /** Whether a request is the one that costs money. */
  readonly isOrder: (asked: Asked) => boolean;
  /** The body of the order for {@link request}, as the service has to see it. */
  readonly ordered: unknown;
  /**
   * The answer to an order. Addresses that the service names begin with `base` and end with
   * `suffix`.
   */
  readonly accepted: (base: string, suffix: string) => unknown;
  /** The answer to any other request; absent for one that the service does not know. */
  readonly reply: (asked: Asked, moment: Moment) => Reply | undefined;
  /** The phases that the service has a word for, beside those that all have. */
  readonly phases: readonly Phase[];
  /** Clips are at the service itself alone: it has no way to name another address. */
  readonly keepsClips?: true;
  /** How a render is stopped, where that is possible. */
  readonly cancel?: { readonly method: string; readonly path: string };
}

export const secret = 'sk-the-secret-key';

export const request: RenderRequest = {
  jobId: 'job-1',
  scene: {
    id: 'scene1',
    title: 'The lamp goes out',
    seconds: 8,
    place: 'Lighthouse',
    time: 'night',
    cast: ['Mara'],
    action: 'She climbs.',
    dialogue: [],
    narration: '',
    sound: '',
    prompt: 'A lighthouse',
  },
  number: 1,
  scriptTitle: 'Story',
  style: 'ink',
  aspect: '9:16',
  seconds: 8,
  prompt: 'A lighthouse at night, ánh đèn',
};

/** An account that gives its key to whoever asks, so that only the studio can keep it at home. */
export const account: KeyedAccount = {
  id: 'account-1',
  name: 'Main',
  key: () => Promise.resolve(secret),
};

export function contextOf(signal = new AbortController().signal): StudioContext {
  return { account, signal };
}

/** Patience of milliseconds, however long the product would wait. */
class ImpatientHttp extends Http {
  override json(address: string | URL, options: JsonOptions): Promise<unknown> {
    return super.json(address, { ...options, headersMs: 300 });
  }
}

/** A service that takes orders, a stranger who must learn nothing, and a studio between them. */
export class Stage {
  readonly wire: Wire;
  readonly context = contextOf();
  readonly film = mp4(2000);
  readonly clock: Clock = { now: () => this.now, sleep: () => Promise.resolve() };
  /** Milliseconds since the epoch. */
  now = 0;
  moment: Moment = { phase: 'queued', clip: '', reason: '' };
  /** How the next orders are answered. */
  takeOrder: Loopback['answer'] = () => undefined;
  /** How everything but orders is answered, instead of as the service would. */
  answerOthers: Loopback['answer'] | undefined;
  /** What was asked for that the service does not have. */
  unknown: Asked[] = [];
  private open: { http: Http; server: Loopback; stranger: Loopback } | undefined;

  constructor(wire: Wire) {
    this.wire = wire;
  }

  async start(): Promise<void> {
    this.now = 1_000_000;
    this.unknown = [];
    this.answerOthers = undefined;
    const stranger = await Loopback.start((_asked, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' }).end(this.film);
    });
    const server = await Loopback.start(this.answer);
    this.open = { http: new ImpatientHttp({ systemCertificates: false }), server, stranger };
    this.takeOrder = (_asked, response) => {
      json(response, this.wire.accepted(this.base, ''));
    };
    this.moment = { phase: 'queued', clip: `${server.url}/clips/1.mp4`, reason: 'too dark' };
  }

  async close(): Promise<void> {
    await Promise.all([this.http.close(), this.server.close(), this.stranger.close()]);
  }

  get http(): Http {
    return this.opened.http;
  }

  /** The studio's service. */
  get server(): Loopback {
    return this.opened.server;
  }

  /** Some other server. */
  get stranger(): Loopback {
    return this.opened.stranger;
  }

  /** The base URL that is set. */
  get base(): string {
    return `${this.server.url}${this.wire.basePath}`;
  }

  /** The requests that cost money. */
  get orders(): readonly Asked[] {
    return this.server.asked.filter((asked) => this.wire.isOrder(asked));
  }

  studio(base = this.base): VideoStudio {
    return this.wire.make(base, { http: this.http, clock: this.clock });
  }

  async submit(): Promise<RemoteJob> {
    return await this.studio().submit(request, this.context);
  }

  /** Let the service go on to a phase. */
  at(phase: Phase, more: Partial<Moment> = {}): void {
    this.moment = { ...this.moment, phase, ...more };
  }

  async fetch(source: ClipSource): Promise<Buffer> {
    const { url, headers } = onTheWeb(source);
    const answer = await this.http.send(url, { headers, signal: this.context.signal });
    return await readBytes(answer.body, 10_000_000);
  }

  private get opened(): { http: Http; server: Loopback; stranger: Loopback } {
    assert.ok(this.open, 'The stage is not set.');
    return this.open;
  }

  private readonly answer: Loopback['answer'] = (asked, response, raw) => {
    const sendClip = (): void => {
      response.writeHead(200, { 'content-type': 'video/mp4' }).end(this.film);
    };
    if (asked.url.startsWith('/clips/')) {
      sendClip();
      return undefined;
    }
    if (this.wire.isOrder(asked)) return this.takeOrder(asked, response, raw);
    if (this.answerOthers !== undefined) return this.answerOthers(asked, response, raw);
    const reply = this.wire.reply(asked, this.moment);
    if (reply === undefined) this.unknown.push(asked);
    if (reply?.isClip === true) {
      sendClip();
      return undefined;
    }
    json(response, reply?.body ?? {}, reply === undefined ? 404 : (reply.status ?? 200));
    return undefined;
  };
}

export function onTheWeb(source: ClipSource | undefined): ClipOnTheWeb {
  assert.ok(source?.kind === 'http');
  return source;
}

export function assertWithoutKey(asked: readonly Asked[]): void {
  for (const one of asked) {
    assert.ok(!JSON.stringify(one).includes(secret), `${one.method} ${one.url} has the key`);
  }
}
