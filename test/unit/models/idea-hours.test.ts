import assert from 'node:assert/strict';
import { dayParts, type DayPart } from '../../../src/models/offline/bank.ts';
import { readHours } from '../../../src/models/offline/idea-hours.ts';
import { stories } from '../../support/offline-writer.ts';
import { briefOf, plan } from './offline-helpers.ts';

/**
 * What ideas say of when they play: the parts of the day that a film of each goes through, in order;
 * `from …` for one that begins there and goes on over days; nothing where an idea says nothing.
 */
const rows: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    'A lighthouse keeper finds the lamp dark on the night of a storm, and a ship is coming in':
      'dusk night dawn',
    'A night nurse and her last patient': 'dusk night dawn',
    'A man is locked in the museum overnight': 'dusk night dawn',
    'A taxi driver on New Year’s Eve': 'dusk night dawn',
    'At 3 am a baker hears a knock': 'dusk night dawn',
    'A woman waits at three in the morning': 'dusk night dawn',
    'The phone rings at twelve at night': 'dusk night dawn',
    'At 12 am the last guest leaves': 'dusk night dawn',
    'At 12 pm the last guest leaves': 'noon',
    'Two thieves have to be home before dawn': 'dusk night dawn',
    'He must be back by morning': 'dusk night dawn morning',
    'After sunset the toys come alive': 'night dawn',
    'An hour before midnight, two spies meet': 'night',
    'Two strangers argue for an hour': 'afternoon',
    'One summer night, a boy learns to swim': 'dusk night dawn',
    'One winter morning a girl finds footprints': 'morning',
    'An empty city at dawn, no people': 'dawn morning',
    'At noon the town clock stops': 'noon',
    'A dinner goes wrong': 'dusk night',
    'Home before dark: two brothers and a bicycle at sunset': 'dusk night',
    'From dawn to dusk in a fishing village': 'dawn morning noon afternoon dusk',
    'A day in the life of a coffee cup': 'morning noon afternoon dusk night',
    'In the morning she finds the letter, at night she burns it':
      'morning noon afternoon dusk night',
    'In the evening he leaves; the next evening he returns':
      'dusk night dawn morning noon afternoon dusk',
    'By day a teacher, by night a thief': 'morning noon afternoon dusk night',
    'Every night a radio host talks to one listener': 'from night',
    'Three days later they meet again at sunset': 'from dusk',
    'A knight has a nightmare': '',
    'The shop works day and night': '',
    'A good night story': '',
    'One day a man finds a key': '',
    'One summer, a boy learns to swim': '',
    'The dawn of civilisation': '',
  },
  de: {
    'Ein Leuchtturmwärter findet in einer Sturmnacht die Lampe dunkel': 'dusk night dawn',
    'Der Nachtwächter im Museum': 'dusk night dawn',
    'Vor Sonnenaufgang müssen sie über die Grenze': 'dusk night dawn',
    'Um 22 Uhr schließt die Bar': 'dusk night dawn',
    'Um drei Uhr nachts klingelt das Telefon': 'dusk night dawn',
    'Um elf Uhr nachts klingelt das Telefon': 'dusk night dawn',
    'Um ein Uhr mittags schließt der Laden': 'noon',
    'Ein Sommermorgen am See': 'morning',
    'Mittags am Markt': 'noon',
    'Zwei Fremde im Aufzug, eine Stunde lang': 'afternoon',
    'Am Nachmittag verschwindet der Hund': 'afternoon dusk',
    'Am Abend findet er einen Brief, am nächsten Morgen ist er fort': 'dusk night dawn morning',
    'Ein alter Mann, der jeden Morgen denselben Weg geht': 'from morning',
    'Weihnachten bei Oma': '',
    'Morgen fährt sie weg': '',
    'Nachtisch für zwei': '',
    Feierabend: '',
  },
  es: {
    'Una noche de tormenta, un farero pierde la luz': 'dusk night dawn',
    'Antes del amanecer deben cruzar el río': 'dusk night dawn',
    'A las tres de la madrugada suena el teléfono': 'dusk night dawn',
    'A las doce de la noche suena el teléfono': 'dusk night dawn',
    'A las doce de la mañana suena el teléfono': 'noon',
    'Una tarde de verano, dos hermanas encuentran un mapa': 'afternoon dusk',
    'Al anochecer, el circo se va': 'dusk night',
    'Desde la mañana hasta la noche': 'morning noon afternoon dusk night',
    'Cada mañana, un panadero deja una nota': 'from morning',
    'Llega tarde al tren': '',
    'Mañana será otro día': '',
  },
  fr: {
    'Une nuit d’orage, un gardien de phare perd la lumière': 'dusk night dawn',
    'Avant l’aube, ils doivent traverser la rivière': 'dusk night dawn',
    'À 3 heures du matin le téléphone sonne': 'dusk night dawn',
    'Un matin d’hiver, une fillette trouve des traces': 'morning',
    'À midi, l’horloge s’arrête': 'noon',
    'Un après-midi au parc': 'afternoon dusk',
    'À la tombée de la nuit': 'dusk night',
    'Du matin au soir dans une boulangerie': 'morning noon afternoon dusk',
    'Chaque soir un homme attend': 'from dusk',
    'Bonne nuit les petits': '',
  },
  vi: {
    'Một đêm bão, người gác hải đăng thấy ngọn đèn tắt': 'dusk night dawn',
    'Trước bình minh họ phải qua sông': 'dusk night dawn',
    'Lúc 3 giờ sáng điện thoại reo': 'dusk night dawn',
    'Lúc 10 giờ đêm điện thoại reo': 'dusk night dawn',
    'Lúc 1 giờ trưa điện thoại reo': 'noon',
    'Một sáng mùa đông, cô bé thấy dấu chân': 'morning',
    'Giữa trưa đồng hồ dừng lại': 'noon',
    'Bữa cơm chiều ở quê': 'afternoon dusk',
    'Chiều hôm ấy, con chó biến mất': 'afternoon dusk',
    'Buổi sáng cô nhận thư, đêm đến cô đốt nó': 'morning noon afternoon dusk night',
    'Mỗi tối, một ông lão chờ tàu': 'from dusk',
    'Ba ngày sau, họ gặp lại lúc hoàng hôn': 'from dusk',
    'Ánh sáng trong bóng tối': '',
  },
};

