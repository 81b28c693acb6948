import type { Beat, DialogueLine } from '../../script/script-model.ts';
import type { SceneAnswer } from '../answer-schemas.ts';
import type { SceneTask } from '../writer-tasks.ts';
import { plainLine, type Idea } from './idea.ts';
import { promptFor, shotFor } from './video-prompt.ts';
import { dayParts, type Bank, type DayPart } from './bank.ts';
import { at, hash, pick } from './seed.ts';
import { languageName } from './unspoken.ts';
import { fitLines, fitNarration } from './fit-speech.ts';
import { recognise, takesFor, type Told } from './tell.ts';
import { capital, fill, firstSentence, sentence } from './sentences.ts';
import type { Stories } from './read-stories.ts';
import type { Air } from './story-settings.ts';
import { withBible, worldOf, type Stage, type StoryWorld } from './story-world.ts';

/** A starting point for the task's beat. Depends on nothing that other scenes were given. */
export function sceneScaffold(task: SceneTask, stories: Stories): SceneAnswer {
  const { beat, brief, bible, outline } = task;
  const world = withBible(worldOf(brief, stories), bible);
  const stage = stageOf(world, task);
  const told = recognise(world, beat, stage, outline.length) ?? fromBeat(world, beat);
  const instruction = plainLine(task.rewrite?.instruction ?? '');
  // What has been said before is not said again in the same words.
  const spokenBefore = instruction === '' && isAgain(told);
  const { noDialogue, noWords } = world.idea;
  const silent = wantsSilence(instruction) || noWords || spokenBefore;
  const seen = told.lines.filter(({ speaker }) => beat.cast.includes(speaker));
  const lines =
    silent || noDialogue ? [] : fitLines(fresh(seen, instruction), beat.seconds, brief.language);
  const narration = silent ? '' : fitNarration(told.narration, beat.seconds, brief.language);
  const spoken = world.speaks ? [] : unspoken(brief.language, lines, narration);
  const take = instruction === '' ? '' : pick(takesFor(world), `${beat.title}/${instruction}`)[1];
  return {
    title: beat.title,
    action: [
      instruction === '' ? '' : pencil(fill(world.bank.words.asked, { instruction })),
      [take, actionOf(task, told)].filter((text) => text !== '').join(' '),
      ...spoken.map(pencil),
      spokenBefore && told.lines.length + told.narration.length > 0 && !noWords
        ? pencil(world.bank.words.again)
        : '',
      told.note === '' ? '' : pencil(told.note),
      instruction === '' && asksForLook(task)
        ? pencil(fill(world.bank.words.unseen, { place: beat.place }))
        : '',
      asksForObject(world, told)
        ? pencil(fill(world.bank.words.standIn, { object: world.object.native }))
        : '',
    ]
      .filter((text) => text !== '')
      .join('\n\n'),
    dialogue: world.speaks ? lines.map((line) => ({ ...line })) : [],
    narration: world.speaks ? narration : '',
    sound: soundOf(world, task, stage),
    prompt: promptFor(
      world,
      beat,
      bible,
      told.picture,
      shotFor(told.step, beat, turnOf(task), instruction),
    ),
  };
}

/** Whether it is the first scene in a place of which no more is known than its name. */
function asksForLook({ beat, bible, outline }: SceneTask): boolean {
  const first = outline.find(({ place }) => place === beat.place);
  const place = bible.places.find(({ name }) => name === beat.place);
  return first?.id === beat.id && place?.look === '';
}

/** Whether it is where a thing comes in that the idea has not named. */
function asksForObject({ object }: StoryWorld, { step, note, action }: Told): boolean {
  return !object.isOwn && step === 'incite' && note !== '' && action.includes(object.native);
}

/** Whether the moment has been told before: by others, or staged in another way. */
function isAgain({ pass, takes, lines }: Told): boolean {
  return takes.length > 0 || (pass > 0 && lines.length > 0);
}

/**
 * Some of what is heard at the place, and at times something from further away: another choice for each
 * scene of those that play there one after the other. Of a place of which nothing is known one hears what may be
 * heard anywhere.
 */
