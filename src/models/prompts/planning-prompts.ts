import type {
  Act,
  ActsTask,
  CoreTask,
  OutlinePart,
  OutlineShape,
  OutlineTask,
  StoryCore,
} from '../writer-tasks.ts';
import { factsText as factsInWords, newFacts } from '../../script/contract-facts.ts';
import type { Brief } from '../../script/script-model.ts';
import { factsAfter } from '../../script/standing-facts.ts';
import { tokensOf } from '../language-model/token-estimate.ts';
import { latestInFull } from './beats-before.ts';
import { languageName } from './language-names.ts';
import { systemPrompt } from './scene-prompts.ts';
import { beatInFull, bibleText } from './script-text.ts';

/**
 * What the writer model is told when it plans; the system part is `systemPrompt`, the same as for
 * scenes. Each text begins with what all requests of its stage have in common, so that services
 * which cache common beginnings charge and wait for it only once.
 */

export function corePrompt({ brief, shape, opening }: CoreTask): string {
  return `${shapeText(shape)}

Settle the story and its bible. The beats are planned afterwards, from nothing but this: whoever plans them may use the characters and places that you name here and no others.

Answer with one JSON object, the story core:
- title: of the video, in ${languageName(brief.language)}.
- logline: the story in one or two sentences, its ending included.
- characters: everybody who is seen or heard, as few as the story needs${shape.count > 40 ? ' to carry its length' : ''}. For each: name (one spelling, no commas), look (in English: age, build, hair, clothes with their colours; what a stranger would need to draw the same person twice, in at most fifteen words; no moods), voice (pace, register, habits, in a few words; null if never heard). A narrator who is never seen is no character.
- places: every place a beat plays in, as few as the story needs; coming back to one is better than a new one. For each: name (short, no commas), look (in English: layout, materials, colours, where the light comes from, in at most twelve words).
- opening: ${
    opening < shape.count
      ? `what the first ${opening} beats tell and how things stand after them, in two sentences; they are planned while others part the rest of the story into acts.`
      : 'null.'
  }`;
}

export function actsPrompt({ brief, shape, core, opening, counts }: ActsTask): string {
  return `${storyText(core)}

${shapeText(shape)}

The story opens with beats 1 to ${opening.count}, which others are planning now: ${opening.summary === '' ? 'what begins it.' : opening.summary}

Part what follows into acts: exactly ${counts.length} acts, whose beats are then planned side by side by writers who see nothing but the story, the bible and these acts. They have these beats:
${rangesOf(opening.count, counts)
  .map(({ from, to }, i) => `${i + 1}. ${numbers(from, to)}`)
  .join('\n')}

Answer with one JSON object holding acts, in order. For each:
- title: two to six words, no number.
- summary: what happens in it and what that changes, in one sentence; enough for its number of beats, and its own: nothing that happens in another act happens here again.
- changes: what is different when it ends, as facts, as far as it matters to the acts after it; at most two.

${factsText(brief)}
Whoever plans an act is told all that the acts before it have left.

Before you answer, see that each act follows from the one before, that the turns fall where the form of the video wants them, that the ending is prepared, and that no two acts tell the same.`;
}

/**
 * @param tokens how many the instructions may take, those of the system part included: where there is
 *   no room for all that comes before the part, its beginning is told in fewer words
 */
export function outlinePrompt(task: OutlineTask, tokens: number): string {
  const { acts, part } = task;
  const least = tokensOf(systemPrompt(task.brief)) + tokensOf(outlineText(task, '', ''));
  const room = Math.max(0, tokens - least - spareTokens);
  const allActs = acts.length === 0 ? '' : actsText(acts);
  const actsRoom = part.before.length === 0 ? room : room / 2;
  const told = tokensOf(allActs) <= actsRoom ? allActs : actsText(acts, part.act);
  return outlineText(task, told, beforeText(part, room - tokensOf(told)));
}

/** Kept free for what was wrong with the last answer. */
const spareTokens = 150;

function outlineText(
  { brief, shape, core, acts, part }: OutlineTask,
  actsTold: string,
  before: string,
): string {
  return [
    storyText(core),
    shapeText(shape),
    ...(actsTold === '' ? [] : [actsTold]),
    beatsText(brief),
    taskText(shape, core, acts, part, before),
  ].join('\n\n');
}

function beforeText({ from, before }: OutlinePart, room: number): string {
  const first = from - before.length;
  const facts = factsInWords(factsAfter(before));
  const stands = facts === '' ? '' : `\nHow things stand after them: ${facts}`;
  const beats = latestInFull(
    before.length,
    room - tokensOf(stands),
    (i) => {
      const beat = before[i];
      if (beat === undefined) return [];
      const title = `${first + i}. ${beat.title}`;
      return [beatInFull(beat, first + i), `${title}: ${beat.summary}`, title];
    },
    '(Earlier beats are left out here.)',
  );
  return beats + stands;
}

