import assert from 'node:assert/strict';
import { briefOf, script } from './offline-helpers.ts';
import type { Structure } from '../../../src/script/script-model.ts';

/** What a script of eight scenes has to have of its idea, and what would be a wrong invention. */
interface Row {
  readonly idea: string;
  readonly language?: string;
  readonly structure?: Structure;
  readonly instructions?: string;
  readonly title?: string;
  readonly has?: readonly RegExp[];
  readonly hasNot?: readonly RegExp[];
  /** Names of those who are seen; none where it is empty. */
  readonly cast?: readonly string[];
  readonly silent?: true;
}

const list = 'list';
const explainer = 'explainer';
const handy = [
  /hushed up|vertuschen|giấu kín|étouffer|tapar|bends down|coat over|with both hands/u,
];

const rows: readonly Row[] = [
  // Lists, with numbers in words and figures.
  {
    idea: 'Seven mistakes people make when they buy a used car',
    structure: list,
    title: 'Seven Mistakes People Make When They Buy a Used Car',
    has: [/in seven points/u, /Mistake 1/u, /Mistakes 6–7/u],
    hasNot: [/in two points|fog/u],
  },
  {
    idea: 'five reasons why bees matter',
    structure: list,
    has: [/: five of them/u, /Reason 5/u],
    hasNot: [/furry bee/u],
  },
  { idea: '7 habits of calm people', structure: list, has: [/in seven points/u, /Habits 6–7/u] },
  { idea: 'A dozen ways to fold a napkin', structure: list, has: [/in twelve points/u, /Way/u] },
  { idea: 'The three rules of good coffee', structure: list, has: [/in three points/u, /Rule 3/u] },
  {
    idea: 'Top ten noodle shops',
    structure: list,
    has: [/: ten of them/u, /Shops? 10|Shops 9–10/u],
  },
  { idea: 'Twenty small kindnesses', structure: list, has: [/in 20 points/u] },
  {
    idea: 'Sieben Fehler beim Kauf eines Gebrauchtwagens',
    language: 'de',
    structure: list,
    has: [/in 7 Punkten/u],
    hasNot: [/in 2 Punkten/u],
  },
  { idea: 'Drei Regeln für guten Kaffee', language: 'de', structure: list, has: [/in 3 Punkten/u] },
  {
    idea: 'Cinco errores al comprar un coche usado',
    language: 'es',
    structure: list,
    has: [/en 5 puntos/u],
  },
  {
    idea: 'Sept erreurs quand on achète une voiture',
    language: 'fr',
    structure: list,
    has: [/(?<!\d)7(?!\d)/u],
    hasNot: [/en 2 points/u],
  },
  {
    idea: 'Bảy thói quen của người điềm tĩnh',
    language: 'vi',
    structure: list,
    has: [/: 7 điều/u],
  },
  { idea: 'Mistakes at work', structure: list, hasNot: [/seven/u] },
  // Explanations.
  {
    idea: 'How to sharpen a kitchen knife',
    structure: explainer,
    title: 'How do you sharpen a kitchen knife?',
  },
  { idea: 'how vaccines work', structure: explainer, title: 'How do vaccines work?' },
  { idea: 'Why the sky is blue', structure: explainer, title: 'Why is the sky blue?' },
  {
    idea: 'Warum der Himmel blau ist',
    language: 'de',
    structure: explainer,
    title: 'Warum der Himmel blau ist',
  },
  { idea: 'what is a black hole', structure: explainer, title: 'What is a black hole?' },
  {
    idea: 'How whales sleep',
    structure: explainer,
    title: 'How do whales sleep?',
    hasNot: [/scarred back/u],
  },
  // Titles are whole phrases.
  {
    idea: 'A woman who mends the nets of a village that has forgotten how to fish finds out why the sea withdrew',
    hasNot: [/"title":"[^"]* (?:the|of|a|that|to|in)"/u],
  },
  {
    idea: 'Ein alter Mann, der seit dreißig Jahren jeden Morgen denselben Weg geht, biegt an einem Tag im März links ab',
    language: 'de',
    title: 'Ein alter Mann',
  },
  { idea: 'A letter', title: 'A Letter' },
  { idea: 'Rain', title: 'Rain' },
  {
    idea: 'Three brothers inherit a bakery and cannot agree on the bread',
    title: 'Three Brothers',
    has: [/, \p{L}+ and \p{L}+ inherit a bakery/u],
  },
  { idea: 'Two sisters find a map', title: 'Two Sisters', has: [/find a map/u] },
  { idea: 'A lighthouse keeper finds a letter', title: 'The Lighthouse Keeper and the Letter' },
  {
    idea: 'Horror: something knocks inside the wall of our new house',
    title: 'Something Knocks Inside the Wall of Our New House',
    hasNot: [/Horror:/u],
  },
  { idea: '!!!', hasNot: [/"title":""/u] },
  { idea: '🐙🐙 octopus heist!!!', cast: ['The octopus'], hasNot: handy, silent: true },
  { idea: 'a   story about   a   baker ', hasNot: [/story about/u] },
  // Nobody is to be seen.
  {
    idea: 'An empty city at dawn, no people, without dialogue',
    title: 'An Empty City at Dawn',
    cast: [],
    hasNot: [/no people|without dialogue/u, ...handy],
    silent: true,
  },
  {
    idea: 'A forest in autumn without people',
    title: 'A Forest in Autumn',
    cast: [],
    silent: true,
  },
  { idea: 'A harbour at night', instructions: 'No people, please.', cast: [], silent: true },
  {
    idea: 'Ein leerer Bahnhof ohne Menschen',
    language: 'de',
    title: 'Ein leerer Bahnhof',
    cast: [],
    silent: true,
  },
  {
    idea: 'Une plage en hiver, sans personnages',
    language: 'fr',
    title: 'Une plage en hiver',
    cast: [],
    silent: true,
  },
  { idea: 'Una calle sin gente', language: 'es', title: 'Una calle', cast: [], silent: true },
  { idea: 'Một khu chợ không người', language: 'vi', title: 'Một khu chợ', cast: [], silent: true },
  // Nobody is to speak.
  { idea: 'A baker and a thief, without dialogue', silent: true, hasNot: [/without dialogue/u] },
  { idea: 'A nurse crosses the city, no dialogue', silent: true },
  { idea: 'A wordless story of a clockmaker', silent: true },
  { idea: 'Ein Koch lernt tanzen, ohne Dialog', language: 'de', silent: true },
  { idea: 'Un facteur perd une lettre, sans paroles', language: 'fr', silent: true },
  { idea: 'Un panadero y su hija, sin diálogo', language: 'es', silent: true },
  { idea: 'A teacher at the sea', instructions: 'Without any dialogue.', silent: true },
  // Things, products, places, what has happened.
  {
    idea: 'A 30-second ad for the Lumo solar lamp',
    title: 'The Lumo Solar Lamp',
    cast: [],
    has: [/Subject of the film: the Lumo solar lamp/u],
    hasNot: [/Narrow Street|30-second/u, ...handy],
  },
  {
    idea: 'Documentary about the Apollo 13 mission',
    title: 'The Apollo 13 Mission',
    cast: [],
    hasNot: [/Narrow Street/u, ...handy],
  },
  {
    idea: 'Music video: neon rain, a saxophone on a rooftop in Tokyo',
    title: 'Neon Rain, a Saxophone on a Rooftop in Tokyo',
    cast: [],
    has: [/Tokyo/u],
    hasNot: handy,
  },
  { idea: 'Time-lapse of Venice in 1750', cast: [], has: [/Venice, 1750/u] },
  { idea: 'Werbespot für eine Teekanne', language: 'de', cast: [], hasNot: handy },
  { idea: 'Publicité pour un vélo rouge', language: 'fr', cast: [], hasNot: handy },
  { idea: 'Anuncio de una silla', language: 'es', cast: [], hasNot: handy },
  { idea: 'Quảng cáo cho một chiếc xe đạp', language: 'vi', cast: [], hasNot: handy },
  // Named people, places and years.
  {
    idea: 'In 1889, Nellie Bly sets out to travel around the world',
    has: [/Nellie Bly/u, /1889, /u],
    hasNot: [/"name":"Bly"/u],
  },
  {
    idea: 'Anna and Ben open a shop in Lisbon',
    has: [/"name":"Anna"/u, /"name":"Ben"/u, /Lisbon, /u],
    hasNot: [/"name":"Lisbon"/u],
  },
  { idea: 'A detective in Chicago in the 1920s', has: [/Chicago, the 1920s/u] },
  {
    idea: 'Un boulanger traverse Paris en 1944',
    language: 'fr',
    has: [/Paris, 1944/u],
    hasNot: [/"name":"Paris"/u],
  },
  { idea: 'Ein Bäcker in Görlitz', language: 'de', has: [/Görlitz, /u] },
  {
    idea: 'Ba anh em và chiếc thuyền giấy ở Hội An',
    language: 'vi',
    has: [/Hội An, /u],
    hasNot: [/"name":"An"/u],
  },
  { idea: 'A girl named Wren finds a key', has: [/"name":"Wren"/u, /key/u] },
  // Animals do what animals can.
  {
    idea: 'A cat looks for a warm place on the coldest night of 1963 in Chicago',
    cast: ['The cat'],
    has: [/Chicago, 1963/u],
    hasNot: handy,
    silent: true,
  },
  {
    idea: 'A fox and a hedgehog share one winter den',
    title: 'The Fox and the Hedgehog',
    cast: ['The fox', 'The hedgehog'],
    hasNot: handy,
    silent: true,
  },
  {
    idea: 'Eine Katze sucht einen warmen Platz',
    language: 'de',
    cast: ['Die Katze'],
    hasNot: handy,
    silent: true,
  },
  {
    idea: 'Un chat noir traverse Paris en 1944 sans dialogue',
    language: 'fr',
    cast: ['Le chat'],
    has: [/Paris, 1944/u],
    silent: true,
  },
  {
    idea: 'Un perro espera a su amo',
    language: 'es',
    cast: ['El perro'],
    hasNot: handy,
    silent: true,
  },
  { idea: 'Một chú mèo đi lạc', language: 'vi', cast: ['Chú mèo'], hasNot: handy, silent: true },
  { idea: 'A dog named Milo waits at the station', cast: ['Milo'], hasNot: handy, silent: true },
  // Things whose story it is do what things can; nobody is made up beside them.
  {
    idea: 'A paper boat travels from a gutter to the sea',
    cast: ['The paper boat'],
    hasNot: handy,
    silent: true,
  },
  {
    idea: 'An old teddy bear waits in an attic for someone to open the box',
    cast: ['The old teddy bear'],
    hasNot: [/shaggy coat/u, ...handy],
    silent: true,
  },
  { idea: 'The moon falls in love with a street lamp', cast: ['The moon'], silent: true },
  { idea: 'A day in the life of a coffee cup', cast: ['The coffee cup'], silent: true },
  {
    idea: 'Ein Papierboot sucht das Meer',
    language: 'de',
    cast: ['Papierboot'],
    hasNot: handy,
    silent: true,
  },
  { idea: 'Un globo rojo quiere ver el mar', language: 'es', cast: ['El globo rojo'] },
  { idea: 'Un ballon rouge rêve de la mer', language: 'fr', cast: ['Le ballon rouge'] },
  { idea: 'Một quả bóng muốn ra biển', language: 'vi', cast: ['Quả bóng'] },
  {
    idea: 'Two rusty robots wait for the humans to come back',
    has: [/orange replacement arm, squeaking treads","/u, /squeaking treads, a blue stripe/u],
  },
  {
    idea: 'A talking fox teaches a prince about friendship',
    title: 'The Fox and the Prince',
    has: [/russet coat/u],
  },
  { idea: 'Poppy, a small curious bird, finds a flower', cast: ['Poppy'], silent: true },
  {
    idea: 'A dog called Biscuit and a cat called Miso cross Tokyo to find their owner again',
    title: 'Biscuit and Miso',
    cast: ['Biscuit', 'Miso'],
  },
  // What nobody can know is left open: who stands in the way and why, how somebody looks.
  { idea: 'Something about love', has: [/Z stands in the way: \[why\?\]/u] },
  { idea: 'The last lighthouse', has: [/Lamp Room/u, /"name":"X","look":""/u] },
  {
    idea: 'In 1922 Chaplin, Pickford and Fairbanks have dinner',
    has: [/"name":"Chaplin","look":""/u, /"name":"Fairbanks","look":""/u],
  },
  {
    idea: 'Sarah lost her job at the bank. Her brother Tom offers her a place on his boat.',
    has: [/"name":"Sarah","look":"[^"]*woman/u, /"name":"Tom","look":"[^"]* man/u],
  },
  {
    idea: 'Kids learn about recycling with Benny the Bin',
    has: [/"name":"Benny the Bin","look":""/u],
  },
  { idea: 'Two brothers and Mrs Chen', has: [/"name":"Mrs Chen","look":"[^"]*woman/u] },
  // Topics and products are shown, and nobody lives through them.
  { idea: 'How to make sourdough bread at home', cast: [], hasNot: handy, silent: true },
  {
    idea: 'Introducing Nimbus: the umbrella that never turns inside out',
    title: 'Nimbus: the Umbrella that Never Turns Inside Out',
    cast: [],
  },
  {
    idea: 'Explain inflation to a ten year old',
    structure: explainer,
    title: 'Inflation: what really happens?',
  },
  // A thing that all of it is about is asked for where the idea names none.
  {
    idea: 'A baker and a nurse quarrel',
    has: [/the stained recipe book stands in for it\. What is it\?/u],
  },
  { idea: 'A lighthouse keeper finds a silver key', hasNot: [/stands in for it/u] },
  {
    idea: 'Zwei Schwestern streiten',
    language: 'de',
    has: [/steht dafür\. Was ist es\?/u],
  },
  { idea: 'Ein Bäcker findet einen Schlüssel', language: 'de', hasNot: [/steht dafür/u] },
  // Verse.
  {
    idea: 'The woods are lovely, dark and deep, / But I have promises to keep',
    title: 'The woods are lovely, dark and deep',
    cast: [],
    hasNot: [/"name":"But"/u, ...handy],
  },
  {
    idea: 'A slumber did my spirit seal\nI had no human fears\nShe seemed a thing that could not feel',
    title: 'A slumber did my spirit seal',
    cast: [],
  },
  // More numbers, places, years and wishes.
  { idea: 'Mistakes every beginner makes: 5 of them', structure: list, has: [/in five points/u] },
  {
    idea: 'Mười hai điều nên biết trước khi nuôi mèo',
    language: 'vi',
    structure: list,
    has: [/: 12 thứ/u],
  },
  {
    idea: 'Lissabon, 1974: Am Morgen sucht Inês ihren Bruder',
    language: 'de',
    has: [/Lissabon, 1974/u, /"name":"Inês"/u],
  },
  { idea: 'A detective in Neo-Tokyo 2089 hunts a thief', has: [/Neo-Tokyo, 2089/u] },
  { idea: 'Ein Teddybär und ein Kind, kein Dialog', language: 'de', silent: true },
  { idea: 'A cinematic short about a baker', hasNot: [/cinematic short/u] },
  // Those who are two of a kind are not against each other.
  {
    idea: 'Two thieves have to be home before dawn',
    has: [/"logline":"(\p{L}+) and (\p{L}+) have to be home before dawn\. (?!\1|\2)\p{L}+ stands/u],
  },
  { idea: 'A baker and a thief', has: [/"logline":"[^"]*stands in the way/u] },
  // What is said of somebody is not lost to a name.
  {
    idea: 'A lonely old clockmaker repairs a heart',
    has: [/"logline":"A lonely old clockmaker repairs a heart\./u],
  },
  // Space, fairy tale, other languages.
  {
    idea: 'The last astronaut on Mars grows a single tomato',
    title: 'The Last Astronaut on Mars Grows a Single Tomato',
    has: [/"logline":"The last astronaut on Mars grows a single tomato\./u],
  },
  { idea: 'Fairy tale: a princess loses her crown', has: [/crown/u], hasNot: [/Fairy tale:/iu] },
  {
    idea: '雨の夜、駅で待つ老人',
    language: 'ja',
    title: '雨の夜、駅で待つ老人',
    has: [/"logline":"雨の夜、駅で待つ老人/u],
    hasNot: [/overlooked|hushed up, and/u],
    silent: true,
  },
  {
    idea: 'Старик ждёт поезд',
    language: 'ru',
    title: 'Старик ждёт поезд',
    has: [/"logline":"Старик ждёт поезд/u],
    silent: true,
  },
];

describe('an idea as the offline scaffold reads it', () => {
  it('is tried on enough kinds of ideas', () => {
    assert.ok(rows.length >= 60, String(rows.length));
  });

  for (const [idea, language, names] of [
    [
      'Lena, Marco, Yusuf, Priya and old Mrs Chen rent one room in Lisbon, 1974',
      'en',
      ['Lena', 'Marco', 'Yusuf', 'Priya', 'Mrs Chen'],
    ],
    ['Five friends – Ana, Bo, Cy, Dee and Eli – get lost', 'en', ['Ana', 'Bo', 'Cy', 'Dee', 'Eli']],
    [
      'Fünf Freunde – Anna, Ben, Clara, David und Emil – finden eine Kamera',
      'de',
      ['Anna', 'Ben', 'Clara', 'David', 'Emil'],
    ],
    [
      'Cinco amigos – Ana, Luis, Marta, Pablo y Eva – viajan a Granada en 1936',
      'es',
      ['Ana', 'Luis', 'Marta', 'Pablo', 'Eva'],
    ],
    [
      'Camille, Léo, Jeanne, Hugo et Mamie Rose partent en mer',
      'fr',
      ['Camille', 'Léo', 'Jeanne', 'Hugo', 'Mamie Rose'],
    ],
    [
      'An, Bình, Chi, Dũng và bà Sáu giữ một quán cà phê ở Đà Lạt',
      'vi',
      ['An', 'Bình', 'Chi', 'Dũng', 'Sáu'],
    ],
  ] as const) {
    it(`has all whom it names in the story: ${idea}`, async () => {
      for (const scenes of [22, 90]) {
        const {
          outline,
          bible,
          tasks,
          scenes: written,
        } = await script(briefOf({ idea, language }), scenes);
        const known = bible.characters.map(({ name }) => name);
        const seen = new Set(outline.flatMap(({ cast }) => cast));
        for (const name of names) assert.ok(known.includes(name) && seen.has(name), name);
        assert.equal(known.length, 6, 'and somebody who stands in the way');
        // Each scene is found again from its beat, whoever stands in for whom.
        for (const [i, { beat }] of tasks.entries()) {
          const { dialogue = [], action = '' } = written[i] ?? {};
          assert.ok(dialogue.every(({ speaker }) => beat.cast.includes(speaker)));
          assert.ok(!action.startsWith(beat.summary), beat.summary);
        }
      }
    });
  }

  for (const row of rows) {
    it(`is told as it stands: ${row.idea}`, async () => {
      const { idea, language = 'en', structure = 'three-act', instructions = '' } = row;
      const brief = briefOf({ idea, language, structure, instructions });
      const { answer, outline, scenes } = await script(brief, 8);
      const told = [JSON.stringify(answer), ...scenes.map((one) => JSON.stringify(one))].join('\n');
      if (row.title !== undefined) assert.equal(answer.title, row.title);
      for (const pattern of row.has ?? []) assert.match(told, pattern);
      for (const pattern of row.hasNot ?? []) assert.doesNotMatch(told, pattern);
      assert.doesNotMatch(told, /For the first time it cannot be overlooked/u);
      const seen = [...new Set(outline.flatMap(({ cast }) => cast))].sort();
      if (row.cast !== undefined) assert.deepEqual(seen, row.cast);
      const said = scenes.flatMap(({ dialogue }) => dialogue);
      if (row.silent === true) assert.deepEqual(said, []);
    });
  }
});
