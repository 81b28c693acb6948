import { orAborted } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { cancelledError } from '../base/errors.ts';
import type { ScenewrightError } from '../base/errors.ts';
import type { GenerateOptions, Traffic } from '../models/writer-model.ts';
import type { Asker, Attempt } from './asker.ts';
import type { Capacity } from './capacity.ts';
import { asScenewrightError } from './errors.ts';
import type { WritingEvent } from './events.ts';
import type { Purse } from './options.ts';
import type { PauseSwitch } from './pause.ts';
import { Rests } from './rests.ts';
import { complaintOf, isBusy, longestWaitMs } from './retry.ts';
import type { RetryRules } from './retry.ts';
import { Signal } from './signal.ts';

/** What became of one request. */
export type Answer<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** `others` requests were in service beside it. */
  | { readonly kind: 'failed'; readonly error: ScenewrightError; readonly others: number }
  /** Nobody wants it any more, or it was never sent: with an error, because that was not allowed. */
  | { readonly kind: 'dropped'; readonly error?: ScenewrightError };

/** Sends one request. */
export type Send<T> = (options: GenerateOptions) => Promise<T>;

/** Something that sends requests whenever there is room for one more. */
export interface Work {
  /** Whether it has a request to send now. */
  ready(): boolean;
  /** Sends one request through {@link Desk.send} before it returns. Only while it is ready. */
  start(): void;
  /** The writer did not allow the request that it would have sent. Only while it is ready. */
  refuse(error: ScenewrightError): void;
  /** Milliseconds until time alone may make it ready; absent: never. */
  readyInMs?(): number;
}

export interface DeskOptions {
  readonly clock: Clock;
  /** Ends everything, requests under way included. */
  readonly signal: AbortSignal;
  readonly rules: RetryRules;
  readonly capacity: Capacity;
  readonly pause?: PauseSwitch;
  readonly traffic?: Traffic | undefined;
  readonly spending?: Purse | undefined;
  readonly tell?: (event: WritingEvent) => void;
}

/**
 * The one place from which a run sends requests, of whatever kind. One is sent when a place is free,
 * nothing is paused, no account has to rest, and the budget allows it; who waits for a second
 * attempt goes before who begins.
 */
export class Desk implements Asker {
  private readonly options: DeskOptions;
  private readonly rests: Rests;
  private readonly line: Waiting[] = [];
  private readonly works: Work[];
  private readonly news = new Signal();
  private readonly halted = new AbortController();
  /** Ends waiting, but not what is under way. */
  private readonly patience: AbortSignal;
  private underWay = 0;
  private closed = false;

  constructor(options: DeskOptions) {
    this.options = options;
    this.rests = new Rests(options.clock, options.traffic);
    this.patience = AbortSignal.any([options.signal, this.halted.signal]);
    this.works = [
      {
        ready: () => this.line.length > 0,
        start: () => {
          this.line.shift()?.start();
        },
        refuse: (error) => {
          this.line.shift()?.drop(error);
        },
      },
    ];
  }

  /** Requests in flight. */
  get inFlight(): number {
    return this.underWay;
  }

  /** How many requests may be in flight. */
  get places(): number {
    return this.options.capacity.places;
  }

  /** Nothing new will be sent any more. */
  get stopping(): boolean {
    return this.patience.aborted;
  }

  get cancelled(): boolean {
    return this.options.signal.aborted;
  }

  /** Add a source of requests, behind those that are there. */
  add(work: Work): void {
    this.works.push(work);
    this.wake();
  }

  /** Work until {@link close}. Never rejects. */
  async open(): Promise<void> {
    const { pause, traffic } = this.options;
    const wake = (): void => {
      this.wake();
    };
    const listening = [pause?.onDidChange(wake), traffic?.onDidChange(wake)];
    this.patience.addEventListener('abort', wake, { once: true });
    while (!this.closed) await this.step();
    for (const listener of listening) listener?.dispose();
    for (const waiting of this.line.splice(0)) waiting.drop();
  }

  close(): void {
    this.closed = true;
    // Whatever waits, such as a question about the budget, is of no use any more.
    this.halt();
    this.wake();
  }

  /** Send nothing new any more; what is under way may end in its own time. */
  halt(): void {
    this.halted.abort();
    for (const waiting of this.line.splice(0)) waiting.drop();
  }

  /** Something has happened by which something may be ready. */
  wake(): void {
    this.news.give();
  }

  /**
   * Send a request at once.
   *
   * @param wanted aborts when nobody wants the answer any more
   * @throws ScenewrightError `cancelled` when the whole run is
   */
  async send<T>(send: Send<T>, wanted?: AbortSignal): Promise<Answer<T>> {
    const { spending, capacity, rules, tell } = this.options;
    const all = this.options.signal;
    const signal = wanted === undefined ? all : AbortSignal.any([all, wanted]);
    const request = this.rests.sent();
    this.underWay++;
    try {
      const value = await orAborted(
        send({
          signal,
          onUsage: (usage) => {
            spending?.add(usage);
            tell?.({ type: 'spent', usage });
          },
          onLimits: (limits) => {
            request.onLimits(limits);
            this.wake();
          },
        }),
        signal,
      );
      rules.succeeded();
      request.ended();
      this.change(() => {
        capacity.completed(this.underWay);
      });
      return { kind: 'answered', value };
    } catch (thrown) {
      if (all.aborted) throw cancelledError('Writing');
      if (signal.aborted) return { kind: 'dropped' };
      const error = asScenewrightError(thrown);
      const others = this.underWay - 1;
      if (isBusy(error)) this.refused(error, others, request.isSpent());
      else {
        request.ended();
        if (error.code !== 'network') {
          this.change(() => {
            capacity.completed(this.underWay);
          });
        }
      }
      return { kind: 'failed', error, others };
    } finally {
      this.underWay--;
      spending?.ended?.();
      this.wake();
    }
  }

