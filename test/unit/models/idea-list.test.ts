import assert from 'node:assert/strict';
import { readListKind, type ListKind } from '../../../src/models/offline/idea-list.ts';
import { readTopic } from '../../../src/models/offline/idea-count.ts';
import { briefOf, script } from './offline-helpers.ts';

/** What lists are made of, by language. */
const rows: Readonly<Record<ListKind, Readonly<Record<string, readonly string[]>>>> = {
  things: {
    en: [
      'Seven birds of the British coast',
      'Five bridges that changed Europe',
      'Three knives every cook needs',
      'Top ten noodle shops',
      'Four films about the sea',
    ],
    de: [
      'Sieben Vögel der Küste',
      'Fünf Brücken, die Europa verändert haben',
      'Drei Messer für jede Küche',
    ],
    es: ['Siete aves de la costa', 'Cinco puentes que cambiaron Europa'],
    fr: ['Sept oiseaux du littoral', 'Cinq ponts qui ont changé l’Europe'],
    vi: ['Bảy loài chim ven biển', 'Năm cây cầu làm thay đổi châu Âu'],
  },
  claims: {
    en: ['Five reasons why bees matter', 'Ten myths about sleep', 'Seven signs of bad habits'],
    de: ['Fünf Gründe für den Wald', 'Zehn Irrtümer über den Schlaf'],
    es: ['Cinco razones para nadar', 'Diez mitos sobre el sueño'],
    fr: ['Cinq raisons d’apprendre à nager', 'Dix mythes sur le sommeil'],
    vi: ['Năm lý do để học bơi', 'Mười lầm tưởng về giấc ngủ'],
  },
  acts: {
    en: ['7 habits of calm people', 'Seven mistakes people make when they buy a used car'],
    de: ['Sieben Fehler beim Kauf eines Gebrauchtwagens', 'Fünf Schlafgewohnheiten'],
    es: ['Cinco errores al comprar un coche usado', 'Siete hábitos'],
    fr: ['5 habitudes pour mieux dormir', 'Sept erreurs quand on achète une voiture'],
    vi: ['Bảy thói quen của người điềm tĩnh', 'Năm cách ngủ ngon'],
  },
};

/** What only somebody does who has a habit, or makes a mistake. */
const done =
  /\b(?:gestures?|two minutes|usual mistake|without it|everything at once|Geste|zwei Minuten|ohne das|gestos?|dos minutos|gestes?|deux minutes)\b|động tác|hai phút/iu;

describe('what a list is made of', () => {
  for (const [kind, languages] of Object.entries(rows)) {
    for (const [language, ideas] of Object.entries(languages)) {
      for (const idea of ideas) {
        it(`is told as ${kind}: ${idea}`, async () => {
          const { topic, count = 0 } = readTopic(idea, language);
          assert.equal(readListKind(topic, language), kind);
          const { answer, scenes } = await script(
            briefOf({ idea, language, structure: 'list' }),
            60,
          );
          const told = JSON.stringify([answer, scenes]);
          if (kind === 'acts') {
            assert.match(told, done);
            return;
          }
          assert.doesNotMatch(told, done);
          assert.ok(answer.beats.every(({ cast }) => cast.length === 0));
          // What cannot be known of an item is asked for where it is introduced.
          const names = answer.beats.filter(({ title }) => /^\p{L}+ \d+$/u.test(title));
          assert.equal(names.length, count);
          for (const { title, summary } of names) {
            assert.match(summary, /\[.+\]/u);
            const scene = scenes.find((one) => one.title === title);
            assert.match(scene?.action ?? '', /\n\n\[.+\]$/u);
            // It is called by its name once.
            assert.ok((scene?.action.split('\n')[0] ?? '').split(title).length <= 2);
          }
        });
      }
    }
  }

  it('says the same of no two items that follow each other', async () => {
    for (const [idea, language] of [
      ['Seven birds of the British coast', 'en'],
      ['7 habits of calm people', 'en'],
      ['Five reasons why bees matter', 'en'],
      ['Sieben Vögel der Küste', 'de'],
      ['Cinco errores al comprar un coche usado', 'es'],
      ['5 habitudes pour mieux dormir', 'fr'],
      ['Bảy loài chim ven biển', 'vi'],
    ] as const) {
      const { scenes } = await script(briefOf({ idea, language, structure: 'list' }), 37);
      const said = scenes.map(({ narration }) => narration).filter((text) => text !== '');
      const again = said.filter(
        (text, i) => said.lastIndexOf(text, i - 1) >= Math.max(0, i - 9) && i > 0,
      );
      assert.deepEqual(again, [], idea);
    }
  });

  it('is not shot as if there were hands or faces', async () => {
    const idea = 'Seven birds of the British coast';
    const { scenes } = await script(briefOf({ idea, structure: 'list' }), 60);
    for (const { prompt } of scenes)
      assert.doesNotMatch(prompt, /hands|the face|friendly|shoulder/iu);
    // Also where the same is told again.
    const long = await script(briefOf({ idea, structure: 'list' }), 300);
    const told = long.scenes.map(({ action }) => action).join('\n');
    assert.doesNotMatch(told, /hands|faces?\b|Nobody stands still|who usually leads/u);
    assert.match(told, /From the ground: /u);
  });
});
