import { memoize } from '../../base/memoize.ts';
import { limits } from '../limits.ts';
import type { Character } from '../script-model.ts';
import { named, nameKey } from '../names.ts';

/** Speakers whom nobody sees: narrators, and voices that come out of things or from outside. */
const voices = new RegExp(
  `^(?:the )?(?:${[
    'narrator|narration|voice(?:[- ]?over)?|v\\.?o\\.?|o\\.?s\\.?|radio|tv|television|announcer',
    'gps|sat[- ]?nav|navi|siri|alexa|computer|p\\.?a\\.?(?: system)?|tannoy|voice ?mail|answering machine|chorus',
    '(?:tele)?phone|(?:loud)?speaker|intercom|all|everyone|both|crowd',
    'erzähler(?:in)?|stimme|alle|narrador(?:a)?|voz|todos|narrateur|narratrice|voix|tous',
    'narratore|voce|tutti|verteller|fortæller|forteller|berättare|kertoja|lektor|anlatıcı',
    'người kể chuyện|người dẫn(?: chuyện)?|giọng \\S+|рассказчик|голос|диктор|все|оповідач',
    'ナレーター|ナレーション|声|旁白|画外音|내레이션|내레이터|목소리|الراوي|صوت|קריין',
  ].join('|')})(?=$|[ :(,])`,
  'iu',
);

/** How a speech is marked that comes from outside the picture. */
const offScreen = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[
    'off(?!-(?:hand|key|beat|guard|balance))|off[- ]?(?:screen|camera|stage)|o\\.?s\\.?|o\\.?c\\.?|v\\.?o\\.?|voice[- ]?over',
    '(?:tele)?phone|radio|intercom|recording|unseen|from (?:outside|below|above|afar|the dark|behind)',
    'hors[- ](?:champ|cadre)|h\\.?c\\.?|voix[- ]off|au téléphone|aus dem off|im off|nicht im bild|am telefon',
    'fuera de (?:campo|cuadro|plano|cámara|escena)|por teléfono|fuori campo|f\\.?c\\.?|al telefono',
    'fora de (?:campo|cena|quadro|câmera)|ao telefone|buiten beeld|aan de telefoon',
    'utanför bild|utenfor (?:bildet|skjermen)|uden for billedet|kuvan ulkopuolel\\p{L}+|poza kadrem|mimo (?:obraz|záběr)',
    'képen kívül|ekran dışı(?:nda)?|kadraj dışı(?:nda)?|εκτός (?:κάδρου|πλάνου|οθόνης)|за кадром|закадрово|по телефону|поза кадром',
    'ngoài (?:khung )?(?:hình|cảnh|màn hình)|vọng (?:vào|ra|tới|lại|xuống|lên)|qua điện thoại|di luar layar',
    'خارج (?:الكادر|الشاشة|الصورة)|מחוץ ל(?:תמונה|פריים|מסך)',
  ].join(
    '|',
  )})(?![\\p{L}\\p{M}])|画外|畫外|画面外|畫面外|オフ|声のみ|声だけ|電話|电话|화면 ?밖|전화|นอก(?:จอ|เฟรม)|पर्दे के पीछे`,
  'iu',
);

/** What parts the names of people who speak as one. */
const together = /\s*[&/+、]\s*|\s+(?:and|und|y|e|et|và|en|og|och|i|и)\s+/iu;

/** The names of people who are named as one: `Mara and Old Tom`. */
export function namesTogether(text: string): string[] {
  return text.split(together).filter((name) => name.trim() !== '');
}

/**
 * Whether a speaker is plainly no character: a narrator, a radio, everyone. In several languages.
 */
export function isVoice(speaker: string): boolean {
  return speaker.trim() === '' || voices.test(speaker.trim());
}

/** Whether the way a line is said tells that its speaker is not in the picture. */
export function isOffScreen(speaker: string, tone: string): boolean {
  return offScreen.test(tone.normalize('NFKC')) || /[(（].*[)）]/u.test(speaker);
}

/**
 * Whether all who speak are known: by their names, by a part of them (`Mara` for `Mara Voss`, or the
 * other way round), or as voices.
 */
export function areKnown(speaker: string, characters: readonly Pick<Character, 'name'>[]): boolean {
  if (speaker.length > limits.name) return false;
  const isKnown = (one: string): boolean => {
    const key = nameKey(one.replace(/\(.*?\)/g, ' ').trim());
    if (isVoice(key) || named(characters, key)) return true;
    const { byFirst, byAny } = wordsOf(characters);
    const words = new Set(key.split(/\s+/));
    const [first = ''] = words;
    const has = (all: Words, part: Words): boolean => [...part].every((word) => all.has(word));
    return (
      isAmong(byAny.get(first), (name) => has(name, words)) ||
      [...words].some((word) => isAmong(byFirst.get(word), (name) => has(words, name)))
    );
  };
  return isKnown(speaker) || namesTogether(speaker).every(isKnown);
}

type Words = ReadonlySet<string>;

/** The words of all names, by the first of them and by each. */
const wordsOf = memoize((characters: readonly Pick<Character, 'name'>[]) => {
  const byFirst = new Map<string, Words[]>();
  const byAny = new Map<string, Words[]>();
  const add = (map: Map<string, Words[]>, word: string, name: Words): void => {
    const names = map.get(word);
    if (names) names.push(name);
    else map.set(word, [name]);
  };
  for (const { name } of characters) {
    const words = new Set(nameKey(name).split(/\s+/));
    const [first = ''] = words;
    add(byFirst, first, words);
    for (const word of words) add(byAny, word, words);
  }
  return { byFirst, byAny };
});

/** Where so many names have a word in common, whoever has it counts as known. */
const maxAlike = 100;

function isAmong(names: readonly Words[] = [], isMeant: (name: Words) => boolean): boolean {
  return names.length > maxAlike || names.some(isMeant);
}