describe('when an idea plays', () => {
  it('is tried on enough ideas in every language', () => {
    const counts = Object.values(rows).map((row) => Object.keys(row).length);
    assert.ok(counts.length === 5 && Math.min(...counts) >= 9, counts.join());
  });

  for (const [language, ideas] of Object.entries(rows)) {
    for (const [idea, expected] of Object.entries(ideas)) {
      it(`is kept by every beat: ${idea}`, async () => {
        if (expected === '') {
          assert.equal(readHours(idea, language), undefined);
          return;
        }
        const { time } = (await stories()).bankFor(language).words;
        const course = expected.replace('from ', '').split(' ') as DayPart[];
        for (const scenes of [1, 3, 8, 22, 75]) {
          const { beats } = await plan(briefOf({ idea, language }), scenes);
          const parts = beats.map((beat) => dayParts.find((part) => time[part] === beat.time));
          if (expected.startsWith('from ')) {
            assert.equal(parts[0], scenes === 1 ? parts[0] : course[0]);
            continue;
          }
          // Each is the same as the one before it, or one of those that follow.
          let at = 0;
          for (const part of parts) {
            const next = course.indexOf(part ?? 'dawn', at);
            assert.ok(next >= at, `${parts.join(' ')} in ${scenes}`);
            at = next;
          }
          if (scenes < 22) continue;
          assert.deepEqual([parts[0], parts.at(-1)], [course[0], course.at(-1)]);
          assert.equal(new Set(parts).size, new Set(course).size, parts.join(' '));
          if (course.length < 6)
            assert.ok(!JSON.stringify(beats).includes(' 2"'), 'it is one and the same day');
        }
      });
    }
  }

  it('is read from the wishes where the idea says nothing', async () => {
    const instructions = 'It all happens at night.';
    const { beats } = await plan(briefOf({ idea: 'Two friends find a map', instructions }), 22);
    assert.ok(beats.every(({ time }) => /^(?:dusk|night|dawn)$/u.test(time ?? '')));
  });

  it('holds for lists and explanations too', async () => {
    for (const [idea, structure, part] of [
      ['Seven habits for a better morning', 'list', 'morning'],
      ['How a city sounds at noon', 'explainer', 'noon'],
    ] as const) {
      const { beats } = await plan(briefOf({ idea, structure }), 22);
      assert.ok(beats.every(({ time }) => time === part));
    }
  });
});
