/**
 * How models mark their thoughts off where the service has not taken them out, a family of marks a
 * line: what opens a thought, and what ends it. From the chat templates and reasoning parsers of
 * DeepSeek, Qwen, GLM, MiniMax (`<mm:think>`), Seed (`<seed:think>`), EXAONE, Hunyuan; Kimi; Mistral;
 * Sky-T1; Cohere; Apertus; gpt-oss; Gemma; MedGemma; and Open WebUI, which hands thoughts on so.
 */
const families: readonly (readonly [open: string, close: string])[] = [
  [tag('<'), tag('</')],
  ['◁think▷', '◁/think▷'],
  [
    String.raw`\[(?:think(?:ing)?|thoughts?|reasoning)\]`,
    String.raw`\[/(?:think(?:ing)?|thoughts?|reasoning)\]`,
  ],
  [
    String.raw`<\|(?:begin_of_thought|start_thinking|inner_prefix|think(?:ing)?(?:_start)?)\|>`,
    String.raw`<\|(?:end_of_thought|end_thinking|inner_suffix|/think(?:ing)?|think(?:ing)?_end)\|>`,
  ],
  [
    String.raw`<\|channel\|>\s{0,8}(?:analysis|commentary)\b`,
    String.raw`<\|channel\|>\s{0,8}final\b|<\|end\|>|<\|start\|>|<\|call\|>`,
  ],
  [String.raw`<\|channel>\s{0,8}thought\b`, String.raw`<channel\|>`],
  ['<unused94>', '<unused95>'],
  [String.raw`<details\s[^<>]{0,80}reasoning[^<>]{0,80}>`, '</details>'],
];

function tag(begin: string): string {
  const names =
    'think(?:ing)?(?:_process)?|thoughts?|reason(?:ing)?|reflection|analysis|scratchpad|cot|chain_of_thought|inner_monologue|antthinking';
  return String.raw`${begin}(?:\w{1,20}:)?(?:${names})(?:\s[^<>]{0,80})?>`;
}

const opening = families.map(([open]) => `(${open})`).join('|');
const closers = families.map(([, close]) => new RegExp(close, 'giu'));

/** What ends a thought whose beginning the service has kept to itself. */
const orphans = String.raw`${tag('</')}|◁/think▷|\[/think(?:ing)?\]|<\|end_of_thought\|>|<\|end_thinking\|>|<\|inner_suffix\|>|<\|channel\|>\s{0,8}final\b|<channel\|>|<unused95>`;

/** The longest of the marks, in characters. */
export const longestMark = 200;

/** One mark in a text. */
export interface ThoughtMark {
  /** What the thought that it opens ends with; absent where it ends one. */
  readonly family?: number;
  readonly at: number;
  readonly end: number;
}

/**
 * Finds marks and whatever else is looked for beside them, from place to place: `more` are further
 * expressions without groups, of which a match is no mark.
 */
export function seekMarks(more: string): (text: string, from: number) => Sought | undefined {
  const sought = new RegExp(`${opening}|(${orphans})|(${more})`, 'giu');
  return (text, from) => {
    sought.lastIndex = from;
    const match = sought.exec(text);
    if (match === null) return undefined;
    const place = { at: match.index, end: sought.lastIndex };
    if (match[families.length + 2] !== undefined) return { ...place, other: match[0] };
    const family = families.findIndex((_, i) => match[i + 1] !== undefined);
    return { ...place, mark: family === -1 ? place : { ...place, family } };
  };
}

export interface Sought {
  readonly at: number;
  readonly end: number;
  readonly mark?: ThoughtMark;
  /** What was found that is no mark. */
  readonly other?: string;
}

/** Where the thought of this family ends that goes on at `from`, the mark included. */
export function endOfThought(
  text: string,
  family: number,
  from: number,
): { readonly at: number; readonly end: number } | undefined {
  const closer = closers[family];
  if (closer === undefined) return undefined;
  closer.lastIndex = from;
  const match = closer.exec(text);
  return match === null ? undefined : { at: match.index, end: closer.lastIndex };
}

const leading = new RegExp(String.raw`\s*(?:${opening})`, 'iuy');

/** The text behind the thoughts that it begins with; nothing while they have no end. */
export function withoutLeadingThoughts(text: string): string {
  let from = 0;
  for (;;) {
    leading.lastIndex = from;
    const match = leading.exec(text);
    if (match === null) return text.slice(from).trimStart();
    const family = families.findIndex((_, i) => match[i + 1] !== undefined);
    const end = endOfThought(text, family, leading.lastIndex);
    if (end === undefined) return '';
    from = end.end;
  }
}

/** The thought that opens at this very place, if one does. */
export function thoughtAt(
  text: string,
  at: number,
): { readonly family: number; readonly end: number } | undefined {
  // List and text begin with signs that would be taken for marks, or be slow to tell from them.
  if (!'<◁'.includes(text.charAt(at) || ' ')) return undefined;
  here.lastIndex = at;
  const match = here.exec(text);
  if (match === null) return undefined;
  return { family: families.findIndex((_, i) => match[i + 1] !== undefined), end: here.lastIndex };
}

const here = new RegExp(opening, 'iuy');

const paired = families.map(([open, close]) => new RegExp(`(?:${open})[^]*?(?:${close})`, 'giu'));
const anyOpening = new RegExp(opening, 'iu');

/** A text that a model was to say, without the thoughts that stand in the middle of it. */
export function withoutThoughtsWithin(text: string): string {
  if (!anyOpening.test(text)) return text;
  return paired.reduce((rest, thought) => rest.replace(thought, ''), text).trim();
}
