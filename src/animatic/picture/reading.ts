import type { RenderRequest } from '../../studios/port.ts';

/** What a picture is drawn from. */
export type ReadScene = Pick<RenderRequest, 'scene' | 'style' | 'prompt'>;

/** What the picture is drawn from, read out of the scene's own words. */
export interface Reading {
  readonly place: PlaceKind;
  readonly time: TimeOfDay;
  readonly weather: Weather;
  readonly look: Look;
  readonly shot: Shot;
  /** All words the picture may look for details in, lower case. */
  readonly words: string;
}

export type TimeOfDay = 'dawn' | 'morning' | 'noon' | 'golden' | 'dusk' | 'night';
export type Weather = 'clear' | 'clouds' | 'rain' | 'snow' | 'fog' | 'storm';
export type Look =
  | 'plain'
  | 'noir'
  | 'watercolour'
  | 'anime'
  | 'documentary'
  | 'neon'
  | 'pastel'
  | 'vintage'
  | 'horror'
  | 'comic';
export type Shot = 'wide' | 'medium' | 'close';
export type PlaceKind =
  | 'coast'
  | 'city'
  | 'street'
  | 'forest'
  | 'mountains'
  | 'desert'
  | 'field'
  | 'space'
  | 'underwater'
  | 'kitchen'
  | 'office'
  | 'hall'
  | 'room'
  | 'hills';

type Table<T> = readonly (readonly [T, RegExp])[];

/** Whole words at their start, so that "seat" is no sea; scripts without spaces match anywhere. */
function words(list: string, anywhere = ''): RegExp {
  const spaced = `(?<![\\p{L}\\p{M}])(?:${list})`;
  return new RegExp(anywhere === '' ? spaced : `${spaced}|${anywhere}`, 'u');
}

const places: Table<PlaceKind> = [
  // Rooms of a lighthouse are rooms too, but what is seen from them says more.
  [
    'coast',
    words('lighthouse|lamp room|lantern room|phare|leuchtturm|hải đăng', '灯台|燈塔|灯塔|등대'),
  ],
  [
    'space',
    words(
      'outer space|spaceship|spacecraft|space station|orbit|asteroid|galax|moon base|mars\\b|planet|vũ trụ|weltraum|espacio exterior',
      '宇宙|太空',
    ),
  ],
  [
    'underwater',
    words(
      'underwater|under the sea|seabed|sea ?floor|coral|reef\\b|ocean floor|sous-marin|submarin|dưới nước|đáy biển',
      '海底|水中',
    ),
  ],
  [
    'kitchen',
    words(
      'kitchen|café|cafe\\b|coffee|restaurant|bakery|diner\\b|canteen|cuisine\\b|küche|cocina|cucina|nhà bếp|bếp',
      '台所|キッチン|厨房|廚房|喫茶|부엌|주방',
    ),
  ],
  [
    'office',
    words(
      'office|lab\\b|laborator|studio\\b|classroom|control room|hospital|clinic|bureau\\b|büro|oficina|văn phòng|lớp học|bệnh viện',
      '教室|病院|事務所|オフィス|办公室|사무실|교실',
    ),
  ],
  [
    'hall',
    words(
      'hall\\b|church|cathedral|temple|museum|theat(?:re|er)|station\\b|train station|airport|library|corridor|palace|castle|cave\\b|cavern|tunnel|église|kirche|iglesia|bahnhof|nhà thờ|chùa|đền\\b|nhà ga|thư viện',
      '図書館|駅|寺|神社|車站|火车站|教堂|역|도서관',
    ),
  ],
  [
    'room',
    words(
      'room\\b|bedroom|living room|interior|indoors?\\b|inside|apartment|flat\\b|cabin|attic|cellar|basement|workshop|shop\\b|store\\b|hotel|house interior|study\\b|chambre|salon\\b|zimmer|wohnung|habitación|cuarto|phòng|căn hộ|trong nhà',
      '部屋|室内|寝室|居間|房间|房間|방\\b|거실',
    ),
  ],
  [
    'coast',
    words(
      'lighthouse|landing stage|jett(?:y|ies)|quay|seas?\\b|seaside|ocean|coast|beach|harbou?r|shore|cliff|island|bay\\b|pier\\b|dock|boat|ship\\b|port\\b|wharf|mer\\b|plage|phare|meer\\b|küste|strand|leuchtturm|hafen|mar\\b|playa|faro\\b|costa|biển|hải đăng|đảo|bến|thuyền|cảng',
      '海|港|灯台|燈塔|灯塔|島|岛|바다|등대|해변',
    ),
  ],
  [
    'forest',
    words('forest|woods?\\b|jungle|grove|rainforest|trees\\b|forêt|wald|bosque|rừng', '森|林|숲'),
  ],
  [
    'mountains',
    words(
      'mountain|alps?\\b|peak|summit|valley|glacier|canyon|ridge|volcano|montagne|berg|montaña|núi|thung lũng',
      '山|谷|산\\b',
    ),
  ],
  [
    'desert',
    words('desert|dunes?\\b|sahara|oasis|wasteland|désert|wüste|desierto|sa mạc', '砂漠|沙漠|사막'),
  ],
  [
    'street',
    words(
      'street|alley|market|road\\b|lane\\b|square\\b|town|village street|neighbou?rhood|sidewalk|bus stop|rue\\b|straße|strasse|gasse|markt|calle|mercado|đường phố|con đường|phố|chợ|hẻm|ngõ',
      '通り|街|路地|市場|거리|시장',
    ),
  ],
  [
    'city',
    words(
      'city|skyline|rooftop|downtown|skyscraper|metropolis|tokyo|new york|london|paris\\b|saigon|hanoi|ville\\b|stadt|ciudad|thành phố|sân thượng',
      '都市|都会|東京|屋上|城市|도시',
    ),
  ],
  [
    'field',
    words(
      'field|farm|meadow|village|countryside|prairie|garden|park\\b|rice|vineyard|orchard|champ\\b|feld|wiese|campo|cánh đồng|ruộng|làng|vườn|công viên',
      '田|畑|村|庭|公園|公园|草原|들판|마을',
    ),
  ],
];

