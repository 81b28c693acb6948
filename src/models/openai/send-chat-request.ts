import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import { RefusedRequest, UnansweredRequest } from './refused-request.ts';

export interface ChatEndpoint {
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
}

/**
 * Send one request and hand back the answer before its body is read. Only the headers that the
 * protocol needs go along.
 *
 * What is sent has the types of the `openai` package, so that its makers check it. Its client is left
 * out: of a refusal it hands on one object of JSON alone, and a page, a list or bare words get lost.
 *
 * @param onHeaders told of the headers of every answer, refusals included
 * @throws RefusedRequest with all that the endpoint says, UnansweredRequest, or what `fetch` throws of
 *   our own errors
 */
export async function sendChatRequest(
  { baseUrl, fetch }: ChatEndpoint,
  params: ChatCompletionCreateParams,
  secret: string | undefined,
  signal: AbortSignal,
  onHeaders: (headers: Headers) => void,
): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(completionsAddress(baseUrl), {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      },
      body: JSON.stringify(params),
      signal,
    });
  } catch (error) {
    throw new UnansweredRequest(error);
  }
  onHeaders(answer.headers);
  if (answer.ok) return answer;
  // What cannot be read to its end is no less of a refusal.
  const text = await answer.text().catch(() => '');
  throw new RefusedRequest(answer.status, answer.headers, text);
}

/** Where completions are asked for; many copy that very address instead of the one it begins with. */
function completionsAddress(baseUrl: string): string {
  const url = new URL(baseUrl);
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/chat/completions') ? path : `${path}/chat/completions`;
  return url.href;
}
