import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { personMeant, placeMeant } from '../../../src/script/near-names.ts';
import { settingOf } from '../../../src/script/slug-line.ts';

const people = (...names: string[]): { name: string }[] => names.map((name) => ({ name }));

describe('a name that is not quite one of the script’s', () => {
  const cast = people('Mara', 'Old Tom', 'Jürgen Groß', 'Nguyễn Thị Lan', '健太', 'Дядя Ваня');
  const means: readonly (readonly [string, string])[] = [
    ['MARA', 'Mara'],
    ['Tom', 'Old Tom'],
    ['the old Tom', 'Old Tom'],
    ['Mara (off)', 'Mara'],
    ['Mara Voss', 'Mara'],
    ['Captain Mara', 'Mara'],
    ['Jurgen Gross', 'Jürgen Groß'],
    ['Herr Groß', 'Jürgen Groß'],
    ['Lan', 'Nguyễn Thị Lan'],
    ['nguyen thi lan', 'Nguyễn Thị Lan'],
    ['Chị Lan', 'Nguyễn Thị Lan'],
    ['健太くん', '健太'],
    ['山田健太', '健太'],
    ['ваня', 'Дядя Ваня'],
  ];
  for (const [name, meant] of means) {
    it(`means ${meant} as ${name}`, () => {
      const found = name.startsWith('Herr') || name.startsWith('Chị') ? undefined : meant;
      // A title and a part of the name are two steps away.
      assert.equal(personMeant(cast, name)?.name, found);
    });
  }

  for (const name of [
    "MARA'S MOTHER",
    'Mara’s mother',
    'mother of Mara',
    'Young Mara',
    'Mara as a child',
    'Mara 2',
    'Young Tom',
    'Maria',
    'The captain',
    'Herr',
    '健太の母',
    'Mara and Old Tom',
    '',
  ]) {
    it(`means nobody else as “${name}”`, () => {
      assert.equal(personMeant(cast, name), undefined);
    });
  }

  it('means nobody where several would do, unless one is called just so', () => {
    const voss = people('Mara Voss', 'Ida Voss', 'Ida');
    assert.equal(personMeant(voss, 'Voss'), undefined);
    assert.equal(personMeant(voss, 'ida')?.name, 'Ida');
  });

  const places = people('Lamp room', "Keeper's cottage", 'Harbour wall', 'Room 12', '灯台の灯室');
  for (const [name, meant] of [
    ['the LAMP ROOM', 'Lamp room'],
    ['Lighthouse lamp room', 'Lamp room'],
    ['Lamp room at the top of the lighthouse', 'Lamp room'],
    ['Lamp rooom', 'Lamp room'],
    ['Keepers’ cottage', "Keeper's cottage"],
    ['Harbor wall', 'Harbour wall'],
    ['the harbour', 'Harbour wall'],
    ['灯室', '灯台の灯室'],
  ] as const) {
    it(`means the place ${meant} as ${name}`, () => {
      assert.equal(placeMeant(places, name)?.name, meant);
    });
  }

  for (const name of [
    'Outside the lamp room',
    'Room 13',
    'Room',
    'Kitchen',
    '灯室の屋上',
    'Way to the harbour wall',
  ]) {
    it(`means no other place as “${name}”`, () => {
      assert.equal(placeMeant(places, name), undefined);
    });
  }

  it('is always itself where the script has it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.nat(),
        (names, at) => {
          const entries = people(...names);
          const one = entries[at % entries.length];
          assert.ok(one);
          const key = (text: string): string => text.normalize('NFC').toUpperCase().trim();
          const first = entries.find(({ name }) => key(name) === key(one.name));
          if (one.name.trim() === '' || first !== one) return;
          assert.equal(personMeant(entries, one.name), one);
          assert.equal(placeMeant(entries, one.name), one);
        },
      ),
    );
  });
});

describe('a heading as screenplays have it', () => {
  for (const [text, place, time] of [
    ['INT. LAMP ROOM - NIGHT', 'LAMP ROOM', 'night'],
    ['INT LAMP ROOM – LATE NIGHT', 'LAMP ROOM', 'late night'],
    ['EXT. HARBOUR WALL - DAY - CONTINUOUS', 'HARBOUR WALL', 'day'],
    ['INT./EXT. CAR — DAWN', 'CAR', 'dawn'],
    ['int. lamp room, night', 'lamp room', 'night'],
    ['Lamp room (night)', 'Lamp room', 'night'],
    ['Lamp room at dusk', 'Lamp room', 'dusk'],
    ['NỘI. PHÒNG ĐÈN - ĐÊM', 'PHÒNG ĐÈN', 'đêm'],
    ['INNEN. LAMPENRAUM - NACHT', 'LAMPENRAUM', 'nacht'],
    ['**Lamp room**', 'Lamp room', ''],
    ['Interior designer’s office', 'Interior designer’s office', ''],
    ['Night market', 'Night market', ''],
    ['Café de Nuit - Terrace', 'Café de Nuit - Terrace', ''],
    ['St. Mary’s Church', 'St. Mary’s Church', ''],
    ['Night', 'Night', ''],
  ] as const) {
    it(`gives place and time of “${text}”`, () => {
      assert.deepEqual(settingOf(text), { place, time });
    });
  }
});