const times: Table<TimeOfDay> = [
  [
    'golden',
    words('golden hour|late afternoon|afternoon light|heure dorée|hora dorada|chiều tà', '黄金'),
  ],
  [
    'dawn',
    words(
      'dawn|sunrise|daybreak|first light|before sunrise|aube|morgendämmerung|sonnenaufgang|amanecer|bình minh|rạng đông|hừng đông',
      '夜明け|明け方|黎明|새벽',
    ),
  ],
  [
    'dusk',
    words(
      'dusk|sunset|twilight|evening|blue hour|nightfall|crépuscule|soir|abend|dämmerung|atardecer|anochecer|hoàng hôn|chạng vạng|buổi tối|chiều tối',
      '夕|黄昏|傍晚|저녁|황혼',
    ),
  ],
  [
    'night',
    words('night|midnight|moonl|starlit|nuit|nacht|mitternacht|noche|đêm|khuya', '夜|深夜|밤|한밤'),
  ],
  ['morning', words('morning|matin|morgen|mañana|buổi sáng|sáng sớm|ban mai', '朝|早上|아침')],
  [
    'noon',
    words(
      'noon|midday|daytime|day\\b|afternoon|midi|mittag|mediodía|trưa|ban ngày|buổi chiều',
      '昼|正午|中午|下午|낮\\b|정오',
    ),
  ],
];

const weathers: Table<Weather> = [
  [
    'storm',
    words(
      'storm|thunder|lightning|hurricane|tempête|sturm|gewitter|tormenta|bão|giông',
      '嵐|暴风|폭풍',
    ),
  ],
  ['rain', words('rain|drizzle|downpour|wet street|puddle|pluie|regen|lluvia|mưa', '雨|비가')],
  ['snow', words('snow|blizzard|winter|frozen|neige|schnee|nieve|tuyết', '雪|눈이')],
  ['fog', words('fog|mist|haze|hazy|smoke|brume|brouillard|nebel|niebla|sương mù', '霧|雾|안개')],
  ['clouds', words('cloud|overcast|grey sky|gray sky|nuage|wolken|nubes|mây', '曇|云|구름')],
];

const looks: Table<Look> = [
  ['noir', words('noir|black[- ]and[- ]white|monochrome|b&w|đen trắng|schwarz-?weiß', '白黒|黑白')],
  [
    'watercolour',
    words('watercolou?r|aquarell|gouache|ink wash|storybook|picture book|màu nước', '水彩'),
  ],
  ['neon', words('neon|cyberpunk|synthwave|vaporwave|futuristic', 'ネオン|サイバー')],
  ['anime', words('anime|ghibli|manga|cel[- ]shad', 'アニメ|动漫')],
  ['comic', words('comic|graphic novel|pop art|cartoon|hoạt hình', '漫画')],
  ['pastel', words('pastel|soft colou?rs|kawaii|dreamy|whimsical', 'パステル')],
  [
    'vintage',
    words(
      'vintage|retro|sepia|super ?8|16 ?mm|old film|1\\d\\d0s|nostalgi|cổ điển',
      '昭和|レトロ|复古',
    ),
  ],
  ['horror', words('horror|gothic|eerie|creepy|haunted|kinh dị', 'ホラー|恐怖')],
  [
    'documentary',
    words(
      'documentary|naturalistic|realistic|handheld|news|phim tài liệu',
      '纪录|ドキュメンタリー',
    ),
  ],
];

const shots: Table<Shot> = [
  [
    'close',
    words(
      'close[- ]?up|extreme close|portrait of|macro|insert shot|cận cảnh',
      'クローズアップ|特写',
    ),
  ],
  [
    'wide',
    words(
      'wide shot|wide angle|establishing|aerial|panoram|long shot|drone|from afar|toàn cảnh',
      '全景|遠景',
    ),
  ],
];

/**
 * Reads the scene; the first text that says something counts: the heading before the prompt, the
 * prompt before the action.
 */
export function readScene(request: ReadScene): Reading {
  const { scene, style } = request;
  const texts = [
    scene.time,
    scene.place,
    scene.title,
    request.prompt,
    scene.prompt,
    scene.action,
  ].map((text) => text.toLowerCase());
  const [time = '', place = '', title = '', ...rest] = texts;
  const all = texts.join('\n');
  return {
    place: first(places, [place, title, ...rest]) ?? 'hills',
    time: first(times, [time, title, ...rest]) ?? 'morning',
    weather: first(weathers, [time, title, ...rest, place]) ?? 'clear',
    look: first(looks, [style.toLowerCase(), ...rest]) ?? 'plain',
    shot: first(shots, rest) ?? 'medium',
    words: all,
  };
}

function first<T>(table: Table<T>, texts: readonly string[]): T | undefined {
  for (const text of texts) {
    const hit = table.find(([, pattern]) => pattern.test(text));
    if (hit) return hit[0];
  }
  return undefined;
}

export function isInterior(place: PlaceKind): boolean {
  return place === 'kitchen' || place === 'office' || place === 'hall' || place === 'room';
}
