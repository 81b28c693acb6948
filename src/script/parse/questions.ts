import type { Block, Span } from '../markdown/block-types.ts';
import { normaliseLine } from '../normalise-text.ts';
import { wordsFor } from './label-words.ts';
import { colons } from './paragraph-lead.ts';

/**
 * What is left to the writer stands in comments of their own, `<!-- To do: What does Mara want? -->`. No
 * preview shows them, and nobody speaks, draws or sends them. Deleting one answers it.
 */
export interface Question {
  readonly text: string;
  readonly span: Span;
}

/** In English and in capitals as programmers have it also without a colon. */
const label = new RegExp(
  `^<!--+\\s*(?:(?:to[ -]?do|fixme|question)(?![\\p{L}\\p{N}])\\s*[${colons}]?|(?:${wordsFor('question').join('|')})\\s*[${colons}])`,
  'iu',
);

/** The questions among blocks, with offsets as theirs. */
export function readQuestions(blocks: readonly Block[]): Question[] {
  return blocks.flatMap((block) => {
    const question = block.type === 'html' ? readQuestion(block.raw) : undefined;
    const { start, end } = block;
    return question === undefined ? [] : [{ text: question, span: { start, end } }];
  });
}

/** The word by which a comment says that it is a question. */
export function questionLabel(raw: string): string | undefined {
  return label
    .exec(raw)?.[0]
    .replace(/^<!--+\s*/u, '')
    .replace(endOfLabel, '');
}

const endOfLabel = new RegExp(`\\s*[${colons}]?$`, 'u');

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
