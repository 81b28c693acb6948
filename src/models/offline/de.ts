import type { Words } from './bank.ts';
import { scene, told, translatedBank, type Translations } from './translate.ts';

const words: Words = {
  time: {
    dawn: 'Morgengrauen',
    morning: 'Vormittag',
    noon: 'Mittag',
    afternoon: 'Nachmittag',
    dusk: 'Abenddämmerung',
    night: 'Nacht',
  },
  day: 'Tag {day}',
  props: {
    absent: '{object}: noch von niemandem gefunden',
    hero: '{object}: bei {hero}',
    rival: '{object}: bei {rival}',
    regained: '{object}: nicht mehr bei {rival}',
    given: '{object}: was übrig ist, liegt bei {ally}',
    none: 'die Requisiten: dort, wo sie gebraucht werden',
  },
  knows: {
    nothing: 'das Geheimnis: niemand ahnt etwas',
    hero: 'das Geheimnis: nur {hero} weiß Bescheid',
    shared: 'das Geheimnis: {hero} und {ally} wissen Bescheid, {rival} ahnt etwas',
    truth: 'das Geheimnis: {hero} und {rival} kennen es, {ally} nur zum Teil',
    all: 'das Geheimnis: alle kennen es',
    viewer: 'das Publikum: weiß, was bisher gezeigt wurde',
  },
  wears: {
    plain: '{hero}: Kleidung wie in der Figurenliste',
    coat: '{hero}: ein dunkler Mantel darüber',
    worn: '{hero}: der dunkle Mantel, zerrissen und staubig',
    fresh: '{hero}: wieder saubere Kleidung, ohne den Mantel',
  },
  premise: 'Zum ersten Mal lässt es sich nicht mehr übersehen: {idea}.',
  logline: {
    'three-act':
      '{premise} {rival} will es vertuschen, und {hero} muss wählen zwischen Festhalten und Loslassen.',
    list: '{topic}, in {count} Punkten: vom leichtesten bis zu dem, der alle anderen zusammenhält.',
    explainer:
      '{question} Eine Antwort in einfachen Schritten, mit einem Vergleich, einem Beispiel und einem verbreiteten Irrtum.',
  },
  turn: 'Die Wendung der Szene sichtbar machen: Was ist am Ende anders?',
  asked: 'Gewünscht: {instruction}',
  takes: [
    'Wir kommen spät dazu, als das Wichtigste gerade gesagt ist.',
    'Die ganze Szene liegt in einem Blick, der länger dauert, als angenehm ist.',
    'Zuerst sehen wir es von außen, durch Glas, ohne Ton.',
    'Die Kamera bleibt auf den Händen; die Gesichter kommen zuletzt.',
    'Es beginnt mit dem Ergebnis, und dann sehen wir, wie es dazu kam.',
    'Jemand schaut vom Bildrand aus zu, und wir schauen in dieses Gesicht.',
  ],
  ranks: [
    'Etwas Leichtes: Das geht noch heute.',
    'Alle wissen es, und kaum jemand tut es.',
    'Es klingt falsch, bis man es versucht.',
    'Es kostet etwas, und deshalb wirkt es.',
    'Darüber wird immer gestritten.',
    'Klein, fast unsichtbar, und es verändert den Rest.',
  ],
  lastRank: 'Und das hier hält alles andere zusammen.',
  stages: [
    'Es beginnt mit etwas sehr Kleinem.',
    'Das Zweite wartet auf das Erste.',
    'Jetzt treffen zwei Dinge aufeinander.',
    'Ab hier geht es schneller.',
    'Hier entscheidet sich die Richtung.',
  ],
  lastStage: 'Und damit ist es geschafft.',
  voices: [
    'tief und ruhig; Pausen vor wichtigen Wörtern',
    'schnell, mit trockenem Humor',
    'leise und höflich; wird nie laut',
    'langsam, warm, etwas rau',
  ],
  item: 'Punkt {n}',
  step: 'Schritt {n}',
  untitled: 'Ohne Titel',
  this: 'das hier',
  question: '{topic}: Das ist die Frage.',
  objects: [
    ['das alte Foto', 'old photograph', 'foto|bild|fotografie'],
    ['die kleine Blechdose', 'small tin box', 'dose|kiste|schachtel'],
    ['das rote Heft', 'red notebook', 'heft|buch|tagebuch|notizbuch|rezeptbuch'],
    ['die alte Taschenuhr', 'old pocket watch', 'uhr|taschenuhr'],
    ['das alte Briefkuvert', 'old letter', 'brief|briefe|flaschenpost'],
    ['die Landkarte', 'old map', 'karte|landkarte|schatzkarte'],
    ['das Schlüsselbund', 'bunch of keys', 'schlüssel'],
    ['die Laterne', 'lantern', 'laterne'],
    ['die Geige', 'violin', 'geige'],
  ],
};

