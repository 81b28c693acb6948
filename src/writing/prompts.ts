import type { Beat, Bible, Brief, Scene, Structure } from '../script/model.ts';
import type { BeatSlot } from '../models/port.ts';
import { languageName, spokenRate } from './language.ts';
import { beatInFull, beatInOneLine, bibleText, finishedText, sceneInFull } from './material.ts';

/**
 * What the writer model is told. The parts are ordered by how long they stay the same: the system
 * part for a whole run, then bible, outline and finished scenes, which all scenes of a batch share,
 * and only then what is particular to one scene. Services that cache common beginnings of prompts
 * then charge and wait for the bulk of it only once.
 */

/** The system part of every request of a run. It depends on nothing but the brief. */
export function systemPrompt(brief: Brief): string {
  const language = languageName(brief.language);
  return `You are the head writer of a video that is made scene by scene. Every scene becomes one clip of a fixed length, drawn by a text-to-video model that sees that scene's prompt and nothing else. Scenes are written side by side by several writers who cannot talk to each other: what holds the video together is the bible, the outline and each beat's contract, so they are kept to the letter.

# The brief
Idea: ${brief.idea}
Length: ${brief.duration} seconds in all
Language: ${language}
Look: ${brief.style === '' ? 'yours to decide; decide once' : brief.style}
Frame: ${brief.aspect}
Form: ${forms[brief.structure]}
${brief.instructions === '' ? '' : `Also observe: ${brief.instructions}\n`}
# How we write
- Only what can be seen or heard. A thought becomes a glance, a gesture, an object; a backstory becomes a worn sleeve or a second cup on the table. Be particular: "she turns the ring twice" and not "she looks sad".
- One scene, one thing happens, and something is different afterwards. It has to be playable in its seconds: about one clear action for every four seconds.
- Speech is short. Dialogue and narration together take at most ${spokenRate(brief.language)} of a scene's length, with air to breathe; silence is a good answer when the picture tells it. Nobody says what we can see, and narration adds to the picture instead of naming it.
- People sound different from each other. Use the bible's voices.
- The bible's names are used letter for letter. Nobody appears who is not in the bible, and looks do not change unless a contract says so.
- A contract is a promise to the neighbours. The scene opens in its entry state and closes in its exit state: place, time, clothes, props, who knows what. The hand-off is really there in the last moment. Where a scene continues the one before, it goes on in the same breath.
- What was written before is fact. Do not repeat it, do not contradict it.
- ${language} for everything that is spoken or narrated, and for titles, summaries, action and sound. Only the prompt is in English, because video models understand it best.

# How a prompt is written
One paragraph of 50 to 110 words for a model that knows nothing of this story. It names no scene and no character without describing them: restate the looks of everybody in frame, the place and the light from the bible, every time with the same English words. Then what moves, from the first frame to the last, in the order in which it happens. One choice of camera: a shot size, an angle if it matters, at most one movement. The look of the brief, in its own words, once. Say what is there and not what is absent. No dialogue, no sound, no lettering unless the brief asks for some; no lists of praise such as "cinematic, epic, 8k, masterpiece"; no drone shots, lens flares and slow pushes out of habit.`;
}

const forms: Readonly<Record<Structure, string>> = {
  'three-act':
    'a story in three acts. The first quarter shows a life and what upsets it, the middle half makes it harder and turns once at its centre, the last quarter decides it and shows what has changed',
  list: 'a list. A short opening that makes a promise, items of similar weight that get better towards the end, each with an image of its own, and a closing that adds them up',
  explainer:
    'an explanation. A question that somebody really has, the answer in steps that build on each other, each step shown on something concrete, and the question seen anew at the end',
};

export function planPrompt(brief: Brief, slots: readonly BeatSlot[]): string {
  const beats = slots.map(({ seconds }, index) => `${index + 1}. ${seconds} s`).join('\n');
  return `Plan the whole video: its title, its bible and its outline.

The outline has exactly ${slots.length} beats, one per scene, whose lengths are settled:
${beats}

Answer with one JSON object:
- title: of the video, in ${languageName(brief.language)}.
- logline: the story in one or two sentences, its ending included.
- characters: everybody who is seen or heard, as few as the story needs. For each: name (one spelling, no commas), look (age, build, hair, face, clothes down to colours and materials; what a stranger would need to draw the same person twice; no moods), voice (pace, register, habits; null if never heard). A narrator who is never seen is no character.
- places: every place a beat plays in, as few as the story needs; coming back to one is better than a new one. For each: name (short, no commas), look (layout, materials, colours, where the light comes from).
- beats: exactly ${slots.length}, in order. For each:
  - title: two to six words, no number.
  - place: the name of one of your places, letter for letter.
  - time: time of day such as dawn or night; null where it means nothing.
  - cast: names of your characters who are seen, letter for letter; empty when nobody is.
  - summary: what happens and what is different afterwards, in one or two sentences that can be filmed in its seconds.
  - entry: how things stand as it begins: place, time, clothes, props in hand, who knows what.
  - exit: how things stand as it ends, in the same terms. The next beat's entry agrees with it, or tells what the cut has left out.
  - handOff: the image, sound or line at the end that leads into the next scene; in the last beat, what the audience is left with.
  - continues: true only if it goes on from the beat before without a cut in time or place.

Before you answer, go through the beats once in order and see that each follows from the one before, that the turn and the ending are prepared, and that no two beats do the same.`;
}

