import type { LanguageModel } from '../language-model/language-model.ts';
import type { SceneMaterial } from '../writer-tasks.ts';
import { neighboursOf, outlineForms, outlineTexts } from './outline-levels.ts';
import { beatInFull } from './script-text.ts';
import { piece, type Piece } from '../language-model/token-estimate.ts';
import { fullTokens, type Placed, writtenAfter, writtenSoFar } from './written-so-far.ts';

/** The parts of a prompt that depend on the budget; empty where there was no room. */
export interface Context {
  /** The outline: the same for every scene of a run, unless it is extremely long. */
  readonly outline: string;
  /** What is written before the scene: the same for all that follow the same written scenes. */
  readonly written: string;
  /** The beats before and after the scene, with their contracts. */
  readonly neighbours: string;
  /** What is written after the scene. */
  readonly following: string;
  /** The scene's own beat; always there. */
  readonly own: string;
}

/** Of the room beside what is always there, the outline may take so much. */
const outlineShare = 0.5;

/** Kept free for headings, and for what was wrong with the last answer. */
const spareTokens = 300;

interface Cut {
  readonly outline: Piece;
  readonly neighbours: Piece;
  /** Tokens that are taken off for the scene's own beat and its neighbours. */
  readonly around: number;
}

const nothing: Piece = { text: '', tokens: 0 };

/**
 * What a request for one scene is told of the script, so that all of its instructions keep to the
 * budget of tokens. What is always there has its room first, then the scene before in full, then
 * outline and neighbours, and the rest is for what is written besides.
 *
 * What scenes have in common is cut by what they have in common, never by the one to be written: for
 * a scene's own part the room of the largest one is taken off. So the prompts of a run begin alike to
 * the letter, and services that keep common beginnings read them once.
 *
 * @param tokens how many the instructions may take, the system part included
 * @param always tokens of what stands before and behind all this and is the same size for all scenes
 */
export function contextOf(material: SceneMaterial, tokens: number, always: number): Context {
  const texts = outlineTexts(material.outline);
  const index = texts.positions.get(material.beat.id) ?? material.outline.length;
  const placed = material.finished
    .map((scene): Placed => ({ scene, position: texts.positions.get(scene.id) ?? -1 }))
    .sort((a, b) => a.position - b.position);
  const before = placed.filter(({ position }) => position < index);
  const after = placed.filter(({ position }) => position > index);
  const nearest = before.at(-1);
  const needed = nearest === undefined ? 0 : fullTokens(nearest.scene);

  const room = tokens - always - spareTokens;
  const beat = texts.toWrite[index] ?? piece(beatInFull(material.beat, index + 1));
  const own = beat.tokens;
  const neighbours = neighboursOf(texts, index);
  const limit = Math.max(0, room - texts.largestAround) * outlineShare;
  const [densest = nothing, ...smaller] = [...outlineForms(texts, index), nothing].filter(
    (form) => form.tokens <= limit,
  );
  // Where the scene before has no room beside them, first the outline goes and then the neighbours.
  const alone: Cut = { outline: nothing, neighbours: nothing, around: own };
  const cuts: readonly Cut[] = [
    { outline: densest, neighbours, around: texts.largestAround },
    ...smaller.map((outline) => ({ outline, neighbours, around: own + neighbours.tokens })),
  ];
  const cut = cuts.find((one) => room - one.outline.tokens - one.around >= needed) ?? alone;
  const written = writtenSoFar(before, room - cut.outline.tokens - cut.around);
  const left = room - cut.outline.tokens - own - cut.neighbours.tokens - written.tokens;
  return {
    outline: cut.outline.text,
    written: written.text,
    neighbours: cut.neighbours.text,
    following: writtenAfter(after, after[0]?.position === index + 1, left),
    own: beat.text.trimEnd(),
  };
}

/** The share of what a model reads at most that its instructions may take. */
const readableShare = 0.75;

/** {@link defaultContextTokens} of a model, within what it says it can read. */
export function contextTokensFor({
  label,
  maxInputTokens = Infinity,
}: Pick<LanguageModel, 'label' | 'maxInputTokens'>): number {
  return Math.min(defaultContextTokens(label), Math.floor(maxInputTokens * readableShare));
}

/**
 * How many tokens the instructions of one request may take where the writer has not said: what a
 * model of this name reads with care, in a time and at a price that suit one scene. Names are told
 * apart by what they usually have in them; a model that nothing is known of is taken for a small one.
 */
export function defaultContextTokens(model: string): number {
  const name = model.toLowerCase();
  // A number of parameters in the name is that of an open model, most likely run on the spot.
  const billions = Math.max(
    0,
    ...Array.from(name.matchAll(/(?<![\d.a-z])(\d+(?:\.\d+)?)b(?![a-z0-9])/g), ([, n]) =>
      Number(n),
    ),
  );
  if (billions > 0) return billions >= 60 ? 16_000 : billions >= 20 ? 10_000 : 6_000;
  return sizes.find(([names]) => names.test(name))?.[1] ?? 8_000;
}

const sizes: readonly (readonly [RegExp, number])[] = [
  // With 4,000 to 16,000 tokens for everything.
  [/gpt-3\.5|gpt-4(?!\.|o|-turbo|-\d)|phi-?[34]|gemma|tinyllama|llama-?2|mistral-7/, 6_000],
  [/(?<!ge)mini|nano|flash|haiku|lite|small|fast|instant|turbo/, 24_000],
  [/gpt-|chatgpt|\bo[1345]\b|claude|gemini|grok|deepseek|kimi|minimax|glm-|sonnet|opus/, 32_000],
  [/mistral-(?:large|medium)|command-|qwen.*max|nova-(?:pro|premier)|llama-?[34]/, 16_000],
];
