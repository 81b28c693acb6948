/** What an idea says of how it is to be told, beside what it tells. */
export interface Wishes {
  /** The idea without its lead-in, such as “a short film about”, and without what is read here. */
  readonly text: string;
  /** What kind of film the lead-in asks for, where that is one that tells of things rather than people. */
  readonly showsThings: boolean;
  /** Nobody is to be seen. */
  readonly nobody: boolean;
  /** Nobody is to speak in the picture. */
  readonly noDialogue: boolean;
  /** Nothing is to be spoken at all. */
  readonly noWords: boolean;
}

const nobody =
  /(?<!\p{L})(?:(?:with )?no (?:people|humans?|persons?|actors?|one)|without (?:any )?(?:people|humans|persons|actors)|nobody (?:in it|is seen)|ohne (?:menschen|personen|leute)|keine menschen|sans (?:personnes?|personnages?|humains?|gens|personne)|sin (?:personas|gente|humanos)|không (?:có )?(?:người|bóng người)(?! máy))(?!\p{L})/iu;
const noDialogue =
  /(?<!\p{L})(?:(?:no|without(?: any)?) (?:dialogues?|dialogs?|talking|speech|spoken words)|(?:ohne|keine?) dialoge?|(?:pas|aucun)(?: de)? dialogues?|(?:nada de|ningún) diálogos?|sans dialogues?|sin diálogos?|không (?:lời )?thoại)(?!\p{L})/iu;
const noWords =
  /(?<!\p{L})(?:silent film|keine worte|pas un mot|ni una palabra|wordless(?:ly)?|(?:no|without(?: any)?) (?:words|narration or dialogue|text)|stummfilm|ohne worte|film muet|sans (?:paroles|un mot)|sin palabras|cine mudo|không lời|phim câm)(?!\p{L})/iu;

/** What asks for a film of things, a place or a thing that happened. */
const ofThings =
  /^(?:(?:a|an|the|ein|eine|un|une|una|một)\s+)?(?:(?:short|little|\d+[- ]?(?:seconds?|sec|s|minutes?|min)|\d+-sekunden-?)\s*)*(?:(?:tv |video |product )?(?:ad|advert(?:isement)?|commercial|promo|trailer|teaser)|music video|product (?:film|video)|documentary|time-?lapse|portrait|werbespot|werbung|werbefilm|musikvideo|dokumentation|dokumentarfilm|doku|zeitraffer|publicité|pub|clip|bande-annonce|documentaire|anuncio|spot|videoclip|documental|quảng cáo|phim quảng cáo|phim tài liệu|video ca nhạc)\s*(?:(?:about|for|on|of|über|für|von|zu|sur|pour|de|sobre|para|về|cho)(?!\p{L})|[:：–—-])\s*/iu;
const genre =
  /^(?:horror|fairy ?tale|comedy|drama|thriller|romance|sci-?fi|fantasy|western|märchen|komödie|krimi|conte(?: de fées)?|comédie|horreur|terror|comedia|cuento(?: de hadas)?|kinh dị|cổ tích|hài)\s*[:：–—-]\s*/iu;
const leadIn =
  /^(?:please\s+)?(?:(?:make|write|create|tell|film)\s+(?:me\s+)?)?(?:an?\s+|the\s+)?(?:(?!of |about |on )[\p{L}\d-]+\s+){0,3}?(?:film|movie|video|story|script|clip|short|animation|explainer|fairy ?tale)\s+(?:about|on|of|where|in which)\s+/iu;

/** What a product is announced with. */
const introducing =
  /^(?:introducing|presenting|announcing|wir präsentieren|presentamos|nous présentons|voici|giới thiệu)\s+(?=\p{Lu})/iu;

/** @param whole the idea on one line */
export function readWishes(whole: string): Wishes {
  const asked = whole.replace(leadIn, '').replace(genre, '');
  const text = asked.replace(ofThings, '').replace(introducing, '');
  const told = [nobody, noDialogue, noWords].reduce(without, text);
  return {
    text: told === '' ? text || whole : told,
    showsThings: text !== asked,
    nobody: nobody.test(whole),
    noDialogue: noDialogue.test(whole) || noWords.test(whole),
    noWords: noWords.test(whole),
  };
}

/** The text without a wish, and without the comma or the parentheses that led to it. */
function without(text: string, wish: RegExp): string {
  return text
    .replace(
      new RegExp(String.raw`\s*[,;(–—-]?\s*(?:and |und |et |y |và )?${wish.source}\)?`, 'giu'),
      '',
    )
    .replace(/^[\s,;.]+|[\s,;]+$/gu, '')
    .trim();
}
