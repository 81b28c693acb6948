import { orAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/clock.ts';
import type { Event } from '../../base/events.ts';
import { asScenewrightError, cancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ScenewrightError } from '../../base/errors.ts';
import type { Traffic } from '../../models/writer-model.ts';
import type { Requester, Attempt } from './requester.ts';
import type { AdaptiveConcurrency } from './adaptive-concurrency.ts';
import type { WritingEvent } from '../writing-events.ts';
import type { CostMeter } from '../run-cost.ts';
import type { PauseSwitch } from '../pause-switch.ts';
import { Cooldown } from './cooldown.ts';
import { complaintOf, isBusy, longestWaitMs } from './retry-rules.ts';
import type { RetryRules } from './retry-rules.ts';
import { AutoResetEvent } from './auto-reset-event.ts';
import { Outage } from './outage.ts';
import { Places } from './places.ts';
import type { Outcome, RequestSource, Send } from './request-source.ts';
import { WaitingLine } from './waiting-line.ts';

export interface RequestDispatcherOptions {
  readonly clock: Clock;
  /** Ends everything, requests under way included. */
  readonly signal: AbortSignal;
  readonly rules: RetryRules;
  readonly concurrency: AdaptiveConcurrency;
  readonly pause?: PauseSwitch;
  readonly traffic?: Traffic | undefined;
  readonly cost?: CostMeter | undefined;
  /** A service that answers nobody is waited for so long, in milliseconds; ten minutes by default. */
  readonly patienceMs?: number | undefined;
  /** Fires when the writer does not want to wait for it any longer. */
  readonly onTryNow?: Event<void> | undefined;
  readonly tell?: (event: WritingEvent) => void;
}

const usualPatienceMs = 600_000;

/**
 * The one place from which a run sends requests, of whatever kind. One is sent when a place is free,
 * nothing is paused, no account has to rest, and the budget allows it; who waits for a second
 * attempt goes before who begins.
 */
export class RequestDispatcher implements Requester {
  private readonly options: RequestDispatcherOptions;
  private readonly cooldown: Cooldown;
  private readonly outage: Outage;
  private readonly room: Places;
  private readonly line = new WaitingLine();
  private readonly sources: RequestSource[] = [this.line];
  private readonly news = new AutoResetEvent();
  private readonly halted = new AbortController();
  /** Ends waiting, but not what is under way. */
  private readonly patience: AbortSignal;
  private underWay = 0;
  private closed = false;
  private readonly noted = new Set<string>();

  constructor(options: RequestDispatcherOptions) {
    this.options = options;
    this.cooldown = new Cooldown(options.clock, options.traffic);
    this.room = new Places(
      options.concurrency,
      () => options.clock.now(),
      (places) => options.tell?.({ type: 'places', places }),
    );
    this.outage = new Outage({
      clock: options.clock,
      random: options.rules.random,
      patienceMs: options.patienceMs ?? usualPatienceMs,
      tell: (event) => options.tell?.(event),
      onOver: () => {
        this.room.restore();
        this.wake();
      },
    });
    this.patience = AbortSignal.any([options.signal, this.halted.signal]);
  }

  /** Requests in flight. */
  get inFlight(): number {
    return this.underWay;
  }

  /** How many requests may be in flight. */
  get places(): number {
    return this.room.count;
  }

  /** The server works on so few at once that no request is faster for being asked twice. */
  get isInTurns(): boolean {
    return this.room.isInTurns;
  }

  /** The service answers nobody at the moment. */
  get isUnanswered(): boolean {
    return this.outage.isOn;
  }

  /** Nothing new will be sent any more. */
  get stopping(): boolean {
    return this.patience.aborted;
  }

  get cancelled(): boolean {
    return this.options.signal.aborted;
  }

  /** Add a source of requests, behind those that are there. */
  add(source: RequestSource): void {
    this.sources.push(source);
    this.wake();
  }

  /** Work until {@link close}. Never rejects. */
  async open(): Promise<void> {
    const { pause, traffic, onTryNow } = this.options;
    const wake = (): void => {
      this.wake();
    };
    const hurry = (): void => {
      this.outage.hurry();
      this.wake();
    };
    const listening = [pause?.onDidChange(wake), traffic?.onDidChange(wake), onTryNow?.(hurry)];
    this.patience.addEventListener('abort', wake, { once: true });
    while (!this.closed) await this.step();
    for (const listener of listening) listener?.dispose();
  }

  close(): void {
    this.closed = true;
    // Whatever waits, such as a question about the budget, is of no use any more.
    this.halt();
    this.wake();
  }

  /**
   * Send nothing new any more; what is under way may end in its own time.
   *
   * @param why told to those who wait, where there is a reason
   */
  halt(why?: ScenewrightError): void {
    this.halted.abort(why);
  }

  /** Something has happened by which something may be ready. */
  wake(): void {
    this.news.set();
  }

  /**
   * Send a request at once.
   *
   * @param wanted aborts when nobody wants the answer any more
   * @throws ScenewrightError `cancelled` when the whole run is
   */
  async send<T>(send: Send<T>, wanted?: AbortSignal): Promise<Outcome<T>> {
    const { cost, rules, tell } = this.options;
    const all = this.options.signal;
    const signal = wanted === undefined ? all : AbortSignal.any([all, wanted]);
    const request = this.cooldown.sent();
    const trial = this.outage.sent();
    const slot = this.room.sent();
    this.underWay++;
    try {
      const value = await orAborted(
        send({
          signal,
          onUsage: (usage) => {
            cost?.add(usage);
            tell?.({ type: 'spent', usage });
          },
          onNotice: (note) => {
            if (this.noted.has(note)) return;
            this.noted.add(note);
            tell?.({ type: 'noted', note });
          },
          onLimits: (limits) => {
            request.onLimits(limits);
            this.wake();
          },
          onLife: () => {
            trial.begun();
            slot.gotOn();
          },
        }),
        signal,
      );
      rules.succeeded();
      request.ended();
      this.outage.answered();
      this.room.answered(this.underWay);
      return { kind: 'answered', value };
    } catch (thrown) {
      if (all.aborted) throw cancelledError(t('The writing'));
      if (signal.aborted) return { kind: 'dropped' };
      const error = asScenewrightError(thrown);
      const others = this.underWay - 1;
      if (isBusy(error)) this.refused(error, others, request.isSpent());
      else {
        request.ended();
        if (error.code !== 'network') this.room.dealtWith(this.underWay);
      }
      const isFull = isBusy(error) && others > 0 && !this.outage.isOn;
      if (isFull && (error.retryAfterMs ?? 0) <= longestWaitMs) {
        return { kind: 'failed', error, comesBack: true };
      }
      const blame = trial.failed(error);
      if (blame.on !== 'run') return { kind: 'failed', error, comesBack: blame.on === 'service' };
      this.halt(blame.error);
      return { kind: 'failed', error: blame.error, comesBack: false };
    } finally {
      trial.ended();
      slot.over();
      this.underWay--;
      cost?.ended?.();
      this.wake();
    }
  }

  /** Send a request as soon as it may be; see {@link send}. */
  async queue<T>(send: Send<T>, wanted?: AbortSignal): Promise<Outcome<T>> {
    const over = wanted === undefined ? this.patience : AbortSignal.any([this.patience, wanted]);
    const outcome = this.line.join(() => this.send(send, wanted), over);
    this.wake();
    return await outcome;
  }

  async ask<T>(attempt: Attempt<T>): Promise<T> {
    let complaint: string | undefined;
    let last: ScenewrightError | undefined;
    for (let tries = 1; ;) {
      const asked = complaint;
      const answer = await this.queue((options) => attempt({ ...options, complaint: asked }));
      if (answer.kind === 'answered') return answer.value;
      this.throwIfCancelled();
      if (answer.kind === 'dropped') throw answer.error ?? last ?? cancelledError(t('The writing'));
      last = answer.error;
      if (answer.comesBack) continue;
      const verdict = this.options.rules.judge(last, tries);
      if (!verdict.retry) throw verdict.error;
      complaint = complaintOf(last);
      tries++;
      await this.rest(verdict.waitMs);
    }
  }

  /** Let so many milliseconds pass; less when nothing new will be sent any more. */
  async rest(ms: number, wanted?: AbortSignal): Promise<void> {
    if (ms <= 0) return;
    const signal = wanted === undefined ? this.patience : AbortSignal.any([this.patience, wanted]);
    // What an abort means is decided where the next request would be sent.
    await this.options.clock.sleep(ms, signal).catch(() => undefined);
  }

  private throwIfCancelled(): void {
    if (this.options.signal.aborted) throw cancelledError(t('The writing'));
  }

  /** Send what may be sent, and wait for news. */
  private async step(): Promise<void> {
    const { cost } = this.options;
    if (this.stopping) {
      await this.news.wait();
      return;
    }
    const source = this.sources.find((one) => one.ready());
    const waitMs = source === undefined ? this.dueInMs() : this.obstacleMs();
    if (source === undefined || waitMs > 0) {
      const restMs = this.cooldown.ms;
      if (source !== undefined && waitMs > 0 && this.cooldown.isNews(restMs)) {
        this.options.tell?.({ type: 'resting', milliseconds: restMs });
      }
      await this.waitForNews(waitMs);
      return;
    }
    if (cost !== undefined) {
      try {
        await orAborted(cost.allow(this.underWay), this.patience);
      } catch (error) {
        if (!this.patience.aborted && source.ready()) source.refuse(asScenewrightError(error));
        return;
      }
      // The writer may have taken their time; whatever is to be sent first by now is.
      const next = this.sources.find((one) => one.ready());
      if (this.closed || this.patience.aborted || this.obstacleMs() > 0) return;
      next?.start();
      return;
    }
    source.start();
  }

  /** Milliseconds until a request may be sent; `Infinity` until something happens. */
  private obstacleMs(): number {
    if (this.options.pause?.paused === true || this.underWay >= this.places) return Infinity;
    return Math.max(this.cooldown.ms, this.outage.ms);
  }

  private dueInMs(): number {
    return Math.min(Infinity, ...this.sources.map((source) => source.readyInMs?.() ?? Infinity));
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
    if (!isSpent) this.room.refused(others);
    this.cooldown.refused(error);
  }
}
