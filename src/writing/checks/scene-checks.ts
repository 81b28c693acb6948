import { t } from '../../base/l10n.ts';
import type { Beat, Brief, Scene } from '../../script/script-model.ts';
import { speechOverrun, spokenText } from '../../script/durations/speech-length.ts';
import { uncastCharacters, unknownSpeakers } from './cast-check.ts';
import type { MarkKind } from '../../script/problems/script-problem.ts';
import { languageName } from '../../models/prompts/language-names.ts';
import type { KnownNames } from '../../script/names.ts';
import type { SceneMaterial } from '../../models/writer-tasks.ts';
import { memoize } from '../../base/memoize.ts';
import { askForTheSame, sceneOverlap, sharedSpeech, unitsOf, wordsIn } from './repeated-text.ts';
import { shownLanguage } from '../../script/shown-language.ts';
import { foreignLanguage } from './written-language.ts';

/** What there is to say of a scene that was taken although it is not quite as asked. */
export interface SceneFlag {
  readonly kind: MarkKind;
  /** One sentence for the writer; it does not name the scene. */
  readonly message: string;
}

/** What the text alone does not tell afterwards: who came with it, and what was asked of a model. */
export type ToldKind = MarkKind & ('newcomer' | 'seam');

/** Something about a scene that is not as it was asked for, although its form is right. */
export interface SceneFault extends SceneFlag {
  /** The same for the model, with what is to be done. */
  readonly complaint: string;
  /** Only the model can mend it, so that it is asked again; all else is only told. */
  readonly needsModel: boolean;
}

/**
 * What is wrong with a freshly written scene. What code can mend has been mended before
 * (`whole-cast.ts`); and what the model has to mend costs another request, so that only what is
 * nearly certain is a fault at all.
 */
export function checkScene(scene: Scene, material: SceneMaterial): SceneFault[] {
  return [
    ...languageFaults(scene, material),
    ...repeatFaults(scene, material),
    ...castFaults(scene, material),
    ...spokenFaults(scene, material),
  ];
}

