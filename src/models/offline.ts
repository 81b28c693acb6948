import { systemClock, type Clock } from '../base/clock.ts';
import { cancelledError, ScenewrightError } from '../base/errors.ts';
import { planScaffold } from './offline/plan.ts';
import { sceneScaffold } from './offline/scene.ts';
import type { GenerateOptions, Generated, WriterModel, WriterRequest } from './port.ts';

export interface OfflineOptions {
  readonly clock?: Clock;
  /** How long an answer takes to arrive, in milliseconds, so that it can be watched; 0 for at once. */
  readonly thinkingMs?: number;
}

/** Pieces in which an answer arrives when it takes time. */
const pieces = 8;

/**
 * A story scaffold that needs no model, no account and no network. It lays a known dramatic
 * structure over the asked length and fills every scene with a starting point; it does not
 * understand the idea and does not pretend to. The same brief always gives the same answers.
 */
export class OfflineScaffold implements WriterModel {
  readonly label = 'offline scaffold';
  private readonly clock: Clock;
  private readonly thinkingMs: number;

  constructor(options: OfflineOptions = {}) {
    this.clock = options.clock ?? systemClock;
    this.thinkingMs = options.thinkingMs ?? 0;
  }

  /** @throws ScenewrightError `cancelled`, or `bad-answer` where the schema wants something else. */
  async generate<T>(request: WriterRequest<T>, options: GenerateOptions): Promise<Generated<T>> {
    stopIfAborted(options.signal);
    const { task } = request;
    const answer = task.kind === 'plan' ? planScaffold(task) : sceneScaffold(task);
    const parsed = request.schema.safeParse(answer);
    if (!parsed.success) {
      throw new ScenewrightError(
        'bad-answer',
        'The offline scaffold has no answer to this request. What is written so far is kept; choose a writer model in the settings to go on.',
        { cause: parsed.error },
      );
    }
    await this.stream(JSON.stringify(answer), options);
    return { value: parsed.data };
  }

  private async stream(text: string, { signal, onText }: GenerateOptions): Promise<void> {
    if (this.thinkingMs <= 0) {
      onText?.(text);
      return;
    }
    for (let piece = 1; piece <= pieces; piece++) {
      try {
        await this.clock.sleep(this.thinkingMs / pieces, signal);
      } catch (error) {
        stopIfAborted(signal);
        throw error;
      }
      onText?.(text.slice(0, Math.ceil((text.length * piece) / pieces)));
    }
  }
}

function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelledError('The offline scaffold');
}
