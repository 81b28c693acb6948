import { hash } from './seed.ts';
import type { Role } from './bank.ts';

export type Sex = 'f' | 'm';

/** A kind of person that ideas speak of. */
export interface Kind {
  /** What it is called in English, for titles and looks. */
  readonly label: string;
  /** Words for it in English, Vietnamese, Spanish, German and French, joined by `|`. */
  readonly words: string;
  readonly sex?: Sex;
  /** Years, or none for what has no age in years. */
  readonly age?: number;
  readonly clothes?: string;
  /** The role in the drama that the word itself suggests. */
  readonly role?: Role;
  /** Body, instead of a human one. */
  readonly body?: string;
}

export const kinds: readonly Kind[] = [
  {
    label: 'lighthouse keeper',
    words:
      'lighthouse keepers?|người gác (?:ngọn )?hải đăng|farer[oa]|leuchtturmwärter(?:in)?|gardien(?:ne)? de phare',
    age: 57,
    clothes: 'navy wool jumper, yellow oilskin',
  },
  {
    label: 'keeper',
    words: 'keepers?|guardián|wärter(?:in)?|gardien(?:ne)?',
    age: 57,
    clothes: 'grey work coat, ring of keys',
  },
  {
    label: 'sister',
    words: 'sisters?|hai chị em|chị em|em gái|chị gái|hermanas?|schwestern?|sœurs?',
    sex: 'f',
    age: 26,
  },
  {
    label: 'brother',
    words: 'brothers?|anh em|em trai|anh trai|hermanos?|brüder|bruder|frères?',
    sex: 'm',
    age: 27,
  },
  {
    label: 'grandmother',
    words:
      'grandmothers?|grandmas?|granny|old woman|old lady|bà ngoại|bà nội|bà lão|bà cụ|cụ bà|abuela|anciana|großmutter|oma|alte frau|grand-mère|vieille (?:femme|dame)',
    sex: 'f',
    age: 74,
    clothes: 'plum cardigan, grey apron',
  },
  {
    label: 'grandfather',
    words:
      'grandfathers?|grandpas?|old man|ông ngoại|ông nội|ông lão|ông cụ|cụ ông|abuelo|anciano|großvater|opa|alter mann|grand-père|vieil homme|vieux monsieur',
    sex: 'm',
    age: 76,
    clothes: 'brown waistcoat, flat cap',
  },
  { label: 'mother', words: 'mothers?|mum|mom|người mẹ|mẹ|madre|mutter|mère', sex: 'f', age: 41 },
  {
    label: 'father',
    words: 'fathers?|dad|người cha|người bố|cha|padre|vater|père',
    sex: 'm',
    age: 43,
  },
  { label: 'daughter', words: 'daughters?|con gái|hija|tochter|fille', sex: 'f', age: 12 },
  { label: 'son', words: 'sons?|con trai|hijo|sohn|fils', sex: 'm', age: 12 },
  {
    label: 'girl',
    words: '(?:little |young )?girls?|cô bé|bé gái|niña|mädchen|petite fille|fillette',
    sex: 'f',
    age: 11,
    clothes: 'red raincoat, rubber boots',
  },
  {
    label: 'boy',
    words: '(?:little |young )?boys?|cậu bé|bé trai|niño|junge|petit garçon|garçon',
    sex: 'm',
    age: 11,
    clothes: 'striped jumper, worn trainers',
  },
  {
    label: 'child',
    words: 'child(?:ren)?|kids?|đứa trẻ|trẻ em|niñ[oa]s|kind(?:er)?|enfants?',
    age: 10,
  },
  {
    label: 'young woman',
    words: 'young woman|woman|cô gái|người phụ nữ|chica|mujer|junge frau|frau|jeune femme|femme',
    sex: 'f',
    age: 29,
  },
  {
    label: 'young man',
    words: 'young man|man|chàng trai|người đàn ông|chico|hombre|junger mann|mann|jeune homme|homme',
    sex: 'm',
    age: 31,
  },
  { label: 'couple', words: 'couple|cặp đôi|pareja|paar', age: 34 },
  {
    label: 'friend',
    words: 'friends?|người bạn|bạn thân|amig[oa]s?|freund(?:e|in|innen)?|ami(?:e|s|es)?',
    age: 24,
    role: 'ally',
  },
  {
    label: 'stranger',
    words: 'strangers?|người lạ|desconocid[oa]|fremder?|inconnue?',
    age: 46,
    role: 'rival',
    clothes: 'long black coat, grey gloves',
  },
  {
    label: 'detective',
    words: 'detectives?|inspectors?|thám tử|detektiv(?:in)?|kommissar(?:in)?|détective',
    age: 44,
    clothes: 'creased beige trench coat, dark tie',
  },
  {
    label: 'thief',
    role: 'rival',
    words: 'thie(?:f|ves)|burglars?|tên trộm|ladr[oó]na?|dieb(?:in)?|voleu(?:r|se)',
    age: 33,
    clothes: 'black jacket, dark knitted cap',
  },
  {
    label: 'teacher',
    words:
      'teachers?|giáo viên|thầy giáo|cô giáo|maestr[oa]|profesora?|lehrer(?:in)?|institut(?:eur|rice)|professeure?',
    age: 45,
    clothes: 'tweed jacket, chalky cuffs',
  },
  {
    label: 'student',
    words:
      'students?|pupils?|học sinh|sinh viên|estudiante|alumn[oa]|schüler(?:in)?|student(?:in)?|élève|étudiante?',
    age: 17,
    clothes: 'dark blazer, green scarf',
  },
  {
    label: 'chef',
    words: 'chefs?|cooks?|đầu bếp|cociner[oa]|koch|köchin|cuisini(?:er|ère)',
    age: 42,
    clothes: 'stained white jacket, striped apron',
  },
  {
    label: 'baker',
    words: 'bakers?|thợ làm bánh|panader[oa]|bäcker(?:in)?|boulang(?:er|ère)',
    age: 48,
    clothes: 'floury apron, rolled white sleeves',
  },
  {
    label: 'nurse',
    words: 'nurses?|y tá|enfermer[oa]|krankenschwester|krankenpfleger|infirmi(?:er|ère)',
    age: 36,
    clothes: 'pale blue tunic, watch pinned to it',
  },
  {
    label: 'doctor',
    words: 'doctors?|surgeons?|bác sĩ|médic[oa]|doctora?|arzt|ärztin|médecin',
    age: 47,
    clothes: 'white coat, dark green shirt',
  },
  {
    label: 'scientist',
    words:
      'scientists?|professors?|nhà khoa học|científic[oa]|forscher(?:in)?|wissenschaftler(?:in)?|scientifique',
    age: 52,
    clothes: 'lab coat over mustard jumper',
  },
  {
    label: 'astronaut',
    words: 'astronauts?|cosmonauts?|phi hành gia|astronauta|astronaut(?:in)?|astronaute',
    age: 38,
    clothes: 'white flight suit, orange patches',
  },
  {
    label: 'sailor',
    words:
      'sailors?|captains?|fisher(?:man|men|woman)|ngư dân|thủy thủ|marinero|pescador(?:a)?|fischer(?:in)?|kapitän(?:in)?|pêcheur|marin',
    age: 54,
    clothes: 'thick blue jersey, waxed boots',
  },
  {
    label: 'farmer',
    words: 'farmers?|shepherds?|nông dân|granjer[oa]|campesin[oa]|bauer|bäuerin|fermi(?:er|ère)',
    age: 55,
    clothes: 'checked shirt, brown braces',
  },
  {
    label: 'gardener',
    words: 'gardeners?|người làm vườn|jardiner[oa]|gärtner(?:in)?|jardini(?:er|ère)',
    age: 58,
    clothes: 'straw hat, green overalls',
  },
  {
    label: 'musician',
    words:
      'musicians?|violinists?|pianists?|singers?|nhạc sĩ|ca sĩ|nghệ sĩ|músic[oa]|cantante|violinista|pianista|musiker(?:in)?|sänger(?:in)?|musicien(?:ne)?|chanteu(?:r|se)',
    age: 32,
    clothes: 'black velvet jacket, white collar',
  },
  {
    label: 'dancer',
    words: 'dancers?|vũ công|bailar(?:ín|ina)|tänzer(?:in)?|danseu(?:r|se)',
    age: 24,
    clothes: 'grey wool wrap, worn slippers',
  },
  {
    label: 'painter',
    words:
      'painters?|artists?|họa sĩ|pintora?|artista|maler(?:in)?|künstler(?:in)?|peintre|artiste',
    age: 39,
    clothes: 'paint-spotted smock, red neckerchief',
  },
  {
    label: 'writer',
    words:
      'writers?|authors?|poets?|journalists?|nhà văn|nhà báo|escritora?|poeta|schriftsteller(?:in)?|écrivaine?',
    age: 40,
    clothes: 'long green cardigan, ink on the fingers',
  },
  {
    label: 'soldier',
    words: 'soldiers?|người lính|bộ đội|soldado|soldat(?:in)?',
    age: 28,
    clothes: 'faded olive field jacket, laced boots',
  },
  {
    label: 'driver',
    words: 'drivers?|truckers?|tài xế|conductora?|fahrer(?:in)?|chauffeu(?:r|se)',
    age: 49,
    clothes: 'leather jacket, grey cap',
  },
  {
    label: 'clockmaker',
    words:
      'clock ?makers?|watch ?makers?|thợ (?:sửa )?đồng hồ|reloj(?:ero|era)|uhrmacher(?:in)?|horlog(?:er|ère)',
    age: 61,
    clothes: 'leather apron, loupe on a cord',
  },
  {
    label: 'librarian',
    words: 'librarians?|thủ thư|bibliotecari[oa]|bibliothekar(?:in)?|bibliothécaire',
    age: 51,
    clothes: 'grey tweed skirt suit, amber beads',
  },
  {
    label: 'king',
    words: 'kings?|emperors?|nhà vua|rey|könig|roi',
    sex: 'm',
    age: 56,
    clothes: 'worn crimson robe, thin gold circlet',
  },
  {
    label: 'queen',
    words: 'queens?|hoàng hậu|nữ hoàng|reina|königin|reine',
    sex: 'f',
    age: 50,
    clothes: 'dark blue gown, thin silver circlet',
  },
  {
    label: 'princess',
    words: 'princess(?:es)?|công chúa|princesa|prinzessin|princesse',
    sex: 'f',
    age: 19,
    clothes: 'plain green riding dress, muddy hem',
  },
  {
    label: 'prince',
    words: 'princes?|hoàng tử|príncipe|prinz',
    sex: 'm',
    age: 20,
    clothes: 'white shirt, embroidered blue doublet',
  },
  {
    label: 'knight',
    words: 'knights?|hiệp sĩ|caballero|ritter(?:in)?|chevali(?:er|ère)',
    age: 35,
    clothes: 'dented steel breastplate, grey cloak',
  },
  {
    label: 'witch',
    words: 'witch(?:es)?|wizards?|phù thủy|bruj[oa]|mag[oa]|hexe|zauberer|sorci(?:er|ère)',
    age: 63,
    clothes: 'patched violet cloak, bone pendant',
  },
  {
    label: 'robot',
    words: 'robots?|androids?|người máy|rô bốt|roboter|robot',
    body: 'knee-high dented robot, white enamel shell, round amber eye, one orange replacement arm, squeaking treads',
  },
  {
    label: 'fox',
    words: 'fox(?:es)?|con cáo|zorr[oa]|fuchs|füchsin|renarde?',
    body: 'slim young fox, bright russet coat, white chest, one nicked ear, red neckerchief',
  },
  {
    label: 'dog',
    words: 'dogs?|pupp(?:y|ies)|con chó|chú chó|perr[oa]|hund(?:e)?|hündin|chienn?e?',
    body: 'scruffy medium-sized dog, sandy wire coat, one black ear, brown eyes, faded blue collar',
  },
  {
    label: 'cat',
    words: 'cats?|kittens?|con mèo|chú mèo|gat[oa]|katzen?|kater|chatte?',
    body: 'lean grey tabby cat, white paws, torn left ear, green eyes, thin red collar',
  },
  {
    label: 'bear',
    words: 'bears?|con gấu|chú gấu|os[oa]|bär(?:in)?|ourse?',
    body: 'broad brown bear, shaggy coat, pale muzzle, small kind eyes, patched green scarf',
  },
  {
    label: 'wolf',
    words: 'wol(?:f|ves)|con sói|chó sói|lob[oa]|wölf(?:e|in)|wolf|louve?',
    body: 'tall grey wolf, scar over the snout, yellow eyes, frayed rope collar',
  },
  {
    label: 'bird',
    words: 'birds?|crows?|owls?|con chim|pájaro|vogel|eule|oiseau',
    body: 'small black bird, ruffled neck, bright white eye ring, ring of copper wire on one leg',
  },
  {
    label: 'rabbit',
    words: 'rabbits?|bunn(?:y|ies)|con thỏ|chú thỏ|conej[oa]|hase|kaninchen|lapine?',
    body: 'small brown rabbit, white belly, one folded ear, blue waistcoat with a missing button',
  },
  {
    label: 'mouse',
    words: 'mouse|mice|con chuột|chú chuột|rat[oó]n|maus|souris',
    body: 'tiny grey mouse, large round ears, pink nose, green knitted scarf',
  },
  {
    label: 'dragon',
    words: 'dragons?|con rồng|chú rồng|drag[oó]n|drache',
    body: 'horse-sized dragon, moss-green scales, one broken horn, copper eyes, rope around the neck',
  },
  {
    label: 'ghost',
    words: 'ghosts?|hồn ma|con ma|fantasma|geist|gespenst|fantôme',
    age: 34,
    clothes: 'pale old-fashioned shirt, edges faintly transparent',
  },
];

