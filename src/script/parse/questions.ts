import type { Block, Span } from '../markdown/block-types.ts';
import { normaliseLine } from '../normalise-text.ts';

/**
 * What is left to the writer stands in comments of their own, `<!-- To do: What does Mara want? -->`. No
 * preview shows them, and nobody speaks, draws or sends them. Deleting one answers it.
 */
export interface Question {
  readonly text: string;
  readonly span: Span;
}

const label = /^<!--+\s*(?:to[ -]?do|fixme|question)(?![\p{L}\p{N}])\s*[:：]?/iu;

/** The questions among blocks, with offsets as theirs. */
export function readQuestions(blocks: readonly Block[]): Question[] {
  return blocks.flatMap((block) => {
    const question = block.type === 'html' ? readQuestion(block.raw) : undefined;
    const { start, end } = block;
    return question === undefined ? [] : [{ text: question, span: { start, end } }];
  });
}

function readQuestion(raw: string): string | undefined {
  const [lead] = label.exec(raw) ?? [];
  if (lead === undefined) return undefined;
  const end = raw.indexOf('-->', lead.length);
  return normaliseLine(raw.slice(lead.length, end === -1 ? undefined : end));
}

/** A question as it reads back once it is written: on one line, with nothing that ends a comment. */
export function normaliseQuestion(text: string): string {
  return normaliseLine(text.replace(/-{2,}/gu, '–'));
}

/** The source of a question's comment before wrapping. */
export function renderQuestion(text: string): string {
  return `<!-- To do: ${text} -->`;
}
