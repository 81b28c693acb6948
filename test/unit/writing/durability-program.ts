import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { systemClock } from '../../../src/base/clock.ts';
import { answerSchema, type AnswerTo } from '../../../src/models/answer-schemas.ts';
import type { GenerateOptions, WriterModel } from '../../../src/models/writer-model.ts';
import type { WriterTask } from '../../../src/models/writer-tasks.ts';
import type { Scene, SceneId } from '../../../src/script/script-model.ts';
import { type AnswerJournal, AnswerJournals } from '../../../src/writing/journal/answer-journal.ts';
import { type SceneJournal, SceneJournals } from '../../../src/writing/journal/scene-journal.ts';
import { PauseSwitch } from '../../../src/writing/pause-switch.ts';
import type { Pace } from '../../../src/writing/schedule/scheduled-scene.ts';
import { sceneOfId } from './durability-answers.ts';
import { type Paper, PaperFile, writeOn } from './durability-paper.ts';
import { seeded } from './durability-random.ts';
import { answerOfPlanning } from '../../../fixtures/plan-answers.ts';

/**
 * An extension host that may be killed: writes the script in a folder to its end, keeping what it
 * keeps there too, and logs what its model is asked and what has been put on disk.
 */

export interface ProgramOptions {
  readonly folder: string;
  readonly pace: Pace;
  readonly batchSize: number | 'auto';
  readonly seed: number;
  /** Kill the process at the n-th step of its work, from 1; absent where others do. */
  readonly dieAt?: number;
}

export const logName = 'log.txt';
export const scriptName = 'script.md';
export const scenesFolder = 'scenes';

/** What a model was asked, as one word; the same for the same question. */
function labelOf(task: WriterTask): string {
  switch (task.kind) {
    case 'scene':
      return `scene:${task.beat.id}`;
    case 'seam':
      return `seam:${task.later.id}`;
    case 'outline':
      return `outline:${task.part.from}`;
    default:
      return task.kind;
  }
}

function program({ folder, pace, batchSize, seed, dieAt }: ProgramOptions): Promise<unknown> {
  const random = seeded(seed);
  const log = (line: string): void => {
    appendFileSync(path.join(folder, logName), `${line}\n`);
  };
  const script = (): string => path.join(folder, scriptName);
  let steps = 0;
  const step = (): void => {
    if (++steps === dieAt) process.kill(process.pid, 'SIGKILL');
  };

  /** By the answer's digest: what it is the answer to. */
  const questions = new Map<string, string>();

  class LoggingModel implements WriterModel {
    readonly label = 'a model';

    async generate<T extends WriterTask>(
      task: T,
      { onEntry }: GenerateOptions,
    ): Promise<AnswerTo<T>> {
      const label = labelOf(task);
      log(`asked ${label}`);
      step();
      await passed(1 + random() * 8);
      const answer = task.kind === 'scene' ? sceneOfId(task.beat.id) : answerOfPlanning(task);
      const value = answerSchema(task).parse(answer);
      // Beats are kept part by part, however many answers they come from.
      questions.set(digest('beats' in value ? { skipped: 0, ...value } : value), label);
      for (const beat of 'beats' in value ? value.beats : []) {
        onEntry?.(beat);
        step();
        await passed(random() * 3);
      }
      step();
      return value;
    }
  }

  class LoggingScenes implements SceneJournal {
    private readonly inner = new SceneJournals(path.join(folder, scenesFolder)).of(script);

    get(id: SceneId, hash: string): Promise<Scene | undefined> {
      return this.inner.get(id, hash);
    }

    async put(id: SceneId, hash: string, scene: Scene): Promise<void> {
      step();
      await this.inner.put(id, hash, scene);
      log(`kept scene:${id}`);
      step();
    }

    async remove(id: SceneId): Promise<void> {
      step();
      await this.inner.remove(id);
      step();
    }
  }

  class LoggingAnswers implements AnswerJournal {
    private readonly inner = new AnswerJournals(path.join(folder, 'plans')).of(script);

    get(key: string): Promise<unknown> {
      return this.inner.get(key);
    }

    async put(key: string, answer: unknown): Promise<void> {
      step();
      await this.inner.put(key, answer);
      log(`kept ${questions.get(digest(answer)) ?? 'something else'}`);
      step();
    }

    async remove(key: string): Promise<void> {
      step();
      await this.inner.remove(key);
      step();
    }
  }

  const file = new PaperFile(path.join(folder, scriptName));
  const paper: Paper = {
    read: () => file.read(),
    write: async (text) => {
      step();
      await file.write(text);
      step();
    },
  };

  process.stdout.write('begun\n');
  return writeOn(
    paper,
    {
      model: new LoggingModel(),
      pace,
      batchSize,
      clipSeconds: [4, 8, 12],
      journal: new LoggingScenes(),
      answers: new LoggingAnswers(),
      pause: new PauseSwitch(),
      signal: new AbortController().signal,
      clock: systemClock,
      random,
    },
    step,
  ).then((end) => {
    process.stdout.write(`${JSON.stringify({ reason: end.reason, error: end.error?.message })}\n`);
  });
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

if (import.meta.main) await program(JSON.parse(process.argv[2] ?? '{}') as ProgramOptions);
