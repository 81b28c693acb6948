import { APIError } from 'openai';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { jsonSchemaOf } from './json.ts';
import type { WriterRequest } from './port.ts';

/** How the form of the answer is asked for, the strictest first. */
const modes = ['json_schema', 'json_object', 'prompt'] as const;
type Mode = (typeof modes)[number];

/** What an endpoint is asked to do beyond plain chat. */
export interface Capabilities {
  readonly mode: Mode;
  readonly usage: boolean;
}

/** Every endpoint is first asked for all of it. */
export const everything: Capabilities = { mode: 'json_schema', usage: true };

/** The body of one chat completions request. */
export function paramsOf<T>(
  model: string,
  { prompt, schema, schemaName }: WriterRequest<T>,
  { mode, usage }: Capabilities,
): ChatCompletionCreateParamsStreaming {
  const json = jsonSchemaOf(schema);
  const inWords = `Answer with one JSON object and nothing else: no Markdown, no comments. Its JSON schema:\n${JSON.stringify(json)}`;
  const system = mode === 'json_schema' ? prompt.system : `${prompt.system}\n\n${inWords}`;
  return {
    model,
    stream: true,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: prompt.user },
    ],
    ...(usage ? { stream_options: { include_usage: true } } : {}),
    ...(mode === 'json_schema'
      ? {
          response_format: {
            type: mode,
            json_schema: { name: schemaName, schema: json, strict: true },
          },
        }
      : {}),
    ...(mode === 'json_object' ? { response_format: { type: mode } } : {}),
  };
}

/** Refusals that a simpler request would meet just the same. */
const notAboutForm =
  /context.?(length|window)|too (long|many tokens)|content.?(filter|policy|management)|safety|moderation|quota|billing|credit|api.?key/i;

/** What to try next when the endpoint did not take a request, or `undefined` when that is no help. */
export function withLess({ mode, usage }: Capabilities, error: unknown): Capabilities | undefined {
  if (!(error instanceof APIError)) return undefined;
  const status: unknown = error.status;
  const said = `${error.code ?? ''} ${error.param ?? ''} ${error.message}`;
  const aboutUsage = /stream_options|include_usage/i.test(said);
  const aboutFormat =
    /response.?format|json.?schema|json.?object|structured|requested parameters/i.test(said);
  const maybe = status === 400 || status === 415 || status === 422 || status === 501;
  if (!aboutUsage && !aboutFormat && (!maybe || notAboutForm.test(said))) return undefined;
  if (aboutUsage && usage) return { mode, usage: false };
  const simpler = modes[modes.indexOf(mode) + 1];
  if (simpler !== undefined) return { mode: simpler, usage };
  return usage ? { mode, usage: false } : undefined;
}
