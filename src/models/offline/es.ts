import type { Words } from './bank.ts';
import { scene, told, translatedBank, type Translations } from './translate.ts';

const words: Words = {
  time: {
    dawn: 'amanecer',
    morning: 'mañana',
    noon: 'mediodía',
    afternoon: 'tarde',
    dusk: 'anochecer',
    night: 'noche',
  },
  day: 'día {day}',
  props: {
    absent: '{object}: todavía sin encontrar',
    hero: '{object}: con {hero}',
    rival: '{object}: en manos de {rival}',
    regained: '{object}: fuera de las manos de {rival}',
    given: '{object}: lo que queda lo guarda {ally}',
    none: 'los objetos: donde hacen falta',
  },
  knows: {
    nothing: 'el secreto: nadie sospecha nada',
    hero: 'el secreto: solo lo conoce {hero}',
    shared: 'el secreto: lo saben {hero} y {ally}, {rival} lo intuye',
    truth: 'el secreto: lo saben {hero} y {rival}, {ally} solo en parte',
    all: 'el secreto: ha salido a la luz',
    viewer: 'el público: sabe lo que se ha mostrado',
  },
  wears: {
    plain: '{hero}: ropa como en la lista de personajes',
    coat: '{hero}: un abrigo oscuro encima',
    worn: '{hero}: el abrigo oscuro, roto y polvoriento',
    fresh: '{hero}: ropa limpia de nuevo, sin el abrigo',
  },
  premise: 'Por primera vez ya no se puede pasar por alto: {idea}.',
  logline: {
    'three-act':
      '{premise} {rival} prefiere taparlo, y {hero} tiene que elegir entre aferrarse y soltar.',
    list: '{topic}, en {count} puntos: del más fácil al que sostiene a los demás.',
    explainer:
      '{question} Una respuesta paso a paso, con una comparación, un ejemplo y un error frecuente.',
  },
  turn: 'Haz visible el giro de la escena: ¿qué es distinto al final?',
  asked: 'Se pide: {instruction}',
  takes: [
    'Entramos tarde, cuando lo más importante acaba de decirse.',
    'Toda la escena cabe en una mirada, sostenida más de lo cómodo.',
    'Primero lo vemos desde fuera, a través de un cristal, sin sonido.',
    'La cámara se queda en las manos; los rostros llegan al final.',
    'Empieza por el desenlace, y después vemos cómo se llegó a él.',
    'Alguien mira desde el borde del cuadro, y miramos ese rostro.',
  ],
  ranks: [
    'Una fácil: se puede hacer hoy.',
    'Todo el mundo lo sabe y casi nadie lo hace.',
    'Suena mal hasta que se prueba.',
    'Cuesta un poco, y por eso funciona.',
    'Sobre esta siempre se discute.',
    'Pequeña, casi invisible, y cambia todo lo demás.',
  ],
  lastRank: 'Y esta sostiene a todas las demás.',
  stages: [
    'Empieza con algo muy pequeño.',
    'La segunda parte espera a la primera.',
    'Ahora se encuentran dos cosas.',
    'A partir de aquí va más deprisa.',
    'Aquí se decide el rumbo.',
  ],
  lastStage: 'Y con esto, está hecho.',
  voices: [
    'grave y pareja; hace pausas antes de lo importante',
    'rápida, con humor seco',
    'suave y cortés; nunca se alza',
    'lenta, cálida, algo ronca',
  ],
  item: 'Punto {n}',
  step: 'Paso {n}',
  untitled: 'Sin título',
  this: 'esto',
  question: '{topic}: ¿cómo es en realidad?',
  objects: [
    ['la foto antigua', 'old photograph', 'foto|fotografía'],
    ['la caja de hojalata', 'small tin box', 'caja'],
    ['la libreta roja', 'red notebook', 'libreta|cuaderno|diario|libro'],
    ['la llave de latón', 'brass key', 'llave'],
    ['la carta', 'old letter', 'carta|botella'],
    ['la hoja del mapa', 'old map', 'mapa'],
    ['la sortija de plata', 'silver ring', 'anillo|sortija'],
    ['la caja del violín', 'violin case', 'violín'],
  ],
};

