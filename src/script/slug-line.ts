import { normaliseLine } from './normalise-text.ts';

/** A setting as screenplays head their scenes: `INT. LAMP ROOM - NIGHT`. */
export interface Setting {
  readonly place: string;
  /** Time of day; empty where the heading gives none. */
  readonly time: string;
}

/** The place and the time that a heading of a screenplay names; any other text is a place as it stands. */
export function settingOf(text: string): Setting {
  let place = normaliseLine(text.slice(0, mostRead))
    .replace(/^["'“”*_#.\s]+|["'“”*_\s]+$/gu, '')
    .replace(inOrOut, '')
    .replace(inOrOutInCapitals, '');
  const times: string[] = [];
  for (;;) {
    const found = lastPart.exec(place);
    const part = found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
    if (found === null || found.index === 0 || !isTime(part)) break;
    if (!passing.test(part)) times.unshift(part.trim());
    place = place.slice(0, found.index).trim();
  }
  const spoken = times.join(', ');
  return { place, time: spoken === spoken.toUpperCase() ? spoken.toLowerCase() : spoken };
}

/** Whether a text is set up as the heading of a screenplay's scene: `INT. LAMP ROOM - NIGHT`, `.LAMP ROOM`. */
export function isSlugLine(text: string): boolean {
  if (forced.test(text)) return true;
  return slugLine.test(text) && (inCapitals.test(text) || /\s[-–—]\s/u.test(text));
}

const slugLine =
  /^(?:(?:int|ext)(?:\.\s*|\.?\s*\/\s*(?:int|ext)[.\s]\s*|\s+)|(?:i\/e|e\/i)[.\s]\s*|(?:NỘI|NGOẠI|室内|室外|屋内|屋外)\s+)[\p{L}\p{N}]/iu;
/** A full stop makes one of any words in Fountain. */
const forced = /^\.(?=\p{Lu})\P{Ll}{2,}$/u;
const inCapitals = /^(?:INT|EXT|I\/E|E\/I)\P{Ll}*$/u;

/** UTF-16 code units; nothing longer is a name. */
const mostRead = 500;

const side =
  '(?:int|ext|interior|exterior|innen|au(?:ss|ß)en|nội(?: cảnh)?|ngoại(?: cảnh)?|室内|室外|屋内|屋外)';

/** Inside or outside: `INT.`, `INT./EXT.`, `I/E -`; in capitals also with nothing behind it. */
const inOrOut = new RegExp(
  `^(?:i/e|e/i|${side}\\.?(?:\\s*/\\s*${side})?)(?:\\s*[-–—:：·.]\\s*)`,
  'iu',
);
const inOrOutInCapitals =
  /^(?:(?:INT|EXT|NỘI|NGOẠI)(?:\s*\/\s*(?:INT|EXT))?|I\/E|室内|室外|屋内|屋外)\s+/u;

/** What stands behind the last dash, comma, slash or full stop, after `at`, or in parentheses at the end. */
const lastPart =
  /(?:\s[-–—]+\s*|\s*[–—·|/,，、.]\s*)([^-–—·|/,，、.()（）]+)\.?$|\s+(?:at|by|in the)\s+([\p{L} -]+)$|\s*[(（]([^()（）]+)[)）]$/iu;

/** Says only that time goes on. */
const passing =
  /^(?:(?:moments|minutes|seconds|hours)?\s*later|continuous|same(?: time)?|cont(?:['’]?d)?\.?)$/iu;

function isTime(text: string): boolean {
  const words = text.trim();
  return passing.test(words) || dayTime.test(words);
}

const part = '(?:early|late|pre-?|mid-?|just (?:before|after)|the|next|golden|blue|deep|dead of)';
const dayTime = new RegExp(
  `^(?:${part}[\\s-]*){0,2}(?:${[
    'day(?:time|light|break)?|night(?:time|fall)?|dawn|dusk|morning|afternoon|evening|midnight|noon|midday',
    'sunrise|sunset|twilight|hour|magic hour',
    'ngày|đêm|(?:buổi )?(?:sáng|trưa|chiều|tối)(?: sớm| muộn)?|bình minh|hoàng hôn|rạng sáng|nửa đêm',
    'tag|nacht|morgen|vormittag|nachmittag|abend|(?:morgen|abend)?dämmerung|mitternacht|mittag',
    'jour|nuit|matin|après-midi|soir|aube|crépuscule|minuit|midi',
    'día|noche|mañana|tarde|amanecer|atardecer|anochecer|medianoche|mediodía',
    'giorno|notte|mattina|pomeriggio|sera|alba|tramonto|dia|noite|manhã|madrugada|entardecer',
    'день|ночь|утро|вечер|рассвет|закат|полдень|полночь',
    '白天|夜晚|晚上|清晨|早晨|黄昏|傍晚|午夜|中午|日|夜|朝|昼|夕方|深夜|夜明け|낮|밤|아침|저녁|새벽',
  ].join('|')})$`,
  'iu',
);
