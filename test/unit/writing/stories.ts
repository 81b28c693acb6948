/** The same moment in many languages, as scripts tell it: what is seen, and what is said. */
export interface Telling {
  readonly action: string;
  readonly line: string;
}

export const tellings: Readonly<Record<string, Telling>> = {
  en: {
    action:
      'Mara climbs the last steps with the oil can in her left hand. The boy waits by the glass, his sleeves too long. She sets the can down and turns the ring twice.',
    line: 'You never asked me why I stayed here after the ships had stopped coming.',
  },
  vi: {
    action:
      'Mara bước lên những bậc thang cuối cùng, tay trái cầm bình dầu. Cậu bé đợi bên ô kính, tay áo quá dài. Bà đặt bình xuống và xoay chiếc nhẫn hai lần.',
    line: 'Cháu chưa bao giờ hỏi vì sao bà ở lại đây sau khi những con tàu thôi không đến nữa.',
  },
  de: {
    action:
      'Mara steigt die letzten Stufen hinauf, die Ölkanne in der linken Hand. Der Junge wartet am Glas, die Ärmel zu lang. Sie stellt die Kanne ab und dreht den Ring zweimal.',
    line: 'Du hast mich nie gefragt, warum ich geblieben bin, als keine Schiffe mehr kamen.',
  },
  es: {
    action:
      'Mara sube los últimos escalones con la aceitera en la mano izquierda. El niño espera junto al cristal, con las mangas demasiado largas. Ella deja la aceitera y gira el anillo dos veces.',
    line: 'Nunca me preguntaste por qué me quedé cuando dejaron de venir los barcos.',
  },
  pt: {
    action:
      'Mara sobe os últimos degraus com a lata de óleo na mão esquerda. O menino espera junto ao vidro, com as mangas compridas demais. Ela pousa a lata e gira o anel duas vezes.',
    line: 'Você nunca me perguntou por que eu fiquei quando os navios deixaram de vir.',
  },
  fr: {
    action:
      "Mara gravit les dernières marches, le bidon d'huile à la main gauche. Le garçon attend près de la vitre, les manches trop longues. Elle pose le bidon et tourne deux fois la bague.",
    line: "Tu ne m'as jamais demandé pourquoi je suis restée quand les bateaux ont cessé de venir.",
  },
  it: {
    action:
      "Mara sale gli ultimi gradini con la latta d'olio nella mano sinistra. Il ragazzo aspetta accanto al vetro, le maniche troppo lunghe. Lei posa la latta e gira due volte l'anello.",
    line: 'Non mi hai mai chiesto perché sono rimasta quando le navi non sono più venute.',
  },
  nl: {
    action:
      'Mara beklimt de laatste treden met de oliekan in haar linkerhand. De jongen wacht bij het glas, zijn mouwen te lang. Ze zet de kan neer en draait de ring twee keer.',
    line: 'Je hebt me nooit gevraagd waarom ik bleef toen de schepen niet meer kwamen.',
  },
  da: {
    action:
      'Mara går op ad de sidste trin med oliekanden i venstre hånd. Drengen venter ved ruden, ærmerne er for lange. Hun sætter kanden fra sig og drejer ringen to gange.',
    line: 'Du har aldrig spurgt mig, hvorfor jeg blev, da skibene holdt op med at komme.',
  },
  nb: {
    action:
      'Mara går opp de siste trinnene med oljekannen i venstre hånd. Gutten venter ved ruten, ermene er for lange. Hun setter fra seg kannen og vrir ringen to ganger.',
    line: 'Du har aldri spurt meg hvorfor jeg ble igjen da skipene sluttet å komme.',
  },
  sv: {
    action:
      'Mara går uppför de sista stegen med oljekannan i vänster hand. Pojken väntar vid rutan, ärmarna är för långa. Hon ställer ner kannan och vrider ringen två gånger.',
    line: 'Du har aldrig frågat mig varför jag stannade när fartygen slutade komma.',
  },
  fi: {
    action:
      'Mara nousee viimeiset askelmat öljykannu vasemmassa kädessään. Poika odottaa lasin vieressä, hihat liian pitkinä. Hän laskee kannun ja kääntää sormusta kahdesti.',
    line: 'Et ole koskaan kysynyt, miksi jäin tänne, kun laivat lakkasivat tulemasta.',
  },
  pl: {
    action:
      'Mara wchodzi po ostatnich stopniach z oliwiarką w lewej ręce. Chłopiec czeka przy szybie, w za długich rękawach. Ona odstawia oliwiarkę i dwa razy obraca pierścionek.',
    line: 'Nigdy mnie nie zapytałeś, dlaczego zostałam, gdy statki przestały przypływać.',
  },
  cs: {
    action:
      'Mara vystoupá po posledních schodech s olejničkou v levé ruce. Chlapec čeká u skla, rukávy má příliš dlouhé. Odloží olejničku a dvakrát otočí prstenem.',
    line: 'Nikdy ses mě nezeptal, proč jsem tu zůstala, když lodě přestaly připlouvat.',
  },
  tr: {
    action:
      'Mara sol elinde yağ kabıyla son basamakları çıkar. Çocuk camın yanında bekler, kolları fazla uzundur. Kabı yere koyar ve yüzüğü iki kez çevirir.',
    line: 'Gemiler gelmez olduktan sonra neden burada kaldığımı bana hiç sormadın.',
  },
  id: {
    action:
      'Mara menaiki anak tangga terakhir dengan kaleng minyak di tangan kirinya. Anak laki-laki itu menunggu di dekat kaca, lengan bajunya terlalu panjang. Ia meletakkan kaleng itu dan memutar cincinnya dua kali.',
    line: 'Kamu tidak pernah bertanya mengapa aku tinggal di sini setelah kapal-kapal berhenti datang.',
  },
  ru: {
    action:
      'Мара поднимается по последним ступеням с маслёнкой в левой руке. Мальчик ждёт у стекла, рукава ему велики. Она ставит маслёнку и дважды поворачивает кольцо.',
    line: 'Ты ни разу не спросил меня, почему я осталась, когда корабли перестали приходить.',
  },
  uk: {
    action:
      'Мара піднімається останніми сходами з олійницею в лівій руці. Хлопчик чекає біля скла, рукави йому завеликі. Вона ставить олійницю й двічі повертає каблучку.',
    line: 'Ти жодного разу не спитав мене, чому я лишилася, коли кораблі перестали приходити.',
  },
  ar: {
    action:
      'تصعد مارا الدرجات الأخيرة وفي يدها اليسرى علبة الزيت. ينتظر الصبي بجانب الزجاج وأكمامه طويلة جدا. تضع العلبة وتدير الخاتم مرتين.',
    line: 'لم تسألني أبدا لماذا بقيت هنا بعد أن توقفت السفن عن المجيء.',
  },
  ja: {
    action:
      'マラは左手に油差しを持って最後の階段を上る。少年はガラスのそばで待っている。袖が長すぎる。彼女は油差しを置き、指輪を二度回す。',
    line: '船が来なくなってからも、なぜ私がここに残ったのか、あなたは一度も聞かなかった。',
  },
  'zh-Hans': {
    action:
      '玛拉左手提着油壶走上最后几级台阶。男孩在玻璃旁等着，袖子太长。她放下油壶，把戒指转了两圈，然后望向窗外的大海。',
    line: '你从来没有问过我，船不再来了以后，我为什么还留在这里。',
  },
  ko: {
    action:
      '마라는 왼손에 기름통을 들고 마지막 계단을 오른다. 소년은 유리 옆에서 기다린다. 소매가 너무 길다. 그녀는 통을 내려놓고 반지를 두 번 돌린다.',
    line: '배가 더는 오지 않게 된 뒤에도 내가 왜 여기 남았는지 너는 한 번도 묻지 않았지.',
  },
};

/** Prompts as they should be, of people and places without anybody's name. */
export const goodPrompt =
  'A woman of sixty with a grey braid and a yellow oilskin coat climbs the last steps of a spiral staircase into a round lamp room of brass and glass. A thin boy in a jumper with sleeves too long waits by the window. She sets a brass oil can on the floor and turns the ring on her finger. Medium shot, static camera. Watercolour, soft morning light.';
