import type {
  Act,
  ActsTask,
  CoreTask,
  HandOffsTask,
  OutlinePart,
  OutlineShape,
  OutlineTask,
  StoryCore,
} from '../writer-tasks.ts';
import type { Beat, Brief } from '../../script/script-model.ts';
import { tokensOf } from '../language-model/token-estimate.ts';
import { latestInFull } from './beats-before.ts';
import { languageName } from './language-names.ts';
import { systemPrompt } from './scene-prompts.ts';
import { bibleText } from './script-text.ts';

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
- characters: everybody who is seen or heard, as few as the story needs${shape.count > 40 ? ' to carry its length' : ''}. For each: name (one spelling, no commas), look (age, build, hair, clothes with their colours; what a stranger would need to draw the same person twice, in at most twenty words; no moods), voice (pace, register, habits, in a few words; null if never heard). A narrator who is never seen is no character.
- places: every place a beat plays in, as few as the story needs; coming back to one is better than a new one. For each: name (short, no commas), look (layout, materials, colours, where the light comes from, in at most twenty words).
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
- summary: what happens in it and what that changes, in one or two short sentences; enough for its number of beats, and its own: nothing that happens in another act happens here again.
- since: what happens in the time that is left out between the act before and this one; null where this one goes straight on.
- entry: how things stand as it begins.
- exit: how things stand as it ends.

${factsText(brief)}
The entry of each act repeats the facts of the exit before it word for word, but for what its since has changed.

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
  return latestInFull(
    before.length,
    room,
    (i) => {
      const beat = before[i];
      if (beat === undefined) return [];
      const title = `${first + i}. ${beat.title}`;
      return [beatText(beat, first + i), `${title}: ${beat.summary}`, title];
    },
    '(Earlier beats are left out here.)',
  );
}

function beatsText(brief: Brief): string {
  return `# How a beat is planned
Answers are one JSON object holding beats, in order. For each beat:
- title: two to six words, no number.
- place: the name of one of the places, letter for letter.
- time: time of day such as dawn or night; null where it means nothing.
- cast: names of the characters who are seen, letter for letter; empty when nobody is.
- summary: what happens and what is different afterwards, in one or two sentences that can be filmed in a few seconds. No other beat does the same.
- continues: true only if it goes on from the beat before without a cut in time or place; then its place and time are the same as there.
- since: at a cut, what the time that it leaves out has changed, such as "a night has passed; Mara has put on her Sunday coat"; null where it has changed nothing.
- entry: how things stand as it begins.
- exit: how things stand as it ends.
- handOff: the image, sound or line at the end that leads into the next beat; in the last beat of all, what the audience is left with.
- length: short, usual or long, compared with the other beats. A glance or a single image is short; what needs several actions or spoken lines is long; most are usual.

${factsText(brief)}
The entry of a beat repeats, word for word, the facts of the exit before it about everybody who is in both, but for what its since has changed. Where it continues, nothing has changed.`;
}

/** The rules that `continuity.ts` holds answers to, for those who give them. */
function factsText(brief: Brief): string {
  return `Entry and exit are lists of facts, in ${languageName(brief.language)}: who or what, a colon, how it is, as in "Mara: oilskin coat, soaked" and "the lamp: dark". A fact is something that lasts: clothes and what has become of them, wounds, what somebody carries or owns, where and how a thing that matters is, who knows what. What somebody does or feels at that moment is none, and place and time have fields of their own. One thing for each fact; people by their names, letter for letter, things always by the same words; two to six facts are usual. They are compared by machine: what has not changed is said again in exactly the same words.`;
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
    if (from === act.first + 1) lines.push('Your first beat opens with the entry of the act.');
    lines.push(
      to === last
        ? 'Your last beat closes with its exit.'
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

export function handOffsPrompt({ brief, core, outline, pairs }: HandOffsTask): string {
  const asked = pairs.map(({ later, reasons }, i) => {
    const beats = outline.slice(later - 2, later).map((beat, j) => beatText(beat, later - 1 + j));
    return [
      `## ${i + 1}. From beat ${later - 1} to ${later}`,
      ...beats,
      `What is wrong: ${reasons.join(' ')}`,
    ].join('\n');
  });
  return `${storyText(core)}

# How a hand-off is mended
Where one beat hands over to the next, what the earlier one leaves has to be what the later one opens with. Change as little as you can, and only what is complained about. For each pair of beats answer with:
- exit: how things stand as the earlier beat ends, after what its summary tells.
- continues: whether the later beat goes on without a cut in time or place.
- since: at a cut, what the time that it leaves out has changed; null where it has changed nothing.
- entry: how things stand as the later beat begins, before what its summary tells: the facts of the exit about everybody who is in both, word for word, but for what since has changed.
- title and summary: null, unless it is said that the later beat does the same as another one. Then plan something else for it, which leads from its entry to what it leaves.

${factsText(brief)}

# The pairs
${asked.join('\n\n')}

Answer with one JSON object holding exactly ${pairs.length} hand-offs under the key handOffs, in the order of the pairs.`;
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
    return only === undefined || only === i
      ? `${line}\n   ${summary}\n   Entry: ${entry}\n   Exit: ${exit}`
      : line;
  });
  return `# Acts\n${texts.join('\n')}`;
}

function beatText(beat: Beat, number: number): string {
  const { title, place, time, cast, summary, contract } = beat;
  return `${number}. ${title} (${[place, time].filter((part) => part !== '').join(', ')})
   Cast: ${cast.join(', ') || 'nobody'}
   ${summary}
   Entry: ${contract.continues ? '[continues without a cut] ' : ''}${contract.entry}
   Exit: ${contract.exit}`;
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