/** Given names by language; each list alternates nothing, women first, then men. */
export const names: Readonly<Record<string, Readonly<Record<Sex, readonly string[]>>>> = {
  en: {
    f: ['Mara', 'Ruth', 'Nora', 'Edith', 'Tess', 'June', 'Iris', 'Wren', 'Hester', 'Dinah'],
    m: ['Tom', 'Elias', 'Jonah', 'Victor', 'Owen', 'Samuel', 'Hugh', 'Felix', 'Abel', 'Miles'],
  },
  vi: {
    f: ['Lan', 'Hạnh', 'Mai', 'Thảo', 'Ngọc', 'Liên', 'Quỳnh', 'Yến', 'Diệp', 'Thu'],
    m: ['Minh', 'Tuấn', 'Khôi', 'Bình', 'Sơn', 'Đức', 'Phúc', 'Lâm', 'Quang', 'Tâm'],
  },
  es: {
    f: ['Inés', 'Lucía', 'Carmen', 'Alba', 'Rosa', 'Nuria', 'Elvira', 'Pilar', 'Vega', 'Marina'],
    m: ['Mateo', 'Julián', 'Bruno', 'Tomás', 'Andrés', 'Gael', 'Rafael', 'Simón', 'Hugo', 'Pablo'],
  },
  de: {
    f: ['Marta', 'Lene', 'Hanna', 'Greta', 'Ilse', 'Frieda', 'Nele', 'Jule', 'Karin', 'Mila'],
    m: ['Jonas', 'Anton', 'Emil', 'Konrad', 'Till', 'Bruno', 'Matthis', 'Georg', 'Paul', 'Kaspar'],
  },
  fr: {
    f: [
      'Élise',
      'Jeanne',
      'Margot',
      'Solène',
      'Agathe',
      'Lucie',
      'Odile',
      'Claire',
      'Adèle',
      'Inès',
    ],
    m: [
      'Rémi',
      'Antoine',
      'Lucien',
      'Basile',
      'Mathieu',
      'Octave',
      'Paul',
      'Gaspard',
      'Yann',
      'Théo',
    ],
  },
};

