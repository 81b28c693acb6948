import type { Structure } from '../../script/script-model.ts';
import type { Weather } from './idea-weather.ts';
import type { HeardAir } from './story-settings.ts';

/**
 * The shape of the text banks in `resources/stories`. Texts carry slots in braces:
 *
 * - `{hero}`, `{ally}`, `{rival}`, `{elder}`: names; `{hero.his}`, `{hero.him}`: English pronouns
 * - `{object}`: the thing of the story (with its article, except in English texts)
 * - `{way}`, `{spot}`, `{view}`: fixtures of the place (English only)
 * - `{premise}`: what the idea says happens, as a sentence; `{idea}`: the idea in quotation marks
 * - `{thing}`, `{stir}`: what animals come upon and pictures show; see `things-met.ts`
 * - `{topic}`, `{subject}`, `{question}`, `{item}`, `{n}`, `{rank}`, `{count}`: of lists and
 *   explainers
 */

export const roles = ['hero', 'ally', 'rival', 'elder'] as const;
export type Role = (typeof roles)[number];

/** Who speaks, how, and what. */
export type Line = readonly [speaker: Role, tone: string, line: string];

/** Another way to stage a moment: in a word or two, for the outline, and as a sentence of the action. */
export type Take = readonly [short: string, sentence: string];

/** The parts of the three structures, in the order in which they come. */
export const storySteps = [
  'hook',
  'setup',
  'incite',
  'debate',
  'threshold',
  'trials',
  'midpoint',
  'setbacks',
  'crisis',
  'dark',
  'plan',
  'climax',
  'resolution',
  'closing',
] as const;
export const listSteps = ['hook', 'promise', 'item', 'recap', 'closing'] as const;
export const explainerSteps = [
  'hook',
  'stakes',
  'picture',
  'parts',
  'how',
  'example',
  'misconception',
  'answer',
  'closing',
] as const;
export type StoryStep = (typeof storySteps)[number];
export type ListStep = (typeof listSteps)[number];
export type ExplainerStep = (typeof explainerSteps)[number];
export type Step = StoryStep | ListStep | ExplainerStep;

/** One scene's worth of material. */
export interface Moment {
  readonly title: string;
  /** What changes, for the outline; names no place, so that the scene can be recognised by it. */
  readonly summary: string;
  /**
   * What is seen. The first sentence alone has to make a picture; the last is the image that leads
   * over into the next scene.
   */
  readonly action: string;
  readonly lines?: readonly Line[];
  /** Sentences, the most needed first: as many are spoken as the seconds allow. */
  readonly narration?: readonly string[];
  /** What is said instead, by turns, for the second item of a list and those that follow. */
  readonly otherwise?: readonly (readonly string[])[];
  /** What the writer has to decide, as an editor would pencil it. */
  readonly note?: string;
}

/** A small drama of its own, played in one place: goal, attempt, obstacle, turn, what is left. */
export interface Matter {
  readonly id: string;
  readonly step: Step;
  /** What has to be around, or else it is told nowhere: other people, or weather that the idea leaves open. */
  readonly needs?: 'people' | 'weather';
  readonly moments: readonly Moment[];
  /**
   * How many of the first moments are alternative openings, of which each item of a count takes
   * another one. They stand in no list of `needed`.
   */
  readonly openings?: number;
  /** Indices of the moments, those first that are needed most when there is no room for all. */
  readonly needed: readonly number[];
}

export type DayPart = 'dawn' | 'morning' | 'noon' | 'afternoon' | 'dusk' | 'night';
export const dayParts: readonly DayPart[] = [
  'dawn',
  'morning',
  'noon',
  'afternoon',
  'dusk',
  'night',
];

/** How things stand with the story's props and secrets; see `carried-state.ts`. */
export type PropState = 'absent' | 'hero' | 'rival' | 'regained' | 'given' | 'none';
export type KnowState = 'nothing' | 'hero' | 'shared' | 'truth' | 'all' | 'viewer';
export type WearState = 'plain' | 'coat' | 'worn' | 'fresh';

