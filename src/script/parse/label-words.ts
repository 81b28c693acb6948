/**
 * The labels of a script in the languages that scripts are written in: what stands before the colon in
 * `**Narration:** …` and `- Enters: …`. The first word of each is the one that Scenewright writes where it
 * writes in that language; all are read in any script. One that is an English word of another meaning
 * has no place here.
 */
export type LabelName =
  /** Parts of a scene. */
  | 'narration'
  | 'sound'
  | 'action'
  | 'dialogue'
  | 'prompt'
  /** Somebody who tells the narration: a label outside of quotes, and within them somebody who speaks. */
  | 'teller'
  /** What can be read in the picture, such as a title card. */
  | 'seen'
  /** The writer's own. */
  | 'own'
  /** A beat's contract, and what says that it goes on without a cut. */
  | 'entry'
  | 'exit'
  | 'handOff'
  | 'continues'
  | 'yes';

type Words = Readonly<Partial<Record<LabelName, string>>>;

/** By the language part of a BCP 47 tag. */
export const labelWords = {
  en: {
    narration: 'Narration|Voice-over|Voice over|Voiceover|VO|V.O.',
    teller: 'Narrator',
    sound: `Sound|Sounds|Sound effect|Sound effects|SFX|FX|Audio|Music|Score|Soundtrack|Ambience|Ambient sound
      |BGM`,
    action: 'Action|Visual|Visuals|Scene description',
    dialogue: 'Dialogue|Dialog|Dialogues',
    prompt: 'Prompt|Image prompt|Video prompt|Picture prompt|Visual prompt|Scene prompt',
    seen: `Title card|Title|Titles|Super|Superimpose|Caption|Chyron|Intertitle|Card|Lower third|On screen
      |On-screen text|Onscreen text|Text on screen|Insert`,
    own: 'TODO|To do|To-do|FIXME|TBD|XXX',
    entry: 'Enters|Entry|Enter',
    exit: 'Leaves|Exit|Exits',
    handOff: 'Hand-off|Hand off|Handoff',
    continues: 'Continues',
    yes: 'yes|y|yep|yeah|true|x|✓|✔',
  },
  de: {
    narration: 'Erzählung|Erzähltext|Off-Text|Off-Stimme',
    teller: 'Erzähler|Erzählerin|Sprecher|Sprecherin',
    sound: 'Ton|Geräusch|Geräusche|Klang|Klänge|Musik|Soundeffekte',
    action: 'Handlung|Aktion',
    dialogue: 'Dialog|Dialoge',
    prompt: 'Prompt|Bildprompt|Bild-Prompt|Videoprompt|Video-Prompt',
    seen: 'Texttafel|Einblendung|Schrifttafel',
    entry: 'Zu Beginn|Am Anfang|Beginn|Anfang',
    exit: 'Am Ende|Zum Schluss|Ende|Schluss',
    handOff: 'Übergang|Überleitung|Übergabe',
    continues: 'Ohne Schnitt|Fortsetzung',
    yes: 'ja',
  },
  fr: {
    narration: 'Narration|Voix off|Voix-off',
    teller: 'Narrateur|Narratrice',
    sound: 'Son|Sons|Bruit|Bruits|Bruitage|Bruitages|Musique|Effets sonores',
    action: 'Action|Visuel|Visuels',
    dialogue: 'Dialogue|Dialogues',
    prompt: 'Prompt|Prompt image|Prompt vidéo',
    seen: 'Carton|Intertitre|Texte à l’écran',
    entry: 'Au début|Début',
    exit: 'À la fin|Fin',
    handOff: 'Enchaînement|Raccord',
    continues: 'Sans coupe',
    yes: 'oui',
  },
  es: {
    narration: 'Narración|Voz en off|Locución',
    teller: 'Narrador|Narradora|Locutor|Locutora',
    sound: 'Sonido|Sonidos|Efectos de sonido|Efectos sonoros|Música',
    action: 'Acción',
    dialogue: 'Diálogo|Diálogos',
    prompt: 'Prompt|Prompt de imagen|Prompt de vídeo|Prompt de video',
    seen: 'Rótulo|Cartel|Texto en pantalla',
    entry: 'Al inicio|Al principio|Inicio|Comienzo',
    exit: 'Al final|Cierre',
    handOff: 'Enlace|Transición',
    continues: 'Sin corte|Continúa|Continuación',
    yes: 'sí|si',
  },
  it: {
    narration: 'Narrazione|Voce fuori campo|Voce narrante',
    teller: 'Narratore|Narratrice',
    sound: 'Suono|Suoni|Rumori|Effetti sonori|Musica',
    action: 'Azione',
    dialogue: 'Dialogo|Dialoghi',
    prompt: 'Prompt|Prompt immagine|Prompt video',
    seen: 'Cartello|Testo a schermo',
    entry: 'All’inizio|Inizio',
    exit: 'Alla fine',
    handOff: 'Passaggio|Raccordo|Transizione',
    continues: 'Senza stacco|Continua',
    yes: 'sì|si',
  },
  pt: {
    narration: 'Narração|Locução|Voz off|Voz em off',
    teller: 'Narrador|Narradora',
    sound: 'Som|Áudio|Efeitos sonoros|Música|Trilha sonora',
    action: 'Ação|Acção',
    dialogue: 'Diálogo|Diálogos',
    prompt: 'Prompt|Prompt de imagem|Prompt de vídeo',
    seen: 'Letreiro|Cartela|Texto na tela',
    entry: 'No início|Início',
    exit: 'No fim|No final',
    handOff: 'Transição|Ligação',
    continues: 'Sem corte|Continuação',
    yes: 'sim',
  },
  nl: {
    narration: 'Vertelling|Vertelstem',
    teller: 'Verteller|Vertelster',
    sound: 'Geluid|Geluiden|Muziek',
    action: 'Actie|Handeling',
    dialogue: 'Dialoog|Dialogen',
    entry: 'Aan het begin',
    exit: 'Aan het eind|Aan het einde|Einde',
    handOff: 'Overgang',
    continues: 'Zonder onderbreking|Vervolg',
    yes: 'ja',
  },
  sv: {
    narration: 'Berättelse|Berättarröst|Speakertext',
    teller: 'Berättare|Berättaren',
    sound: 'Ljud|Musik|Ljudeffekter',
    dialogue: 'Dialog|Repliker',
    entry: 'I början|Början',
    exit: 'I slutet|Slutet',
    handOff: 'Övergång',
    continues: 'Utan klipp|Fortsättning',
    yes: 'ja',
  },
  da: {
    narration: 'Fortælling|Fortællerstemme',
    teller: 'Fortæller|Fortælleren',
    sound: 'Lyd|Musik|Lydeffekter',
    dialogue: 'Dialog|Replikker',
    handOff: 'Overgang',
    yes: 'ja',
  },
  no: {
    narration: 'Fortelling|Fortellerstemme',
    teller: 'Forteller|Fortelleren',
    sound: 'Lyd|Musikk|Lydeffekter',
    dialogue: 'Dialog|Replikker',
    handOff: 'Overgang',
    yes: 'ja',
  },
  fi: {
    narration: 'Kerronta',
    teller: 'Kertoja',
    sound: 'Ääni|Äänet|Musiikki',
    action: 'Toiminta',
    dialogue: 'Dialogi|Vuoropuhelu',
    entry: 'Alussa',
    exit: 'Lopussa',
    handOff: 'Siirtymä',
    yes: 'kyllä',
  },
  pl: {
    narration: 'Narracja|Głos z offu|Głos zza kadru',
    teller: 'Narrator|Narratorka|Lektor',
    sound: 'Dźwięk|Dźwięki|Muzyka',
    action: 'Akcja',
    dialogue: 'Dialog|Dialogi',
    seen: 'Plansza|Napis',
    entry: 'Na początku|Początek',
    exit: 'Na końcu|Koniec',
    handOff: 'Przejście',
    continues: 'Bez cięcia|Kontynuacja|Ciąg dalszy',
    yes: 'tak',
  },
  cs: {
    narration: 'Vyprávění|Komentář',
    teller: 'Vypravěč|Vypravěčka',
    sound: 'Zvuk|Zvuky|Hudba',
    action: 'Akce|Děj',
    dialogue: 'Dialog|Dialogy',
    entry: 'Na začátku|Začátek',
    exit: 'Na konci|Konec',
    handOff: 'Přechod',
    yes: 'ano',
  },
  hu: {
    narration: 'Narráció',
    teller: 'Narrátor|Mesélő',
    sound: 'Hang|Hangok|Zene',
    action: 'Cselekmény',
    dialogue: 'Párbeszéd|Dialógus',
    yes: 'igen',
  },
  ro: {
    narration: 'Narațiune|Narare',
    teller: 'Narator|Naratorul',
    sound: 'Sunet|Sunete|Muzică',
    action: 'Acțiune',
    dialogue: 'Dialoguri',
    yes: 'da',
  },
  el: {
    narration: 'Αφήγηση',
    teller: 'Αφηγητής|Αφηγήτρια',
    sound: 'Ήχος|Ήχοι|Μουσική',
    action: 'Δράση',
    dialogue: 'Διάλογος|Διάλογοι',
    yes: 'ναι',
  },
  ru: {
    narration: 'Закадровый текст|Текст за кадром|Повествование',
    teller: 'Рассказчик|Рассказчица|Диктор|Голос за кадром',
    sound: 'Звук|Звуки|Музыка',
    action: 'Действие',
    dialogue: 'Диалог|Диалоги',
    prompt: 'Промпт|Промт',
    seen: 'Титр|Титры',
    entry: 'В начале|Начало',
    exit: 'В конце|Конец',
    handOff: 'Переход|Связка',
    continues: 'Без склейки|Продолжение',
    yes: 'да',
  },
  uk: {
    narration: 'Закадровий текст|Розповідь',
    teller: 'Оповідач|Оповідачка',
    sound: 'Звуки|Музика',
    action: 'Дія',
    dialogue: 'Діалог|Діалоги',
    entry: 'На початку|Початок',
    exit: 'Наприкінці|Кінець',
    handOff: 'Перехід',
    yes: 'так',
  },
  tr: {
    narration: 'Anlatım|Dış ses',
    teller: 'Anlatıcı',
    sound: 'Ses|Sesler|Müzik',
    action: 'Aksiyon',
    dialogue: 'Diyalog|Diyaloglar',
    seen: 'Ekran yazısı',
    entry: 'Başlangıç|Başlangıçta|Başta',
    exit: 'Bitiş|Sonda|Sonunda',
    handOff: 'Geçiş',
    continues: 'Kesintisiz|Devam',
    yes: 'evet',
  },
  id: {
    narration: 'Narasi',
    teller: 'Narator',
    sound: 'Suara|Bunyi|Musik|Efek suara',
    action: 'Aksi|Adegan aksi',
    dialogue: 'Dialog',
    yes: 'ya',
  },
  vi: {
    narration: 'Lời dẫn|Lời dẫn chuyện|Lời bình|Lời kể|Thuyết minh',
    teller: 'Người dẫn chuyện|Người kể chuyện',
    sound: 'Âm thanh|Nhạc|Âm nhạc|Tiếng động|Hiệu ứng âm thanh',
    action: 'Hành động|Diễn biến|Hình ảnh',
    dialogue: 'Lời thoại|Đối thoại|Hội thoại',
    prompt: 'Câu lệnh|Câu lệnh tạo hình|Lời nhắc',
    seen: 'Chữ trên màn hình',
    entry: 'Đầu cảnh|Mở đầu|Bắt đầu',
    exit: 'Cuối cảnh|Kết thúc',
    handOff: 'Chuyển tiếp|Chuyển cảnh',
    continues: 'Liền mạch|Tiếp nối|Nối tiếp',
    yes: 'có|đúng',
  },
  ja: {
    narration: 'ナレーション|語り',
    teller: 'ナレーター|語り手',
    sound: '音|音声|効果音|音響|音楽',
    action: 'アクション|動作|ト書き',
    dialogue: 'セリフ|せりふ|台詞|会話',
    prompt: 'プロンプト|画像プロンプト|動画プロンプト',
    seen: 'テロップ|字幕',
    entry: '冒頭|開始|始まり',
    exit: '終わり|終了',
    handOff: 'つなぎ|引き継ぎ',
    continues: 'カットなし|続き|継続',
    yes: 'はい|○|〇',
  },
  zh: {
    narration: '旁白|解说|解說|画外音|畫外音',
    sound: '声音|聲音|音效|音乐|音樂|配乐|配樂',
    action: '动作|動作|画面|畫面',
    dialogue: '对白|對白|台词|台詞|对话|對話',
    prompt: '提示词|提示詞|画面提示词|畫面提示詞',
    seen: '字幕|字卡',
    entry: '开头|開頭|开场|開場|开始|開始',
    exit: '结尾|結尾|结束|結束',
    handOff: '衔接|銜接|过渡|過渡',
    continues: '无剪辑|连续|連續',
    yes: '是|对|對',
  },
  ko: {
    narration: '내레이션|나레이션|해설',
    teller: '내레이터|나레이터',
    sound: '소리|음향|효과음|음악|사운드',
    action: '액션|동작|지문',
    dialogue: '대사|대화',
    prompt: '프롬프트|이미지 프롬프트|영상 프롬프트',
    seen: '자막',
    entry: '시작|처음',
    exit: '끝|마지막|종료',
    handOff: '연결|전환',
    continues: '컷 없이|이어짐|계속',
    yes: '예|네',
  },
  ar: {
    narration: 'السرد|التعليق|التعليق الصوتي|تعليق صوتي',
    teller: 'الراوي|الراوية',
    sound: 'صوت|الصوت|موسيقى|الموسيقى|مؤثرات صوتية|المؤثرات الصوتية',
    action: 'الحركة|الحدث',
    dialogue: 'الحوار|حوار',
    entry: 'في البداية|البداية',
    exit: 'في النهاية|النهاية',
    handOff: 'الانتقال|انتقال',
    continues: 'دون قطع|بدون قطع|متواصل',
    yes: 'نعم',
  },
  he: {
    narration: 'קריינות',
    teller: 'קריין|קריינית',
    sound: 'צליל|סאונד|מוזיקה',
    action: 'פעולה',
    dialogue: 'דיאלוג',
    prompt: 'פרומפט',
    yes: 'כן',
  },
  hi: { narration: 'कथन', teller: 'कथावाचक', sound: 'ध्वनि|संगीत', dialogue: 'संवाद', yes: 'हाँ|हां' },
  th: {
    narration: 'บรรยาย|เสียงบรรยาย|คำบรรยาย',
    teller: 'ผู้บรรยาย',
    sound: 'เสียง|ดนตรี',
    dialogue: 'บทสนทนา|บทพูด',
    yes: 'ใช่',
  },
} as const satisfies Readonly<Record<string, Words>>;

/**
 * The words of a label, each language's first one first.
 *
 * @param tag of the one language that is wanted, BCP 47; without it those of all languages
 */
export function wordsFor(name: LabelName, tag?: string): string[] {
  const language = tag?.toLowerCase().split(/[-_]/u)[0];
  return Object.entries<Words>(labelWords).flatMap(([one, words]) =>
    language === undefined || one === language ? list(words[name]) : [],
  );
}

function list(words = ''): string[] {
  return words === '' ? [] : words.split(/\s*\|\s*/u);
}
