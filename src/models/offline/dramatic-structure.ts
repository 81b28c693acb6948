import type { Structure } from '../../script/script-model.ts';
import {
  explainerSteps,
  listSteps,
  storySteps,
  type Bank,
  type ExplainerStep,
  type ListStep,
  type Matter,
  type Moment,
  type Step,
  type StoryStep,
} from './bank.ts';
import { at, shuffled } from './seed.ts';

/** One scene's place in the structure. */
export interface Slot {
  readonly step: Step;
  readonly matter: Matter;
  readonly moment: Moment;
  /** Index of the moment in its matter. */
  readonly index: number;
  /** Scenes of one unit play in one place and part of the day. */
  readonly unit: number;
  /** How often the matter has been told before, by others of the cast. */
  readonly pass: number;
  /** The items of a list, or steps of an explanation, that it covers, from 1; 0 outside them. */
  readonly from: number;
  readonly to: number;
}

/** Shares of the length by the common three-act paradigm, in percent, and how much a step can hold. */
const storyShares: Readonly<
  Record<StoryStep, { readonly share: number; readonly single: boolean }>
> = {
  hook: { share: 3, single: true },
  setup: { share: 9, single: false },
  incite: { share: 4, single: true },
  debate: { share: 8, single: false },
  threshold: { share: 4, single: true },
  trials: { share: 22, single: false },
  midpoint: { share: 4, single: true },
  setbacks: { share: 18, single: false },
  crisis: { share: 5, single: true },
  dark: { share: 4, single: true },
  plan: { share: 3, single: true },
  climax: { share: 10, single: false },
  resolution: { share: 4, single: true },
  closing: { share: 2, single: true },
};

/** What a short film keeps, the most needed first. */
const storyNeed: readonly StoryStep[] = [
  'climax',
  'incite',
  'crisis',
  'hook',
  'closing',
  'midpoint',
  'threshold',
  'setbacks',
  'setup',
  'trials',
  'resolution',
  'debate',
  'plan',
  'dark',
];

/** Steps whose backbone is told after their other matters, because it is what they lead to. */
const backboneLast = new Set<Step>(['setbacks', 'climax', 'resolution']);

/** Every scene of a script of `n` scenes, in order. */
export function layOut(
  structure: Structure,
  n: number,
  items: number,
  bank: Bank,
  telling: readonly Matter[],
  seed: string,
): Slot[] {
  if (structure === 'list') return listSlots(n, items, telling);
  if (structure === 'explainer') return explainerSlots(n, items, telling);
  return storySlots(n, bank, telling, seed);
}

/** How many items a list of `n` scenes has where the idea names no number. */
export function itemsFor(structure: Structure, n: number, named: number | undefined): number {
  if (structure === 'explainer') return Math.max(1, Math.min(24, Math.round((n * 0.4) / 2.5)));
  return named ?? Math.max(2, Math.min(50, Math.floor((n - 2) / 3)));
}

function storySlots(n: number, bank: Bank, story: readonly Matter[], seed: string): Slot[] {
  if (n === 1) {
    const height = story.find(({ step }) => step === 'climax');
    const matter = height === undefined || bank.story.includes(height) ? bank.whole : height;
    return slotsOf([{ matter, take: 1, pass: 0, from: 0, to: 0 }], 0);
  }
  const capacity = (step: StoryStep): number =>
    story
      .filter((matter) => matter.step === step)
      .reduce((sum, matter) => sum + lengthOf(matter, 0), 0);
  const steps = storySteps.filter((step) => capacity(step) > 0);
  const counts = share(
    n,
    steps.map((step) => ({
      key: step,
      weight: storyShares[step].share,
      cap: storyShares[step].single ? capacity(step) : Infinity,
      need: storyNeed.indexOf(step),
    })),
  );
  let unit = 0;
  return steps.flatMap((step) => {
    const all = story.filter((matter) => matter.step === step);
    const rest = shuffled(all.slice(1), `${seed}/${step}`);
    const chosen = chapters([...all.slice(0, 1), ...rest], counts.get(step) ?? 0);
    const ordered = backboneLast.has(step)
      ? [
          ...chosen.filter(({ matter }) => matter !== all[0]),
          ...chosen.filter(({ matter }) => matter === all[0]),
        ]
      : chosen;
    const slots = slotsOf(ordered, unit);
    unit += ordered.length;
    return slots;
  });
}

function listSlots(n: number, items: number, list: readonly Matter[]): Slot[] {
  const body = n >= 4 ? Math.max(1, Math.round((n - 2) * 0.86)) : Math.max(1, n - 1);
  const frame = share(n - body, [
    { key: 'hook', weight: 40, cap: 3, need: 0 },
    { key: 'closing', weight: 20, cap: 2, need: 1 },
    { key: 'recap', weight: 20, cap: 2, need: 2 },
    { key: 'promise', weight: 20, cap: 2, need: 3 },
  ] satisfies Share<ListStep>[]);
  return framed(n, items, list, listSteps, frame, 'item');
}

