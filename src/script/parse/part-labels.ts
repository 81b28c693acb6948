/** What a label before a text says that it tells. */
export type LabelKind = 'narration' | 'sound' | 'seen' | 'own';

/** Labels as people, models and screenplays write them, in capitals. Each is the whole text before a colon. */
const labels: Readonly<Record<LabelKind, string>> = {
  narration: `NARRATION|VOICE-OVER|VOICE OVER|VOICEOVER|VO|V.O.|OFF-TEXT|ERZÄHLUNG|ERZÄHLTEXT|VOIX OFF|VOIX-OFF
    |NARRACIÓN|VOZ EN OFF|NARRAÇÃO|LOCUÇÃO|NARRAZIONE|VOCE FUORI CAMPO|VOCE NARRANTE|VERTELLING|BERÄTTELSE
    |FORTELLING|FORTÆLLING|NARRACJA|ЗАКАДРОВЫЙ ТЕКСТ|ТЕКСТ ЗА КАДРОМ|ПОВЕСТВОВАНИЕ|LỜI DẪN|LỜI DẪN CHUYỆN
    |LỜI BÌNH|LỜI KỂ|THUYẾT MINH|NARASI|ANLATIM|DIŞ SES|ナレーション|語り|旁白|解说|解說|画外音|畫外音|내레이션|나레이션
    |해설|السرد|التعليق|קריינות|कथन|บรรยาย|เสียงบรรยาย|คำบรรยาย|ΑΦΉΓΗΣΗ|NARRÁCIÓ|NARAȚIUNE|KERRONTA`,
  sound: `SOUND|SOUNDS|SOUND EFFECT|SOUND EFFECTS|SFX|FX|AUDIO|MUSIC|SCORE|SOUNDTRACK|AMBIENCE|AMBIENT SOUND|BGM
    |TON|GERÄUSCH|GERÄUSCHE|KLANG|KLÄNGE|MUSIK|SON|SONS|BRUIT|BRUITS|BRUITAGE|BRUITAGES|MUSIQUE|SONIDO|SONIDOS
    |EFECTOS DE SONIDO|MÚSICA|SOM|EFEITOS SONOROS|SUONO|SUONI|RUMORI|EFFETTI SONORI|MUSICA|GELUID|GELUIDEN
    |MUZIEK|LJUD|LYD|MUSIKK|DŹWIĘK|MUZYKA|ZVUK|HUDBA|ЗВУК|ЗВУКИ|МУЗЫКА|ÂM THANH|NHẠC|ÂM NHẠC|TIẾNG ĐỘNG
    |HIỆU ỨNG ÂM THANH|SUARA|BUNYI|SES|MÜZIK|音|音声|効果音|音響|音楽|声音|聲音|音效|音乐|音樂|配乐|配樂|소리|음향
    |효과음|음악|صوت|الصوت|موسيقى|צליל|סאונד|מוזיקה|ध्वनि|संगीत|เสียง|ดนตรี|ΉΧΟΣ|ΜΟΥΣΙΚΉ|ÄÄNI|MUSIIKKI|HANG|ZENE|SUNET`,
  seen: `TITLE CARD|TITLE|TITLES|SUPER|SUPERIMPOSE|CAPTION|CHYRON|INTERTITLE|CARD|LOWER THIRD|ON SCREEN|ON-SCREEN TEXT
    |ONSCREEN TEXT|TEXT ON SCREEN|INSERT|TEXTTAFEL|EINBLENDUNG|SCHRIFTTAFEL|CARTON|INTERTITRE|RÓTULO|CARTEL
    |CARTELLO|LETREIRO|CHỮ TRÊN MÀN HÌNH|ТИТР|テロップ|字幕|字卡|자막`,
  own: 'TODO|TO DO|TO-DO|FIXME|TBD|XXX',
};

/** Somebody who tells it: a label outside of quotes, and within them somebody who speaks. */
const tellers = `NARRATOR|ERZÄHLER|ERZÄHLERIN|SPRECHER|SPRECHERIN|NARRATEUR|NARRATRICE|NARRADOR|NARRADORA|NARRATORE
  |NARRATRICE|VERTELLER|BERÄTTARE|FORTELLER|FORTÆLLER|KERTOJA|LEKTOR|VYPRAVĚČ|РАССКАЗЧИК|ДИКТОР|ГОЛОС ЗА КАДРОМ
  |ОПОВІДАЧ|NGƯỜI DẪN CHUYỆN|NGƯỜI KỂ CHUYỆN|NARATOR|ANLATICI|ナレーター|내레이터|나레이터|الراوي|קריין|ΑΦΗΓΗΤΉΣ`;

function entries(kind: LabelKind, words: string): [string, LabelKind][] {
  return words.split('|').map((word) => [word.trim().normalize('NFKC'), kind]);
}

const known = new Map(
  Object.entries(labels).flatMap(([kind, words]) => entries(kind as LabelKind, words)),
);
const knownTellers = new Map(entries('narration', tellers));

/** @param isQuoted it stands in a quote, where whoever has a name speaks */
export function labelKind(name: string, isQuoted = false): LabelKind | undefined {
  if (name.length > 40) return undefined;
  const key = name
    .normalize('NFKC')
    .replace(/\s*\([^()]*\)$/, '')
    .replace(/\s+/gu, ' ')
    .toUpperCase();
  return known.get(key) ?? (isQuoted ? undefined : knownTellers.get(key));
}

/** Labels of words that are also said in sentences are not taken for one in small letters or without emphasis. */
export function isOrdinaryWord(kind: LabelKind, name: string): boolean {
  return (kind === 'seen' || kind === 'own') && name !== name.toUpperCase();
}
