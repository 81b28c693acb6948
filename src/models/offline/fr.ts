import type { Words } from './bank.ts';
import { scene, told, translatedBank, type Translations } from './translate.ts';

const words: Words = {
  time: {
    dawn: 'aube',
    morning: 'matin',
    noon: 'midi',
    afternoon: 'après-midi',
    dusk: 'crépuscule',
    night: 'nuit',
  },
  day: 'jour {day}',
  props: {
    absent: '{object}: encore introuvable',
    hero: '{object}: avec {hero}',
    rival: '{object}: entre les mains de {rival}',
    regained: '{object}: hors des mains de {rival}',
    given: '{object}: ce qui reste est chez {ally}',
    none: 'les accessoires: là où il faut',
  },
  knows: {
    nothing: 'le secret: personne ne se doute de rien',
    hero: 'le secret: connu de {hero}, sans personne d’autre',
    shared: 'le secret: partagé par {hero} et {ally}, deviné par {rival}',
    truth: 'le secret: connu de {hero} et {rival}, en partie de {ally}',
    all: 'le secret: connu de tous',
    viewer: 'le public: sait ce qui a été montré',
  },
  wears: {
    plain: '{hero}: vêtements comme dans la liste des personnages',
    coat: '{hero}: un manteau sombre par-dessus',
    worn: '{hero}: le manteau sombre, déchiré et poussiéreux',
    fresh: '{hero}: vêtements propres, sans le manteau',
  },
  premise: 'Pour la première fois, impossible de l’ignorer : {idea}.',
  logline: {
    'three-act':
      '{premise} {rival} veut étouffer l’affaire, et {hero} doit choisir entre retenir et lâcher prise.',
    list: '{topic}, en {count} points : du plus facile à celui qui fait tenir les autres.',
    explainer:
      '{question} Une réponse pas à pas, avec une comparaison, un exemple et une idée reçue.',
  },
  turn: 'Rendre visible le tournant de la scène : qu’est-ce qui est différent à la fin ?',
  asked: 'Demandé : {instruction}',
  takes: [
    'On arrive tard, quand le plus important vient d’être dit.',
    'Toute la scène tient dans un regard, plus long qu’il n’est confortable.',
    'On la voit d’abord de l’extérieur, à travers une vitre, sans le son.',
    'La caméra reste sur les mains ; les visages viennent en dernier.',
    'On commence par l’issue, puis on voit comment on y est arrivé.',
    'Quelqu’un observe depuis le bord du cadre, et c’est ce visage qu’on regarde.',
  ],
  ranks: [
    'Un point facile : on peut le faire aujourd’hui.',
    'Tout le monde le sait, presque personne ne le fait.',
    'Cela semble faux, jusqu’au premier essai.',
    'Cela coûte un peu, et c’est pour cela que ça marche.',
    'C’est celui dont on discute toujours.',
    'Petit, presque invisible, et il change tout le reste.',
  ],
  lastRank: 'Et celui-ci fait tenir tous les autres.',
  stages: [
    'Tout commence par une chose minuscule.',
    'La deuxième partie attend la première.',
    'Maintenant, deux choses se rencontrent.',
    'À partir d’ici, tout va plus vite.',
    'C’est ici que la direction se décide.',
  ],
  lastStage: 'Et voilà, c’est fait.',
  voices: [
    'grave et égale ; une pause avant les mots importants',
    'rapide, avec un humour sec',
    'douce et polie ; ne s’élève jamais',
    'lente, chaude, un peu rauque',
  ],
  item: 'Point {n}',
  step: 'Étape {n}',
  untitled: 'Sans titre',
  this: 'ceci',
  question: '{topic} : qu’en est-il vraiment ?',
  objects: [
    ['la vieille photo', 'old photograph', 'photo|photographie'],
    ['la petite boîte en fer', 'small tin box', 'boîte|coffret'],
    ['la montre ancienne', 'old pocket watch', 'montre|horloge'],
    ['la clé de laiton', 'brass key', 'clé|clef'],
    ['la lettre', 'old letter', 'lettre|bouteille'],
    ['la carte ancienne', 'old map', 'carte'],
    ['la bague d’argent', 'silver ring', 'bague|anneau'],
    ['la lanterne', 'lantern', 'lanterne'],
  ],
};