/** Everything that is said in one language. */
export interface Bank {
  readonly language: string;
  readonly story: readonly Matter[];
  /** Stories of things and of animals, in which nobody speaks; not for every step. */
  readonly portrait: readonly Matter[];
  readonly creature: readonly Matter[];
  readonly list: readonly Matter[];
  /** Lists of things and of what is said to be so, in which nobody is seen. */
  readonly showcase: readonly Matter[];
  readonly explainer: readonly Matter[];
  /** A story in one scene. */
  readonly whole: Matter;
  readonly words: Words;
}

/** Whether it is the full bank, whose texts may use everything that English grammar allows. */
export function isEnglish({ language }: Bank): boolean {
  return language === 'en';
}

/** The small words of one language. */
export interface Words {
  readonly time: Readonly<Record<DayPart, string>>;
  /** What is heard from further away at a part of the day, by what is around. */
  readonly ambience: Readonly<Record<HeardAir, Readonly<Record<DayPart, readonly string[]>>>>;
  /** Small sounds that may be heard anywhere and need nobody. */
  readonly noises: readonly string[];
  /** What is heard of the weather, instead of what is far away. */
  readonly weather: Readonly<Record<Weather, readonly string[]>>;
  /** `{day}` is its number. */
  readonly day: string;
  /** Facts of a contract, `who or what: how it is`; none of a state that goes without saying. */
  readonly props: Readonly<Partial<Record<PropState, string>>>;
  readonly knows: Readonly<Partial<Record<KnowState, string>>>;
  readonly wears: Readonly<Partial<Record<WearState, string>>>;
  /** For an idea that tells no event that is understood; `{idea}` is in the writer's own words. */
  readonly premise: string;
  readonly logline: Readonly<Record<Structure, string>>;
  /** The pencil note in a scene whose beat the banks do not know. */
  readonly turn: string;
  /** Asks for the thing that a story is about; `{object}`. */
  readonly standIn: string;
  /** The pencil note of a rewrite; `{instruction}`. */
  readonly asked: string;
  /** Asks for words in a scene of which the words have been spoken before. */
  readonly again: string;
  /** Other ways to play the same contract. */
  readonly takes: readonly Take[];
  /** The same for where there are no people. */
  readonly views: readonly Take[];
  /** What animals come upon, and what pictures of things show; as many in each language, in one order. */
  readonly things: Readonly<Record<'animals' | 'things', readonly string[]>>;
  /** What happens beside it, as sentences without capital and mark. */
  readonly stirs: readonly string[];
  /** A sentence of how it is shown and what happens meanwhile: `{view}`, `{stir}`, `{more}`. */
  readonly beside: string;
  /** What makes each item of a list worth its place, in the order of rising tension. */
  readonly ranks: readonly string[];
  readonly lastRank: string;
  /** The same for lists in which nobody does anything, the name of an item, and the logline. */
  readonly showcase: Readonly<Record<'item' | 'logline' | 'lastRank', string>> & {
    readonly ranks: readonly string[];
  };
  /** The same for the steps of an explanation. */
  readonly stages: readonly string[];
  readonly lastStage: string;
  /** How the four roles speak. */
  readonly voices: readonly string[];
  /** Names of an item and of a step; `{n}`. */
  readonly item: string;
  readonly step: string;
  /** The title of an idea without words. */
  readonly untitled: string;
  /** Stands for a topic that is no noun. */
  readonly this: string;
  /** The name of a place of which the idea says nothing. */
  readonly somewhere: string;
  /** Asks for the look of a place of which no more is known than its name; `{place}`. */
  readonly unseen: string;
  /** A question for a topic that is none; `{topic}`. */
  readonly question: string;
  /**
   * Things to hold, with their article where the language has one, each with its English noun and
   * the words of an idea that call for it, joined by `|`. Where an idea calls for none, one of them
   * is chosen. Empty for English, which takes the idea's own noun.
   */
  readonly objects: readonly (readonly [native: string, english: string, words: string])[];
}