const builds = ['wiry', 'tall', 'broad-shouldered', 'slight', 'sturdy', 'long-limbed', 'stocky'];
const hair: Readonly<Record<Sex, readonly string[]>> = {
  f: [
    'short copper hair',
    'long black braid',
    'chin-length dark curls',
    'ash-blonde bun',
    'cropped black hair',
    'loose chestnut hair',
  ],
  m: [
    'curly black hair',
    'short sandy hair',
    'shaved head',
    'thick dark-brown hair',
    'ginger hair and beard',
    'straight black hair',
  ],
};
const darkHair: Readonly<Record<Sex, readonly string[]>> = {
  f: [
    'long straight black hair',
    'black bob',
    'black hair in a low knot',
    'shoulder-length black hair',
    'black plait',
    'short black hair',
  ],
  m: [
    'short black hair',
    'side-parted black hair',
    'cropped black hair',
    'tousled black hair',
    'thick black hair',
    'black hair brushed back',
  ],
};
const greyHair: Readonly<Record<Sex, readonly string[]>> = {
  f: ['white hair pinned up', 'cropped grey hair', 'long grey braid', 'silver bob'],
  m: ['thin white hair', 'cropped grey hair', 'bald with white beard', 'silver moustache'],
};
const faces = [
  'freckled round face',
  'narrow face, thick brows',
  'gap-toothed smile',
  'sharp cheekbones',
  'dimpled chin',
  'crooked nose',
  'wide-set dark eyes',
];
const clothes = [
  'mustard jumper, dark jeans',
  'green parka, grey scarf',
  'grey suit, burgundy tie',
  'rust corduroy jacket',
  'blue work shirt, canvas trousers',
  'cream cardigan, brown corduroys',
  'black turtleneck, red belt',
];

