import type { OutlineAnswer } from '../../src/models/answer-schemas.ts';
import type { WriterTask } from '../../src/models/writer-tasks.ts';
import { answerOfPlanning } from '../../fixtures/plan-answers.ts';
import { continuations } from './story.ts';
import type { EndpointConditions } from './endpoint-conditions.ts';

/** What the model answers to a planning task, with the scenes that continue each other as agreed. */
export function planningAnswer(task: WriterTask, conditions: EndpointConditions): unknown {
  const answer = answerOfPlanning(task);
  if (task.kind !== 'outline') return answer;
  const first = task.part.from - 1;
  const continues = continuations(conditions);
  const { beats } = answer as OutlineAnswer;
  return { beats: beats.map((beat, i) => ({ ...beat, continues: continues[first + i] === true })) };
}
