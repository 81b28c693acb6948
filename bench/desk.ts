import { fromMarkdown } from 'mdast-util-from-markdown';
import { applyEdits } from '../src/script/edits/text-edit.ts';
import { insertPlan } from '../src/script/edits/insert-plan.ts';
import { insertScenes } from '../src/script/edits/insert-scenes.ts';
import { limits } from '../src/script/limits.ts';
import { mayBeScript } from '../src/script/parse/is-script.ts';
import { parseScript } from '../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../src/script/parse/parsed-script.ts';
import { reviewScript } from '../src/script/problems/review-script.ts';
import { renderNewScript } from '../src/script/render/render-new-script.ts';
import type { Scene } from '../src/script/script-model.ts';
import { storyOrder } from '../src/script/story-order.ts';
import { median, print } from './figures.ts';
import type { Flags } from './flags.ts';
import { briefFor } from './writing/story.ts';
import { printTargets } from './writing/table.ts';
import type { Target } from './writing/targets.ts';

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
 * tree at each key stroke, against the Markdown parser over the whole text; and what other Markdown costs.
 */
export function desk(flags: Flags): Promise<void> {
  const isQuick = flags.has('quick');
  const targets: Target[] = [];
  const rounds = isQuick ? 1 : 5;
  const rows = [...(isQuick ? [[20, Infinity] as const] : sizes)].flatMap(([count, allowed]) => {
    const text = scriptOf(count);
    const parser = parserMs(text, rounds);
    const first = median(Array.from({ length: rounds }, () => cpuMs(() => void read(text))));
    const places = { scene: 'stops at step', outline: 'climbs to step', 'front matter': 'oilskin' };
    return Object.entries(places).map(([where, words]) => {
      const stroke = median(
        Array.from({ length: rounds }, () => strokeMs(text, words, isQuick ? 4 : 50)),
      );
      const name = `${count} scenes, a key stroke in the ${where}`;
      targets.push(
        { name: `${name}, ms`, atMost: allowed, measured: stroke },
        {
          name: `${name}, % of the Markdown parser`,
          atMost: ofParser,
          measured: (100 * stroke) / parser,
        },
      );
      return {
        scenes: count,
        kB: text.length / 1000,
        'typed in': where,
        'Markdown parser ms': parser,
        'first reading ms': first,
        'a key stroke ms': stroke,
        'of the parser %': (100 * stroke) / parser,
      };
    });
  });
  print('Reading a script, with all problems and the order of the story', rows);
  targets.push(otherMarkdown(isQuick));
  const reachedAll = printTargets(targets);
  if (flags.has('check') && !reachedAll) process.exitCode = 1;
  return Promise.resolve();
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

/** Keys typed one after the other in the middle of what has these words. */
function strokeMs(text: string, words: string, strokes: number): number {
  const places = [...text.matchAll(new RegExp(words, 'g'))];
  const at = (places[Math.floor(places.length / 2)]?.index ?? NaN) + 3;
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

function scriptOf(count: number): string {
  const start = renderNewScript(briefFor(count), 'Untitled');
  const all = Array.from({ length: count }, (_, i) => sceneOf(i));
  const planned = insertPlan(
    parseScript(start),
    {
      title: 'The last lamp',
      logline: 'A keeper learns that one light is enough.',
      bible: {
        characters: [
          { name: 'Mara', look: 'yellow oilskin coat, grey braid', voice: 'low' },
          { name: 'Old Tom', look: 'white beard, a pipe', voice: '' },
        ],
        places: [{ name: 'Lamp room', look: 'huge glass lenses' }],
      },
      outline: all.map(({ id, title, seconds, place, time, cast }, i) => ({
        ...{ id, title, seconds, place, time, cast },
        summary: `Mara climbs to step ${i} once more and finds that the lamp above it is dead.`,
        contract: {
          entry: i % 3 === 0 ? 'Mara on the stairs, yellow coat.' : '',
          exit: `Step ${i} is behind her.`,
          handOff: i % 2 === 0 ? 'The horn of the ship.' : '',
          continues: i % 4 === 1,
        },
      })),
    },
    'a model',
  );
  const outlined = applyEdits(start, planned);
  return applyEdits(outlined, insertScenes(parseScript(outlined), all));
}

function sceneOf(index: number): Scene {
  return {
    id: index.toString(36).padStart(6, 'a'),
    title: `Light ${index + 1}`,
    seconds: 8,
    place: 'Lamp room',
    time: 'night',
    cast: ['Mara', 'Old Tom'],
    action: `Mara stops at step ${index}.\n\nFar out, a horn sounds, and the water answers it.`,
    dialogue: [
      { speaker: 'Mara', tone: 'whispering', line: 'Not tonight.' },
      { speaker: 'Old Tom', tone: '', line: 'Then when?' },
    ],
    narration: 'Nobody had seen the lamp go out before.',
    sound: 'Wind, a far horn.',
    prompt: `A dark lamp room, moonlight on huge glass lenses, a keeper at step ${index}, slow push in.`,
  };
}
