import { wholeWord } from './sentences.ts';

/**
 * Of whom or what an idea tells that speaks of no kind of person and no animal: of a thing that lives, of
 * people who are not told apart, or of nobody.
 */

/** What people say of somebody, and of things only in stories in which they live. */
const living: Readonly<Record<string, string>> = {
  en: 'travels|waits|wants|dreams|looks for|searches|falls in love|follows|finds|learns|decides|tries|leaves|runs|crosses|meets|goes|comes|remembers|refuses|escapes|discovers|wakes|saves|loses|gets|returns|watches|helps|wanders|sails|flies|floats|drifts|rolls|befriends|believes|thinks|longs|hopes|hides|fights|misses',
  de: 'will|möchte|sucht|wartet|träumt|reist|findet|folgt|verlässt|lernt|trifft|flieht|geht|kommt|erinnert|fliegt|schwimmt|verliebt|rollt|hofft',
  es: 'quiere|busca|espera|sueña|viaja|encuentra|sigue|deja|aprende|conoce|huye|va|vuelve|recuerda|vuela|navega|se enamora',
  fr: 'veut|cherche|attend|rêve|voyage|trouve|suit|quitte|apprend|rencontre|fuit|part|revient|vole|navigue|tombe amoureu(?:x|se)|traverse',
  vi: 'muốn|tìm|đi|đợi|chờ|mơ|theo|rời|học|gặp|trốn|trở về|bay|trôi|yêu|lạc',
};

/** Things that stories are told of. */
const things: Readonly<Record<string, string>> = {
  en: 'balloon|boat|ship|kite|leaf|cloud|moon|sun|star|comet|planet|river|tree|seed|flower|house|lamp|lantern|lighthouse|snowman|snowflake|raindrop|drop|pencil|crayon|sock|shoes?|chair|car|train|bus|bicycle|bike|tractor|plane|rocket|satellite|teddy(?: bear)?|toaster|fridge|clock|statue|scarecrow|pebble|stone|cactus|potato|tomato|apple|pumpkin|mushroom|plant|shadow|vacuum(?: cleaner)?|drone|rover|bag|bottle|cup|mug|teapot|doll|toy|puppet|kettle|umbrella|suitcase|letter|book|coin|key|button|piano|violin|guitar|radio|camera|bridge|bench|door|mirror|wave|wind|song',
  de: '(?:luft)?ballon|(?:papier)?boot|schiff|drachen|blatt|wolke|mond|stern|baum|schneemann|teddy(?:bär)?|puppe|spielzeug|auto|zug|fahrrad|stein|kiesel|lampe|laterne|uhr|vogelscheuche|socke|schuh|tasse|koffer|brief|samen|schatten',
  es: 'globo|barco|cometa|hoja|nube|luna|estrella|árbol|muñec[oa]|osito|juguete|coche|tren|bicicleta|piedra|farola|zapato|taza|maleta|carta|semilla|sombra|espantapájaros',
  fr: 'ballon|bateau|feuille|nuage|lune|étoile|arbre|bonhomme de neige|ours en peluche|nounours|jouet|voiture|train|vélo|caillou|réverbère|chaussure|tasse|valise|lettre|graine|ombre|poupée',
  vi: 'quả bóng|bong bóng|thuyền(?: giấy)?|chiếc lá|đám mây|mặt trăng|ngôi sao|cái cây|người tuyết|gấu bông|đồ chơi|chiếc xe|hòn đá|chiếc giày|ngọn đèn|hạt giống',
};

const articles: Readonly<Record<string, string>> = {
  en: 'an?|the|one|my|our',
  de: 'ein|eine|der|die|das|mein|meine',
  es: 'un|una|el|la|mi',
  fr: 'une?|le|la|mon|ma',
  vi: 'một|chiếc|cái|chú',
};

/** Words for people who are not told apart. */
const people: Readonly<Record<string, string>> = {
  en: 'he|she|they|we|i|you|who|someone|somebody|anyone|everyone|everybody|people|persons?|famil(?:y|ies)|crowd|passengers?|lovers?|team|band|guests?|colleagues?|owners?|class|village(?:rs)?|humans?',
  de: 'er|sie|wir|ich|du|ihr|wer|jemand|alle|leute|menschen?|person(?:en)?|familie|gäste|kollegen?|mannschaft|besitzer(?:in)?',
  es: 'él|ella|ellos|ellas|yo|tú|nosotros|quien|alguien|todos|gente|personas?|familia|invitados|equipo|dueñ[oa]',
  fr: 'elles?|nous|je|tu|vous|qui|quelqu’un|gens|personnes?|famille|invités|équipe|propriétaire|on',
  vi: 'tôi|anh ấy|cô ấy|họ|chúng tôi|chúng ta|ai|người|gia đình|mọi người',
};

function of(words: Readonly<Record<string, string>>, language: string): string {
  return words[language] ?? words.en ?? '';
}

/**
 * The thing that an idea is the story of, as `{ name: 'The paper boat', look: 'paper boat' }`.
 *
 * @param language as its tag begins
 */
export function livingThing(
  text: string,
  language: string,
): { readonly name: string; readonly look: string } | undefined {
  const phrase = String.raw`((?:[\p{L}\p{M}’'-]+\s+){0,3}?(?:${of(things, language)})(?:\s+[\p{L}\p{M}-]+){0,2}?)`;
  const acting = new RegExp(
    String.raw`^(${of(articles, language)})\s+${phrase}\s+(?:${of(living, language)})(?![\p{L}\p{M}])`,
    'iu',
  ).exec(text);
  const day = /day in the life of (an?|the|my)\s+([\p{L} -]+?)[.!]?$/iu.exec(text);
  const [, article = '', thing = ''] = acting ?? day ?? [];
  if (thing === '' || wholeWord(of(people, language)).test(thing)) return undefined;
  return { name: withArticle(article.toLowerCase(), thing, language), look: thing };
}

function withArticle(article: string, thing: string, language: string): string {
  if (language === 'en') return `The ${thing}`;
  if (language === 'es') return `${/^(?:una|la)$/u.test(article) ? 'La' : 'El'} ${thing}`;
  if (language === 'fr') {
    if (/^[aeiouyhéèêâîôûœ]/iu.test(thing)) return `L’${thing}`;
    return `${/^(?:une|la|ma)$/u.test(article) ? 'La' : 'Le'} ${thing}`;
  }
  // German has three genders and two of them share an article; Vietnamese has none.
  return thing;
}

/** Whether somebody is spoken of, or does what only somebody does. */
export function speaksOfPeople(text: string, language: string): boolean {
  if (wholeWord(of(people, language)).test(text)) return true;
  const start = String.raw`^(?:(?:${of(articles, language)})\s+)?(?:[\p{L}\p{M}’'-]+\s+){1,3}?(?:${of(living, language)})(?![\p{L}\p{M}])`;
  return new RegExp(start, 'iu').test(text);
}