const texts: Translations = {
  whole: {
    0: scene(
      'Avant, après',
      'Un choix, vu en entier : {hero} pourrait garder {object} et y renonce. {premise}',
      '{hero} s’arrête et tient {object} à deux mains devant soi. Une respiration ; puis {hero} pose tout et repart les mains vides.',
      [['tout bas', 'Ce n’était pas à moi.']],
      'Une seule scène contient un seul changement : à quoi renonce ici {hero} ?',
    ),
  },
  hook: {
    0: scene(
      'Première image',
      'On découvre {hero}, sans témoin, dans un geste bien maîtrisé : la vie d’avant.',
      '{hero} travaille sans compagnie, avec des mains qui savent ce qui vient ensuite. Un petit bruit hors champ, et les mains s’arrêtent.',
      [],
      'La première et la dernière image doivent rimer : qu’est-ce qui sera pareil et voudra dire le contraire ?',
    ),
    1: scene(
      'Quelque chose cloche',
      'Un détail de l’image familière est faux ; seul le regard de {hero} le remarque.',
      '{hero} compte les objets sur la table, puis recompte. Un de plus qu’hier.',
      [['à la pièce vide', 'Ça, ce n’était pas là.']],
    ),
  },
  setup: {
    0: scene(
      'Un jour ordinaire',
      'Les règles de ce petit monde, et ce qui y manque à {hero}.',
      '{hero} fait le tour habituel et touche chaque chose dans le même ordre. Devant la dernière, la main hésite et passe.',
      [],
      'Que veut {hero}, en une phrase qui ne serait jamais dite à voix haute ?',
    ),
    1: scene(
      'Deux tasses',
      '{ally} connaît {hero} mieux qu’il n’est confortable ; leur lien se voit aux petites choses.',
      '{ally} pose deux tasses sans demander. {hero} en tourne une d’un doigt, pour que l’anse soit du bon côté.',
      [
        ['pince-sans-rire', 'Encore une nuit ici.'],
        ['sourit un peu', 'J’ai fermé les yeux. Ça compte.'],
      ],
    ),
    2: scene(
      'La règle de la maison',
      '{rival} rappelle à {hero} une limite que tous respectent ; {hero} obéit, pour l’instant.',
      '{rival} se tient au milieu du passage et attend. {hero} pose son outil et recule d’un pas.',
      [
        ['aimable, sans appel', 'On était d’accord. On n’y touche pas.'],
        ['trop vite', 'Bien sûr.'],
      ],
    ),
  },
  incite: {
    1: scene(
      'Ça commence',
      '{premise} Rien ne peut rester comme avant.',
      '{hero} se baisse et lève {object} vers la lumière. Une marque sur le dessous lui fait aussitôt redresser la tête.',
      [['à mi-voix', 'Qui t’a laissé là ?']],
      'C’est le premier signe visible de l’idée : {idea}. Il faut qu’une caméra puisse le voir.',
    ),
    3: scene(
      'Impossible de l’oublier',
      '{ally} le voit aussi : désormais ce n’est plus la seule affaire de {hero}.',
      '{ally} entre, se tait au milieu d’un mot et fixe {object}. {hero} referme la main, trop tard.',
      [
        ['bas', 'Dis-moi que ce n’est pas ce que je pense.'],
        ['bas', 'Viens, approche.'],
      ],
    ),
  },
  debate: {
    0: scene(
      'Mettre de côté',
      '{hero} cache tout et tente de continuer comme si de rien n’était.',
      '{hero} couvre {object} d’un linge et s’éloigne. Au troisième pas, {hero} s’arrête et se retourne.',
      [],
      'Quelle est la bonne raison de ne rien faire ? Elle doit nous tenter aussi.',
    ),
    1: scene(
      'Le conseil raisonnable',
      '{elder} a déjà vécu cela et conseille à {hero} de laisser dormir.',
      '{elder} écoute les yeux fermés, les mains sur les genoux. Au nom de la chose, les yeux s’ouvrent.',
      [
        ['avec douceur', 'Remets ça à sa place.'],
        ['avec entêtement', 'Et si je ne peux pas ?'],
      ],
    ),
    2: scene(
      'Pour et contre',
      '{ally} veut partir, {hero} non ; chacun nomme la peur de l’autre.',
      '{ally} pose un sac déjà prêt entre eux. Personne ne le prend.',
      [
        ['sec', 'Tu attends une permission.'],
        ['d’un ton blessé', 'Et toi, une raison de fuir.'],
      ],
    ),
  },
  threshold: {
    0: scene(
      'Ce qu’on emporte',
      '{hero} se décide ; on le voit à ce qui part et à ce qui reste.',
      '{hero} enfile le manteau, glisse {object} dans la poche intérieure et pose les clés de la maison. Les clés restent.',
    ),
    1: scene(
      'De l’autre côté',
      '{hero} quitte le monde connu ; le chemin du retour se ferme.',
      '{hero} s’arrête, les pieds joints, devant la sortie, regarde une fois en arrière et passe. Derrière, une lumière s’éteint.',
      [
        ['appelle doucement', 'C’est sûr ?'],
        ['sans se retourner', 'Non. Viens.'],
      ],
      'Qu’est-ce qui se ferme derrière {hero}, pour que revenir ait un prix ?',
    ),
  },
  trials: {
    0: scene(
      'La première question',
      'But : savoir qui d’autre est au courant. {hero} demande ouvertement, et comprend que c’est l’erreur.',
      '{hero} va de visage en visage en montrant un dessin. L’un après l’autre, les regards glissent ailleurs.',
      [
        ['avec politesse', 'Vous avez déjà vu ça ?'],
        ['trop vite', 'Jamais.'],
      ],
    ),
    1: scene(
      'Regarder seulement',
      'Essai : {hero} cesse de demander et observe ce que font les gens.',
      '{hero} s’assoit dans un coin, rentre les épaules et attend. Du coin de l’œil : {elder} écarte quelque chose.',
    ),
    2: scene(
      'De mauvaises mains',
      'Obstacle : {rival} observait aussi et offre une aide qui n’en est pas une.',
      '{rival} se penche dans la lumière près de {hero}, avec un sourire, la paume ouverte. {hero} cherche la poche et la trouve déboutonnée.',
      [
        ['avec chaleur', 'Laisse-moi porter ça.'],
        ['recule', 'Ça ne pèse rien.'],
      ],
      'Que veut en faire {rival} ? Une raison qu’on pourrait presque partager.',
    ),
    3: scene(
      'Une ruse qui marche',
      'Tournant : {hero} et {ally} trompent {rival} ensemble, et y prennent plaisir.',
      '{ally} laisse tomber une pleine brassée d’affaires dans le passage. Pendant que {rival} s’agenouille pour aider, {hero} enjambe le tout.',
      [
        ['tout sucre', 'Oh, quelle maladresse.'],
        ['par terre', 'Attends. Attends !'],
      ],
    ),
    4: scene(
      'Hors d’haleine',
      'Il reste un fait nouveau, et le premier rire partagé.',
      '{hero} et {ally} se laissent tomber, le souffle court, et se regardent. Puis, au même instant, le rire les prend.',
      [['dans un rire', 'On est vraiment nuls.']],
    ),
  },
  midpoint: {
    1: scene(
      'C’est autre chose',
      'Le tournant : la chose n’est pas ce qu’elle semblait, ni la tâche.',
      '{hero} incline {object} jusqu’à ce que les lettres gravées prennent la lumière, et pâlit. C’est un nom, un nom connu.',
      [
        ['se penche', 'Qu’est-ce qui est écrit ?'],
        ['à peine', 'Mon nom.'],
      ],
      'Avant : on la cherche. Après : elle nous cherche. Que sait-on maintenant de {idea} ?',
    ),
    2: scene(
      'Un nouvel enjeu',
      'Il ne s’agit plus de vouloir ; quelqu’un souffrira si {hero} échoue.',
      '{ally} regarde longuement {hero} et tire lentement une chaise entre eux. {hero} n’approche pas.',
      [
        ['avec prudence', 'Alors, tu es de quel côté ?'],
        ['avec franchise', 'Je ne sais pas encore.'],
      ],
    ),
  },
  setbacks: {
    0: scene(
      'La ruse ne prend plus',
      'But : refaire ce qui a marché. Cela ne marche pas deux fois.',
      '{ally} laisse encore tomber une brassée d’affaires dans le passage. {rival} en fait le tour sans baisser les yeux.',
      [['avec une sorte de gentillesse', 'Pas deux fois.']],
    ),
    1: scene(
      'Moins d’amis',
      'Qui aidait a peur maintenant ; {elder} aussi se détourne.',
      '{elder} voit venir {hero} et barre le passage d’un bras. Un long regard ; puis les yeux se détournent.',
      [
        ['supplie', 'Juste pour cette nuit.'],
        ['le dos tourné', 'Ils sont venus chez moi aussi.'],
      ],
    ),
    2: scene(
      'Le premier mensonge',
      '{hero} cache quelque chose à {ally}, par souci, et cela se voit.',
      '{hero} plie une feuille très petit derrière son dos. {ally} surprend le geste du coin de l’œil et ne dit rien.',
      [
        ['sonde', 'C’est tout ?'],
        ['trop lisse', 'C’est tout.'],
      ],
      'Qu’y a-t-il sur la feuille ? Nous devons le savoir avant {ally}.',
    ),
    3: scene(
      'La dispute',
      'Le conflit au sommet : {ally} trouve le mensonge ; le non-dit se dit.',
      '{ally} lisse d’une main la feuille pliée, encore et encore. {hero} regarde la main, pas le visage.',
      [
        ['calme', 'Tu l’avais depuis le début.'],
        ['la voix brisée', 'Je voulais te protéger.'],
      ],
    ),
    4: scene(
      'De nouveau sans personne',
      'Résultat : {ally} part ; {hero} garde {object} et perd une amitié.',
      '{ally} s’éloigne, plus lentement que quelqu’un qui veut partir. {hero} ouvre la bouche et la referme.',
    ),
  },
  crisis: {
    0: scene(
      'Le piège',
      '{hero} vient de bonne foi ; {rival} a choisi le terrain.',
      '{hero} entre dans un silence trop parfait. Derrière, sans hâte, {rival} occupe la seule issue.',
      [['aimable', 'Tu es en avance. Bien.']],
    ),
    1: scene(
      'Tout est perdu',
      '{rival} prend {object} ; ce que {hero} craignait le plus arrive.',
      '{rival} saisit {object} de deux doigts dans la main ouverte de {hero}. {hero} laisse faire et regarde la paume vide.',
      [
        ['doucement', 'Tu pouvais me la donner.'],
        ['d’une voix blanche', 'Je sais.'],
      ],
      'Le point le plus bas vient du défaut de {hero}, pas de la malchance. Quel défaut ?',
    ),
  },
  dark: {
    0: scene(
      'Immobile',
      '{hero} abandonne ; rien n’arrive, et il faut le supporter.',
      '{hero} reste par terre, le dos au mur, sans bouger. La lumière passe sur les mains et les quitte.',
    ),
    1: scene(
      'Ce que {elder} savait',
      '{elder} finit par venir et dit la vérité qui manquait.',
      '{elder} s’assoit près de {hero}, articulation après articulation. Un moment, leurs regards se perdent au loin.',
      [
        ['simplement', 'J’ai eu peur. J’ai encore peur.'],
        ['après un temps', 'Alors pourquoi es-tu là ?'],
      ],
      'Que sait {elder} qui change le regard de {hero} sur sa propre faute ?',
    ),
  },
  plan: {
    0: scene(
      'Revenir',
      '{hero} vient voir {ally} sans excuse, et cela ouvre la porte.',
      '{hero} attend, les mains vides et ouvertes, que {ally} lève les yeux. Personne ne sourit ; {ally} fait de la place.',
      [
        ['simplement', 'J’ai menti. Pardon.'],
        ['après un souffle', 'Allez, assieds-toi.'],
      ],
    ),
    1: scene(
      'Le plan',
      'Ce qu’on a appris devient un plan que ces gens-là seuls pouvaient trouver.',
      '{hero} trace trois lignes d’un bout de crayon ; {ally} en ajoute une quatrième. {elder} pose le doigt là où elles se croisent.',
      [
        ['avec un grand sourire', 'C’est complètement fou.'],
        ['calmement', 'Il suffit que ça marche une fois.'],
      ],
      'On entend la moitié du plan ; l’autre nous surprendra au point culminant.',
    ),
  },
  climax: {
    0: scene(
      'Dans l’antre',
      '{hero} va là où {rival} a tous les avantages, cette fois les yeux ouverts.',
      '{hero} avance à la vue de tous et s’arrête, les mains ouvertes. Dans la pénombre, une chaise racle le sol.',
      [['avec amusement', 'Tu n’abandonnes pas.']],
    ),
    2: scene(
      'Tout déraille',
      'Le plan casse à son point faible ; {hero} doit continuer sans lui.',
      '{rival} éteint l’allumette entre deux doigts et regarde {hero} droit dans les yeux. Dans le noir, quelqu’un retient son souffle.',
      [
        ['dans le noir', 'Tu croyais que je ne verrais rien ?'],
        ['la voix rauque', 'Va ! Continue !'],
      ],
    ),
    3: scene(
      'Le choix',
      '{hero} peut avoir {object} ou sauver {ally} ; le choix montre le chemin parcouru par {hero}.',
      '{rival} lève {object} d’une main et de l’autre tient {ally} par le col. {hero} ne regarde que {ally}, et lâche tout le reste.',
      [
        ['crie', 'Alors, lequel ?'],
        ['très calme', 'Ça n’a jamais été la question.'],
      ],
      'Le même choix qu’au début, tranché autrement. Où l’a-t-on vu d’abord ?',
    ),
    5: scene(
      'Après le bruit',
      'C’est fini ; ceux qui restent se retrouvent dans le silence.',
      '{hero} et {ally} se tiennent front contre front, le souffle ralentit. {rival} s’assoit par terre comme un enfant qui a sommeil.',
      [['murmure', 'C’est fini ?']],
    ),
  },
  resolution: {
    0: scene(
      'Premier matin',
      'Le monde est le même ; la façon de {hero} d’y marcher, non.',
      '{hero} fait le tour habituel et effleure chaque chose en passant. Cette fois la main n’oublie pas la dernière.',
    ),
    1: scene(
      'À sa place',
      'Ce qui a tout déclenché va à qui cela revient.',
      '{hero} pose ce qui reste dans la paume de {ally} et lui referme les doigts. Personne ne serre trop longtemps.',
      [
        ['avec surprise', 'Tu la donnes ?'],
        ['légèrement', 'Je la transmets.'],
      ],
    ),
  },
  closing: {
    0: scene(
      'Ce qui reste',
      'Un dernier regard sur ce qui a changé, dans un objet et un geste.',
      '{hero} pose trois tasses et tourne chaque anse du bon côté. Des voix approchent.',
    ),
    1: scene(
      'Dernière image',
      'La première image revient, et veut dire le contraire.',
      '{hero} travaille avec des mains qui savent ce qui vient, comme au début, et {ally} travaille à côté. Le petit bruit d’alors ; {hero} sourit et continue.',
      [],
      'Quel dernier son emporte-t-on ?',
    ),
  },
  'list-hook': {
    0: told(
      'La promesse',
      'Une image qui pose la question : qui y arrive, et comment ? Sujet : {topic}.',
      '{hero} ne bouge pas tandis que tout le monde court autour. Puis {hero} regarde la caméra et écarte tout ce qui est devant.',
      ['Il y en a {count}.', 'Le dernier point fait tenir les autres.'],
      'Les trois premières secondes décident. Quelle image de « {topic} » arrête un pouce ?',
    ),
  },
  'list-promise': {
    0: told(
      'Comment on compte',
      'La règle : du facile au difficile, avec une surprise en route.',
      '{hero} aligne des jetons vides, un par point. Le doigt suit la rangée et tapote le dernier.',
      ['On commence par le plus facile.', 'Le plus difficile vient à la fin.'],
    ),
  },
  'list-item': {
    0: told(
      '{item}',
      '{item} : on le nomme et on le montre sous sa forme la plus simple : [le nommer en cinq mots].',
      '{hero} ajoute une pierre à la rangée et lève les yeux. Derrière, dans le flou, {ally} fait déjà ce qu’il faut.',
      ['{item}.', '{rank}'],
      '{item} : le nommer en cinq mots, avec un verbe.',
    ),
    1: told(
      '{item}',
      '{item} : on le voit chez quelqu’un qu’on connaît déjà : [le nommer en cinq mots].',
      '{ally} s’affaire au fond sans savoir qu’on regarde. {hero} montre du pouce et se tait.',
      ['{item}.', '{rank}'],
      '{item} : montrer avant de dire. Que remarquerait un voisin ?',
    ),
    2: told(
      '{item}',
      '{item} : il vient en question, et la réponse est petite : [le nommer en cinq mots].',
      '{hero} retourne un bol ; dessous, une seule pierre. {ally} avait parié ailleurs.',
      ['{item}.', '{rank}'],
      '{item} : quelle phrase répéterait-on à une amie ?',
    ),
    3: told(
      '{item} : sans lui',
      'La journée sans cela ({item}), en un moment que chacun reconnaît.',
      '{ally} commence trois choses à la fois et n’en finit aucune. Un long regard dans le vide.',
      ['Sans cela, la journée ressemble à ça.'],
    ),
    4: told(
      '{item} : en un geste',
      '{item} en un geste : ce que font exactement les mains.',
      '{hero} le fait lentement, pour qu’on suive chaque mouvement. Les mains seules, puis le visage : c’était simple.',
      ['Il n’en faut pas plus.', 'Regardez les mains.'],
      'Quel geste le montre ? Ne filmer que celui-là.',
    ),
    6: told(
      '{item} : l’erreur courante',
      'Là où l’on échoue avec {item} : trop, trop tôt.',
      '{ally} prend tout dans les bras et fait trois pas. La moitié tombe.',
      ['L’erreur courante : tout à la fois.'],
    ),
  },
  'list-recap': {
    0: told(
      'Tous, très vite',
      'Tous les points en une chaîne de gestes, sans explication.',
      '{hero} longe la rangée de pierres et touche chacune au passage. Chaque toucher est une brève image d’avant.',
      ['Encore une fois, les {count}.', 'Pour commencer, un seul suffit.'],
    ),
  },
  'list-closing': {
    0: told(
      'À vous',
      'Une question au public, à laquelle on peut répondre en commentaire.',
      '{hero} pousse une chaise vide vers la caméra et attend. Le regard est aimable et ne cille pas.',
      ['Par lequel commencez-vous ?'],
    ),
    1: told(
      'Image finale',
      'L’image du début : la même hâte, et quelqu’un marche avec calme.',
      '{ally} traverse tranquillement la foule pressée. Il reste même le temps de ramasser quelque chose pour quelqu’un.',
      ['À la prochaine.'],
    ),
  },
  'exp-hook': {
    0: told(
      'La question',
      'La question du film, posée par quelqu’un qui veut vraiment savoir : {question}',
      '{ally} s’arrête au milieu d’un geste, regarde au loin et fronce les sourcils. {hero} lève les yeux : bonne question.',
      ['{question}', 'La plupart ne sauraient pas le dire.'],
      'Que répondrait un enfant de dix ans ? Commencer là.',
    ),
  },
  'exp-stakes': {
    0: told(
      'Pourquoi c’est important',
      'Ce qui en dépend, pour une personne, un jour. Sujet : {topic}.',
      '{ally} tient une feuille à deux mains et relit la même ligne. {hero} approche une chaise.',
      ['Ce n’est pas réservé aux experts.', 'Tôt ou tard, cela vous concerne.'],
      'Nommer une personne pour qui cela change quelque chose aujourd’hui.',
    ),
  },
  'exp-picture': {
    0: told(
      'Une image',
      'Une comparaison porte tout le film : c’est comme [un objet de n’importe quelle cuisine].',
      '{hero} construit une maquette de ficelle, de papier et de verre. {ally} la tourne d’un doigt, et tout tourne avec.',
      ['Pensez à une chose bien connue.', 'Cela marche à peu près pareil.'],
      'Choisir une comparaison et la garder jusqu’au bout.',
    ),
  },
  'exp-parts': {
    0: told(
      'Les éléments',
      'Ce qui entre en jeu : trois éléments au plus, avec des noms simples.',
      '{hero} place trois objets loin l’un de l’autre : un grand, un petit, un en verre. La main reste sur le petit.',
      ['Trois choses entrent en jeu.', 'La plus petite fait le plus.'],
      'Lesquels ? Laisser tomber tout le reste sans pitié.',
    ),
  },
  'exp-how': {
    0: told(
      '{item} : ce qui se passe',
      '{item} de l’explication : [ce qui se passe, avec un verbe].',
      '{hero} déplace une pièce de la maquette d’une largeur de main. Les autres répondent, l’une après l’autre.',
      ['{item}.', '{rank}'],
      '{item} : une phrase, un verbe. Qu’est-ce qui fait quoi ?',
    ),
    1: told(
      '{item} : ce qui change',
      '{item} change une chose, et on la voit avant et après : [qu’est-ce qui diffère ?]',
      '{ally} couvre la moitié de la maquette d’une feuille, puis la retire. Une pièce se tient autrement.',
      ['{item}.', '{rank}'],
      '{item} : comment était-ce avant, et après ? Deux images, pas plus.',
    ),
    2: told(
      '{item} : où cela se passe',
      '{item} nous mène à l’endroit précis : [où ?]',
      '{hero} guide la caméra derrière la maquette avec une petite lampe. Ce qui semblait fermé est ouvert ici.',
      ['{item}.', '{rank}'],
      '{item} : où sommes-nous, et à quelle échelle ?',
    ),
    3: told(
      '{item} : de tout près',
      '{item} vu de tout près, comme si on était dedans.',
      'Immenses dans le cadre, deux pièces de la maquette dérivent l’une vers l’autre, se touchent et tiennent. Un peu de poussière monte entre elles.',
      ['De près, cela ressemble à ça.'],
    ),
    5: told(
      '{item} : et alors',
      'Ce qui suit de {item} et mène à la suite.',
      '{hero} laisse rouler une bille le long d’une rainure jusqu’à la pièce suivante. Celle-ci se met à bouger.',
      ['Et cela met la suite en marche.'],
    ),
  },
  'exp-example': {
    0: told(
      'Dans la vraie vie',
      'Tout le déroulement dans un cas réel, du début à la fin.',
      '{ally} fait une chose de tous les jours où tout cela est à l’œuvre. {hero} suit à distance et ne montre rien.',
      ['Maintenant tout ensemble, dans la vraie vie.', 'Regardez ce que vous connaissez déjà.'],
      'Quel cas le public rencontrera-t-il cette semaine ?',
    ),
  },
  'exp-misconception': {
    0: told(
      'Ce que beaucoup croient',
      'L’idée reçue la plus courante, racontée sans moquerie.',
      '{rival} explique quelque chose à {ally} avec de grands gestes, et cela sonne bien. {hero} écoute avec intérêt.',
      ['Vous l’avez peut-être entendu autrement.', 'L’erreur a une bonne raison.'],
      'Quelle idée reçue ? Dire d’abord le vrai, puis l’erreur.',
    ),
  },
  'exp-answer': {
    0: told(
      'La réponse',
      'La question du début, avec une réponse en une phrase à transmettre.',
      '{ally} se tient comme au début, regarde au loin et ne fronce plus les sourcils. Avec les deux mains, {ally} explique tout à {elder}.',
      ['Encore une fois : {question}', 'Maintenant, cela tient en une phrase.'],
      'Écrire cette phrase d’abord ; le film est le chemin qui y mène.',
    ),
  },
  'exp-closing': {
    0: told(
      'À votre tour',
      'Une petite chose à regarder autrement dès aujourd’hui.',
      '{hero} tend la maquette à la caméra, à deux mains. Derrière, {ally} en construit déjà une autre.',
      ['Cherchez-la aujourd’hui. Elle est partout.'],
    ),
  },
};

export const fr = translatedBank('fr', words, texts);
