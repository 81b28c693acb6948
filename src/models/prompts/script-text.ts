import { normaliseLine } from '../../script/normalise-text.ts';
import { type State, stateText } from '../../script/contract-facts.ts';
import type { Beat, Bible, Scene } from '../../script/script-model.ts';

/* How the parts of a script read inside a prompt. */

export function bibleText({ characters, places }: Bible): string {
  const people = characters.map(
    ({ name, look, voice }) => `- ${name}: ${look}${voice === '' ? '' : ` Voice: ${voice}`}`,
  );
  return `# Bible: characters
${people.join('\n') || 'Nobody is seen.'}

# Bible: places
${places.map(({ name, look }) => `- ${name}: ${look}`).join('\n') || 'None are settled.'}`;
}

export function beatInOneLine(beat: Beat, number: number): string {
  return `${headline(beat, number)}: ${beat.summary}`;
}

export function beatAsTitle({ title }: Beat, number: number): string {
  return `${number}. ${title}`;
}

/** A beat with what its contract says is different, on an indented line each. */
export function beatInFull(beat: Beat, number: number): string {
  const { entry, exit } = beat.contract;
  return withContract(beat, number, entry, exit === '' ? '' : `Exit: ${exit}`);
}

/** A beat with all of how things stand as it begins, and what has to be different as it ends. */
export function beatToWrite(beat: Beat, number: number, entry: State): string {
  const { exit } = beat.contract;
  const changes = exit === '' ? 'as at the entry' : `${exit} (all else as at the entry)`;
  return withContract(beat, number, stateText(entry), `Exit: ${changes}`);
}

function withContract(beat: Beat, number: number, opens: string, exit: string): string {
  const { handOff, continues } = beat.contract;
  const entry = [continues ? '(goes on without a cut)' : '', opens].filter((part) => part !== '');
  const lines = [
    beatInOneLine(beat, number),
    `Cast: ${beat.cast.join(', ') || 'nobody'}`,
    entry.length === 0 ? '' : `Entry: ${entry.join(' ')}`,
    exit,
    handOff === '' ? '' : `Hand-off: ${handOff}`,
  ];
  return lines.filter((line) => line !== '').join('\n   ');
}

function headline(beat: Beat, number: number): string {
  return `${beatAsTitle(beat, number)}${setting(beat)}`;
}

function setting({ place, time, seconds }: Pick<Beat, 'place' | 'time' | 'seconds'>): string {
  const where = [place, time].filter((part) => part !== '').join(', ');
  return ` (${where === '' ? '' : `${where}; `}${seconds} s)`;
}

/** A scene with everything in it, without the number that stands before its title. */
export function sceneInFull(scene: Scene): string {
  const parts = [
    `${scene.title}${setting(scene)}`,
    scene.action,
    ...scene.dialogue.map(({ speaker, tone, line }) =>
      tone === '' ? `${speaker}: ${line}` : `${speaker} (${tone}): ${line}`,
    ),
  ];
  if (scene.narration !== '') parts.push(`Narration: ${scene.narration}`);
  if (scene.sound !== '') parts.push(`Sound: ${scene.sound}`);
  if (scene.prompt !== '') parts.push(`Prompt: ${scene.prompt}`);
  return parts.filter((part) => part !== '').join('\n');
}

/** What happens in a scene and how it ends, in one line, without its number. */
export function sceneInOneLine(scene: Scene): string {
  const said = scene.dialogue.at(-1);
  const parts = [firstSentence(scene.action)];
  if (said !== undefined) parts.push(`Last line: ${said.speaker}: ${firstSentence(said.line)}`);
  else if (scene.narration !== '') parts.push(`Narration: ${firstSentence(scene.narration)}`);
  return `${scene.title}: ${parts.join(' ')}`;
}

/** The number of a scene before its title; nothing for one that is in no outline. */
export function numbered(text: string, position: number): string {
  return position < 0 ? text : `${position + 1}. ${text}`;
}

/** The first sentence on one line, cut where it is very long. */
function firstSentence(text: string): string {
  const line = normaliseLine(text);
  const sentence = /^.*?(?:[.!?…](?=\s|$)|[。！？])/u.exec(line)?.[0] ?? line;
  return sentence.length > 160 ? `${sentence.slice(0, 159)}…` : sentence;
}