export interface SceneMaterial {
  readonly brief: Brief;
  readonly title: string;
  /** May be empty. */
  readonly logline: string;
  readonly bible: Bible;
  readonly outline: readonly Beat[];
  readonly beat: Beat;
  /** Scenes that are written, in document order. */
  readonly finished: readonly Scene[];
}

/** Up to so many beats, everybody gets the outline with all contracts. */
const fullOutline = 40;

/** How many beats on each side of a scene are its neighbours. */
const neighbourhood = 2;

export function scenePrompt(material: SceneMaterial): string {
  return `${sharedPart(material)}\n\n${ownPart(material)}\n\n${sceneAnswerText(material)}`;
}

export function rewritePrompt(material: SceneMaterial, scene: Scene, instruction: string): string {
  const wish =
    instruction.trim() === ''
      ? 'Write the scene afresh: same beat, same contract, a better idea for it.'
      : `What the writer wants changed: ${instruction.trim()}`;
  return `${sharedPart(material)}

${ownPart(material)}

# The scene as it stands
${sceneInFull(scene, numberOf(material.outline, scene.id))}

# The rewrite
${wish}
Keep what the wish does not touch; its neighbours are written and stay as they are.

${sceneAnswerText(material)}`;
}

/** The same for all scenes of a batch. */
function sharedPart({ title, logline, bible, outline, beat, finished }: SceneMaterial): string {
  const index = outline.indexOf(beat);
  const story = logline === '' ? '' : `\n${logline}`;
  return `# The video: ${title}${story}

${bibleText(bible)}

# Outline
${outlineText(outline, index)}

# Written so far
${finishedText(finished, outline, index)}`;
}

function ownPart({ outline, beat }: SceneMaterial): string {
  const index = outline.indexOf(beat);
  const from = Math.max(0, index - neighbourhood);
  const neighbours = outline
    .slice(from, index + neighbourhood + 1)
    .map((other, offset) => ({ other, number: from + offset + 1 }))
    .filter(({ other }) => other !== beat);
  return `# The scenes around yours
${neighbours.map(({ other, number }) => beatInFull(other, number)).join('\n') || 'None.'}

# Your scene
${beatInFull(beat, index + 1)}`;
}

function sceneAnswerText({ brief, outline, beat }: SceneMaterial): string {
  const language = languageName(brief.language);
  return `Write scene ${outline.indexOf(beat) + 1}. It lasts ${beat.seconds} seconds. Answer with one JSON object:
- title: the outline's title, or a better one of two to six words.
- action: what is seen, in the present tense, as prose for people to read; usually two to five sentences. An empty line between paragraphs.
- dialogue: the spoken lines in order, each with speaker (a name of the bible), tone (one or two words, or null) and line (the words alone, in ${language}); empty when nobody speaks.
- narration: what is spoken over the picture, in ${language}; null when nothing is.
- sound: sounds and music worth noting; null when there are none.
- prompt: what the video model is to draw, as agreed.`;
}

function outlineText(outline: readonly Beat[], index: number): string {
  if (outline.length <= fullOutline) {
    return outline.map((beat, i) => beatInFull(beat, i + 1)).join('\n');
  }
  // In steps, so that the scenes of a batch nearly always share the same window.
  const middle = Math.floor(index / outlineStep) * outlineStep;
  const from = Math.max(0, middle - outlineReach);
  const to = Math.min(outline.length, middle + outlineStep + outlineReach);
  const lines = outline.slice(from, to).map((beat, i) => beatInOneLine(beat, from + i + 1));
  if (from > 0) lines.unshift(`(Scenes 1–${from} come before these.)`);
  if (to < outline.length) lines.push(`(Scenes ${to + 1}–${outline.length} follow.)`);
  return lines.join('\n');
}

/** A long outline is shown this far on both sides of a scene, by steps of {@link outlineStep}. */
const outlineReach = 60;
const outlineStep = 30;

function numberOf(outline: readonly Beat[], id: string): number {
  return outline.findIndex((beat) => beat.id === id) + 1;
}

/** The prompt again, with what was wrong with the last answer to it. */
export function withComplaint(prompt: string, complaint: string | undefined): string {
  if (complaint === undefined) return prompt;
  return `${prompt}

Your last answer to this could not be used. ${complaint}
Give the whole answer again, with this put right.`;
}
