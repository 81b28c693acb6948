import type { Clock } from '../../src/base/clock.ts';
import type { LanguageModel } from '../../src/models/language-model/language-model.ts';
import { OpenAiModel } from '../../src/models/openai/openai-model.ts';
import { WriterPool } from '../../src/models/writer-pool.ts';
import type { AnswerTo } from '../../src/models/answer-schemas.ts';
import { PromptedWriter } from '../../src/models/prompts/prompted-writer.ts';
import type { GenerateOptions, Traffic, WriterModel } from '../../src/models/writer-model.ts';
import type { WriterTask } from '../../src/models/writer-tasks.ts';
import type { SceneId } from '../../src/script/script-model.ts';
import type { EndpointRun } from './endpoint.ts';

export interface WriterTools {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Told the body of every request. */
  readonly onRequest?: ((body: unknown) => void) | undefined;
}

/** The product's own writer with its real client, which remembers how much each scene's request knew. */
export class ObservedWriter implements WriterModel {
  readonly label = 'bench';
  /** The client alone. */
  readonly language: LanguageModel;
  /** How many of the scenes before it a scene was written without having seen. */
  readonly gaps = new Map<SceneId, number>();
  private readonly writer: WriterPool;

  constructor(run: EndpointRun, { fetch, clock, onRequest }: WriterTools) {
    this.language = new OpenAiModel({
      baseUrl: run.baseUrl,
      model: 'bench',
      account: { id: 'bench', name: 'bench', key: () => Promise.resolve('key') },
      fetch: (input, init) => {
        onRequest?.(init?.body);
        return fetch(input, init);
      },
    });
    this.writer = new WriterPool(
      [{ id: 'bench', name: 'bench', model: new PromptedWriter(this.language, 0) }],
      { clock },
    );
  }

  get traffic(): Traffic {
    return this.writer.traffic;
  }

  async generate<T extends WriterTask>(task: T, options: GenerateOptions): Promise<AnswerTo<T>> {
    const answer = await this.writer.generate(task, options);
    if (task.kind === 'scene') {
      const position = task.outline.indexOf(task.beat);
      const before = new Set(task.outline.slice(0, position).map(({ id }) => id));
      const seen = task.finished.filter(({ id }) => before.has(id)).length;
      this.gaps.set(task.beat.id, position - seen);
    }
    return answer;
  }
}