function soundOf({ bank, idea }: StoryWorld, task: SceneTask, { fixtures }: Stage): string {
  const { noises } = bank.words;
  const way = turnOf(task);
  const start = hash(task.beat.title) + way;
  const noise = at(noises, start);
  const near = fixtures?.sound.split(', ') ?? [at(noises, start + 1 + (way % (noises.length - 1)))];
  const turned = near.map((_, i) => at(near, way + i));
  const part = dayParts.find((one) => bank.words.time[one] === task.beat.time);
  const far = farOf(bank, idea, fixtures?.air ?? 'closed', part);
  const away = at(far.length === 0 ? [noise] : far, way >>> 1);
  // Weather that the idea names is heard more often than what is far away.
  const others = [
    idea.sky.heard === undefined ? turned.slice(2) : [away],
    [noise],
    [away],
    [noise],
  ];
  return capital([...turned.slice(0, 2), ...at(others, way)].join(', '));
}

/** What is heard from further away: the weather of the idea, or else what the part of the day sounds like. */
function farOf(
  { words }: Bank,
  { sky }: Idea,
  air: Air,
  part: DayPart | undefined,
): readonly string[] {
  if (sky.heard !== undefined && air !== 'space') return words.weather[sky.heard];
  return part === undefined || air === 'closed' ? [] : words.ambience[air][part];
}

/**
 * Counts on from scene to scene in one place, from a number that the first of them gives. Not by ids, which are
 * new for each script, nor by the place in the outline: a scene stays the same wherever it is moved.
 */
function turnOf({ beat, outline }: SceneTask): number {
  const index = outline.findIndex(({ id }) => id === beat.id);
  const before = outline.slice(0, Math.max(0, index));
  const first = before.findLastIndex(({ place }) => place !== beat.place) + 1;
  return hash(outline[first]?.title ?? beat.title) + before.length - first;
}

function stageOf(world: StoryWorld, { beat, bible }: SceneTask): Stage {
  const own = bible.places.find(({ name }) => name === beat.place);
  const known = world.stages.find(({ name, look }) => name === beat.place || look === own?.look);
  return { name: beat.place, look: own?.look ?? known?.look ?? '', fixtures: known?.fixtures };
}

/** What can be said of a beat that the banks do not know: its own words, staged. */
function fromBeat(world: StoryWorld, beat: Beat): Told {
  return {
    step: undefined,
    pass: 0,
    title: beat.title,
    summary: beat.summary,
    action: sentence(beat.summary),
    lines: [],
    narration: [],
    note: world.bank.words.turn,
    picture: sentence(beat.summary),
    cast: beat.cast,
    lead: beat.cast[0] ?? '',
    takes: [],
    item: '',
  };
}

/** The action, with what sets it apart from an earlier scene of the same kind. */
function actionOf({ beat, outline }: SceneTask, told: Told): string {
  const index = outline.findIndex(({ id }) => id === beat.id);
  const repeated = outline
    .slice(0, Math.max(0, index))
    .some(({ summary }) => summary === beat.summary);
  const again = repeated || told.takes.length > 0;
  const where = again ? [beat.place, beat.time] : [];
  const item = told.action.includes(told.item) ? '' : told.item;
  const lead = [item, ...where].filter((part) => part !== '').join(', ');
  const action = lead === '' ? told.action : `${lead}: ${told.action}`;
  const first = firstSentence(action);
  if (beat.seconds <= 2) return first;
  // The first sentence makes the picture and the last one leads over, so a staging stands between.
  return [first, ...told.takes, action.slice(first.length).trim()]
    .filter((part) => part !== '')
    .join(' ');
}

/** For another take, the last word comes first: it is what the exchange was about. */
function fresh(lines: readonly DialogueLine[], instruction: string): readonly DialogueLine[] {
  return instruction === '' ? lines : lines.slice(-1);
}

function wantsSilence(instruction: string): boolean {
  return /silen|mute|wordless|(?:no|without|less) (?:dialogue|words|speech|talking)|không (?:lời|thoại)|sin (?:diálogo|palabras)|ohne (?:dialog|worte)|sans (?:dialogue|paroles)/iu.test(
    instruction,
  );
}

/** What is to be said in a language that the banks do not speak. */
function unspoken(tag: string, lines: readonly DialogueLine[], narration: string): string[] {
  const language = languageName(tag);
  return [
    ...lines.map(({ speaker, line }) => `${speaker}, in ${language}: “${line}”`),
    ...(narration === '' ? [] : [`Narration, in ${language}: “${narration}”`]),
  ];
}

function pencil(note: string): string {
  return `[${note.replace(/[[\]]/gu, '')}]`;
}
