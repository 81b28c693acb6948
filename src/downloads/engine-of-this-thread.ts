import type { AttemptNews, AttemptTask } from './attempt.ts';
import type { Engine, EngineOptions, Limits } from './engine.ts';
import type { VerifiedVideo } from './verify-video.ts';

/** Does the work in this thread, and is loaded with the first of it. */
export class EngineOfThisThread implements Engine {
  private options: EngineOptions;
  private engine: Promise<Engine> | undefined;

  constructor(options: EngineOptions) {
    this.options = options;
  }

  async attempt(task: AttemptTask, news: AttemptNews, signal: AbortSignal): Promise<VerifiedVideo> {
    this.engine ??= import('./local-engine.ts').then(
      ({ LocalEngine }) => new LocalEngine(this.options),
    );
    return await (await this.engine).attempt(task, news, signal);
  }

  setLimits(limits: Limits): void {
    this.options = { ...this.options, limits };
    void this.engine?.then((engine) => {
      engine.setLimits(limits);
    });
  }

  async close(): Promise<void> {
    await (await this.engine)?.close();
  }
}