export function languageFaults(
  scene: Scene,
  { brief }: { readonly brief: Pick<Brief, 'language' | 'idea' | 'instructions'> },
): SceneFault[] {
  const wanted = languageName(brief.language);
  const shown = shownLanguage(brief.language);
  const told = `${brief.idea}\n${brief.instructions}`.toLowerCase();
  const faults: SceneFault[] = [];
  const parts = [
    {
      what: 'Title and action',
      text: `${scene.title}\n${scene.action}`,
      message: (other: string) =>
        t('Its title and action are in {0} and not in {1}.', other, shown),
    },
    {
      what: 'Dialogue and narration',
      text: spokenText(scene),
      message: (other: string) =>
        t('Its dialogue and narration are in {0} and not in {1}.', other, shown),
    },
  ];
  for (const { what, text, message } of parts) {
    const other = foreignLanguage(text, brief.language);
    if (other === undefined) continue;
    // Where the writer speaks of that language, somebody may well have to.
    const names = [other.english.replace(/ \(.*/, ''), other.shown];
    if (names.some((name) => told.includes(name.toLowerCase()))) continue;
    faults.push({
      kind: 'language',
      message: message(other.shown),
      complaint: `${what} have to be in ${wanted}, not in ${other.english}; only the prompt is in English.`,
      needsModel: true,
    });
  }
  const other = foreignLanguage(scene.prompt, 'en');
  if (other !== undefined) {
    faults.push({
      kind: 'language',
      message: t(
        'Its prompt is in {0} and not in English, which video models understand best.',
        other.shown,
      ),
      complaint: `The prompt has to be in English, not in ${other.english}.`,
      needsModel: true,
    });
  }
  return faults;
}

/** A scene that has so much of another one is that one again. */
const copied = 0.5;

/** A sentence of fewer words may come back: a greeting, a refrain. */
export const wordsOfRepeat = 8;

function repeatFaults(scene: Scene, { beat, finished, outline }: SceneMaterial): SceneFault[] {
  const beats = beatsById(outline);
  const others = finished.filter(
    ({ id }) => id !== scene.id && !askForTheSame(beats.get(id), beat),
  );
  const fault =
    firstOf(others, (other) => copyFault(scene, other, outline)) ??
    firstOf(others, (other) => echoFault(scene, other, outline));
  return fault === undefined ? [] : [fault];
}

/** What there is to say where one scene tells another one again. */
export function copyFault(
  scene: Scene,
  other: Scene,
  outline: readonly Beat[],
): SceneFault | undefined {
  if (sceneOverlap(other, scene) < copied) return undefined;
  return {
    kind: 'duplicate',
    message: t('It tells {0} again.', shownScene(other, outline)),
    complaint: `This is ${nameOfScene(other, outline)} over again. Write what the beat of this scene says, with an action and words of its own.`,
    needsModel: true,
  };
}

/** The same where a whole sentence is spoken in both. */
export function echoFault(
  scene: Scene,
  other: Scene,
  outline: readonly Beat[],
): SceneFault | undefined {
  const [sentence] = sharedSpeech(other, scene, wordsOfRepeat);
  if (sentence === undefined) return undefined;
  return {
    kind: 'duplicate',
    message: t('It repeats what is said in {0}: “{1}”', shownScene(other, outline), sentence),
    complaint: `"${sentence}" has been said in ${nameOfScene(other, outline)} already. Say something else, or nothing.`,
    needsModel: true,
  };
}

function firstOf<T, R>(all: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const beatsById = memoize(
  (outline: readonly Beat[]) => new Map(outline.map((beat) => [beat.id, beat])),
);

/** In the language of the prompts. */
function nameOfScene({ id, title }: Scene, outline: readonly Beat[]): string {
  const number = numberOf(id, outline);
  return number === 0 ? `the scene “${title}”` : `scene ${number}`;
}

function shownScene({ id, title }: Scene, outline: readonly Beat[]): string {
  const number = numberOf(id, outline);
  return number === 0 ? t('the scene “{0}”', title) : t('scene {0}', number);
}

/** From 1; 0 for a scene without a beat. */
function numberOf(id: string, outline: readonly Beat[]): number {
  return outline.findIndex((beat) => beat.id === id) + 1;
}

function castFaults(scene: Scene, material: SceneMaterial): SceneFault[] {
  const { beat, bible, outline } = material;
  const faults: SceneFault[] = [];
  const characters = bible.characters.map(({ name }) => name).join(', ') || 'nobody';
  for (const name of unknownSpeakers(scene, bible)) {
    faults.push({
      kind: 'newcomer',
      message: t('{0} speaks in it, who was not among the characters and is now.', name),
      complaint: `"${name}" speaks, but is not in the bible. The characters are: ${characters}. Their names are used letter for letter, and what nobody of them says is narration.`,
      needsModel: false,
    });
  }
  return [...faults, ...uncastFaults(scene, beat, bible, outline)];
}

/** Characters whom the action shows and nothing else speaks of. */
export function uncastFaults(
  scene: Scene,
  beat: Beat,
  names: KnownNames,
  outline: readonly Beat[],
): (SceneFault & { readonly name: string })[] {
  return uncastCharacters(scene, beat, names, outline).map((name) => ({
    kind: 'cast',
    name,
    message: t('Its action shows {0}, who is not in its cast.', name),
    complaint: `The action shows ${name}, who is not in the cast of this beat. Seen are: ${beat.cast.join(', ') || 'nobody'}.`,
    needsModel: false,
  }));
}

/**
 * Speech up to so many times as long as its scene can be spoken faster, or the scene made longer, by
 * whoever makes the film; beyond that it has to be written shorter.
 */
const speakable = 1.5;

/** What the model is asked to come down to, as a part of the scene's length: it tends to overshoot. */
const comfortable = 0.85;

export function spokenFaults(
  scene: Scene,
  { brief }: { readonly brief: Pick<Brief, 'language'> },
): SceneFault[] {
  const takes = speechOverrun(scene, brief.language);
  if (takes === undefined) return [];
  const units = unitsOf(spokenText(scene));
  const unit = wordsIn(units) < units.length * 0.75 ? 'characters' : 'words';
  const most = Math.max(1, Math.floor((units.length * scene.seconds * comfortable) / takes));
  const seconds = Math.round(takes);
  return [
    {
      kind: 'spoken',
      message: t(
        'Its words take about {0} s to speak, and it lasts {1} s.',
        seconds,
        scene.seconds,
      ),
      complaint: `Dialogue and narration have ${units.length} ${unit} and take about ${seconds} s to speak, but the scene lasts ${scene.seconds} s. Cut them to ${most} ${unit} at most, both together.`,
      needsModel: takes > scene.seconds * speakable,
    },
  ];
}