const texts: Translations = {
  whole: {
    0: scene(
      'Davor und danach',
      'Eine Entscheidung, ganz gesehen: {hero} könnte behalten, was alles ausgelöst hat, und gibt es her. {premise}',
      '{hero} bleibt stehen und hält {object} in beiden Händen vor sich. Ein Atemzug; dann legt {hero} alles ab und geht mit leeren Händen weiter.',
      [['leise', 'Es hat mir nie gehört.']],
      'Eine einzige Szene trägt eine einzige Veränderung: Was gibt {hero} hier auf?',
    ),
  },
  hook: {
    0: scene(
      'Erstes Bild',
      'Wir lernen {hero} allein kennen, bei etwas gut Gekonntem, das niemand sieht: das Leben davor.',
      '{hero} arbeitet allein, mit Händen, die genau wissen, was als Nächstes kommt. Ein kleines Geräusch außerhalb des Bildes, und die Hände halten inne.',
      [],
      'Erstes und letztes Bild sollen sich reimen: Was sieht dann gleich aus und bedeutet das Gegenteil?',
    ),
    1: scene(
      'Etwas stimmt nicht',
      'Ein Detail im vertrauten Bild ist falsch; nur {hero} bemerkt es.',
      '{hero} zählt die Dinge auf dem Tisch und zählt noch einmal. Eines mehr als gestern.',
      [['in den Raum', 'Das war vorher nicht da.']],
    ),
  },
  setup: {
    0: scene(
      'Ein gewöhnlicher Tag',
      'Die Regeln dieser kleinen Welt, und was {hero} darin fehlt.',
      '{hero} geht die übliche Runde und berührt alles in der gleichen Reihenfolge. Vor dem Letzten zögert die Hand und lässt es aus.',
      [],
      'Was will {hero}, in einem Satz, der nie laut gesagt würde?',
    ),
    1: scene(
      'Zwei Tassen',
      '{ally} kennt {hero} besser, als angenehm ist; die Nähe zeigt sich im Kleinen.',
      '{ally} stellt ungefragt zwei Tassen hin. {hero} dreht eine um einen Fingerbreit, bis der Henkel richtig steht.',
      [
        ['trocken', 'Du hast wieder hier geschlafen.'],
        ['lächelt ein wenig', 'Ich hatte die Augen zu. Das zählt.'],
      ],
    ),
    2: scene(
      'Die Hausregel',
      '{rival} erinnert {hero} an eine Grenze, die alle einhalten; {hero} gehorcht, vorerst.',
      '{rival} steht breit im Weg und wartet darauf, bemerkt zu werden. {hero} legt das Werkzeug hin und tritt einen Schritt zurück.',
      [
        ['freundlich, endgültig', 'Das war abgemacht. Finger weg.'],
        ['zu schnell', 'Natürlich.'],
      ],
    ),
  },
  incite: {
    1: scene(
      'Es beginnt',
      '{premise} Nichts kann bleiben, wie es war.',
      '{hero} bückt sich und hebt {object} ins Licht. Ein Zeichen an der Unterseite lässt {hero} sofort aufblicken.',
      [['halblaut', 'Wer hat dich hier gelassen?']],
      'Das ist das erste sichtbare Zeichen der Idee: {idea}. Es muss etwas sein, das eine Kamera sehen kann.',
    ),
    3: scene(
      'Nicht mehr zu übersehen',
      'Auch {ally} sieht es: Ab jetzt geht es nicht mehr nur {hero} an.',
      '{ally} kommt herein, verstummt mitten im Wort und starrt auf das, was {hero} in der Hand hält. Die Hand schließt sich, zu spät.',
      [
        ['leise', 'Sag, dass es nicht das ist, was ich denke.'],
        ['leise', 'Komm erst mal her.'],
      ],
    ),
  },
  debate: {
    0: scene(
      'Weglegen',
      '{hero} versteckt es und versucht weiterzumachen, als wäre nichts.',
      '{hero} deckt {object} mit einem Tuch zu und geht weg. Nach drei Schritten bleibt {hero} stehen und dreht sich um.',
      [],
      'Was ist der gute Grund, nichts zu tun? Er muss auch uns verlocken.',
    ),
    1: scene(
      'Der vernünftige Rat',
      '{elder} hat das schon einmal erlebt und rät {hero}, es ruhen zu lassen.',
      '{elder} hört mit geschlossenen Augen zu, die Hände auf den Knien. Als der Name fällt, gehen die Augen auf.',
      [
        ['sanft', 'Leg es zurück.'],
        ['stur', 'Und wenn ich das nicht kann?'],
      ],
    ),
    2: scene(
      'Dafür und dagegen',
      '{ally} will los, {hero} nicht; beide sprechen die Angst des anderen aus.',
      '{ally} stellt eine gepackte Tasche zwischen die beiden. Niemand greift danach.',
      [
        ['scharf', 'Du wartest auf eine Erlaubnis.'],
        ['getroffen', 'Und du auf einen Grund zu fliehen.'],
      ],
    ),
  },
  threshold: {
    0: scene(
      'Was in die Tasche kommt',
      '{hero} entscheidet sich; wir sehen es an dem, was mitkommt und was bleibt.',
      '{hero} zieht den Mantel an, steckt {object} in die Innentasche und legt die Hausschlüssel hin. Die Schlüssel bleiben.',
    ),
    1: scene(
      'Über die Schwelle',
      '{hero} verlässt die vertraute Welt; der Rückweg schließt sich.',
      '{hero} steht mit beiden Füßen vor dem Ausgang, schaut einmal zurück und tritt hinüber. Dahinter geht ein Licht aus.',
      [
        ['ruft leise', 'Bist du sicher?'],
        ['ohne sich umzudrehen', 'Nein. Komm.'],
      ],
      'Was schließt sich hinter {hero}, sodass Umkehren nicht mehr umsonst ist?',
    ),
  },
  trials: {
    0: scene(
      'Die erste Frage',
      'Ziel: herausfinden, wer es noch weiß. {hero} fragt offen und lernt, dass Fragen der Fehler ist.',
      '{hero} geht von Gesicht zu Gesicht und hält eine Zeichnung hin. Eines nach dem anderen schaut daran vorbei.',
      [
        ['höflich', 'Haben Sie so etwas schon gesehen?'],
        ['zu schnell', 'Nie.'],
      ],
    ),
    1: scene(
      'Nur schauen',
      'Versuch: {hero} fragt nicht mehr und achtet darauf, was die Leute tun.',
      '{hero} setzt sich in eine Ecke, macht die Schultern klein und wartet. Im Augenwinkel räumt {elder} etwas aus dem Blick.',
    ),
    2: scene(
      'Die falschen Hände',
      'Hindernis: Auch {rival} hat beobachtet und bietet eine Hilfe an, die keine ist.',
      '{rival} beugt sich neben {hero} ins Licht, lächelnd, mit offener Hand. {hero} tastet nach der Tasche und findet sie schon aufgeknöpft.',
      [
        ['warm', 'Das kann ich doch tragen.'],
        ['weicht zurück', 'Es wiegt nichts.'],
      ],
      'Was will {rival} damit? Ein Grund, dem wir fast zustimmen könnten.',
    ),
    3: scene(
      'Ein Trick, der klappt',
      'Wendung: {hero} und {ally} führen {rival} gemeinsam hinters Licht und haben Freude daran.',
      '{ally} lässt einen ganzen Arm voll Sachen in den Weg fallen. Während {rival} sich zum Helfen hinkniet, steigt {hero} einfach darüber hinweg.',
      [
        ['süß', 'Wie ungeschickt von mir.'],
        ['am Boden', 'Halt. Halt!'],
      ],
    ),
    4: scene(
      'Außer Atem',
      'Was bleibt: eine neue Tatsache und das erste gemeinsame Lachen.',
      '{hero} und {ally} lassen sich fallen, atmen schwer und sehen sich an. Dann, im selben Augenblick, lachen beide los.',
      [['lachend', 'Wir sind furchtbar schlecht darin.']],
    ),
  },
  midpoint: {
    1: scene(
      'Es ist etwas anderes',
      'Die Wendung: Das Ding ist nicht, was es schien, und die Aufgabe auch nicht.',
      '{hero} dreht {object}, bis die eingeritzten Buchstaben das Licht fangen, und wird blass. Es ist ein Name, ein bekannter.',
      [
        ['beugt sich vor', 'Was steht da?'],
        ['kaum hörbar', 'Mein Name.'],
      ],
      'Vorher: Sie suchen es. Nachher: Es sucht sie. Was wissen wir jetzt über {idea}?',
    ),
    2: scene(
      'Neuer Einsatz',
      'Es geht nicht mehr ums Wollen; jemand kommt zu Schaden, wenn {hero} scheitert.',
      '{ally} sieht {hero} lange an und schiebt langsam einen Stuhl zwischen die beiden. {hero} kommt nicht näher.',
      [
        ['vorsichtig', 'Auf wessen Seite stehst du dann?'],
        ['ehrlich', 'Das weiß ich noch nicht.'],
      ],
    ),
  },
  setbacks: {
    0: scene(
      'Das Alte hilft nicht mehr',
      'Ziel: noch einmal tun, was geklappt hat. Zweimal klappt es nicht.',
      '{ally} lässt wieder einen Arm voll Sachen in den Weg fallen. {rival} geht darum herum, ohne hinzusehen.',
      [['fast freundlich', 'Nicht zweimal.']],
    ),
    1: scene(
      'Weniger Freunde',
      'Wer geholfen hat, hat jetzt Angst; auch {elder} wendet sich ab.',
      '{elder} sieht {hero} kommen und versperrt mit einem Arm den Weg. Ein langer Blick; dann wendet {elder} sich ab.',
      [
        ['flehend', 'Nur für heute Nacht.'],
        ['abgewandt', 'Bei mir waren sie auch.'],
      ],
    ),
    2: scene(
      'Die erste Lüge',
      '{hero} verschweigt {ally} etwas, aus Sorge, und man merkt es.',
      '{hero} faltet hinter dem Rücken ein Blatt sehr klein. {ally} bemerkt die Bewegung aus dem Augenwinkel und sagt nichts.',
      [
        ['prüfend', 'Ist das alles?'],
        ['zu glatt', 'Das ist alles.'],
      ],
      'Was steht auf dem Blatt? Wir sollten es vor {ally} wissen.',
    ),
    3: scene(
      'Der Streit',
      'Der Konflikt auf der Höhe: {ally} findet die Lüge; das Ungesagte wird gesagt.',
      '{ally} streicht mit einer Hand das gefaltete Blatt glatt, wieder und wieder. {hero} schaut auf die Hand, nicht ins Gesicht.',
      [
        ['ruhig', 'Du hattest es die ganze Zeit.'],
        ['mit brechender Stimme', 'Ich wollte dich schützen.'],
      ],
    ),
    4: scene(
      'Wieder allein',
      'Ergebnis: {ally} geht; {hero} behält das Ding und verliert einen Menschen.',
      '{ally} geht davon, langsamer als jemand, der gehen will. {hero} öffnet den Mund und schließt ihn wieder.',
    ),
  },
  crisis: {
    0: scene(
      'Die Falle',
      '{hero} kommt in gutem Glauben; {rival} hat den Ort gewählt.',
      '{hero} tritt in eine Stille, die zu vollkommen ist. Dahinter stellt sich {rival} ohne Eile in den einzigen Ausgang.',
      [['freundlich', 'Du bist früh dran. Gut.']],
    ),
    1: scene(
      'Alles verloren',
      '{rival} nimmt es an sich; was {hero} am meisten gefürchtet hat, geschieht.',
      '{rival} nimmt {object} mit zwei Fingern aus der offenen Hand von {hero}. {hero} lässt es geschehen und schaut in die leere Hand.',
      [
        ['sanft', 'Du hättest es mir geben können.'],
        ['tonlos', 'Ich weiß.'],
      ],
      'Der Tiefpunkt kommt aus der Schwäche von {hero}, nicht aus Pech. Welche Schwäche?',
    ),
  },
  dark: {
    0: scene(
      'Stille',
      '{hero} gibt auf; nichts geschieht, und das muss ausgehalten werden.',
      '{hero} sitzt am Boden, den Rücken an der Wand, und rührt sich nicht. Das Licht wandert über die Hände und verlässt sie.',
    ),
    1: scene(
      'Was {elder} wusste',
      '{elder} kommt doch noch und sagt die Wahrheit, die gefehlt hat.',
      '{elder} lässt sich neben {hero} nieder, Gelenk für Gelenk. Eine Weile schauen beide in die Ferne.',
      [
        ['schlicht', 'Ich hatte Angst. Ich habe sie noch.'],
        ['nach einer Weile', 'Warum bist du dann gekommen?'],
      ],
      'Was weiß {elder}, das die Schuld von {hero} in ein anderes Licht stellt?',
    ),
  },
  plan: {
    0: scene(
      'Zurück',
      '{hero} kommt ohne Ausrede zu {ally}, und das öffnet die Tür.',
      '{hero} wartet mit leeren, offenen Händen, bis {ally} aufblickt. Niemand lächelt; {ally} rückt zur Seite.',
      [
        ['einfach', 'Ich habe gelogen. Es tut mir leid.'],
        ['nach einem Atemzug', 'Dann setz dich.'],
      ],
    ),
    1: scene(
      'Der Plan',
      'Aus dem Gelernten wird ein Plan, auf den nur diese Leute kommen.',
      '{hero} zieht mit einem Bleistiftstummel drei Linien; {ally} fügt eine vierte hinzu. {elder} legt den Finger auf den Schnittpunkt.',
      [
        ['grinsend', 'Das ist völlig verrückt.'],
        ['ruhig', 'Es muss nur einmal klappen.'],
      ],
      'Wir hören den halben Plan; die andere Hälfte überrascht uns im Höhepunkt.',
    ),
  },
  climax: {
    0: scene(
      'In die Höhle',
      '{hero} geht dorthin, wo {rival} am stärksten ist, diesmal mit offenen Augen.',
      '{hero} geht für alle sichtbar nach vorn und bleibt mit offenen Händen stehen. Im Halbdunkel scharrt ein Stuhl.',
      [['belustigt', 'Du gibst nicht auf.']],
    ),
    2: scene(
      'Es geht schief',
      'Der Plan bricht an der schwächsten Stelle; {hero} muss ohne ihn weiter.',
      '{rival} drückt das Streichholz zwischen zwei Fingern aus und sieht {hero} in die Augen. Im Dunkeln hält jemand den Atem an.',
      [
        ['im Dunkeln', 'Dachtest du, ich sehe das nicht?'],
        ['heiser', 'Los! Weiter!'],
      ],
    ),
    3: scene(
      'Die Wahl',
      '{hero} kann das Ding haben oder {ally} retten; die Wahl zeigt, wer {hero} geworden ist.',
      '{rival} hält {object} hoch in der einen Hand, in der anderen den Kragen von {ally}. {hero} schaut nur auf {ally} und lässt alles Übrige los.',
      [
        ['schreit', 'Was von beidem?'],
        ['ganz ruhig', 'Das war nie die Frage.'],
      ],
      'Dieselbe Wahl wie am Anfang, anders entschieden. Wo haben wir sie zuerst gesehen?',
    ),
    5: scene(
      'Nach dem Lärm',
      'Es ist vorbei; wer übrig ist, findet sich in der Stille.',
      '{hero} und {ally} stehen Stirn an Stirn, und der Atem wird langsamer. {rival} setzt sich auf den Boden wie ein müdes Kind.',
      [['flüstert', 'Ist es vorbei?']],
    ),
  },
  resolution: {
    0: scene(
      'Der erste neue Morgen',
      'Die Welt ist dieselbe; wie {hero} darin geht, ist anders.',
      '{hero} geht die übliche Runde und berührt alles im Vorbeigehen. Diesmal lässt die Hand das Letzte nicht aus.',
    ),
    1: scene(
      'Am richtigen Platz',
      'Was alles ausgelöst hat, kommt zu dem Menschen, dem es gehört.',
      '{hero} legt das, was übrig ist, in die offene Hand von {ally} und schließt die Finger darum. Niemand hält zu lange fest.',
      [
        ['überrascht', 'Du gibst es weg?'],
        ['leicht', 'Ich gebe es weiter.'],
      ],
    ),
  },
  closing: {
    0: scene(
      'Was bleibt',
      'Ein letzter Blick auf das, was sich geändert hat, an einem Ding und einer Geste.',
      '{hero} stellt drei Tassen hin und dreht jeden Henkel richtig. Stimmen kommen näher.',
    ),
    1: scene(
      'Letztes Bild',
      'Das erste Bild kehrt wieder, und jetzt bedeutet es das Gegenteil.',
      '{hero} arbeitet wie am Anfang, mit Händen, die wissen, was kommt, und {ally} arbeitet daneben. Das kleine Geräusch von damals; {hero} lächelt und macht weiter.',
      [],
      'Welches letzte Geräusch nehmen wir mit?',
    ),
  },
  'list-hook': {
    0: told(
      'Das Versprechen',
      'Ein Bild, das sofort fragen lässt: Wer schafft das, und wie? Thema: {topic}.',
      '{hero} steht ganz still, während ringsum alle hasten. Dann schaut {hero} in die Kamera und schiebt alles beiseite, was davor liegt.',
      ['Es sind {count}.', 'Der letzte Punkt hält alle anderen zusammen.'],
      'Die ersten drei Sekunden entscheiden. Welches Bild zu „{topic}“ hält einen Daumen an?',
    ),
  },
  'list-promise': {
    0: told(
      'So zählen wir',
      'Die Spielregel: vom Leichten zum Schweren, mit einer Überraschung unterwegs.',
      '{hero} legt eine Reihe leerer Marken aus, eine für jeden Punkt. Der Finger fährt die Reihe entlang und tippt auf die letzte.',
      ['Wir beginnen mit dem Leichten.', 'Das Schwerste kommt zuletzt.'],
    ),
  },
  'list-item': {
    0: told(
      '{item}',
      '{item} wird benannt und in der einfachsten Form gezeigt: [in fünf Wörtern benennen].',
      '{hero} legt einen weiteren Stein in die Reihe und blickt auf. Dahinter, unscharf, macht {ally} es schon richtig.',
      ['{item}.', '{rank}'],
      '{item}: in fünf Wörtern benennen, mit einem Verb.',
    ),
    1: told(
      '{item}',
      '{item} sehen wir bei jemandem, den wir schon kennen: [in fünf Wörtern benennen].',
      '{ally} ist weiter hinten beschäftigt und merkt nicht, dass wir zusehen. {hero} zeigt mit dem Daumen dorthin und schweigt.',
      ['{item}.', '{rank}'],
      '{item}: erst zeigen, dann sagen. Was würde ein Nachbar bemerken?',
    ),
    2: told(
      '{item}',
      '{item} kommt als Frage, und die Antwort ist etwas Kleines: [in fünf Wörtern benennen].',
      '{hero} dreht eine Schale um; darunter liegt ein einziger Stein. {ally} hatte anders getippt.',
      ['{item}.', '{rank}'],
      '{item}: Welchen Satz würde man weitererzählen?',
    ),
    3: told(
      '{item}: ohne',
      'Wie der Tag ohne das verläuft ({item}), in einem Moment, den alle kennen.',
      '{ally} fängt drei Dinge zugleich an, und keines wird fertig. Ein langer Blick ins Leere.',
      ['Ohne das sieht der Tag so aus.'],
    ),
    4: told(
      '{item}: in einer Geste',
      '{item} in einer Geste: was genau die Hände tun.',
      '{hero} macht es langsam, sodass jede Bewegung zu verfolgen ist. Nur die Hände, dann das Gesicht: Es war ganz einfach.',
      ['Mehr braucht es nicht.', 'Auf die Hände achten.'],
      'Welche Geste zeigt es? Nur diese filmen.',
    ),
    6: told(
      '{item}: der übliche Fehler',
      'Woran es bei {item} meist scheitert: zu viel, zu früh.',
      '{ally} nimmt alles auf einmal auf die Arme und kommt drei Schritte weit. Die Hälfte fällt.',
      ['Der übliche Fehler: alles auf einmal.'],
    ),
  },
  'list-recap': {
    0: told(
      'Alle noch einmal',
      'Alle Punkte als schnelle Kette von Gesten, ohne Erklärung.',
      '{hero} geht die fertige Reihe entlang und berührt jeden Stein. Jede Berührung ist ein kurzes Bild von vorhin.',
      ['Noch einmal, alle {count}.', 'Für den Anfang genügt einer.'],
    ),
  },
  'list-closing': {
    0: told(
      'Jetzt du',
      'Eine Frage ans Publikum, die sich in einem Kommentar beantworten lässt.',
      '{hero} schiebt einen leeren Stuhl auf die Kamera zu und wartet. Der Blick ist freundlich und blinzelt nicht.',
      ['Womit fängst du an?'],
    ),
    1: told(
      'Schlussbild',
      'Das erste Bild noch einmal: dieselbe Hast, und jetzt geht jemand ruhig hindurch.',
      '{ally} geht gelassen durch die eilende Menge. Es bleibt sogar Zeit, für jemanden etwas aufzuheben.',
      ['Bis zum nächsten Mal.'],
    ),
  },
  'exp-hook': {
    0: told(
      'Die Frage',
      'Die Frage des Films, von jemandem gestellt, der es wirklich wissen will: {question}',
      '{ally} hält mitten in der Bewegung inne, schaut in die Ferne und runzelt die Stirn. {hero} blickt auf: gute Frage.',
      ['{question}', 'Die meisten könnten es nicht sagen.'],
      'Was würde ein zehnjähriges Kind antworten? Dort anfangen.',
    ),
  },
  'exp-stakes': {
    0: told(
      'Warum es zählt',
      'Was davon abhängt, für einen Menschen, an einem Tag. Thema: {topic}.',
      '{ally} hält ein Blatt in beiden Händen und liest dieselbe Zeile noch einmal. {hero} rückt einen Stuhl heran.',
      ['Das ist nicht nur etwas für Fachleute.', 'Früher oder später geht es um dich.'],
      'Einen Menschen nennen, für den es heute einen Unterschied macht.',
    ),
  },
  'exp-picture': {
    0: told(
      'Ein Bild dafür',
      'Ein Vergleich trägt den ganzen Film: Es ist wie [etwas, das in jeder Küche steht].',
      '{hero} baut aus Schnur, Papier und Glas ein kleines Modell. {ally} dreht es mit einem Finger, und alles dreht sich mit.',
      ['Denk an etwas, das du gut kennst.', 'So ähnlich funktioniert es.'],
      'Einen Vergleich wählen und bis zum Ende dabei bleiben.',
    ),
  },
  'exp-parts': {
    0: told(
      'Die Teile',
      'Welche Teile mitwirken: höchstens drei, jedes mit einem einfachen Namen.',
      '{hero} legt drei Dinge weit auseinander: ein großes, ein kleines, eines aus Glas. Die Hand bleibt auf dem kleinen.',
      ['Drei Dinge wirken mit.', 'Das kleinste tut am meisten.'],
      'Welche drei Teile? Alle anderen ohne Gnade weglassen.',
    ),
  },
  'exp-how': {
    0: told(
      '{item}: was geschieht',
      '{item} der Erklärung: [was geschieht, mit einem Verb].',
      '{hero} bewegt ein Teil des Modells um eine Handbreit. Die anderen antworten, eines nach dem anderen.',
      ['{item}.', '{rank}'],
      '{item}: ein Satz, ein Verb. Was tut was?',
    ),
    1: told(
      '{item}: was sich ändert',
      '{item} verändert eines, und wir sehen es vorher und nachher: [was ist anders?]',
      '{ally} verdeckt das halbe Modell mit einem Blatt Papier und zieht es wieder weg. Ein Stück steht jetzt anders.',
      ['{item}.', '{rank}'],
      '{item}: Wie war es vorher, wie nachher? Zwei Bilder, nicht mehr.',
    ),
    2: told(
      '{item}: wo es geschieht',
      '{item} führt genau dorthin, wo es geschieht: [wo?]',
      '{hero} führt die Kamera mit einer kleinen Lampe hinter das Modell. Was von vorn geschlossen aussah, ist hier offen.',
      ['{item}.', '{rank}'],
      '{item}: Wo genau sind wir, und wie groß ist das?',
    ),
    3: told(
      '{item}: ganz nah',
      '{item} aus nächster Nähe, als stünden wir mittendrin.',
      'Riesig im Bild treiben zwei Teile des Modells aufeinander zu, berühren sich und halten. Dazwischen steigt ein wenig Staub auf.',
      ['Von Nahem sieht es so aus.'],
    ),
    5: told(
      '{item}: und dann',
      'Was aus {item} folgt und zum Nächsten führt.',
      '{hero} lässt eine Murmel eine Rinne entlangrollen, bis sie an das nächste Teil stößt. Das beginnt sich zu bewegen.',
      ['Und das setzt das Nächste in Gang.'],
    ),
  },
  'exp-example': {
    0: told(
      'Im echten Leben',
      'Der ganze Ablauf in einem wirklichen Fall, von Anfang bis Ende.',
      '{ally} tut etwas Alltägliches, in dem all das am Werk ist. {hero} folgt in einigem Abstand und zeigt auf nichts.',
      ['Jetzt alles zusammen, im echten Leben.', 'Schau auf das, was du schon kennst.'],
      'Welcher Fall begegnet dem Publikum noch diese Woche?',
    ),
  },
  'exp-misconception': {
    0: told(
      'Was viele glauben',
      'Der häufigste Irrtum, erzählt ohne Spott.',
      '{rival} erklärt {ally} etwas mit großen Gesten, und es klingt gut. {hero} hört interessiert zu.',
      ['Vielleicht hast du es anders gehört.', 'Der Irrtum hat einen guten Grund.'],
      'Welcher Irrtum ist es? Erst das Richtige sagen, dann den Irrtum.',
    ),
  },
  'exp-answer': {
    0: told(
      'Die Antwort',
      'Die Frage vom Anfang, beantwortet in einem Satz zum Weitersagen.',
      '{ally} steht da wie am Anfang, schaut in die Ferne und runzelt nicht mehr die Stirn. Mit beiden Händen erklärt {ally} es {elder}.',
      ['Also noch einmal: {question}', 'Jetzt passt es in einen Satz.'],
      'Diesen Satz zuerst schreiben; der Film ist der Weg dorthin.',
    ),
  },
  'exp-closing': {
    0: told(
      'Und jetzt du',
      'Etwas Kleines, das sich heute anders ansehen lässt.',
      '{hero} reicht der Kamera das Modell mit beiden Händen. Dahinter baut {ally} schon ein neues.',
      ['Achte heute darauf. Es ist überall.'],
    ),
  },
};

export const de = translatedBank('de', words, texts);
