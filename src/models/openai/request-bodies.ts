import type { z } from 'zod';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { jsonSchemaOf } from '../language-model/answer-reading.ts';
import { tokensOf } from '../language-model/token-estimate.ts';
import { codesIn, meaningOf, type RefusalMeaning } from '../../net/refusal.ts';
import { saidIn } from '../../net/service-words.ts';
import { RefusedRequest } from './refused-request.ts';
import type { PromptRequest } from '../language-model/language-model.ts';

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

/** What both ask for. */
export function lesserOf(a: Capabilities, b: Capabilities): Capabilities {
  const mode = modes.indexOf(a.mode) > modes.indexOf(b.mode) ? a.mode : b.mode;
  return { mode, usage: a.usage && b.usage };
}

/** The next looser way to ask for the form, or `undefined` where there is none. */
export function withLessForm({ mode, usage }: Capabilities): Capabilities | undefined {
  const simpler = modes[modes.indexOf(mode) + 1];
  return simpler === undefined ? undefined : { mode: simpler, usage };
}

/** A schema as it goes to an endpoint. */
interface SentSchema {
  readonly json: Record<string, unknown>;
  /** For endpoints that have to be told in words. */
  readonly inWords: string;
}

/** Writes the bodies of chat completions requests; each schema is put into JSON's terms only once. */
export class RequestBodies {
  /** Tokens that a schema takes where it has to be put into words, of the largest so far. */
  tokensOfForm = 0;
  private readonly schemas = new WeakMap<z.ZodType, SentSchema>();

  of<T>(
    model: string,
    { prompt, schema, schemaName }: PromptRequest<T>,
    { mode, usage }: Capabilities,
  ): ChatCompletionCreateParamsStreaming {
    const { json, inWords } = this.sent(schema);
    if (mode !== 'json_schema') this.tokensOfForm = Math.max(this.tokensOfForm, tokensOf(inWords));
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

  private sent(schema: z.ZodType): SentSchema {
    const known = this.schemas.get(schema);
    if (known !== undefined) return known;
    const json = jsonSchemaOf(schema);
    const inWords = `Answer with one JSON object and nothing else: no Markdown, no comments. Its JSON schema:\n${JSON.stringify(json)}`;
    const sent = { json, inWords };
    this.schemas.set(schema, sent);
    return sent;
  }
}

/** Refusals that a simpler request would meet just the same. */
const notAboutForm = /context.?(length|window)|too (long|many tokens)|json_validate_failed/i;

/** Whoever means anything else would say the same to a simpler request. */
const mayBeAboutForm: ReadonlySet<RefusalMeaning> = new Set([
  'request',
  'unusable',
  'trouble',
  'address',
]);

/** What to try next when the endpoint did not take a request, or `undefined` when that is no help. */
export function withLess(capabilities: Capabilities, error: unknown): Capabilities | undefined {
  if (!(error instanceof RefusedRequest)) return undefined;
  const { refusal } = error;
  if (!mayBeAboutForm.has(meaningOf(refusal))) return undefined;
  const { status, text } = refusal;
  const said = `${codesIn(text)} ${saidIn(text, [])}`;
  const aboutUsage = /stream_options|include_usage/i.test(said);
  const aboutFormat =
    /response.?format|json.?schema|json.?object|structured|requested parameters/i.test(said);
  const maybe = status === 400 || status === 415 || status === 422 || status === 501;
  if (!aboutUsage && !aboutFormat && (!maybe || notAboutForm.test(said))) return undefined;
  const withoutUsage = { ...capabilities, usage: false };
  if (aboutUsage && capabilities.usage) return withoutUsage;
  return withLessForm(capabilities) ?? (capabilities.usage ? withoutUsage : undefined);
}