  /** Send a request as soon as it may be; see {@link send}. */
  async queue<T>(send: Send<T>, wanted?: AbortSignal): Promise<Answer<T>> {
    if (this.patience.aborted || this.closed) return this.dropped();
    return await new Promise<Answer<T>>((resolve, reject) => {
      const leave = (): void => {
        const at = this.line.indexOf(waiting);
        if (at !== -1) this.line.splice(at, 1);
        waiting.drop();
      };
      const waiting: Waiting = {
        start: () => {
          wanted?.removeEventListener('abort', leave);
          this.send(send, wanted).then(resolve, reject);
        },
        drop: (error) => {
          wanted?.removeEventListener('abort', leave);
          resolve(error === undefined ? this.dropped() : { kind: 'dropped', error });
        },
      };
      wanted?.addEventListener('abort', leave, { once: true });
      if (wanted?.aborted === true) {
        waiting.drop();
        return;
      }
      this.line.push(waiting);
      this.wake();
    });
  }

  async ask<T>(attempt: Attempt<T>): Promise<T> {
    let complaint: string | undefined;
    let last: ScenewrightError | undefined;
    for (let tries = 1; ;) {
      const asked = complaint;
      const answer = await this.queue((options) => attempt(asked, options));
      if (answer.kind === 'answered') return answer.value;
      this.throwIfCancelled();
      if (answer.kind === 'dropped') throw answer.error ?? last ?? cancelledError('Writing');
      last = answer.error;
      if (this.mayComeBack(answer)) continue;
      const verdict = this.options.rules.judge(last, tries);
      if (!verdict.retry) throw verdict.error;
      complaint = complaintOf(last);
      tries++;
      await this.rest(verdict.waitMs);
    }
  }

  /**
   * Whether a request was only turned away for want of a place: it may be sent again when one of the
   * others is done, and nothing has to be held against it.
   */
  mayComeBack({ error, others }: { error: ScenewrightError; others: number }): boolean {
    return isBusy(error) && others > 0 && (error.retryAfterMs ?? 0) <= longestWaitMs;
  }

  /** Let so many milliseconds pass; less when nothing new will be sent any more. */
  async rest(ms: number, wanted?: AbortSignal): Promise<void> {
    if (ms <= 0) return;
    const signal = wanted === undefined ? this.patience : AbortSignal.any([this.patience, wanted]);
    // What an abort means is decided where the next request would be sent.
    await this.options.clock.sleep(ms, signal).catch(() => undefined);
  }

  private throwIfCancelled(): void {
    if (this.options.signal.aborted) throw cancelledError('Writing');
  }

  private dropped<T>(): Answer<T> {
    return { kind: 'dropped' };
  }

  /** Send what may be sent, and wait for news. */
  private async step(): Promise<void> {
    const { spending } = this.options;
    if (this.stopping) {
      await this.news.wait();
      return;
    }
    const work = this.works.find((one) => one.ready());
    const waitMs = work === undefined ? this.dueInMs() : this.obstacleMs();
    if (work === undefined || waitMs > 0) {
      if (work !== undefined && this.rests.isNews(waitMs)) {
        this.options.tell?.({ type: 'resting', milliseconds: waitMs });
      }
      await this.waitForNews(waitMs);
      return;
    }
    if (spending !== undefined) {
      try {
        await orAborted(spending.allow(this.underWay), this.patience);
      } catch (error) {
        if (!this.patience.aborted && work.ready()) work.refuse(asScenewrightError(error));
        return;
      }
      // The writer may have taken their time; whatever is to be sent first by now is.
      const next = this.works.find((one) => one.ready());
      if (this.closed || this.patience.aborted || this.obstacleMs() > 0) return;
      next?.start();
      return;
    }
    work.start();
  }

  /** Milliseconds until a request may be sent; `Infinity` until something happens. */
  private obstacleMs(): number {
    const { pause, capacity } = this.options;
    if (pause?.paused === true || this.underWay >= capacity.places) return Infinity;
    return this.rests.ms;
  }

  private dueInMs(): number {
    return Math.min(Infinity, ...this.works.map((work) => work.readyInMs?.() ?? Infinity));
  }

  private async waitForNews(ms: number): Promise<void> {
    if (!Number.isFinite(ms)) {
      await this.news.wait();
      return;
    }
    const timer = new AbortController();
    const due = this.options.clock.sleep(ms, timer.signal).catch(() => undefined);
    await Promise.race([this.news.wait(), due]);
    timer.abort();
  }

  private refused(error: ScenewrightError, others: number, isSpent: boolean): void {
    // A used-up allowance says how many may be sent in a while, not how many at once.
    if (!isSpent) {
      this.change(() => {
        this.options.capacity.refused(others);
      });
    }
    this.rests.refused(error);
  }

  private change(learn: () => void): void {
    const { capacity, tell } = this.options;
    const before = capacity.places;
    learn();
    if (capacity.places !== before) tell?.({ type: 'places', places: capacity.places });
  }
}

/** A request that waits for its turn. */
interface Waiting {
  start(): void;
  drop(error?: ScenewrightError): void;
}
