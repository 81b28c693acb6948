import { spokenIn } from '../../net/service-words.ts';
import { fieldsOf } from './fields.ts';

/**
 * Whether a piece of an answer that had begun well is an error: `likely` where it may also be a note
 * beside the answer, so that it counts only if no answer comes.
 *
 * Nearly everybody sends `{error: …}`; vLLM `{object: 'error'}`, Anthropic `{type: 'error'}`, FastAPI
 * `{detail: …}`, SiliconFlow and others `{code, message, data: null}` or `{code, msg}`, MiniMax
 * `{base_resp: {status_code, status_msg}}`, and some `{success: false, message}`.
 *
 * @param event the name of its event; empty where it has none
 */
export function errorIn(
  chunk: Readonly<Record<string, unknown>>,
  event: string,
): 'sure' | 'likely' | undefined {
  const { error, object, type, success, base_resp: base, choices } = chunk;
  if (error || object === 'error' || type === 'error' || event === 'error') return 'sure';
  if (success === false) return 'sure';
  const { status_code: status } = fieldsOf(base);
  if (typeof status === 'number' && status !== 0) return 'sure';
  const isAnswer = Array.isArray(choices) || 'usage' in chunk || 'done' in chunk || type === 'ping';
  return isAnswer || spokenIn(chunk) === undefined ? undefined : 'likely';
}
