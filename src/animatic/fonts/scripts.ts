/** Writing systems that the bundled family does not cover, by what a reader would call them. */
export interface WritingSystem {
  readonly name: string;
  readonly pattern: RegExp;
  /** Font file names that are known to have it, most wanted first. */
  readonly files: readonly RegExp[];
}

/**
 * Windows, macOS and Linux in turn. The order matters: Japanese is recognised by its kana before
 * Han characters on their own are taken for Chinese.
 */
const writingSystems: readonly WritingSystem[] = [
  {
    name: 'Japanese',
    pattern: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
    files: [
      /^YuGothM\.ttc$|^YuGothR\.ttc$|^meiryo\.ttc$|^msgothic\.ttc$/i,
      /^ヒラギノ角ゴシック W3\.ttc$|^Hiragino.*W3\.(ttc|otf)$/iu,
      /^Noto ?Sans ?(CJK|JP).*(Regular|VF)|^NotoSansJP|^ipag|^TakaoGothic|^VL-Gothic|^fonts-japanese/i,
    ],
  },
  {
    name: 'Korean',
    pattern: /\p{Script=Hangul}/u,
    files: [
      /^malgun\.ttf$/i,
      /^AppleSDGothicNeo\.ttc$|^AppleGothic\.ttf$/i,
      /^NotoSans(CJK|KR).*(Regular|VF)|^NotoSansKR|^NanumGothic\.ttf$|^UnDotum\.ttf$/i,
    ],
  },
  {
    name: 'Chinese',
    pattern: /[\p{Script=Han}\p{Script=Bopomofo}]/u,
    files: [
      /^msyh\.ttc$|^msjh\.ttc$|^simsun\.ttc$/i,
      /^PingFang\.ttc$|^Hiragino Sans GB\.ttc$|^STHeiti Light\.ttc$/i,
      /^NotoSans(CJK|SC|TC).*(Regular|VF)|^NotoSansSC|^wqy-|^DroidSansFallback|^SourceHanSans/i,
    ],
  },
  system(
    'Thai',
    /\p{Script=Thai}/u,
    'Thai',
    /^Thonburi\.ttc$|^Garuda\.ttf$|^Loma\.ttf$|^Waree\.ttf$/i,
  ),
  system('Lao', /\p{Script=Lao}/u, 'Lao', /^Lao Sangam MN\.ttf$/i),
  system('Khmer', /\p{Script=Khmer}/u, 'Khmer', /^Khmer Sangam MN\.ttf$|^KhmerUI\.ttf$/i),
  system('Burmese', /\p{Script=Myanmar}/u, 'Myanmar', /^mmrtext\.ttf$|^NotoSansMyanmar\.ttc$/i),
  system(
    'Devanagari',
    /\p{Script=Devanagari}/u,
    'Devanagari',
    /^Kohinoor\.ttc$|^lohit_hi|^Lohit-Devanagari|^gargi/i,
  ),
  system('Bengali', /\p{Script=Bengali}/u, 'Bengali', /^KohinoorBangla\.ttc$|^Lohit-Bengali/i),
  system('Tamil', /\p{Script=Tamil}/u, 'Tamil', /^Tamil (Sangam )?MN\.ttc$|^Lohit-Tamil\.ttf$/i),
  system('Telugu', /\p{Script=Telugu}/u, 'Telugu', /^KohinoorTelugu\.ttc$|^Lohit-Telugu/i),
  system('Kannada', /\p{Script=Kannada}/u, 'Kannada', /^NotoSansKannada\.ttc$|^Lohit-Kannada/i),
  system(
    'Malayalam',
    /\p{Script=Malayalam}/u,
    'Malayalam',
    /^Malayalam (Sangam )?MN\.ttc$|^Lohit-Malayalam/i,
  ),
  system(
    'Gujarati',
    /\p{Script=Gujarati}/u,
    'Gujarati',
    /^KohinoorGujarati\.ttc$|^Lohit-Gujarati/i,
  ),
  system(
    'Punjabi',
    /\p{Script=Gurmukhi}/u,
    'Gurmukhi',
    /^Gurmukhi Sangam MN\.ttc$|^Lohit-(Punjabi|Gurmukhi)/i,
  ),
  system('Odia', /\p{Script=Oriya}/u, 'Oriya', /^Oriya Sangam MN\.ttc$|^Lohit-Odia/i),
  system('Sinhala', /\p{Script=Sinhala}/u, 'Sinhala', /^Sinhala (Sangam )?MN\.ttc$|^lklug\.ttf$/i),
  system('Tibetan', /\p{Script=Tibetan}/u, 'Tibetan', /^himalaya\.ttf$|^Kailasa\.ttc$/i),
  system(
    'Amharic',
    /\p{Script=Ethiopic}/u,
    'Ethiopic',
    /^ebrima\.ttf$|^Kefa\.ttc$|^AbyssinicaSIL/i,
  ),
];

/** Noto names its fonts after the script; Windows puts most of South and South-East Asia into two. */
function system(name: string, pattern: RegExp, noto: string, others: RegExp): WritingSystem {
  return {
    name,
    pattern,
    files: [
      /^Nirmala(UI)?\.(ttf|ttc)$|^Nirmala\.ttc$|^LeelawUI\.ttf$/i,
      others,
      new RegExp(`^NotoSans${noto}(UI)?[-[.].*(Regular|wght|VF|ttf)`, 'i'),
    ],
  };
}

/** Fonts with a bit of everything, for systems where none of the named ones is found. */
export const broadFonts =
  /^Arial ?Unicode|^ARIALUNI\.TTF$|^unifont.*\.(otf|ttf)$|^FreeSans\.ttf$|^GoNotoCurrent/i;

/** The writing system of the first of these characters that belongs to one that we can name. */
export function writingSystemOf(text: string): WritingSystem | undefined {
  return writingSystems.find((candidate) => candidate.pattern.test(text));
}
