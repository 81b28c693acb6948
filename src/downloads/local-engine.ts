import { Fetcher } from '../net/fetcher.ts';
import { attempt, type AttemptNews, type AttemptTask } from './attempt.ts';
import { Bandwidth } from './bandwidth.ts';
import { BufferPool } from './buffer-pool.ts';
import type { Engine, EngineOptions, Limits } from './engine.ts';
import { SegmentAdvice } from './segment-advice.ts';
import type { VerifiedVideo } from './verify-video.ts';

/** Does the work in this thread. */
export class LocalEngine implements Engine {
  private readonly options: EngineOptions;
  private readonly fetcher: Fetcher;
  private readonly bandwidth: Bandwidth;
  private readonly buffers = new BufferPool();
  private largestBytes: number;
  private readonly advice = new Map<string, SegmentAdvice>();

  constructor(options: EngineOptions) {
    this.options = options;
    const { connectionsPerHost, bytesPerSecond, largestBytes } = options.limits;
    this.largestBytes = largestBytes;
    this.fetcher = new Fetcher({ ...options.http, connectionsPerHost });
    this.bandwidth = new Bandwidth(bytesPerSecond);
  }

  attempt(task: AttemptTask, news: AttemptNews, signal: AbortSignal): Promise<VerifiedVideo> {
    const { idleMs, firstByteMs, toldAfterMs, lowSpeed, segments } = this.options;
    const { fetcher, bandwidth, buffers, largestBytes } = this;
    const adviceFor = (url: URL): SegmentAdvice => this.adviceFor(url);
    const shared = { fetcher, bandwidth, buffers, adviceFor, largestBytes };
    const tools = { ...shared, idleMs, firstByteMs, toldAfterMs, lowSpeed, segments };
    return attempt(task, tools, news, signal);
  }

  setLimits({ bytesPerSecond, connectionsPerHost, largestBytes }: Limits): void {
    this.largestBytes = largestBytes;
    this.bandwidth.set(bytesPerSecond);
    this.fetcher.setConnectionsPerHost(connectionsPerHost);
  }

  async close(): Promise<void> {
    await this.fetcher.close();
  }

  private adviceFor({ host }: URL): SegmentAdvice {
    let advice = this.advice.get(host);
    if (advice === undefined) this.advice.set(host, (advice = new SegmentAdvice()));
    return advice;
  }
}
