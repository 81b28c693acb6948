import type { BeatAnswer } from '../../models/answer-schemas.ts';
import type { Contract } from '../../script/script-model.ts';
import { type Fact, factsText, readFacts, stateText } from '../../script/contract-facts.ts';
import { normaliseLine } from '../../script/normalise-text.ts';
import { noteOf } from '../checks/bare-text.ts';
import { lineOf } from './read-core.ts';

/**
 * A contract as a model gives it. What names nobody before a colon is, of a cut, what happens in it;
 * at the end, it is what leads over.
 */
export function contractFromAnswer({
  cut,
  changes,
}: Pick<BeatAnswer, 'cut' | 'changes'>): Contract {
  const isPlain = typeof cut !== 'string' || plainCut.test(cut);
  const { facts, unnamed } = factsFromAnswer(changes ?? []);
  return {
    entry: isPlain ? '' : openingFromAnswer(cut),
    exit: factsText(facts),
    handOff: unnamed.join('; '),
    continues: cut === false || (typeof cut === 'string' && noCut.test(cut)),
  };
}

/** Where a model puts `true` and `false` into words. */
const noCut = /^(?:false|no)\.?$/iu;
const plainCut = /^(?:false|no|true|yes|none|null|cut)?\.?$/iu;

/** What a cut has changed, on one line. */
function openingFromAnswer(since: string | null): string {
  const { facts, unnamed } = factsFromAnswer((since ?? '').split(/[;；\n]/u));
  // Parentheses in it would end it when it is read back.
  const meanwhile = normaliseLine(unnamed.join('; ').replace(/[()（）]/gu, ' '));
  return stateText({ since: meanwhile, facts });
}

/** Facts on one line each, so that they read back as they were meant; and what is said of nobody. */
export function factsFromAnswer(texts: readonly string[]): {
  facts: readonly Fact[];
  unnamed: readonly string[];
} {
  const facts: Fact[] = [];
  const unnamed: string[] = [];
  for (const text of new Set(texts.map(lineOf))) {
    if (noteOf(text) === '' || unchanged.test(text)) continue;
    // Semicolons part facts, and parentheses before the first one are read as what a cut leaves out.
    const line = text
      .replace(/[;；]/gu, ',')
      .replace(/^[(（,\s]+/u, '')
      .replace(/[.。,\s]+$/u, '');
    const found = readFacts(line);
    // What somebody says, `Mara: “Not tonight.”`, is nothing that lasts.
    const last = found.every(
      ({ subject, state }) => subject !== '' && !/^["'“”„«‘「]/u.test(state),
    );
    if (last) facts.push(...found);
    else unnamed.push(text);
  }
  return { facts, unnamed };
}

/** What models put where nothing is to be said, besides what {@link noteOf} knows. */
const unchanged = /^(?:nothing|no changes?|unchanged|\p{P}*)\.?$/iu;
