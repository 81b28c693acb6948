import assert from 'node:assert/strict';
import { stories } from '../../support/offline-writer.ts';
import { briefOf, plan, script } from './offline-helpers.ts';

/**
 * Where films of ideas play: settings in order, each with the very place that it begins in and comes back
 * to, where the idea names that one; or in quotation marks the name of a place that no setting has.
 */
const rows: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    'A lighthouse keeper finds the lamp dark on the night of a storm, and a ship is coming in':
      'lighthouse',
    'Two sisters find a door behind the kitchen wall': 'home/Kitchen',
    'A pianist in an attic': 'home/Attic',
    'A woman alone on a night train': 'train',
    'A chef on a train': 'train',
    'A dog named Milo waits at the station': 'station',
    'The last astronaut on Mars grows a single tomato': 'mars',
    'Aboard a spaceship, two robots play chess': 'space',
    'Two robots on the moon': 'moon',
    'A café by the harbour': 'kitchen',
    'A bear in the mountains': 'forest/Ridge',
    'A knight in a cave': 'forest/Cave Mouth',
    'The museum guard who dances at night': 'library/Front Hall',
    'Neon rain, a saxophone on a rooftop in Tokyo': 'town/Rooftop',
    'A bus driver who never stops': 'road/Front Seats',
    'Pirates find a map': 'ship',
    'A nurse finds a letter': 'hospital',
    'Two strangers stuck in an elevator': '“Elevator”',
    'An empty market at dawn, no people': '“Market”',
    'A submarine crew hears music': '“Submarine”',
    'From a village to the sea': 'village/Village Lane > coast',
    'A girl travels from the desert to the moon': 'desert > moon',
    'A boy leaves his village and reaches the city': 'village/Village Lane > town',
    'Sarah lost her job at the bank. Her brother Tom offers her a place on his boat.':
      '“Bank” > ship',
    'A paper boat travels from a gutter to the sea': 'coast',
    'A girl who has to cross a desert': 'desert',
    'A school bus breaks down in the desert': 'desert',
    'A bank clerk who dreams of the sea': '“Bank”',
    'A boat in a bottle': 'ship',
    'The house by the sea': 'home',
    'A village in the mountains': 'village/Village Lane',
    'A teacher takes her class to the museum': 'school > library/Front Hall',
    'A woman sails across the Atlantic': 'ship',
    'Two spies meet on a bridge at midnight in Berlin': '“Bridge”',
    'A man digs a tunnel out of prison': '“Prison”',
    'A friend of mine': 'town',
    'Two thieves have to be home before dawn': 'town',
  },
  de: {
    'Ein leerer Bahnhof ohne Menschen': 'station',
    'Im Nachtzug nach Wien verschwindet ein Koffer': 'train',
    'Ein Fischer findet einen Brief am Strand': 'coast/Beach',
    'In der Küche brennt noch Licht': 'home/Kitchen',
    'Zwei Fremde im Aufzug': '“Aufzug”',
    'Auf dem Mars wächst eine Tomate': 'mars',
    'Vom Dorf ans Meer': 'village/Village Lane > coast',
    'Ein Mädchen zieht vom Land in die Stadt': 'village > town',
    'Ein Bäcker findet einen Brief': 'kitchen',
    'Der See im Winter': 'forest/River Crossing',
    'Ein Taxifahrer in Berlin': 'road/Front Seats',
  },
  es: {
    'Un pescador encuentra una carta en el mar': 'coast',
    'Una calle sin gente': 'town/Narrow Street',
    'Dos desconocidos en un ascensor': '“Ascensor”',
    'En la cocina de la abuela hay un secreto': 'home/Kitchen',
    'Una mujer sola en un tren nocturno': 'train',
    'Un astronauta en Marte': 'mars',
    'El último día de clase': 'school',
    'Del pueblo a la ciudad': 'village/Village Lane > town',
  },
  fr: {
    'Une plage en hiver, sans personnages': 'coast/Beach',
    'Un chat traverse le désert': 'desert',
    'Dans la cave, un enfant trouve une clé': 'home/Cellar',
    'Deux inconnus dans un ascenseur': '“Ascenseur”',
    'Une femme seule dans un train de nuit': 'train',
    'Du village à la mer': 'village/Village Lane > coast',
    'Le gardien d’un phare': 'lighthouse',
    'En mars, une femme attend': 'town',
  },
  vi: {
    'Hai chị em tìm thấy một bức thư cũ trong quán phở của bà ngoại': 'kitchen',
    'Một khu chợ không người': '“Khu chợ”',
    'Hai người lạ mắc kẹt trong thang máy': '“Thang máy”',
    'Một người phụ nữ trên chuyến tàu đêm': 'train',
    'Trong bếp của bà có một bí mật': 'home/Kitchen',
    'Từ làng ra thành phố': 'village/Village Lane > town',
    'Trên sao Hỏa mọc một quả cà chua': 'mars',
    'Một ông lão chờ tàu': 'station',
  },
};

