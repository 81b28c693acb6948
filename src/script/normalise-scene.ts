import { memoize } from '../base/memoize.ts';
import type { KnownNames, Named } from './names.ts';
import { spelledAs, type SpeakerNames } from './parse/dialogue.ts';
import { normaliseQuestion } from './parse/questions.ts';
import type { Beat, Bible, Plan, Scene } from './script-model.ts';
import { normaliseLine, normaliseLines, normaliseProse } from './normalise-text.ts';

/**
 * A scene as it reads back once it is written: white space as `normalise-text.ts` says, speakers spelled as in
 * the cast or the bible, nameless entries of the cast and empty speeches gone.
 */
export function normaliseScene(scene: Scene, bible: KnownNames): Scene {
  const cast = normaliseNames(scene.cast);
  const names = speakerNames(cast, bible);
  return {
    id: scene.id,
    title: normaliseLine(scene.title),
    seconds: roundSeconds(scene.seconds),
    place: normaliseLine(scene.place),
    time: normaliseLine(scene.time),
    cast,
    action: normaliseProse(scene.action),
    dialogue: scene.dialogue
      .map(({ speaker, tone, line }) => ({
        speaker: spelledAs(normaliseLine(speaker), names),
        tone: normaliseLine(tone),
        line: normaliseLines(line),
      }))
      .filter(({ speaker, tone, line }) => speaker !== '' || tone !== '' || line !== ''),
    narration: normaliseLines(scene.narration),
    sound: normaliseLines(scene.sound),
    prompt: normaliseProse(scene.prompt),
    ...withQuestions(scene.questions?.map(normaliseQuestion) ?? []),
  };
}

/** The part of a scene that says what is left to the writer; none where that is nothing. */
export function withQuestions(questions: readonly string[]): Pick<Scene, 'questions'> {
  const asked = questions.filter((question) => question !== '');
  return asked.length === 0 ? {} : { questions: asked };
}

/** A plan as it reads back once it is written. */
export function normalisePlan(plan: Plan): Plan {
  return {
    title: normaliseLine(plan.title),
    logline: normaliseLine(plan.logline),
    bible: normaliseBible(plan.bible),
    outline: plan.outline.map(normaliseBeat),
  };
}

function normaliseBible({ characters, places }: Bible): Bible {
  return {
    characters: characters
      .map(({ name, look, voice }) => ({
        name: normaliseLine(name),
        look: normaliseLines(look),
        voice: normaliseLines(voice),
      }))
      .filter(({ name }) => name !== ''),
    places: places
      .map(({ name, look }) => ({ name: normaliseLine(name), look: normaliseLines(look) }))
      .filter(({ name }) => name !== ''),
  };
}

function normaliseBeat(beat: Beat): Beat {
  return {
    id: beat.id,
    title: normaliseLine(beat.title),
    seconds: roundSeconds(beat.seconds),
    place: normaliseLine(beat.place),
    time: normaliseLine(beat.time),
    cast: normaliseNames(beat.cast),
    summary: normaliseLines(beat.summary),
    contract: {
      entry: normaliseLines(beat.contract.entry),
      exit: normaliseLines(beat.contract.exit),
      handOff: normaliseLines(beat.contract.handOff),
      continues: beat.contract.continues,
    },
  };
}

/** Whom a speaker in capitals may mean, the scene's own cast first. */
export function speakerNames(cast: readonly string[], { characters }: KnownNames): SpeakerNames {
  return [cast, namesOf(characters)];
}

const namesOf = memoize((entries: readonly Named[]) => entries.map(({ name }) => name));

function normaliseNames(names: readonly string[]): string[] {
  return names.map(normaliseLine).filter((name) => name !== '');
}

/** To the millisecond, which is more than any clip is exact. */
function roundSeconds(seconds: number): number {
  return Math.max(0.001, Number(seconds.toFixed(3)));
}
