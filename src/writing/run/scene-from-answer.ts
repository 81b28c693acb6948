import type { SceneAnswer } from '../../models/answer-schemas.ts';
import { t } from '../../base/l10n.ts';
import { InvalidAnswer } from '../../models/answer-errors.ts';
import { personMeant } from '../../script/near-names.ts';
import { isVoice } from '../../script/problems/known-speakers.ts';
import type { Beat, Bible, DialogueLine, Scene } from '../../script/script-model.ts';
import { firstWordsFor, wordsFor } from '../../script/parse/label-words.ts';
import { named, nameOf, spelledOut } from '../../script/names.ts';
import { normaliseScene, withQuestions } from '../../script/normalise-scene.ts';
import { normaliseLine, normaliseParagraphs } from '../../script/normalise-text.ts';
import { noteOf, speechOf, titleOf, unlabelled } from '../checks/bare-text.ts';

const narrationLabels = [...wordsFor('narration'), ...wordsFor('teller')];
/** Only those that say nothing of what is heard: “Music: a slow waltz” says so. */
const soundLabels = [...firstWordsFor('sound'), 'Sounds', 'Sound effects', 'SFX', 'Audio'];

/**
 * Make a scene of a model's answer, as the document will give it back: what its beat settles comes
 * from the beat, and so does what the answer lacks.
 *
 * @param number of the scene, from 1; 0 where it is not known
 * @throws InvalidAnswer where it tells nothing
 */
export function sceneFromAnswer(answer: SceneAnswer, beat: Beat, bible: Bible, number = 0): Scene {
  const { told, questions } = withoutQuestions(normaliseParagraphs(noteOf(answer.action)));
  const drawn = normaliseParagraphs(noteOf(answer.prompt));
  if (told === '' && drawn === '') {
    throw new InvalidAnswer(
      t("The model's answer tells nothing."),
      'It had neither action nor prompt. Answer with all of the scene.',
    );
  }
  const action = told || beat.summary;
  const scene: Scene = {
    id: beat.id,
    title: titleOf(answer.title, number) || beat.title,
    seconds: beat.seconds,
    place: beat.place,
    time: beat.time,
    cast: beat.cast,
    action,
    dialogue: answer.dialogue
      .map(({ speaker, tone, line }) => {
        const who = speakerOf(speaker, noteOf(tone), bible);
        return { speaker: who.speaker, ...speechOf(speaker, who.tone, normaliseLine(line)) };
      })
      .filter(({ line }) => line !== ''),
    narration: normaliseParagraphs(unlabelled(noteOf(answer.narration), narrationLabels)),
    sound: normaliseParagraphs(unlabelled(noteOf(answer.sound), soundLabels)),
    // What is seen can be drawn as it is told, where that is in English.
    prompt: drawn || action,
    ...withQuestions(questions),
  };
  return normaliseScene(scene, bible);
}

/**
 * A paragraph that stands in brackets from its first sign to its last is said to the writer. It is no
 * part of what is seen.
 */
function withoutQuestions(action: string): { told: string; questions: readonly string[] } {
  const seen: string[] = [];
  const questions: string[] = [];
  for (const paragraph of action.split('\n\n')) {
    const [, question] = /^\[([^[\]]+)\]$/u.exec(paragraph) ?? [];
    if (question === undefined) seen.push(paragraph);
    else questions.push(question);
  }
  return { told: seen.join('\n\n'), questions };
}

/** Who speaks, in the bible's spelling; what stands with the name in parentheses is how. */
function speakerOf(
  text: string,
  tone: string,
  { characters }: Bible,
): Pick<DialogueLine, 'speaker' | 'tone'> {
  const known = named(characters, nameOf(text));
  if (known !== undefined) return { speaker: known.name, tone };
  const [, name = text, how = ''] = /^(.+?)\s*[(（]([^()（）]*)[)）]\s*$/u.exec(text) ?? [];
  const speaker = isVoice(name)
    ? name
    : (personMeant(characters, nameOf(name))?.name ?? spelledOut(name));
  return { speaker, tone: tone === '' ? how : tone };
}

/**
 * `finished` and `more` together, in the order of the outline as far as that knows them: every scene
 * of `more` comes before the first of `finished` that the outline has behind it.
 *
 * @param more in the order of the outline
 */
export function mergeScenes(
  finished: readonly Scene[],
  more: readonly Scene[],
  outline: readonly Beat[],
): Scene[] {
  const positions = new Map(outline.map(({ id }, position) => [id, position]));
  const merged: Scene[] = [];
  let next = 0;
  for (const scene of finished) {
    const position = positions.get(scene.id) ?? -1;
    for (; next < more.length; next++) {
      const one = more[next];
      if (one === undefined || (positions.get(one.id) ?? outline.length) >= position) break;
      merged.push(one);
    }
    merged.push(scene);
  }
  return [...merged, ...more.slice(next)];
}
