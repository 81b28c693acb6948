import { answerSchema, type AnswerTo } from '../answer-schemas.ts';
import type { PromptRequest } from '../language-model/language-model.ts';
import type { WriterTask } from '../writer-tasks.ts';
import { actsPrompt, corePrompt, outlinePrompt } from './planning-prompts.ts';
import { scenePrompt, systemPrompt } from './scene-prompts.ts';
import { seamPrompt } from './seam-prompt.ts';

/**
 * A task as a language model is asked to do it.
 *
 * @param contextTokens how many tokens the instructions may take, as {@link tokensOf} counts them
 * @param complaint what was wrong with the last answer to the same task
 */
export function requestFor<T extends WriterTask>(
  task: T,
  contextTokens: number,
  complaint?: string,
): PromptRequest<AnswerTo<T>> {
  return {
    prompt: {
      system: systemPrompt(task.brief),
      user: withComplaint(userPrompt(task, contextTokens), complaint),
    },
    schema: answerSchema(task),
    schemaName: task.kind,
  };
}

function userPrompt(task: WriterTask, contextTokens: number): string {
  switch (task.kind) {
    case 'core':
      return corePrompt(task);
    case 'acts':
      return actsPrompt(task);
    case 'outline':
      return outlinePrompt(task, contextTokens);
    case 'seam':
      return seamPrompt(task);
    case 'scene':
      return scenePrompt(task, contextTokens);
  }
}

function withComplaint(prompt: string, complaint: string | undefined): string {
  if (complaint === undefined) return prompt;
  return `${prompt}

Your last answer to this could not be used. ${complaint}
Give the whole answer again, with this put right.`;
}