const texts: Translations = {
  whole: {
    0: scene(
      'Antes y después',
      'Una decisión, vista entera: {hero} podría quedarse con {object} y renuncia. {premise}',
      '{hero} se detiene con {object} en las dos manos. Un respiro; luego lo deja todo en el suelo y sigue andando.',
      [['en voz baja', 'Nunca fue mío.']],
      'Una sola escena contiene un solo cambio: ¿a qué renuncia aquí {hero}?',
    ),
  },
  hook: {
    0: scene(
      'Primera imagen',
      'Conocemos a {hero} a solas, haciendo bien algo que nadie ve: la vida de antes.',
      '{hero} trabaja a solas, con manos que saben lo que viene después. Un pequeño ruido fuera de cuadro, y las manos se paran.',
      [],
      'La primera imagen y la última deben rimar: ¿qué se verá igual y significará lo contrario?',
    ),
    1: scene(
      'Algo no encaja',
      'Un detalle del cuadro conocido está mal; solo {hero} lo nota.',
      '{hero} cuenta las cosas de la mesa y vuelve a contarlas. Hay una más que ayer.',
      [['a la habitación', 'Eso antes no estaba.']],
    ),
  },
  setup: {
    0: scene(
      'Un día cualquiera',
      'Las reglas de este pequeño mundo, y lo que a {hero} le falta en él.',
      '{hero} hace la ronda de siempre y toca cada cosa en el mismo orden. Ante la última, la mano duda y pasa de largo.',
      [],
      '¿Qué quiere {hero}, en una frase que nunca diría en voz alta?',
    ),
    1: scene(
      'Dos tazas',
      '{ally} conoce a {hero} más de lo que resulta cómodo; el vínculo se ve en lo pequeño.',
      '{ally} pone dos tazas sin preguntar. {hero} gira una apenas, hasta que el asa queda como debe.',
      [
        ['con sorna', 'Otra noche aquí.'],
        ['media sonrisa', 'Cerré los ojos. Eso cuenta.'],
      ],
    ),
    2: scene(
      'La regla de la casa',
      '{rival} le recuerda a {hero} un límite que todos respetan; {hero} obedece, por ahora.',
      '{rival} se planta en medio del paso y espera. {hero} deja lo que tiene en las manos y da un paso atrás.',
      [
        ['amable, tajante', 'Quedamos en algo. Eso no se toca.'],
        ['demasiado rápido', 'Claro.'],
      ],
    ),
  },
  incite: {
    1: scene(
      'Empieza',
      '{premise} Nada puede seguir igual.',
      '{hero} se agacha y levanta {object} hacia la luz. Una marca en la parte de abajo le hace alzar la vista de golpe.',
      [['entre dientes', '¿Quién te dejó aquí?']],
      'Es la primera señal visible de la idea: {idea}. Que sea algo que una cámara pueda ver.',
    ),
    3: scene(
      'Imposible no verlo',
      '{ally} también lo ve: desde ahora no es solo asunto de {hero}.',
      '{ally} entra, se calla a mitad de palabra y mira fijamente {object}. {hero} cierra la mano, demasiado tarde.',
      [
        ['bajo', 'Dime que no es lo que pienso.'],
        ['bajo', 'Ven, acércate.'],
      ],
    ),
  },
  debate: {
    0: scene(
      'Guardarlo',
      '{hero} lo esconde e intenta seguir como si nada.',
      '{hero} cubre {object} con un paño y se aleja. A los tres pasos se para y se vuelve.',
      [],
      '¿Cuál es la buena razón para no hacer nada? También debe tentarnos.',
    ),
    1: scene(
      'El consejo sensato',
      '{elder} ya vivió esto una vez y aconseja a {hero} dejarlo en paz.',
      '{elder} escucha con los ojos cerrados y las manos en las rodillas. Al oír el nombre, los ojos se abren.',
      [
        ['con dulzura', 'Déjalo donde estaba.'],
        ['con terquedad', '¿Y si no puedo?'],
      ],
    ),
    2: scene(
      'A favor y en contra',
      '{ally} quiere ir, {hero} no; cada cual nombra el miedo del otro.',
      '{ally} pone una bolsa hecha entre los dos. Nadie la toca.',
      [
        ['cortante', 'Estás esperando permiso.'],
        ['con rabia', 'Y tú, una razón para huir.'],
      ],
    ),
  },
  threshold: {
    0: scene(
      'Lo que va en el bolsillo',
      '{hero} decide; lo vemos en lo que se lleva y en lo que deja.',
      '{hero} se pone el abrigo, guarda {object} en el bolsillo interior y deja las llaves de casa. Las llaves se quedan.',
    ),
    1: scene(
      'Al otro lado',
      '{hero} deja el mundo conocido; el camino de vuelta se cierra.',
      '{hero} junta los pies ante la salida, mira atrás una vez y cruza. Detrás se apaga una luz.',
      [
        ['llamando en voz baja', '¿Seguro?'],
        ['sin volverse', 'No. Vamos.'],
      ],
      '¿Qué se cierra detrás de {hero}, para que volver ya no sea gratis?',
    ),
  },
  trials: {
    0: scene(
      'La primera pregunta',
      'Objetivo: saber quién más lo sabe. {hero} pregunta abiertamente y aprende que ese es el error.',
      '{hero} va de cara en cara con un dibujo de {object}. Una tras otra, las miradas se apartan.',
      [
        ['con cortesía', '¿Ha visto algo así?'],
        ['demasiado rápido', 'Jamás.'],
      ],
    ),
    1: scene(
      'Mirar en silencio',
      'Intento: {hero} deja de preguntar y observa lo que hace la gente.',
      '{hero} se sienta en un rincón, encoge los hombros y espera. De reojo ve cómo {elder} aparta algo de la vista.',
    ),
    2: scene(
      'Malas manos',
      'Obstáculo: {rival} también observaba y ofrece una ayuda que no lo es.',
      '{rival} se inclina hacia la luz junto a {hero}, con una sonrisa y la palma abierta. {hero} busca el bolsillo y lo encuentra desabrochado.',
      [
        ['con calidez', 'Deja que te lo lleve.'],
        ['retrocede', 'No pesa nada.'],
      ],
      '¿Para qué lo quiere {rival}? Una razón que casi podamos compartir.',
    ),
    3: scene(
      'Un truco que funciona',
      'Giro: {hero} y {ally} engañan a {rival}, y lo disfrutan.',
      '{ally} deja caer un montón de cosas en mitad del paso. Mientras {rival} se arrodilla a ayudar, {hero} sale por encima de todo.',
      [
        ['con dulzura', 'Ay, qué torpeza.'],
        ['desde el suelo', 'Espera. ¡Espera!'],
      ],
    ),
    4: scene(
      'Sin aliento',
      'Queda un dato nuevo, y la primera risa compartida.',
      '{hero} y {ally} se dejan caer, respiran con fuerza y se miran. Entonces, a la vez, rompen a reír.',
      [['entre risas', 'Se nos da fatal.']],
    ),
  },
  midpoint: {
    1: scene(
      'Es otra cosa',
      'El giro: el objeto no era lo que parecía, y la misión tampoco.',
      '{hero} inclina {object} hasta que las letras rayadas atrapan la luz, y el color se le va de la cara. Es un nombre conocido.',
      [
        ['se acerca', '¿Qué pone?'],
        ['apenas', 'Mi nombre.'],
      ],
      'Antes: lo buscaban. Ahora los busca a ellos. ¿Qué sabemos ya de {idea}?',
    ),
    2: scene(
      'Lo que está en juego',
      'Ya no se trata de querer; alguien sufrirá si {hero} falla.',
      '{ally} mira {object}, mira a {hero} y pone despacio una silla entre los dos. {hero} no se acerca.',
      [
        ['con cautela', 'Entonces, ¿de qué lado estás?'],
        ['con franqueza', 'Aún no lo sé.'],
      ],
    ),
  },
  setbacks: {
    0: scene(
      'El truco ya no sirve',
      'Objetivo: usar lo que funcionó antes. No funciona dos veces.',
      '{ally} vuelve a dejar caer un montón de cosas en el paso. {rival} las rodea sin bajar la vista.',
      [['casi amable', 'Dos veces, no.']],
    ),
    1: scene(
      'Menos amigos',
      'Quien ayudaba ahora tiene miedo; {elder} también se aparta.',
      '{elder} ve llegar a {hero} y cierra el paso con un brazo. Una larga mirada; después vuelve la cara.',
      [
        ['suplica', 'Solo esta noche.'],
        ['de espaldas', 'También vinieron a mi casa.'],
      ],
    ),
    2: scene(
      'La primera mentira',
      '{hero} le oculta algo a {ally} por protegerle, y se nota.',
      '{hero} dobla un papel muy pequeño detrás de la espalda. {ally} capta el gesto de reojo y no dice nada.',
      [
        ['tantea', '¿Eso es todo?'],
        ['demasiado suave', 'Eso es todo.'],
      ],
      '¿Qué hay en el papel? Debemos saberlo antes que {ally}.',
    ),
    3: scene(
      'La pelea',
      'El conflicto llega arriba: {ally} descubre la mentira y se dice lo callado.',
      '{ally} alisa con una mano el papel doblado, una y otra vez. {hero} mira la mano, no la cara.',
      [
        ['bajo', 'Lo tenías todo este tiempo.'],
        ['se quiebra', 'Quería protegerte.'],
      ],
    ),
    4: scene(
      'A solas otra vez',
      'Resultado: {ally} se va; {hero} conserva {object} y pierde una amistad.',
      '{ally} se aleja, más despacio que quien quiere irse. {hero} abre la boca y la cierra.',
    ),
  },
  crisis: {
    0: scene(
      'La trampa se cierra',
      '{hero} acude de buena fe; {rival} ha elegido el terreno.',
      '{hero} entra en un silencio demasiado perfecto. Detrás, sin prisa, {rival} ocupa la única salida.',
      [['con amabilidad', 'Llegas antes. Bien.']],
    ),
    1: scene(
      'Todo perdido',
      '{rival} se queda con {object}; ocurre lo que {hero} más temía.',
      '{rival} toma {object} con dos dedos de la mano abierta de {hero}. {hero} lo permite y mira la palma vacía.',
      [
        ['suave', 'Podías habérmelo dado.'],
        ['sin tono', 'Lo sé.'],
      ],
      'El punto más bajo nace del defecto de {hero}, no de la mala suerte. ¿Qué defecto?',
    ),
  },
  dark: {
    0: scene(
      'Quietud',
      '{hero} se rinde; no pasa nada, y hay que soportarlo.',
      '{hero} está en el suelo con la espalda contra la pared y no se mueve. La luz cruza las manos y las deja.',
    ),
    1: scene(
      'Lo que sabía {elder}',
      '{elder} acaba viniendo y dice la verdad que faltaba.',
      '{elder} baja el cuerpo junto a {hero}, articulación por articulación. Durante un rato miran a lo lejos.',
      [
        ['con sencillez', 'Tuve miedo. Lo tengo aún.'],
        ['tras un rato', 'Entonces, ¿por qué has venido?'],
      ],
      '¿Qué sabe {elder} que cambia cómo {hero} ve su propia culpa?',
    ),
  },
  plan: {
    0: scene(
      'Volver',
      '{hero} busca a {ally} sin excusas, y eso abre la puerta.',
      '{hero} espera con las manos abiertas hasta que {ally} levanta la vista. Nadie sonríe; {ally} hace sitio.',
      [
        ['sin adornos', 'Mentí. Lo siento.'],
        ['tras un respiro', 'Anda, siéntate.'],
      ],
    ),
    1: scene(
      'El plan',
      'Lo aprendido se vuelve un plan que solo esta gente podría hacer.',
      '{hero} traza tres líneas con un cabo de lápiz; {ally} añade una cuarta. {elder} pone el dedo donde se cruzan.',
      [
        ['con una gran sonrisa', 'Es una locura total.'],
        ['con calma', 'Solo tiene que salir una vez.'],
      ],
      'Que oigamos medio plan; la otra mitad nos sorprende en el clímax.',
    ),
  },
  climax: {
    0: scene(
      'En la boca del lobo',
      '{hero} va adonde {rival} tiene toda la ventaja, esta vez con los ojos abiertos.',
      '{hero} avanza a plena vista y se detiene con las manos abiertas. En la penumbra rasca una silla.',
      [['con diversión', 'No te rindes.']],
    ),
    2: scene(
      'Sale mal',
      'El plan se rompe por lo más débil; {hero} sigue sin él.',
      '{rival} apaga la cerilla entre dos dedos y mira a {hero} a los ojos. En la oscuridad alguien contiene el aliento.',
      [
        ['en la oscuridad', '¿Creías que no lo vería?'],
        ['con la voz ronca', '¡Vete! ¡Sigue!'],
      ],
    ),
    3: scene(
      'La elección',
      '{hero} puede tener {object} o salvar a {ally}; la elección muestra en quién se ha convertido.',
      '{rival} alza {object} en una mano y con la otra agarra a {ally} por el cuello del abrigo. {hero} solo mira a {ally}, y suelta todo lo demás.',
      [
        ['a gritos', '¿Qué eliges?'],
        ['con toda calma', 'Nunca fue esa la pregunta.'],
      ],
      'La misma elección del principio, resuelta al revés. ¿Dónde la vimos antes?',
    ),
    5: scene(
      'Después del ruido',
      'Se acabó; quienes quedan se encuentran en el silencio.',
      '{hero} y {ally} juntan las frentes y respiran cada vez más despacio. {rival} se sienta en el suelo como una criatura cansada.',
      [['susurra', '¿Ya está?']],
    ),
  },
  resolution: {
    0: scene(
      'La primera mañana',
      'El mundo es el mismo; la manera de andar de {hero}, no.',
      '{hero} hace la ronda de siempre y roza cada cosa al pasar. Esta vez la mano no se salta la última.',
    ),
    1: scene(
      'Encuentra su sitio',
      'Lo que lo empezó todo llega a quien le corresponde.',
      '{hero} deja lo que queda de {object} en la palma de {ally} y le cierra los dedos. Nadie aprieta demasiado.',
      [
        ['con sorpresa', '¿Lo regalas?'],
        ['sin peso', 'Lo paso.'],
      ],
    ),
  },
  closing: {
    0: scene(
      'Lo que queda',
      'Una última mirada a lo que ha cambiado, en un objeto y un gesto.',
      '{hero} pone tres tazas y gira cada asa como debe. Se acercan unas voces.',
    ),
    1: scene(
      'Última imagen',
      'Vuelve la primera imagen, y ahora significa lo contrario.',
      '{hero} trabaja con manos que saben lo que viene, como al principio, y {ally} trabaja al lado. El pequeño ruido de entonces; {hero} sonríe y sigue.',
      [],
      '¿Qué último sonido nos llevamos?',
    ),
  },
  'list-hook': {
    0: told(
      'La promesa',
      'Una imagen que plantea la pregunta: ¿quién lo consigue, y cómo? Tema: {topic}.',
      '{hero} está inmóvil mientras la gente corre a ambos lados. Entonces mira a cámara y aparta todo lo que tiene delante.',
      ['Son {count}.', 'La última sostiene a las demás.'],
      'Deciden los tres primeros segundos. ¿Qué imagen de «{topic}» detiene un pulgar?',
    ),
  },
  'list-promise': {
    0: told(
      'Cómo contamos',
      'Las reglas: de lo fácil a lo difícil, con una sorpresa por el camino.',
      '{hero} alinea marcas vacías, una por cada punto. El dedo recorre la fila y golpea la última.',
      ['Empezamos por la fácil.', 'La más difícil llega al final.'],
    ),
  },
  'list-item': {
    0: told(
      '{item}',
      '{item}: se nombra y se muestra en su forma más simple: [nómbralo en cinco palabras].',
      '{hero} añade una piedra a la fila y levanta la vista. Detrás, fuera de foco, {ally} ya lo hace bien.',
      ['{item}.', '{rank}'],
      '{item}: nómbralo en cinco palabras, con un verbo.',
    ),
    1: told(
      '{item}',
      '{item}: lo vemos en alguien que ya conocemos: [nómbralo en cinco palabras].',
      '{ally} trabaja al fondo sin saber que miramos. {hero} señala hacia allí con el pulgar y calla.',
      ['{item}.', '{rank}'],
      '{item}: muéstralo antes de decirlo. ¿Qué notaría un vecino?',
    ),
    2: told(
      '{item}',
      '{item}: llega como pregunta, y la respuesta es algo pequeño: [nómbralo en cinco palabras].',
      '{hero} da la vuelta a un cuenco; debajo hay una sola piedra. {ally} apostaba por otro sitio.',
      ['{item}.', '{rank}'],
      '{item}: ¿qué frase repetiría alguien a una amiga?',
    ),
    3: told(
      '{item}: sin ello',
      'Cómo va el día sin esto ({item}), en un momento reconocible.',
      '{ally} empieza tres cosas a la vez y no acaba ninguna. Una larga mirada al vacío.',
      ['Sin ello, el día se ve así.'],
    ),
    4: told(
      '{item}: en un gesto',
      '{item} en un gesto: qué hacen exactamente las manos.',
      '{hero} lo hace despacio, para que se siga cada movimiento. Solo las manos, después la cara: era sencillo.',
      ['Con esto basta.', 'Mira las manos.'],
      '¿Qué gesto lo muestra? Filma solo ese.',
    ),
    6: told(
      '{item}: el error habitual',
      'Dónde se falla más con {item}: demasiado, demasiado pronto.',
      '{ally} carga con todo a la vez y da tres pasos. La mitad cae al suelo.',
      ['El error habitual: todo a la vez.'],
    ),
  },
  'list-recap': {
    0: told(
      'Todos, deprisa',
      'Todos los puntos otra vez, como cadena de gestos, sin explicar.',
      '{hero} recorre la fila de piedras y toca cada una al pasar. Cada toque es una imagen breve de antes.',
      ['Otra vez, los {count}.', 'Para empezar basta uno.'],
    ),
  },
  'list-closing': {
    0: told(
      'Te toca',
      'Una pregunta al público que se puede contestar en un comentario.',
      '{hero} empuja una silla vacía hacia la cámara y espera. La mirada es amable y no parpadea.',
      ['¿Por cuál empiezas?'],
    ),
    1: told(
      'Última imagen',
      'La imagen del principio: la misma prisa, y ahora alguien camina con calma.',
      '{ally} cruza despacio entre la gente que corre. Aún tiene tiempo de recoger algo ajeno del suelo.',
      ['Hasta la próxima.'],
    ),
  },
  'exp-hook': {
    0: told(
      'La pregunta',
      'La pregunta de la película, hecha por alguien que quiere saberlo: {question}',
      '{ally} se detiene a medio gesto, mira a lo lejos y frunce el ceño. {hero} levanta la vista: buena pregunta.',
      ['{question}', 'Casi nadie sabría decirlo.'],
      '¿Qué respondería una niña de diez años? Empieza por ahí.',
    ),
  },
  'exp-stakes': {
    0: told(
      'Por qué importa',
      'Qué depende de ello para una persona, un día. Tema: {topic}.',
      '{ally} sostiene un papel con las dos manos y relee la misma línea. {hero} acerca una silla.',
      ['No es solo cosa de expertos.', 'Tarde o temprano te toca.'],
      'Nombra a una persona para la que esto cambia algo hoy.',
    ),
  },
  'exp-picture': {
    0: told(
      'Una comparación',
      'Una comparación sostiene toda la película: es como [algo que hay en cualquier cocina].',
      '{hero} construye una maqueta de hilo, papel y vidrio. {ally} la gira con un dedo, y todo gira.',
      ['Piensa en algo que conoces bien.', 'Funciona casi igual.'],
      'Elige una comparación y mantenla hasta el final.',
    ),
  },
  'exp-parts': {
    0: told(
      'Las piezas',
      'Qué piezas intervienen: tres como mucho, con nombres sencillos.',
      '{hero} coloca tres objetos separados: uno grande, uno pequeño, uno de vidrio. La mano se queda sobre el pequeño.',
      ['Intervienen tres cosas.', 'La más pequeña hace más que ninguna.'],
      '¿Qué tres piezas? Deja fuera el resto sin piedad.',
    ),
  },
  'exp-how': {
    0: told(
      '{item}: qué pasa',
      '{item} de cómo funciona: [qué pasa, con un verbo].',
      '{hero} mueve una pieza de la maqueta un palmo. Las demás responden, una tras otra.',
      ['{item}.', '{rank}'],
      '{item}: una frase, un verbo. ¿Qué hace qué?',
    ),
    1: told(
      '{item}: qué cambia',
      '{item} cambia una cosa; la vemos antes y después: [¿qué es distinto?]',
      '{ally} tapa media maqueta con un papel y lo retira. Una pieza está de otra manera.',
      ['{item}.', '{rank}'],
      '{item}: ¿cómo era antes, cómo después? Dos imágenes, no más.',
    ),
    2: told(
      '{item}: dónde ocurre',
      '{item} nos lleva al sitio justo donde ocurre: [¿dónde?]',
      '{hero} guía la cámara por detrás de la maqueta con una linterna. Lo que parecía cerrado, aquí está abierto.',
      ['{item}.', '{rank}'],
      '{item}: ¿dónde estamos, y qué tamaño tiene?',
    ),
    3: told(
      '{item}: muy de cerca',
      '{item} visto tan de cerca como si estuviéramos dentro.',
      'Enormes en el cuadro, dos piezas de la maqueta se acercan, se tocan y se quedan unidas. Entre ellas sube un poco de polvo.',
      ['De cerca se ve así.'],
    ),
    5: told(
      '{item}: y entonces',
      'Qué sigue de {item} y lleva a lo siguiente.',
      '{hero} suelta una canica por un surco hasta que golpea la pieza siguiente. Esa empieza a moverse.',
      ['Y eso pone en marcha lo que sigue.'],
    ),
  },
  'exp-example': {
    0: told(
      'En la vida real',
      'Todo el proceso en un caso real, de principio a fin.',
      '{ally} hace algo cotidiano en lo que todo esto está en marcha. {hero} sigue a distancia y no señala nada.',
      ['Ahora todo junto, en la vida real.', 'Mira lo que ya conoces.'],
      '¿Qué caso encuentra el público esta misma semana?',
    ),
  },
  'exp-misconception': {
    0: told(
      'Lo que muchos creen',
      'El error más frecuente, contado sin burla.',
      '{rival} le explica algo a {ally} con grandes gestos, y suena bien. {hero} escucha con interés.',
      ['Quizá lo has oído de otra manera.', 'El error tiene su razón.'],
      '¿Qué error es? Di primero lo cierto y después el error.',
    ),
  },
  'exp-answer': {
    0: told(
      'La respuesta',
      'La pregunta del principio, contestada en una frase que se puede repetir.',
      '{ally} está como al principio, mira a lo lejos y ya no frunce el ceño. Se lo explica a {elder} con las dos manos.',
      ['Otra vez: {question}', 'Ahora cabe en una frase.'],
      'Escribe primero esta frase; la película es el camino hacia ella.',
    ),
  },
  'exp-closing': {
    0: told(
      'Ahora tú',
      'Algo pequeño que el público puede mirar hoy de otra manera.',
      '{hero} entrega la maqueta a la cámara con las dos manos. Detrás, {ally} ya construye otra.',
      ['Búscalo hoy. Está en todas partes.'],
    ),
  },
};

export const es = translatedBank('es', words, texts);
