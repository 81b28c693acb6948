import { systemClock, type Clock } from '../../base/clock.ts';
import { cancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { AnswerTo } from '../answer-schemas.ts';
import { type Brief, offlineWriter } from '../../script/script-model.ts';
import { planScaffold, type Scaffold } from './plan-scaffold.ts';
import { sceneScaffold } from './scene-scaffold.ts';
import type { Stories } from './read-stories.ts';
import { actsScaffold, coreScaffold, outlineScaffold } from './planning-stages.ts';
import { noticeOfLanguage } from './unspoken.ts';
import type { GenerateOptions, WriterModel } from '../writer-model.ts';
import type { WriterTask } from '../writer-tasks.ts';

export interface OfflineOptions {
  /** What the stories are told from; see `readStories`. */
  readonly stories: Stories;
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
  readonly label = offlineWriter;
  readonly deterministic = true;
  private readonly stories: Stories;
  private readonly clock: Clock;
  private readonly thinkingMs: number;
  /** The plan made last: all stages of planning, and all acts, ask for parts of the same one. */
  private last:
    { readonly brief: Brief; readonly scenes: number; readonly scaffold: Scaffold } | undefined;

  constructor(options: OfflineOptions) {
    this.stories = options.stories;
    this.clock = options.clock ?? systemClock;
    this.thinkingMs = options.thinkingMs ?? 0;
  }

  noticeFor({ language }: Brief): string | undefined {
    return noticeOfLanguage(language, this.stories);
  }

  /** @throws ScenewrightError `cancelled` */
  async generate<T extends WriterTask>(task: T, options: GenerateOptions): Promise<AnswerTo<T>> {
    stopIfAborted(options.signal);
    const answer = this.answerTo(task) as AnswerTo<T>;
    await this.stream(JSON.stringify(answer), options);
    return answer;
  }

  private answerTo(task: WriterTask): AnswerTo<WriterTask> {
    switch (task.kind) {
      case 'core':
        return coreScaffold(this.scaffoldOf(task.brief, task.shape.count), task);
      case 'acts':
        return actsScaffold(this.scaffoldOf(task.brief, task.shape.count), task);
      case 'outline':
        return outlineScaffold(this.scaffoldOf(task.brief, task.shape.count), task);
      case 'seam':
        // It cannot read, so it has nothing to say against what others have written.
        return { clash: false, why: '' };
      case 'scene':
        return sceneScaffold(task, this.stories);
    }
  }

  private scaffoldOf(brief: Brief, scenes: number): Scaffold {
    const { last } = this;
    if (last?.brief === brief && last.scenes === scenes) return last.scaffold;
    const scaffold = planScaffold(brief, scenes, this.stories);
    this.last = { brief, scenes, scaffold };
    return scaffold;
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
  if (signal.aborted) throw cancelledError(t('The offline scaffold'));
}
