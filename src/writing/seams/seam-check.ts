import type { SeamAnswer } from '../../models/answer-schemas.ts';
import type { GenerateOptions, WriterModel } from '../../models/writer-model.ts';
import type { SeamTask } from '../../models/writer-tasks.ts';
import type { Beat, Scene } from '../../script/script-model.ts';
import { clothesOf, dayTimeOf, dayTimeOfPrompt, settingsOf } from './prompt-facts.ts';
import { actionOverlap, askForTheSame, sharedSpeech } from '../checks/repeated-text.ts';
import { nameKey } from '../../script/names.ts';

/**
 * Whether two neighbours go together that were written without knowing each other. Code looks first,
 * at what single words tell; only where it suspects something is a model asked.
 */

/** Neighbours that share a sentence of so many words: shorter ones are answers and greetings. */
const wordsOfEcho = 4;

/** So much of an action in the other one is the same thing happening twice. */
const toldTwice = 0.5;

/**
 * What looks broken between two scenes that stand one behind the other, in English, one sentence each;
 * nearly always nothing.
 *
 * @param style of the whole video, which may speak of light without meaning the time of this scene
 */
export function seamSuspicions(
  earlier: Scene,
  later: Scene,
  earlierBeat: Beat,
  laterBeat: Beat,
  style = '',
): readonly string[] {
  return [
    ...(askForTheSame(earlierBeat, laterBeat) ? [] : repeated(earlier, later)),
    ...wrongTime(earlier, later, laterBeat, style),
    ...otherPlace(earlier, later, laterBeat),
    ...otherClothes(earlier, later, earlierBeat, laterBeat),
  ];
}

function* repeated(earlier: Scene, later: Scene): Generator<string> {
  for (const sentence of sharedSpeech(earlier, later, wordsOfEcho)) {
    yield `"${sentence}" is spoken in both scenes.`;
  }
  if (actionOverlap(earlier, later) >= toldTwice) {
    yield 'Both scenes tell the same action.';
  }
}

function* wrongTime(earlier: Scene, later: Scene, beat: Beat, style: string): Generator<string> {
  const shown = dayTimeOfPrompt(later.prompt, `${earlier.prompt}\n${style}`);
  if (shown === undefined) return;
  const planned = dayTimeOf(beat.time);
  const before = beat.contract.continues
    ? dayTimeOfPrompt(earlier.prompt, `${later.prompt}\n${style}`)
    : undefined;
  if (planned !== undefined && planned !== shown) {
    yield `The later scene is set at "${beat.time}", but its prompt shows ${shown}.`;
  } else if (before !== undefined && before !== shown) {
    yield `The later scene goes on without a cut, but its prompt shows ${shown} and the earlier one's shows ${before}.`;
  }
}

function* otherPlace(earlier: Scene, later: Scene, beat: Beat): Generator<string> {
  if (!beat.contract.continues) return;
  const before = settingsOf(earlier.prompt);
  const after = settingsOf(later.prompt);
  if (before.length === 0 || after.length === 0 || before.some((one) => after.includes(one)))
    return;
  yield `The later scene goes on without a cut, but the earlier prompt is set in ${before.join(' and ')} and the later one in ${after.join(' and ')}.`;
}

/** Only where the same people are seen, so that a garment can be but one. */
function* otherClothes(
  earlier: Scene,
  later: Scene,
  earlierBeat: Beat,
  laterBeat: Beat,
): Generator<string> {
  if (later.cast.length === 0 || peopleOf(earlier) !== peopleOf(later)) return;
  const planned = [earlierBeat, laterBeat]
    .flatMap(({ summary, contract }) => [summary, contract.entry, contract.exit])
    .join('\n')
    .toLowerCase();
  const before = clothesOf(earlier.prompt);
  for (const [garment, colour] of clothesOf(later.prompt)) {
    const was = before.get(garment);
    if (was === undefined || was === colour || planned.includes(garment)) continue;
    yield `The ${garment} is ${was} in the earlier prompt and ${colour} in the later one.`;
  }
}

function peopleOf({ cast }: Scene): string {
  return cast.map(nameKey).sort().join('\n');
}

/**
 * Ask a model whether two neighbours really clash.
 *
 * @returns `why` says what the later scene has to change, and is never empty where they clash
 * @throws ScenewrightError as {@link WriterModel.generate} does
 */
export async function askAboutSeam(
  model: WriterModel,
  task: SeamTask,
  options: GenerateOptions,
): Promise<SeamAnswer> {
  const { clash, why } = await model.generate(task, options);
  return { clash, why: why.trim() === '' ? task.suspicions.join(' ') : why.trim() };
}