describe('where an idea plays', () => {
  for (const [language, ideas] of Object.entries(rows)) {
    for (const [idea, expected] of Object.entries(ideas)) {
      it(`is kept by every beat: ${idea}`, async () => {
        const all = await stories();
        const legs = expected.split(' > ').map((leg) => {
          const [id = '', home] = leg.split('/');
          const setting = all.settings.find((one) => one.setting.id === id)?.setting;
          const named = (en: string): string => {
            const place = setting?.places.find(({ names }) => names.en === en);
            return place?.names[language] ?? en;
          };
          const places = setting?.places.map(({ names }) => named(names.en)) ?? [
            id.replace(/[“”]/gu, ''),
          ];
          return { places, home: home === undefined ? undefined : named(home) };
        });
        for (const scenes of [1, 8, 22, 75]) {
          const { beats } = await plan(briefOf({ idea, language }), scenes);
          const places = beats.map(({ place }) => place);
          // Each beat is in the part of the way of the one before it, or in the next.
          let at = 0;
          for (const place of places) {
            if (legs[at]?.places.includes(place) !== true) at++;
            assert.ok(legs[at]?.places.includes(place), `${place} in ${scenes}`);
          }
          if (scenes >= 8) assert.equal(at, legs.length - 1, 'the story gets there');
          const home = legs[0]?.home;
          if (home === undefined) continue;
          assert.equal(places[0], home);
          const own = places.filter((place) => legs[0]?.places.includes(place));
          assert.ok(own.filter((place) => place === home).length * 3 >= own.length, places.join());
          if (legs.length === 1) assert.equal(places.at(-1), home);
        }
      });
    }
  }

  it('needs nobody and no weather that is not there', async () => {
    const summariesOf = async (idea: string): Promise<string> =>
      (await plan(briefOf({ idea }), 300)).beats.map(({ summary }) => summary).join('\n');
    const bread = /buy bread/u;
    const arrive = /before the weather does/u;
    const town = await summariesOf('A teacher finds a letter');
    assert.match(town, bread);
    assert.match(town, arrive);
    assert.doesNotMatch(await summariesOf('The last astronaut on Mars finds a letter'), bread);
    assert.doesNotMatch(await summariesOf('A teacher finds a letter in the snow'), arrive);
  });

  it('is named to the studio, however little is known of it', async () => {
    const { scenes } = await script(briefOf({ idea: 'Two strangers stuck in an elevator' }), 22);
    for (const { prompt, sound } of scenes) {
      assert.match(prompt, /Setting: @Elevator\./u);
      assert.notEqual(sound, '');
    }
    // Its look is asked for once, as nobody can know it.
    const asked = scenes.filter(({ action }) => action.includes('[Elevator: what does it look'));
    assert.equal(asked.length, 1);
    assert.ok(!JSON.stringify(await script(briefOf({}), 22)).includes('what does it look'));
    const rain = await script(briefOf({ idea: 'Poem / of nothing', structure: 'three-act' }), 8);
    for (const { prompt } of rain.scenes) assert.doesNotMatch(prompt, /@The place/u);
  });

  it('sounds as it is around there', async () => {
    const soundsOf = async (idea: string): Promise<string> =>
      (await script(briefOf({ idea }), 22)).scenes.map(({ sound }) => sound).join('\n');
    assert.doesNotMatch(
      await soundsOf('Two robots on Mars'),
      /\b(?:dog|children|car|bell|bird)\b/iu,
    );
    assert.doesNotMatch(await soundsOf('A woman on a night train'), /\bcar\b|dog|bird/u);
    assert.match(await soundsOf('A keeper in a lighthouse in a storm'), /thunder/iu);
    assert.doesNotMatch(await soundsOf('Two robots on the moon in a storm'), /thunder/iu);
    assert.doesNotMatch(await soundsOf('A winter night in the forest'), /insects|flies/iu);
  });
});
