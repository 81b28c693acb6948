import type { DayPart } from './bank.ts';

/**
 * What ideas call the parts of a day, by language: sources of patterns for whole words, joined by `|`. Of
 * words that overlap the longest one counts, so that a nightfall is no night and an
 * after-dinner walk is one thing.
 */
export interface DayWords {
  readonly parts: Readonly<Record<DayPart, string>>;
  /** One whole day, told from morning to night. */
  readonly day: string;
  /** What looks like a part of the day and is none. */
  readonly none: string;
  /** What makes the part behind it one that comes again. */
  readonly every: string;
  /** What makes the part behind it the end of the story, as in “before dawn”. */
  readonly until: string;
  /** What puts the story behind the part, as in “after sunset”. */
  readonly after: string;
  /** Beside a part, that it is that of the day after. */
  readonly next: string;
  /** That more time goes by than a day. */
  readonly long: string;
  /** That no more time goes by than an hour or so. */
  readonly short: string;
  /** An hour, as a figure or a word, and in the second group the word that tells which half of the day it is in. */
  readonly clock: string;
}

const numbers = String.raw`\d{1,3}|[\p{L}-]+`;

export const dayWords: Readonly<Record<string, DayWords>> & { readonly en: DayWords } = {
  en: {
    parts: {
      dawn: 'dawn(?! of (?!the day))|sunrise|sun-?up|daybreak|first light|early(?: in the)? morning|break of day',
      morning: 'by day|(?:mid-?)?mornings?|breakfast(?:-?time)?',
      noon: 'noon|mid-?day|lunch(?:[ -]?(?:time|break|hour))?',
      afternoon: 'afternoons?|tea-?time',
      dusk: 'dusk|sunset|sundown|nightfall|twilight|evenings?|golden hour|dinner(?:-?time)?|supper(?:-?time)?',
      night:
        "nights?|night-?(?:time|shift)|tonight|midnight|overnight|after (?:dark|midnight)|moon(?:light|lit)|small hours|bedtime|(?:christmas|new year(?:'s)?) eve|halloween|slumber party|sleepover|northern lights",
    },
    day: '(?:in|within|over|of|for) (?:a single|one|one single|a whole) day|(?:a|one) day in|the (?:first|last|longest|hottest|coldest) day|(?:whole|single|wedding) day|twenty-four hours|24 hours|all day',
    none: 'good ?night|night (?:and|or) day|day (?:and|or) night|overnight success|morning star|evening (?:dress|gown)s?|night ?gowns?|night school|midnight (?:blue|express)|breakfast cereals?',
    every: 'every|each|most|some|many|several|both|all (?:those|these|the)',
    until: 'before|until|till|by(?! night)',
    after: 'after|past|since',
    next: 'next|following|second',
    long: `(?:${numbers}) (?:days|nights|weeks|months|years|decades) (?:later|after(?:wards)?|long|straight|in a row|pass|go by)|(?:for|over|in|within|through|during) (?:the (?:course|space) of )?(?:two|three|four|five|six|seven|ten|several|many|a few|a couple of|\\d+) (?:days|nights|weeks|months|years|decades)|the (?:next|following) days?|the day after|(?:for|over|in|all|one|a|the) (?:whole |entire |single )?(?:summer|winter|autumn|spring|week|month|year)(?! (?:night|morning|evening|afternoon|day|dawn|dusk|noon|sun))|from (?:spring|summer|autumn|winter) to|seasons|generations`,
    short: `(?:an|one|a single|half an) hour|(?:in|within) (?:${numbers}) minutes|in real time|(?:${numbers}) minutes (?:before|after|to|past)|one minute|an hour (?:before|after)`,
    clock: `(${numbers})(?:[:.]\\d\\d)?(?: o'clock)? ?(a\\.?m\\.?|p\\.?m\\.?|in the (?:morning|afternoon|evening)|at night|o'clock)`,
  },
  de: {
    parts: {
      dawn: 'morgengrauen|morgendämmerung|morgenrot|sonnenaufgang|tagesanbruch|(?:am )?frühe[nrs]? morgens?|erste[sn]? (?:tages)?licht',
      morning:
        '(?:am|zum|gegen|einem|einen|eines|jeden|jedem|diesem|der|den|die) (?:\\p{L}+ )?morgens?|morgens|(?!übermorgen)\\p{L}{4,}morgens?|vormittags?|frühstück\\p{L}*',
      noon: 'mittags?|mittag(?:spause|essen|szeit|ssonne)',
      afternoon: '\\p{L}*nachmittags?',
      dusk: '(?!feierabend|lebensabend|heiligabend|sonnabend|heilig abend)\\p{L}*abends?|abend(?:essen|dämmerung|rot|sonne|licht)|dämmerung|sonnenuntergang|einbruch der (?:dunkelheit|nacht)',
      night:
        '(?!weihnacht|fastnacht)\\p{L}*nacht(?:s|zug(?:es|s)?|wächter\\p{L}*|schicht|bus(?:ses)?|portier\\p{L}*|dienst|wache|schwester|fahrt|flug|himmel|markt)?|nächten?|nächtliche\\p{L}*|nach einbruch der dunkelheit|mond(?:licht|schein)|heiligabend|silvester(?:abend|nacht)?|polarlicht(?:er)?',
    },
    day: '(?:an|in) einem (?:einzigen )?tag|ein tag im|(?:ersten?|letzten?|ganzen?|heißesten?|kältesten?) tag|hochzeitstag|24 stunden|vierundzwanzig stunden',
    none: 'tag und nacht|tags und nachts|gute nacht|guten (?:morgen|abend|tag)|über nacht reich|abendkleid\\p{L}*|heute morgen früh',
    every: 'jede[nrsm]?|alle|allen|viele|vielen|manche[nrs]?|mehrere[n]?|immer',
    until: 'vorm?|bis|bis (?:zu[mr]?|in)',
    after: 'nach|seit',
    next: 'nächste[nrsm]?|folgende[nrsm]?|zweite[nrsm]?|morgen',
    long: '(?:\\d+|zwei|drei|vier|fünf|sechs|sieben|zehn|viele|einige|wenige|mehrere) (?:tage|nächte|wochen|monate|jahre) (?:später|danach|lang)|(?:in|über|nach|während) (?:\\d+|zwei|drei|vier|fünf|sechs|sieben|zehn|vielen|einigen|wenigen|mehreren) (?:tagen?|nächten?|wochen|monaten?|jahren?)|(?:am|der|den) (?:nächsten?|folgenden?) tage?n?|(?:einen|den|eines|im) (?:ganzen )?(?:sommer|winter|herbst|frühling)s?(?= lang)|(?:eine|die) (?:ganze )?woche|ein (?:ganzes )?jahr|jahreszeiten',
    short:
      'eine[rn]? (?:(?:halben?|ganzen?|einzigen?) )?stunde|(?:in|innerhalb von) (?:\\d+|\\p{L}+) minuten|(?:\\d+|\\p{L}+) minuten (?:vor|nach)',
    clock:
      '(\\d{1,2}|\\p{L}+)(?:[:.]\\d\\d)? uhr(?: (nachts|morgens|früh|mittags|nachmittags|abends))?',
  },
  es: {
    parts: {
      dawn: 'amanecer|alba|aurora(?! boreal)|salida del sol|primera luz|primeras luces',
      morning: '(?:la|una|cada|esta|esa|aquella|las) (?:\\p{L}+ )?mañanas?|desayun(?:o|a|an|ar)',
      noon: 'mediodía|almuerzo',
      afternoon: '(?:la|una|cada|esta|esa|aquella|las) (?:\\p{L}+ )?tardes?|siesta|merienda',
      dusk: 'atardecer|anochecer|ocaso|puesta de(?:l)? sol|crepúsculo|cena|cenar',
      night:
        'noches?|media ?noche|anoche|nochebuena|nochevieja|nocturn[oa]s?|(?:la|una|de) madrugada|luz de la luna|tras el anochecer|después del anochecer|aurora boreal',
    },
    day: '(?:en|durante) un (?:solo|único)? ?día|un día (?:en la vida|entero|cualquiera)|(?:primer|último) día|día de (?:su|la|mi) boda|24 horas|veinticuatro horas',
    none: 'día y noche|noche y día|buen[oa]s (?:noches|tardes|días)|hasta mañana|de la noche a la mañana',
    every: 'cada|todas las|todos los|muchas|varias|algunas',
    until: 'antes del?|hasta',
    after: 'después del?|tras|desde',
    next: 'siguiente|próxim[oa]|segund[oa]',
    long: '(?:\\d+|dos|tres|cuatro|cinco|seis|siete|diez|varios|varias|muchos|unos|pocos) (?:días|noches|semanas|meses|años) (?:después|más tarde|seguid[oa]s)|(?:en|durante|por) (?:\\d+|dos|tres|cuatro|cinco|seis|siete|diez|varios|varias|muchos|unos) (?:días|noches|semanas|meses|años)|al día siguiente|(?:un|todo el|el) (?:verano|invierno|otoño|año|mes)(?: entero)|(?:una|toda la|la) (?:primavera|semana) entera|estaciones del año',
    short:
      '(?:una(?: sola)?|media) hora|(?:en|durante) (?:\\d+|\\p{L}+) minutos|(?:una hora|minutos) (?:antes|después)',
    clock:
      '(?:las?|a las?) (\\d{1,2}|\\p{L}+)(?:[:.]\\d\\d)? (?:de la )(madrugada|mañana|tarde|noche)',
  },
  fr: {
    parts: {
      dawn: 'aube|aurore(?! boréale)|lever (?:du|de) (?:soleil|jour)|point du jour|petit matin|petit jour|premières lueurs',
      morning: 'matins?|matinées?|petit[- ]déjeuner',
      noon: 'midi|(?<!petit[- ])déjeuner',
      afternoon: 'après-midi|goûter',
      dusk: 'soirs?|soirées?|crépuscule|coucher (?:du|de) soleil|tombée (?:de la nuit|du jour)|dîner|souper',
      night:
        'nuits?|minuit|nocturnes?|clair de lune|nuit tombée|(?:réveillon|veille) d(?:e|u) (?:noël|nouvel an)|aurores? boréales?|marchand de sable',
    },
    day: '(?:en|dans|pendant) une? (?:seule?|unique)? ?jour(?:née)?|une? jour(?:née)? dans|(?:premier|dernier) jour|jour de (?:son|leur|mon) mariage|24 heures|vingt-quatre heures',
    none: 'nuit et jour|jour et nuit|bonne nuit|bon matin|du jour au lendemain',
    every: 'chaque|tous les|toutes les|plusieurs|certaines?|quelques',
    until: "avant|jusqu'(?:à|au)",
    after: 'après|depuis',
    next: 'suivante?|lendemain|prochaine?|deuxième',
    long: "(?:\\d+|deux|trois|quatre|cinq|six|sept|dix|plusieurs|quelques) (?:jours|nuits|semaines|mois|ans|années) (?:plus tard|après|durant|de suite)|(?:en|pendant|durant) (?:\\d+|deux|trois|quatre|cinq|six|sept|dix|plusieurs|quelques) (?:jours|nuits|semaines|mois|ans|années)|le lendemain(?! (?:matin|soir|midi))|jour suivant|(?:tout un|un|l') ?(?:été|hiver|automne|printemps|an) (?:entier|durant)|(?:toute )?une (?:semaine|année) (?:entière)?|saisons",
    short:
      'une (?:seule |petite )?heure|une demi-heure|(?:en|pendant) (?:\\d+|\\p{L}+) minutes|(?:\\d+|\\p{L}+) minutes (?:avant|après)|une heure (?:avant|après)',
    clock:
      "(\\d{1,2}|\\p{L}+) ?(?:h|heures?)(?: ?\\d\\d)?(?: (?:du |de l')?(matin|après-midi|soir))?",
  },
  vi: {
    parts: {
      dawn: 'bình minh|rạng đông|rạng sáng|tờ mờ sáng|sáng sớm|tảng sáng|hừng đông|mờ sáng',
      morning:
        '(?:buổi|một|mỗi|vào|ban|mọi|đến|tới) sáng|sáng (?:hôm|nay|nọ|mùa|chủ nhật|thứ|mai|mùng|đầu)|(?:bữa|ăn) sáng',
      noon: '(?:buổi|giữa|ban|một|mỗi|vào) trưa|trưa (?:hè|nay|hôm|nắng|nọ)|(?:bữa|ăn) trưa|nghỉ trưa|chính ngọ',
      afternoon:
        '(?:buổi|một|mỗi|vào|ban|cơm) chiều|chiều (?:hôm|nay|nọ|mưa|thu|hè|đông|mùa|chủ nhật|thứ|cuối)',
      dusk: 'hoàng hôn|chạng vạng|chiều tà|xế chiều|chập tối|nhá nhem|(?:buổi|một|mỗi|vào|ban) tối|tối (?:hôm|nay|nọ|mùa|thứ|chủ nhật|qua)|(?:bữa|ăn|cơm) tối',
      night: 'đêm|nửa đêm|đêm khuya|khuya|giao thừa|sau khi trời tối',
    },
    day: 'trong (?:vòng )?một ngày|một ngày (?:của|trong đời)|ngày (?:đầu tiên|cuối cùng)|ngày cưới|24 giờ|suốt ngày',
    none: 'ngày đêm|đêm ngày|cả ngày lẫn đêm',
    every: 'mỗi|hằng|hàng|mọi|nhiều|từng|những|các',
    until: 'trước|trước khi|đến|cho đến|tới|cho tới',
    after: 'sau|qua|quá',
    next: 'hôm sau|kế tiếp|tiếp theo',
    long: '(?:\\d+|hai|ba|bốn|năm|sáu|bảy|mười|nhiều|vài|mấy) (?:ngày|đêm|tuần|tháng|năm) (?:sau|liền|trôi qua)|(?:trong|suốt|qua) (?:\\d+|hai|ba|bốn|năm|sáu|bảy|mười|nhiều|vài|mấy) (?:ngày|đêm|tuần|tháng|năm)|ngày hôm sau|(?:suốt|cả|trọn) (?:mùa|một mùa|tuần|tháng|năm)|bốn mùa',
    short:
      '(?:một|nửa) (?:giờ|tiếng)(?: đồng hồ)?|trong (?:\\d+|\\p{L}+) phút|(?:\\d+|\\p{L}+) phút (?:trước|sau)',
    clock: '(\\d{1,2}|\\p{L}+) ?(?:giờ|h)(?: ?\\d\\d)?(?: (sáng|trưa|chiều|tối|đêm))?',
  },
};
