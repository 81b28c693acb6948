import { contains, touches } from '../markdown/block-types.ts';
import { nameKey, sameName } from '../names.ts';
import { sceneAt } from '../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import type { Offer, Offers } from './offer.ts';

/** A line of fields in emphasis that is still being typed, or is a whole one: `_Lamp room · night · `. */
const metaLine = /^[ \t]*[*_]([^*_]*)$/u;

/** The head of a beat, as far as its title: `3. **Stairs** · 8 s · `. */
const beatHead = /^[ \t>]*(?:\d{1,9}[.)]|[-*+])[ \t]+(?:\*\*|__).+?(?:\*\*|__)([^<]*)$/u;

/** A speaker in a quote: `> **MA`. */
const speaker = /^[ \t]*>[ \t]*(\*\*|__|)([^*_:：>[\]]*)$/u;

/**
 * Places, times and names that belong where the cursor is in a scene or the outline.
 *
 * @param line as far as the cursor
 */
export function sceneOffers(
  script: ParsedScript,
  line: string,
  offset: number,
): Offers | undefined {
  const node = sceneAt(script, offset);
  if (node === undefined) return beatOffers(script, line, offset);
  if (contains(node.promptSpan, offset)) return undefined;
  const [, mark, begun] = speaker.exec(line) ?? [];
  if (mark !== undefined && begun !== undefined) return speakerOffers(script, node, mark, begun);
  const [, fields] = metaLine.exec(line) ?? [];
  if (fields === undefined || !(fields.includes('·') || touches(node.lineSpan, offset)))
    return undefined;
  const all = fields.split('·');
  return fieldOffers(script, ['place', 'time', 'cast'][all.length - 1], all.at(-1) ?? '');
}

function beatOffers(script: ParsedScript, line: string, offset: number): Offers | undefined {
  const { outline } = script.reading.layout;
  const [, fields] = beatHead.exec(line) ?? [];
  if (fields === undefined || !touches(outline, offset)) return undefined;
  const all = fields.split('·');
  const last = all.at(-1) ?? '';
  if (all.length === 3)
    return fieldOffers(script, last.includes(',') ? 'time' : 'place', last.replace(/^.*,/su, ''));
  return all.length === 4 ? fieldOffers(script, 'cast', last) : undefined;
}

function fieldOffers(
  script: ParsedScript,
  field: string | undefined,
  source: string,
): Offers | undefined {
  if (field === undefined) return undefined;
  const begun = (field === 'cast' ? source.replace(/^.*,/su, '') : source).trimStart();
  const offers =
    field === 'place' ? places(script) : field === 'time' ? times(script) : cast(script, source);
  const { characters, places: known } = script.bible;
  const isKnown = [...characters, ...known].some(({ name }) => sameName(name, begun));
  // What has been typed so far is in the script, too.
  const others = isKnown ? offers : offers.filter(({ label }) => !sameName(label, begun));
  return { typed: begun.length, offers: others };
}

function places({ bible, scenes, outline }: ParsedScript): Offer[] {
  const used = [
    ...outline.map(({ beat }) => beat.place),
    ...scenes.map(({ scene }) => scene.place),
  ];
  const looks = new Map(bible.places.map(({ name, look }) => [name, look]));
  return once([...looks.keys(), ...used]).map((label) => ({
    label,
    kind: 'place',
    ...described(looks.get(label)),
  }));
}

/** Those that the script has already, in its own words. */
function times({ scenes, outline }: ParsedScript): Offer[] {
  const used = [...outline.map(({ beat }) => beat.time), ...scenes.map(({ scene }) => scene.time)];
  return once(used).map((label) => ({ label, kind: 'time' }));
}

/** Everybody who does not stand in the field yet. */
function cast(script: ParsedScript, source: string): Offer[] {
  const known = new Set(source.split(',').slice(0, -1).map(nameKey));
  return people(script).filter(({ label }) => !known.has(nameKey(label)));
}

function speakerOffers(
  script: ParsedScript,
  { scene }: SceneNode,
  mark: string,
  begun: string,
): Offers {
  const seen = new Set(scene.cast.map(nameKey));
  const all = people(script);
  const here = all.filter(({ label }) => seen.has(nameKey(label)));
  const others = all.filter(({ label }) => !seen.has(nameKey(label)));
  return {
    typed: mark.length + begun.length,
    offers: [...here, ...others].map((one) => ({
      ...one,
      text: `**${one.label.toUpperCase()}**: `,
    })),
  };
}

function people({ bible, scenes, outline }: ParsedScript): Offer[] {
  const used = [
    ...outline.flatMap(({ beat }) => beat.cast),
    ...scenes.flatMap(({ scene }) => scene.cast),
  ];
  const looks = new Map(bible.characters.map(({ name, look }) => [name, look]));
  return once([...looks.keys(), ...used]).map((label) => ({
    label,
    kind: 'character',
    ...described(looks.get(label)),
  }));
}

function described(look: string | undefined): { readonly detail?: string } {
  return look === undefined || look === '' ? {} : { detail: look };
}

/** Each name once, as it is spelled first. */
function once(names: readonly string[]): string[] {
  const byKey = new Map(names.map((name) => [nameKey(name), name] as const).reverse());
  const first = names.filter((name) => name !== '' && byKey.get(nameKey(name)) === name);
  return [...new Set(first)];
}
