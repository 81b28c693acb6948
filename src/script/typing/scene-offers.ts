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

function places(script: ParsedScript): Offer[] {
  return offersOf('place', script.bible.places, usedIn(script, 'place'));
}

/** Those that the script has already, in its own words. */
function times(script: ParsedScript): Offer[] {
  return offersOf('time', [], usedIn(script, 'time'));
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

function people(script: ParsedScript): Offer[] {
  return offersOf('character', script.bible.characters, usedIn(script, 'cast'));
}

/** What beats and scenes say in a field. */
function usedIn(
  { outline, scenes }: ParsedScript,
  field: 'place' | 'time' | 'cast',
): readonly string[] {
  const all = [...outline.map(({ beat }) => beat), ...scenes.map(({ scene }) => scene)];
  return all.flatMap((one) => one[field]);
}

/** Each name once, as it is spelled first: those of the bible with their looks, and behind them those in use. */
function offersOf(
  kind: Offer['kind'],
  known: readonly { readonly name: string; readonly look: string }[],
  used: readonly string[],
): Offer[] {
  const offers = new Map<string, Offer>();
  for (const { name, look } of [...known, ...used.map((name) => ({ name, look: '' }))]) {
    const key = nameKey(name);
    if (name === '' || offers.has(key)) continue;
    offers.set(key, { label: name, kind, ...(look === '' ? {} : { detail: look }) });
  }
  return [...offers.values()];
}
