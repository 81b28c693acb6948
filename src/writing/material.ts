import type { Beat, Bible, Scene, SceneId } from '../script/model.ts';

/** How the parts of a script read inside a prompt. */

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

/** A beat with its contract, on one indented line each. */
export function beatInFull(beat: Beat, number: number): string {
  const { entry, exit, handOff, continues } = beat.contract;
  const lines = [
    beatInOneLine(beat, number),
    `   Cast: ${beat.cast.join(', ') || 'nobody'}`,
    `   Entry: ${continues ? '(goes on without a cut) ' : ''}${entry}`,
    `   Exit: ${exit}`,
    `   Hand-off: ${handOff}`,
  ];
  return lines.join('\n');
}

function headline(
  { title, place, time, seconds }: Pick<Beat, 'title' | 'place' | 'time' | 'seconds'>,
  number: number,
): string {
  const where = [place, time].filter((part) => part !== '').join(', ');
  return `${number}. ${title} (${where === '' ? '' : `${where}; `}${seconds} s)`;
}

/** @param number position in the outline, from 1; 0 for a scene that is in no outline */
export function sceneInFull(scene: Scene, number: number): string {
  const parts = [
    headline(scene, number).replace(/^0\. /, ''),
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

/** So many of the scenes before the one to write are given in full, as far as they fit. */
const fullScenes = 6;
const fullCharacters = 12_000;

/** So many more are given by one line each. */
const shortScenes = 120;

/**
 * What has been written: older scenes by one line each, those closest before the scene to write in
 * full, and the first one after it too, if there is one. Bounded, however long the script is.
 *
 * @param index of the beat to write in the outline
 */
export function finishedText(
  finished: readonly Scene[],
  outline: readonly Beat[],
  index: number,
): string {
  const positions = new Map<SceneId, number>(outline.map(({ id }, i) => [id, i]));
  const placed = finished.map((scene) => ({ scene, at: positions.get(scene.id) ?? -1 }));
  const before = placed.filter(({ at }) => at < index);
  const after = placed.filter(({ at }) => at > index);
  const full = new Set<Scene>();
  let room = fullCharacters;
  for (const { scene, at } of [...before.slice(-fullScenes).reverse(), ...after.slice(0, 1)]) {
    room -= sceneInFull(scene, at + 1).length;
    if (room < 0) break;
    full.add(scene);
  }
  const told = [...before.slice(-shortScenes), ...after.slice(0, shortScenes / 4)];
  const texts = told.map(({ scene, at }) =>
    full.has(scene) ? `\n${sceneInFull(scene, at + 1)}\n` : sceneInOneLine(scene, at + 1),
  );
  if (before.length > shortScenes) texts.unshift('(Earlier scenes are left out.)');
  return (
    texts
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim() || 'Nothing yet.'
  );
}

function sceneInOneLine(scene: Scene, number: number): string {
  const said = scene.dialogue.at(-1);
  const parts = [firstSentence(scene.action)];
  if (said !== undefined) parts.push(`Last line: ${said.speaker}: ${firstSentence(said.line)}`);
  else if (scene.narration !== '') parts.push(`Narration: ${firstSentence(scene.narration)}`);
  return `${number > 0 ? `${number}. ` : ''}${scene.title}: ${parts.join(' ')}`;
}

/** The first sentence on one line, cut where it is very long. */
function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const sentence = /^.*?(?:[.!?…](?=\s|$)|[。！？])/u.exec(line)?.[0] ?? line;
  return sentence.length > 160 ? `${sentence.slice(0, 159)}…` : sentence;
}
