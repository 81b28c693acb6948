import { fromMarkdown } from 'mdast-util-from-markdown';
import { limits } from '../../src/script/limits.ts';
import { mayBeScript } from '../../src/script/parse/is-script.ts';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../src/script/parse/parsed-script.ts';
import { reviewScript } from '../../src/script/problems/review-script.ts';
import { storyOrder } from '../../src/script/story-order.ts';
import { median, print } from '../figures.ts';
import type { Flags } from '../flags.ts';
import { NoHostError } from '../in-host.ts';
import { printTargets } from '../writing/table.ts';
import type { Target } from '../writing/targets.ts';
import { longScript, placeIn, typedIn, type TypedIn } from './long-script.ts';
import { strokesInHost } from './strokes-in-host.ts';

/** By number of scenes: the milliseconds that a key stroke may take, and no typing is felt to lag. */
const sizes = new Map([
  [450, 8],
  [2000, 15],
]);

/** UTF-16 code units that the Markdown parser reads as the measure: it takes ever more for longer ones. */
const measure = 100_000;

/** Of what the parser takes for the whole text, a key stroke takes so many percent at most. */
const ofParser = 2;

/** Milliseconds of this thread alone: the machine may do what it likes meanwhile. */
function cpuMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/**
 * What typing costs at a writer's desk: all that is read of a script for Problems, lenses, hovers and the
 * tree at each key stroke, against the Markdown parser over the whole text; what other Markdown costs; and
 * all that a key stroke costs in a real VS Code.
 *
 * @param flags with `core` VS Code is left out; with `quick` too, and nothing is held against anything
 */
export async function desk(flags: Flags): Promise<void> {
  const isQuick = flags.has('quick');
  const measured = inCore(isQuick ? [20] : [...sizes.keys()], isQuick);
  if (isQuick) return;
  const targets = [...measured, ...(flags.has('core') ? [] : await inHost())];
  const reachedAll = printTargets(targets);
  if (flags.has('check') && !reachedAll) process.exitCode = 1;
}

/** Nothing where there is no VS Code, which is said. */
async function inHost(): Promise<Target[]> {
  try {
    return await strokesInHost(sizes);
  } catch (error) {
    if (!(error instanceof NoHostError)) throw error;
    console.log(`\nWhat a key stroke costs in VS Code is not measured here: ${error.message}`);
    return [];
  }
}

function inCore(counts: readonly number[], isQuick: boolean): Target[] {
  const targets: Target[] = [];
  const rounds = isQuick ? 1 : 5;
  const rows = counts.flatMap((count) => {
    const text = longScript(count);
    const parser = parserMs(text, rounds);
    const first = median(Array.from({ length: rounds }, () => cpuMs(() => void read(text))));
    return (Object.keys(typedIn) as TypedIn[]).map((part) => {
      const stroke = median(
        Array.from({ length: rounds }, () => strokeMs(text, part, isQuick ? 4 : 50)),
      );
      const name = `${count} scenes, a key stroke in the ${part}`;
      targets.push(
        { name: `${name}, ms`, atMost: sizes.get(count) ?? Infinity, measured: stroke },
        {
          name: `${name}, % of the Markdown parser`,
          atMost: ofParser,
          measured: (100 * stroke) / parser,
        },
      );
      return {
        scenes: count,
        kB: text.length / 1000,
        'typed in': part,
        'Markdown parser ms': parser,
        'first reading ms': first,
        'a key stroke ms': stroke,
        'of the parser %': (100 * stroke) / parser,
      };
    });
  });
  print('Reading a script, with all problems and the order of the story', rows);
  return [...targets, otherMarkdown(isQuick)];
}

/** What the Markdown parser takes for a text, at its rate for the beginning. */
function parserMs(text: string, rounds: number): number {
  const part = text.slice(0, measure);
  const ms = median(Array.from({ length: rounds }, () => cpuMs(() => void fromMarkdown(part))));
  return (ms * text.length) / part.length;
}

/** All that is computed of a script after a change, however many of those who show it ask. */
function read(text: string, before?: ParsedScript): ParsedScript {
  const parsed = parseScript(text, before);
  reviewScript(parsed);
  storyOrder(parsed);
  return parsed;
}

/** Keys typed one after the other in the middle of a part of the script. */
function strokeMs(text: string, part: TypedIn, strokes: number): number {
  const at = placeIn(text, part);
  const texts = Array.from({ length: strokes }, (_, i) =>
    // As a document gives it: in one piece of memory.
    Buffer.from(`${text.slice(0, at)}${'x'.repeat(i + 1)}${text.slice(at)}`).toString(),
  );
  let parsed = read(text);
  const took = cpuMs(() => {
    for (const typed of texts) parsed = read(typed, parsed);
  });
  if (parsed.text !== texts.at(-1)) throw new Error('The last key stroke has not been read.');
  return took / strokes;
}

/** A long changelog that is open beside: nothing of it may be read. */
function otherMarkdown(isQuick: boolean): Target {
  const entry = (i: number): string =>
    `## 1.${i}.0\n\n- *A change* of [this](a).\n  - And \`that\`.\n\n`;
  const text = Array.from({ length: isQuick ? 100 : 12_000 }, (_, i) => entry(i)).join('');
  const times = 1000;
  const asked = cpuMs(() => {
    for (let i = 0; i < times; i++) {
      if (mayBeScript(text.slice(0, limits.frontMatter))) throw new Error('That is no script.');
    }
  });
  const measured = asked / times / parserMs(text, 1);
  return {
    name: `a changelog of ${Math.round(text.length / 1000)} kB, of the Markdown parser`,
    atMost: 0.001,
    measured,
  };
}
