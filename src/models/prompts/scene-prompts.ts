import { type Brief, maxDuration, type Structure } from '../../script/script-model.ts';
import type { SceneMaterial, SceneRewrite, SceneTask } from '../writer-tasks.ts';
import { contextOf } from './context-budget.ts';
import { languageName, spokenRate } from './language-names.ts';
import { bibleText, numbered, sceneInFull } from './script-text.ts';
import { tokensOf } from '../language-model/token-estimate.ts';

/**
 * What the writer model is told. The parts are ordered by how long they stay the same: the system
 * part for a whole run, then bible, outline and finished scenes, which all scenes of a batch share,
 * and only then what is particular to one scene. Services that cache common beginnings of prompts
 * then charge and wait for the bulk of it only once.
 */

/** The system part of every request of a run. It depends on nothing but the brief. */
export function systemPrompt(brief: Brief): string {
  const language = languageName(brief.language);
  return `You are the head writer of a video that is made scene by scene. Every scene becomes one clip of a fixed length, drawn by a text-to-video model that sees that scene's prompt with the looks of those whom it shows, and nothing else. Scenes are written side by side by several writers who cannot talk to each other: what holds the video together is the bible, the outline and each beat's contract, so they are kept to the letter.

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
- The bible's names are used letter for letter. Nobody appears who is not in the bible, and looks change only where a contract says so.
- A contract is a promise to the neighbours. The scene opens as its entry says and closes with what its exit changes: clothes, props, who knows what. Whatever no contract changes stays as it is; an arrow leads from how it was to how it became. A hand-off is really there in the last moment. Where a scene continues the one before, it goes on in the same breath.
- What was written before is fact. Do not repeat it, do not contradict it.
- ${language} for everything that is spoken or narrated, and for titles, summaries, action and sound. Only the prompt and the looks of the bible, which go into it, are in English, because video models understand it best.

# How a prompt is written
One paragraph of 30 to 80 words. It names everybody in frame and the place as @Name, letter for letter as in the bible: what the bible says of their looks is put in behind the names when the clip is drawn, so it is not said again. ${brief.style === '' ? 'The look of the video is said in a few words, the same in every prompt.' : 'So is the look of the brief.'} What a prompt describes is new in this scene: the light, what somebody holds, what has become of clothes and things by then. Then what moves, from the first frame to the last, in the order in which it happens. One choice of camera: a shot size, an angle if it matters, at most one movement. Say what is there and not what is absent. No dialogue, no sound, no lettering unless the brief asks for some; no lists of praise such as "cinematic, epic, 8k, masterpiece"; no drone shots, lens flares and slow pushes out of habit.`;
}

const forms: Readonly<Record<Structure, string>> = {
  'three-act':
    'a story in three acts. The first quarter shows a life and what upsets it, the middle half makes it harder and turns once at its centre, the last quarter decides it and shows what has changed',
  list: 'a list. A short opening that makes a promise, items of similar weight that get better towards the end, each with an image of its own, and a closing that adds them up',
  explainer:
    'an explanation. A question that somebody really has, the answer in steps that build on each other, each step shown on something concrete, and the question seen anew at the end',
};

/** What one scene is asked for with; within `contextTokens` together with the system part. */
export function scenePrompt(task: SceneTask, contextTokens: number): string {
  const { rewrite } = task;
  const text = rewrite === undefined ? '' : rewriteText(rewrite, positionIn(task));
  return promptFor(task, text, contextTokens);
}

function rewriteText(
  { scene, instruction, areNeighboursOpen = false }: SceneRewrite,
  position: number,
): string {
  const wish =
    instruction.trim() === ''
      ? 'Write the scene afresh: same beat, same contract, a better idea for it.'
      : `What the writer wants changed: ${instruction.trim()}`;
  return `# The scene as it stands
${numbered(sceneInFull(scene), position)}

# The rewrite
${wish}
${
  areNeighboursOpen
    ? 'Keep what the wish does not touch. Scenes next to it are being rewritten by the same wish, by other writers: what its contract says of its beginning and its end holds them together, so keep that to the letter.'
    : 'Keep what the wish does not touch; its neighbours are written and stay as they are.'
}`;
}

/** From what is the same for all scenes of a run to what is this one's alone. */
function promptFor(material: SceneMaterial, rewrite: string, contextTokens: number): string {
  const { brief, title, logline, bible, beat, toCome = 0 } = material;
  const index = positionIn(material);
  const head = `# The video: ${title}${logline === '' ? '' : `\n${logline}`}\n\n${bibleText(bible)}`;
  const system = systemPrompt(brief);
  // The numbers in the task are counted by their longest, to be the same for all scenes.
  const always = [system, head, answerText(brief, maxDuration, maxDuration), rewrite];
  const context = contextOf(
    material,
    contextTokens,
    always.reduce((sum, text) => sum + tokensOf(text), 0),
  );
  return [
    head,
    section('Outline', context.outline),
    // Behind what all scenes have in common for as long as the outline stays as it is.
    toCome === 0 ? '' : `The story goes on: ${toCome} more scenes follow, not planned yet.`,
    section('Written so far', context.written),
    section('Written after it', context.following),
    section('The scenes around yours', context.neighbours),
    section('Your scene', context.own),
    rewrite,
    answerText(brief, index + 1, beat.seconds),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function positionIn({ outline, beat }: SceneMaterial): number {
  return outline.findIndex(({ id }) => id === beat.id);
}

function section(heading: string, text: string): string {
  return text === '' ? '' : `# ${heading}\n${text}`;
}

function answerText(brief: Brief, number: number, seconds: number): string {
  const language = languageName(brief.language);
  return `Write scene ${number}. It lasts ${seconds} seconds. Answer with one JSON object:
- title: the outline's title, or a better one of two to six words.
- action: what is seen, in the present tense, as prose for people to read; usually two to five sentences. An empty line between paragraphs.
- dialogue: the spoken lines in order, each with speaker (a name of the bible), tone (one or two words, or null) and line (the words alone, in ${language}); empty when nobody speaks.
- narration: what is spoken over the picture, in ${language}; null when nothing is.
- sound: sounds and music worth noting; null when there are none.
- prompt: what the video model is to draw, in English, as agreed: people and place as @Name.`;
}
