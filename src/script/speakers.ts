import { nameKey } from './picture.ts';

/** Speakers whom nobody sees: narrators, and voices that come out of things or from outside. */
const voices = new RegExp(
  `^(?:the )?(?:${[
    'narrator|narration|voice(?:[- ]?over)?|v\\.?o\\.?|o\\.?s\\.?|radio|tv|television|announcer',
    '(?:tele)?phone|(?:loud)?speaker|intercom|all|everyone|both|crowd',
    'erzähler(?:in)?|stimme|alle|narrador(?:a)?|voz|todos|narrateur|narratrice|voix|tous',
    'narratore|voce|tutti|verteller|fortæller|forteller|berättare|kertoja|lektor|anlatıcı',
    'người kể chuyện|người dẫn(?: chuyện)?|giọng \\S+|рассказчик|голос|диктор|все|оповідач',
    'ナレーター|ナレーション|声|旁白|画外音|내레이션|내레이터|목소리|الراوي|صوت|קריין',
  ].join('|')})(?=$|[ :(,])`,
  'iu',
);

/** How a speech is marked that comes from outside the picture. */
const offScreen =
  /\b(?:off|o\.?s\.?|v\.?o\.?|voice[- ]?over|phone|telephone|radio|recording|from (?:outside|below|above|afar|the dark|behind))\b/i;

/** What parts the names of people who speak as one. */
const together = /\s*[&/+、]\s*|\s+(?:and|und|y|e|et|và|en|og|och|i|и)\s+/iu;

/**
 * Whether a speaker is plainly no character: a narrator, a radio, everyone. In several languages.
 */
export function isVoice(speaker: string): boolean {
  return speaker.trim() === '' || voices.test(speaker.trim());
}

/** Whether the way a line is said tells that its speaker is not in the picture. */
export function isOffScreen(speaker: string, tone: string): boolean {
  return offScreen.test(tone) || /\(.*\)/.test(speaker);
}

/**
 * Whether all who speak are known: by their names, by a part of them (`Mara` for `Mara Voss`, or the
 * other way round), or as voices.
 */
export function areKnown(speaker: string, names: readonly string[]): boolean {
  const keys = names.map(nameKey);
  const isKnown = (one: string): boolean => {
    const key = nameKey(one.replace(/\(.*?\)/g, ' ').trim());
    if (isVoice(key)) return true;
    return keys.some((name) => name === key || hasWords(name, key) || hasWords(key, name));
  };
  return isKnown(speaker) || speaker.split(together).every(isKnown);
}

function hasWords(text: string, part: string): boolean {
  const words = new Set(text.split(/\s+/));
  return part.split(/\s+/).every((word) => words.has(word));
}