function explainerSlots(n: number, steps: number, explainer: readonly Matter[]): Slot[] {
  const frame = share(n, [
    { key: 'hook', weight: 8, cap: 2, need: 1 },
    { key: 'stakes', weight: 8, cap: 2, need: 4 },
    { key: 'picture', weight: 7, cap: 2, need: 5 },
    { key: 'parts', weight: 9, cap: 3, need: 7 },
    { key: 'how', weight: 40, cap: Infinity, need: 0 },
    { key: 'example', weight: 10, cap: 3, need: 3 },
    { key: 'misconception', weight: 7, cap: 2, need: 6 },
    { key: 'answer', weight: 6, cap: 2, need: 2 },
    { key: 'closing', weight: 5, cap: 2, need: 8 },
  ] satisfies Share<ExplainerStep>[]);
  return framed(n, steps, explainer, explainerSteps, frame, 'how');
}

/** A frame of single steps around a middle that is counted through. */
function framed(
  n: number,
  items: number,
  matters: readonly Matter[],
  order: readonly (ListStep | ExplainerStep)[],
  frame: ReadonlyMap<ListStep | ExplainerStep, number>,
  middle: 'item' | 'how',
): Slot[] {
  const around = [...frame].reduce((sum, [step, count]) => sum + (step === middle ? 0 : count), 0);
  const body = n - around;
  let unit = 0;
  return order.flatMap((step) => {
    const all = matters.filter((matter) => matter.step === step);
    const parts: Chapter[] = [];
    if (step !== middle) parts.push(...chapters(all, frame.get(step) ?? 0));
    else {
      // With fewer scenes than items, a scene covers several.
      const told = Math.min(items, body);
      for (let i = 0; i < told; i++) {
        const from = Math.floor((i * body) / told);
        const to = Math.floor(((i + 1) * body) / told);
        const number = Math.floor((i * items) / told) + 1;
        const last = Math.floor(((i + 1) * items) / told);
        parts.push(
          ...chapters(all, to - from).map((part) => ({ ...part, from: number, to: last })),
        );
      }
    }
    const slots = slotsOf(parts, unit);
    unit += parts.length;
    return slots;
  });
}

interface Share<K> {
  readonly key: K;
  readonly weight: number;
  /** The most scenes it can take without repeating itself. */
  readonly cap: number;
  /** Rank of need, 0 first: with too few scenes for all, these are left out last. */
  readonly need: number;
}

/** Allot `n` scenes by weight, at least one each where there are enough, none above its cap. */
function share<K>(n: number, shares: readonly Share<K>[]): Map<K, number> {
  const counts = new Map(shares.map(({ key }) => [key, 0]));
  const add = (key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const byNeed = [...shares].sort((a, b) => a.need - b.need);
  for (const { key } of byNeed.slice(0, n)) add(key);
  for (let given = Math.min(n, shares.length); given < n; given++) {
    // Whoever is furthest below a fair share comes next.
    const open = shares.filter(({ key, cap }) => (counts.get(key) ?? 0) < cap);
    const next = open.reduce<Share<K> | undefined>((best, one) => {
      const lack = (of: Share<K>): number => ((counts.get(of.key) ?? 0) + 0.5) / of.weight;
      return best === undefined || lack(one) < lack(best) ? one : best;
    }, undefined);
    if (next === undefined) break;
    add(next.key);
  }
  return counts;
}

interface Chapter {
  readonly matter: Matter;
  /** How many of its moments are told. */
  readonly take: number;
  readonly pass: number;
  readonly from: number;
  readonly to: number;
}

/** Spread `count` scenes over the matters, as evenly as their lengths allow, round and round. */
function chapters(pool: readonly Matter[], count: number): Chapter[] {
  if (count === 0 || pool.length === 0) return [];
  const chosen: (Chapter & { take: number })[] = [];
  let room = 0;
  for (let i = 0; room < count; i++) {
    const matter = at(pool, i);
    const pass = Math.floor(i / pool.length);
    const take = lengthOf(matter, pass);
    chosen.push({ matter, take, pass, from: 0, to: 0 });
    room += take;
  }
  for (; room > count; room--) {
    // The longest gives way; of equals the last, so that the backbone is told in full.
    const longest = chosen.reduce((best, one) => (one.take >= best.take ? one : best));
    longest.take--;
  }
  return chosen;
}

/** How many scenes a matter can fill. Told again, it needs no opening any more. */
function lengthOf(matter: Matter, pass: number): number {
  return matter.needed.length + (matter.openings !== undefined && pass === 0 ? 1 : 0);
}

function slotsOf(parts: readonly Chapter[], firstUnit: number): Slot[] {
  return parts.flatMap(({ matter, take, pass, from, to }, part) => {
    const { openings, needed } = matter;
    const opening = openings === undefined || pass > 0 ? [] : [(Math.max(1, from) - 1) % openings];
    return [...opening, ...needed]
      .slice(0, take)
      .sort((a, b) => a - b)
      .map((index) => ({
        step: matter.step,
        matter,
        moment: at(matter.moments, index),
        index,
        unit: firstUnit + part,
        pass,
        from,
        to,
      }));
  });
}
