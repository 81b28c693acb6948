/**
 * The commonest small words of languages that share a writing system, by primary language tag. A few
 * sentences are full of the words of their own language and have hardly any of another's; near
 * relatives share so many that they are never mistaken for a different language.
 */
export const functionWords: Readonly<Record<string, string>> = {
  // Latin
  ca: 'el la els les un una de del dels i que en a al amb per no és són es seva seu com més però quan on li ho hi va cap fins entre sense sobre aquest aquesta molt',
  cs: 'a v na se je že s z do to o k i jako ale za po jeho její pro tak když jsou byl ve od už ne ho mu který která jen nebo před pod nad si ji',
  da: 'og i at det en den til er på de med for ikke der et som han hun af sig sin har ud fra ved kan så men efter over under hvor mod sit hendes hans op ned jeg du',
  de: 'der die das und in zu den ist von mit sich ein eine einen dem nicht auf im es er sie an als auch aus wie bei nach noch um vor ich du wir ihr wird hat nur über am zum zur seine ihre ihren',
  en: 'the of and to a an in is it that he she his her with on at for as not from by they their there its into out up down be are was has i you we this but one over back then them him who me my your what when why how so do did had have will would can could if or about after before never here just like more now only some than very were been no all again still',
  es: 'el la los las un una de del y que en a al con por para no es se su sus lo le como más pero está hay sin sobre entre hasta cuando donde ella él ya yo desde este esta',
  et: 'ja on ei ta see et oma ka kui mis aga nii välja siis juba üle kes kuid veel tema nagu ning seda all peale ette tagasi käes mida selle ma sa',
  fi: 'ja on ei hän se että kun joka niin mutta kuin myös ovat sen hänen ne jo vain ole sitten kanssa mukaan yli alas ylös takaisin minä sinä tämä mitä pois',
  fr: 'le la les un une des de du et que qui en dans à au aux avec pour par sur ne pas est se sa son ses il elle ce cette plus comme mais où sans je tu nous vous l d s n qu leur vers sous puis',
  gl: 'o a os as un unha de do da dos das e que en no na nos nas con por para non é se seu súa ao á como máis pero hai sen sobre ata cando onde ela el xa eu',
  hr: 'i u na je se da s sa za od do ne što kao su iz o po ali nije koji koja ona on njegov njezin nad pod pred dok te već samo kad gdje mu joj',
  hu: 'a az és egy nem is hogy van meg ki el de ő már csak még mint ha be fel le majd mert vagy itt ott azt ezt után alatt mellett felé aki ami ahol az',
  id: 'yang dan di ke dari itu ini dengan untuk tidak ia dia pada adalah dalam akan ada telah sudah oleh kepada saya kamu kami atau juga seperti karena lalu lagi saat tangannya sebuah seorang',
  it: 'il lo la i gli le un una di del della dei e che in a al con per non è si su sul sua suo suoi nel nella da dal come più ma c è lei lui ci sono senza fino dove quando l',
  lt: 'ir į su kad iš ne yra jis ji jo jos bet tai kaip ant prie per už jau dar tik po nuo iki kur kai savo vėl šalia virš tada aš tu',
  lv: 'un ir uz ar no ka ne par viņš viņa tas tā bet kā pie pa jau vēl tikai pēc līdz kur kad savu atpakaļ virs zem tad es tu viņas',
  ms: 'yang dan di ke dari itu ini dengan untuk tidak ia dia pada adalah dalam akan ada telah sudah oleh kepada saya kamu kami atau juga seperti kerana lalu lagi ketika sebuah seorang',
  nl: 'de het een en van in is op te dat met zijn voor niet aan er om hij zij ze die haar uit door naar bij maar als over ook nog wordt heeft tot onder zich dan ik je wij',
  no: 'og i at det en den til er på de med for ikke der et som han hun av seg sin har ut fra ved kan så men etter over under hvor mot sitt hennes hans opp ned jeg du',
  pl: 'w i z na się nie do jest to że o jak po za od ale tak jego jej przez dla przed pod nad już tylko który która gdy on ona ich są ze mu co ja ty',
  pt: 'o a os as um uma de do da dos das e que em no na nos nas com por para não é se seu sua ao à como mais mas há sem sobre até quando onde ela ele já eu está pelo pela',
  ro: 'și de la în a cu pe nu că se un o din pentru este sunt ce mai el ea lui ei prin dar ca sau până când unde spre fără peste sub apoi îi își îl eu tu al ale',
  sk: 'a v na sa je že s z do to o k aj ako ale za po jeho jej pre tak keď sú bol vo od už nie ho mu ktorý ktorá len alebo pred pod nad si ju',
  sl: 'in v na je se da s z za od do ne kot so iz o po ali ni ki ona on njegov njen nad pod pred ko že samo kjer mu ji pa še ga',
  sv: 'och i att det en den till är på de med för inte där ett som han hon av sig sin har ut från vid kan så men efter över under mot sitt hennes hans upp ner jag du',
  sw: 'na ya wa kwa ni katika la za cha kama hii huyo yake wake lake kuwa hapo hiyo bado tu si lakini mpaka kila huku baada ndani juu chini sana yeye mimi',
  tl: 'ang ng sa mga na at si ay niya siya ni kay nang hindi may isang ito ko ka pa lang kanyang habang ako mo nila kung para dito doon',
  tr: 've bir bu da de için ile o ne gibi çok daha ama var yok sonra kadar onun değil mi ben sen her iki doğru kendi içinde üzerinde yanında olan ki diye',
  vi: 'và của là một không có trong cho với những các người đã được này từ đến ra vào khi cô anh ông bà em nó mình lại thì trên như cũng rồi còn đang về tay nhìn lên xuống mà để',
  // Cyrillic
  be: 'і ў у на не што з да як ён яна яго яе але за па ад яны гэта так ужо толькі каб пра пад над перад яшчэ',
  bg: 'и в на не се да с от за е като той тя го я му но до по си че са как още само вече към под над пред зад между',
  mk: 'и во на не се да со од за е како тој таа го ја му но до по си дека се уште само веќе кон под над пред зад',
  ru: 'и в на не что с он она как по но его её из за то от к у же так до ещё только уже под над перед когда где их ему ей о',
  sr: 'и у на је се да с са за од до не што као су из о по али није који која она он његов њен над под пред док већ само',
  uk: 'і в у на не що з він вона як по але його її із за то від до ще тільки вже під над перед коли де їх йому їй та й про',
  // Arabic
  ar: 'في من على إلى أن لا ما عن هذا هذه التي الذي هو هي مع كان ثم لم قد بين كل عند بعد قبل حتى أو كما وهو وهي',
  fa: 'و در به از که را با این آن است بر برای تا یک هم او می خود ها نیست شود بود اما روی پشت کنار سپس',
  ur: 'اور میں کے کی کا سے کو ہے نے پر یہ وہ ہیں نہیں کہ اس تھا بھی ایک تو ہوئے اپنے ساتھ پھر تک',
};

