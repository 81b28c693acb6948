import { type Colour, ofHue } from './colour.ts';

/** What the words of a look say of somebody's colours and build; absent where they say nothing. */
export interface WornLook {
  readonly clothes?: Colour;
  readonly hair?: Colour;
  /** Against the average. */
  readonly tall?: number;
  readonly broad?: number;
}

/** The look of somebody in a prompt, which has one to a paragraph behind the name. */
export function lookIn(prompt: string, name: string): string {
  const label = `${name}: `.toLowerCase();
  const paragraph = prompt.split('\n\n').find((one) => one.toLowerCase().startsWith(label));
  return paragraph?.slice(label.length) ?? '';
}

/** Hue in degrees, lightness and chroma as `ofHue` takes them. */
const colours: readonly (readonly [RegExp, hue: number, lightness: number, chroma: number])[] = [
  [/\b(?:crimson|scarlet|red|rot(?:e[mnrs]?)?|rouge|rojo|roja)\b|đỏ|赤|红/u, 27, 0.5, 0.17],
  [/\b(?:orange|rust)\b|\bcam\b/u, 55, 0.62, 0.15],
  [/\b(?:yellow|mustard|gelb\w*|jaune|amarill[oa])\b|vàng|黄/u, 95, 0.75, 0.14],
  [/\b(?:green|olive|grün\w*|vert|verde)\b|xanh lá|緑|绿/u, 145, 0.5, 0.11],
  [/\b(?:teal|turquoise|cyan)\b/u, 195, 0.56, 0.09],
  [/\b(?:navy)\b/u, 262, 0.3, 0.09],
  [/\b(?:blue|blau\w*|bleu\w*|azul)\b|xanh|青|蓝/u, 255, 0.47, 0.13],
  [/\b(?:purple|violet|lila)\b|tím|紫/u, 305, 0.45, 0.13],
  [/\b(?:pink|rosa|rose)\b|hồng|ピンク|粉/u, 0, 0.7, 0.13],
  [/\b(?:brown|tan|khaki|braun\w*|marrón|brun)\b|nâu|茶|棕/u, 62, 0.42, 0.06],
  [/\b(?:black|schwarz\w*|noir\w*|negr[oa])\b|đen|黒|黑/u, 270, 0.2, 0.01],
  [/\b(?:white|weiß\w*|blanc\w*|blanc[oa])\b|trắng|白/u, 90, 0.93, 0.01],
  [/\b(?:gr[ea]y|silver|grau\w*|gris)\b|xám|灰/u, 260, 0.62, 0.01],
];

const hairColours: readonly (readonly [RegExp, hue: number, lightness: number, chroma: number])[] =
  [
    [/blonde?|golden|fair/u, 85, 0.78, 0.09],
    [/red|ginger|auburn|copper/u, 45, 0.48, 0.12],
    [/gr[ea]y|silver/u, 260, 0.66, 0.01],
    [/white/u, 90, 0.9, 0.01],
    [/brown|chestnut/u, 58, 0.36, 0.06],
    [/black|dark/u, 270, 0.19, 0.01],
  ];

const hairWords = /([\p{L}-]+(?: [\p{L}-]+){0,2})\s+hair(?:ed)?\b/u;
const tallWords: readonly (readonly [RegExp, number])[] = [
  [/\b(?:child|kid|toddler|(?:little|small|young) (?:girl|boy)|aged? [5-9]\b)/u, 0.72],
  [/\b(?:tall|towering|lanky)\b/u, 1.08],
  [/\b(?:short|small|tiny|petite)(?! hair| beard| coat| sleeve| skirt)\b/u, 0.86],
];
const broadWords: readonly (readonly [RegExp, number])[] = [
  [/\b(?:stout|heavy|broad|burly|stocky|fat|round|plump|muscular)\b/u, 1.28],
  [/\b(?:thin|slim|slender|gaunt|lean|skinny|wiry)\b/u, 0.84],
];

/** Read what a look says, in English above all; what it leaves open is left open. */
export function wornLook(look: string): WornLook {
  const words = look.toLowerCase();
  const hair = hairWords.exec(words)?.[1];
  const worn = hair === undefined ? words : words.replace(hairWords, ' ');
  return {
    ...colourIn('clothes', worn, colours),
    ...(hair === undefined ? {} : colourIn('hair', hair, hairColours)),
    ...sizeIn('tall', words, tallWords),
    ...sizeIn('broad', words, broadWords),
  };
}

/** The one that is named first. */
function colourIn<K extends string>(
  key: K,
  words: string,
  table: typeof colours,
): Partial<Record<K, Colour>> {
  const found = table
    .map(([pattern, ...tone]) => ({ at: words.search(pattern), tone }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0];
  if (found === undefined) return {};
  return { [key]: ofHue(...found.tone) } as Partial<Record<K, Colour>>;
}

function sizeIn<K extends string>(
  key: K,
  words: string,
  table: readonly (readonly [RegExp, number])[],
): Partial<Record<K, number>> {
  const size = table.find(([pattern]) => pattern.test(words))?.[1];
  return size === undefined ? {} : ({ [key]: size } as Partial<Record<K, number>>);
}