/** Years for a role whose person the idea leaves open. */
const usualAge: Readonly<Record<Role, number>> = { hero: 34, ally: 27, rival: 48, elder: 71 };

/**
 * A look that does not drift: build, age, hair, face and clothes, in a dozen English words. Two
 * people of one story never share a build, hair, face or coat, as each role counts on from the seed.
 */
export function lookOf(
  role: Role,
  kind: Kind | undefined,
  sex: Sex,
  language: string,
  seed: string,
): string {
  if (kind?.body !== undefined) return kind.body;
  const index = ['hero', 'ally', 'rival', 'elder'].indexOf(role);
  const from = <T>(list: readonly T[], part: string): T =>
    list[(hash(`${seed}/${part}`) + index) % list.length] as T;
  const base = kind?.age ?? usualAge[role];
  const age = base + (hash(`${seed}/age/${role}`) % 5);
  const heads = age >= 55 ? greyHair : language === 'vi' ? darkHair : hair;
  const noun = age < 18 ? { f: 'girl', m: 'boy' }[sex] : { f: 'woman', m: 'man' }[sex];
  const dress = kind?.clothes ?? from(clothes, 'clothes');
  return `${from(builds, 'build')} ${noun} of ${age}, ${from(heads[sex], 'hair')}, ${from(faces, 'face')}, ${dress}`;
}