/** Languages that are written so much alike that one is never taken for another of its row. */
export const relatives: readonly (readonly string[])[] = [
  ['da', 'no', 'nb', 'nn', 'sv', 'is', 'fo'],
  ['es', 'ca', 'gl', 'pt', 'ast', 'an', 'oc', 'it', 'eu', 'lad'],
  ['fr', 'oc', 'wa', 'ht', 'gcf'],
  ['cs', 'sk', 'pl', 'sl', 'hr', 'bs', 'sr', 'sh', 'cnr', 'hsb', 'dsb', 'csb', 'szl'],
  ['be', 'ru', 'uk', 'bg', 'mk', 'sr', 'rue'],
  ['id', 'ms', 'jv', 'su', 'min', 'ace', 'bjn', 'zsm'],
  ['nl', 'af', 'fy', 'li', 'nds'],
  ['de', 'nds', 'lb', 'gsw', 'bar', 'yi', 'ksh'],
  ['en', 'sco', 'pcm', 'jam', 'tpi', 'bi'],
  ['fi', 'et'],
  ['lt', 'lv'],
  ['ro', 'it', 'rup', 'mo'],
  ['fa', 'prs', 'tg', 'ckb'],
  ['ur', 'pnb', 'ks', 'sd'],
  ['ar', 'arz', 'apc', 'ary', 'arb'],
  ['tl', 'fil', 'ceb', 'ilo', 'hil'],
  ['tr', 'az', 'tk', 'crh'],
];
