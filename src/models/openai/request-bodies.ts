import type { z } from 'zod';
import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import { jsonSchemaOf } from '../language-model/answer-reading.ts';
import { tokensOf } from '../language-model/token-estimate.ts';
import type { Capabilities } from './capabilities.ts';
import { withoutWords } from './schema-words.ts';
import type { PromptRequest } from '../language-model/language-model.ts';

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
    { mode, without, usage, system, stream }: Capabilities,
  ): ChatCompletionCreateParams {
    const { json, inWords } = this.sent(schema);
    if (mode !== 'json_schema') this.tokensOfForm = Math.max(this.tokensOfForm, tokensOf(inWords));
    const first = mode === 'json_schema' ? prompt.system : `${prompt.system}\n\n${inWords}`;
    return {
      model,
      stream,
      messages: system
        ? [
            { role: 'system', content: first },
            { role: 'user', content: prompt.user },
          ]
        : [{ role: 'user', content: `${first}\n\n${prompt.user}` }],
      ...(usage && stream ? { stream_options: { include_usage: true } } : {}),
      ...(mode === 'json_schema'
        ? {
            response_format: {
              type: mode,
              json_schema: {
                name: schemaName,
                schema: withoutWords(json, without) as Record<string, unknown>,
                // Who promises to keep to a schema wants it closed, with every key required.
                strict: !without.includes('closed') && !without.includes('nulls'),
              },
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