function beatsText(brief: Brief): string {
  return `# How a beat is planned
Answers are one JSON object holding beats, in order. For each beat:
- title: two to six words, no number.
- place: the name of one of the places, letter for letter.
- time: time of day such as dawn or night; null where it means nothing.
- cast: names of the characters who are seen, letter for letter; empty when nobody is.
- summary: what happens, in one sentence of at most 25 words that can be filmed in a few seconds. No other beat does the same.
- cut: false only if it goes on from the beat before without a cut in time or place; then its place and time are the same as there. True at a cut. Where the cut leaves out or changes something that matters, say what instead, such as "a night has passed; Mara: Sunday coat". In the first beat of all, what the story begins with, as facts.
- changes: what is different when it ends, as facts; mostly one or none. Where an image or a sound leads over into the next beat, it may follow as a last entry, without a colon.
- length: short, usual or long, compared with the other beats. A glance or a single image is short; what needs several actions or spoken lines is long; most are usual.

${factsText(brief)}`;
}

/** What `standing-facts.ts` makes of facts, for those who give them. */
function factsText(brief: Brief): string {
  return `A fact, in ${languageName(brief.language)}, is short: who or what, a colon, how it is now, as in "Mara: soaked" and "the door: barred". It is something that lasts: clothes and what has become of them, wounds, what somebody carries, where and how a thing that matters is, who knows what. What somebody does or feels at that moment is none; place, time and the looks of the bible are none. Only what changes is said, in a few words; all else stays as it is and is told to whoever needs it, so nothing is said twice. People by their names, letter for letter, things always by the same words.`;
}

function taskText(
  shape: OutlineShape,
  { opening }: StoryCore,
  acts: readonly Act[],
  part: OutlinePart,
  before: string,
): string {
  const { from, to } = part;
  const count = to - from + 1;
  const act = part.act === undefined ? undefined : acts[part.act];
  const whole = count === (act?.count ?? shape.count);
  const of = act === undefined ? 'the outline' : `act ${(part.act ?? 0) + 1}, "${act.title}"`;
  const lines = [
    whole ? `Plan ${of}: ${numbers(from, to)}.` : `Plan a part of ${of}: ${numbers(from, to)}.`,
  ];
  if (act === undefined && opening !== '') lines.push(`What the opening tells: ${opening}`);
  if (before !== '') {
    lines.push(
      `These beats before yours are settled; yours go on from them and repeat none:\n${before}`,
    );
  }
  if (act !== undefined) {
    const last = act.first + act.count;
    if (from === act.first + 1 && act.entry !== '') {
      lines.push(`How things stand as it begins: ${act.entry}`);
    }
    lines.push(
      to === last
        ? 'With your last beat everything has become as the act leaves it.'
        : `Beats ${to + 1} to ${last} of it are planned after yours: leave them their share of what the act tells.`,
    );
  } else if (to < shape.count) {
    lines.push(
      `Beats ${to + 1} to ${shape.count} are planned after yours: leave them their share of the story.`,
    );
  }
  lines.push(
    `Before you answer, go through your beats once in order and see that each follows from the one before, that the turns${to === shape.count ? ' and the ending' : ''} are prepared, and that no two beats do the same. Answer with exactly ${count} ${count === 1 ? 'beat' : 'beats'}.`,
  );
  return `# Your part\n${lines.join('\n')}`;
}

function storyText({ title, logline, bible }: StoryCore): string {
  return `# The video: ${title}
${logline}

${bibleText(bible)}`;
}

function shapeText({ count, seconds, clipSeconds }: OutlineShape): string {
  const average = Number((seconds / count).toFixed(1));
  const clips =
    clipSeconds.length === 1
      ? `Every clip lasts ${clipSeconds[0] ?? average} seconds.`
      : `Clips can last ${either(clipSeconds)} seconds: once all beats are planned, each gets one of these lengths, so that the sum comes out exactly.`;
  const beats =
    count === 1
      ? 'a single beat'
      : `${count} beats, one per scene, of ${average} seconds on average`;
  return `# Its length
The video lasts ${seconds} seconds and has ${beats}. ${clips}`;
}

/** `4, 6 or 8`; a row without gaps as `1 to 15`. */
function either(lengths: readonly number[]): string {
  const [first = 0] = lengths;
  const last = lengths.at(-1) ?? first;
  if (lengths.length > 3 && lengths.every((length, i) => length === first + i)) {
    return `${first} to ${last}`;
  }
  return `${lengths.slice(0, -1).join(', ')} or ${last}`;
}

/** @param only the act that is told in full, where there is no room for all of them */
function actsText(acts: readonly Act[], only?: number): string {
  const texts = acts.map(({ title, summary, entry, exit, first, count }, i) => {
    const line = `${i + 1}. ${title} (${numbers(first + 1, first + count)})`;
    if (only !== undefined && only !== i) return line;
    const changes = factsInWords(newFacts(entry, exit));
    return `${line}\n   ${summary}${changes === '' ? '' : `\n   As it ends: ${changes}`}`;
  });
  return `# Acts\n${texts.join('\n')}`;
}

function rangesOf(before: number, counts: readonly number[]): { from: number; to: number }[] {
  let from = before + 1;
  return counts.map((count) => {
    const range = { from, to: from + count - 1 };
    from += count;
    return range;
  });
}

function numbers(from: number, to: number): string {
  return from === to ? `beat ${from}` : `${to - from + 1} beats, ${from} to ${to}`;
}
