/** What the model is asked, read from the request as any model reads it: from its words and its schema. */
export interface Asked {
  /** Name of the schema: `core`, `acts`, `outline`, `scene` and so on. */
  readonly kind: string;
  readonly schema: JsonSchema;
  /** The user's part of the prompt. */
  readonly text: string;
  /** How many characters went out in all. */
  readonly characters: number;
}

/** As much of JSON schema as strict structured outputs know. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly minItems?: number;
  readonly maxItems?: number;
}

interface ChatBody {
  readonly messages: readonly { readonly content: string }[];
  readonly response_format?: {
    readonly json_schema?: { readonly name: string; readonly schema: JsonSchema };
  };
}

/** @throws Error where no schema is given: everything that is benchmarked gives one */
export function readRequest(body: string): Asked {
  const { messages, response_format } = JSON.parse(body) as ChatBody;
  const form = response_format?.json_schema;
  if (form === undefined) throw new Error('A request came without a schema for its answer.');
  return {
    kind: form.name,
    schema: form.schema,
    text: messages.at(-1)?.content ?? '',
    characters: body.length,
  };
}

/** The number of the scene that is asked for, from 1; `undefined` where something else is. */
export function sceneAsked({ kind, text }: Asked): number | undefined {
  if (kind !== 'scene') return undefined;
  return Number(/\nWrite scene (\d+)\./u.exec(text)?.[1] ?? 1);
}

/** Seconds that the scene lasts. */
export function secondsAsked({ text }: Asked): number {
  return Number(/\nWrite scene \d+\. It lasts ([\d.]+) seconds/u.exec(text)?.[1] ?? 8);
}

/** The scene's own beat, as the prompt gives it. */
export function beatAsked({ text }: Asked): string {
  return /\n# Your scene\n([\s\S]*?)\n\n/u.exec(text)?.[1] ?? '';
}

/** The number of the first beat that is asked for, from 1. */
export function firstBeatAsked({ text }: Asked): number {
  return Number(/\nPlan [^\n]*?: (?:beat |\d+ beats, )(\d+)/u.exec(text)?.[1] ?? 1);
}

/** Whether the acts of the story have to be settled before this can be asked. */
export function standsOnActs({ text }: Asked): boolean {
  return text.includes('\n# Acts\n');
}

/** The numbers of the last beats of the acts that are asked for, in order. */
export function lastBeatsOfActs({ text }: Asked): number[] {
  return Array.from(text.matchAll(/^\d+\. (?:\d+ beats, \d+ to |beat )(\d+)$/gmu), ([, last]) =>
    Number(last),
  );
}
