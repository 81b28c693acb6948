/**
 * What an English prompt says about time of day, setting and clothes, as far as that can be read off
 * single words. Whatever these words do not cover is not known, and nothing follows from it.
 */

export type DayTime = 'day' | 'night';

const dayPhrases =
  /\b(?:midday|noon(?:day)?|broad daylight|in daylight|bright daylight|(?:bright|morning|afternoon|midday|noon|warm|harsh|full) (?:sun(?:light|shine)?|daylight)|morning light|afternoon light|sunlit|sunny|sun high|high sun|blue sky)\b/gi;
const nightPhrases =
  /\b(?:at night|night ?time|in the night|by night|night sky|nocturnal|midnight|moonlight|moonlit|starlit|starlight|starry|dark of night|dead of night|late night)\b/gi;

/**
 * What a prompt says in plain words; nothing where it speaks of both, or of neither. A phrase that
 * its neighbour has as well is passed over: it may belong to the look of the whole video.
 */
export function dayTimeOfPrompt(prompt: string, neighbour: string): DayTime | undefined {
  const shared = neighbour.toLowerCase();
  const says = (phrases: RegExp): boolean =>
    (prompt.toLowerCase().match(phrases) ?? []).some((phrase) => !shared.includes(phrase));
  const day = says(dayPhrases);
  const night = says(nightPhrases);
  if (day === night) return undefined;
  return day ? 'day' : 'night';
}

/** The same for the time of a beat or scene, such as `late night`; in English only. */
export function dayTimeOf(time: string): DayTime | undefined {
  const night = /\b(?:night|midnight|night-?time)\b/i.test(time);
  const day = /\b(?:day|noon|midday|morning|afternoon|daytime)\b/i.test(time);
  if (day === night) return undefined;
  return day ? 'day' : 'night';
}

const settings = new Set(
  `kitchen bedroom bathroom classroom office corridor hallway staircase attic cellar basement garage
  workshop library church temple hospital cafe café restaurant bar shop market supermarket station
  platform street alley rooftop garden park forest woods beach desert field meadow mountain riverbank
  harbour harbor pier bridge cave lighthouse`.split(/\s+/),
);

/** The kinds of place that a prompt names. */
export function settingsOf(prompt: string): string[] {
  const words = prompt.toLowerCase().match(/[a-zé]+/g) ?? [];
  return [...new Set(words.filter((word) => settings.has(word)))];
}

const colours =
  'black|white|grey|gray|red|scarlet|crimson|orange|yellow|green|blue|navy|purple|violet|pink|brown|beige|cream|turquoise|teal|maroon|burgundy|golden|silver';
const garments =
  'coat|raincoat|overcoat|jacket|oilskin|anorak|parka|cloak|cape|cardigan|sweater|jumper|pullover|hoodie|shirt|blouse|t-shirt|vest|waistcoat|apron|dress|gown|skirt|trousers|pants|jeans|overalls|dungarees|scarf|shawl|hat|cap|beanie|beret|boots|gloves|tie|uniform|suit|robe|kimono|sari|áo dài|ao dai';
const clothes = new RegExp(
  String.raw`\b(?:(?:dark|light|pale|deep|bright|faded|worn|old)[ -]){0,4}(${colours})(?:[ -](?!${colours}|and\b|with\b|in\b|on\b)[\p{L}-]{1,24}){0,2}?[ -](${garments})\b`,
  'giu',
);

/** Garments that a prompt gives exactly one colour to, with that colour. */
export function clothesOf(prompt: string): Map<string, string> {
  const found = new Map<string, Set<string>>();
  for (const [, colour = '', garment = ''] of prompt.matchAll(clothes)) {
    const colours = found.get(garment.toLowerCase()) ?? new Set();
    colours.add(colour.toLowerCase().replace('gray', 'grey'));
    found.set(garment.toLowerCase(), colours);
  }
  const single = new Map<string, string>();
  for (const [garment, colours] of found) {
    const [colour] = colours;
    if (colours.size === 1 && colour !== undefined) single.set(garment, colour);
  }
  return single;
}
