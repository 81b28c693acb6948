import assert from 'node:assert/strict';
import fc from 'fast-check';
import { noteOf, ownTitles, speechOf, titleOf } from '../../../../src/writing/checks/bare-text.ts';

describe('what a model writes around its texts', () => {
  it('is no note where it only says that there is none', () => {
    const nothing = [
      'null',
      'None',
      'N/A',
      '(none)',
      '"null"',
      '**None.**',
      'n/a',
      '—',
      'No narration.',
    ];
    for (const text of [...nothing, 'Không có', 'Keine', 'なし', '无', 'нет', '', ' - ']) {
      assert.equal(noteOf(text).trim(), '', text);
    }
    for (const text of [
      'None of them came back.',
      'Nothing.',
      'A null of sound, then wind.',
      'No.',
    ]) {
      assert.equal(noteOf(text), text);
    }
    assert.equal(noteOf(null), '');
  });

  const titles: readonly [given: string, number: number, title: string][] = [
    ['Scene 1: The lamp goes out', 1, 'The lamp goes out'],
    ['**Scene 12 — The lamp goes out**', 3, 'The lamp goes out'],
    ['3. The lamp goes out', 3, 'The lamp goes out'],
    ['### Beat 3: “The lamp goes out”', 3, 'The lamp goes out'],
    ['Cảnh 4: Ngọn đèn tắt', 4, 'Ngọn đèn tắt'],
    ['シーン2：灯が消える', 2, '灯が消える'],
    ['Scéna 2: Lampa zhasla', 2, 'Lampa zhasla'],
    ['ฉากที่ 3: ไฟดับ', 3, 'ไฟดับ'],
    ['*The lamp* goes out', 1, '*The lamp* goes out'],
    ['2001: A space odyssey', 7, '2001: A space odyssey'],
    ['3:30 in the morning', 3, '3:30 in the morning'],
    ['Apollo 11: The landing', 11, 'Apollo 11: The landing'],
    ['Apartment 7', 7, 'Apartment 7'],
    ['10-4, over', 10, '10-4, over'],
    ['Scene 5', 5, ''],
  ];
  for (const [given, number, title] of titles) {
    it(`is no part of a title: ${given}`, () => {
      assert.equal(titleOf(given, number), title);
      assert.equal(titleOf(title, number), title, 'and what is bare stays');
    });
  }

  it('gives every beat a title of its own', () => {
    const summary = 'Mara climbs the stairs and finds that the lamp is dead. She waits.';
    const beats = [
      { title: 'The lamp', summary },
      { title: 'The lamp', summary: 'Tom rows out.' },
      { title: 'Beat 3', summary },
      { title: 'Untold', summary: '灯台守が階段をのぼりランプが消えているのを見つける。' },
      { title: 'null', summary: '灯台守が階段をのぼりランプが消えているのを見つける。' },
    ];
    assert.deepEqual(ownTitles(beats, 1), [
      'The lamp',
      'Tom rows out',
      'Mara climbs the stairs and…',
      'Untold',
      '灯台守が階段をのぼり…',
    ]);
  });

  const speeches: readonly [line: string, tone: string, bare: { tone: string; line: string }][] = [
    ['MARA: Not tonight.', '', { tone: '', line: 'Not tonight.' }],
    ['**Mara** (whispering): Not tonight.', '', { tone: 'whispering', line: 'Not tonight.' }],
    ['(whispering) Not tonight.', '', { tone: 'whispering', line: 'Not tonight.' }],
    ['[sighs] Not tonight.', 'tired', { tone: 'tired', line: 'Not tonight.' }],
    ['*sighs* Not tonight.', '', { tone: 'sighs', line: 'Not tonight.' }],
    ['*Never* say that.', '', { tone: '', line: 'Never say that.' }],
    ['“Not tonight.”', '', { tone: '', line: 'Not tonight.' }],
    ['Not tonight. (She turns away.)', '', { tone: 'She turns away', line: 'Not tonight.' }],
    ['Not tonight (or ever), Tom.', '', { tone: '', line: 'Not tonight (or ever), Tom.' }],
    ['（低声）今晚不行。', '', { tone: '低声', line: '今晚不行。' }],
    ['Tom: that is what he is called.', '', { tone: '', line: 'Tom: that is what he is called.' }],
    ['The time is 3:30.', '', { tone: '', line: 'The time is 3:30.' }],
    ['(pause)', '', { tone: 'pause', line: '' }],
  ];
  for (const [line, tone, bare] of speeches) {
    it(`is not spoken: ${line}`, () => {
      assert.deepEqual(speechOf('Mara', tone, line), bare);
    });
  }

  it('is taken out in one go, whatever there is of it, and nothing is put in', () => {
    const part = fc.constantFrom(
      'Mara:',
      '(low)',
      '[sighs]',
      '*pause*',
      '“',
      '”',
      'Not',
      'tonight.',
      'Scene',
      '1:',
      '**',
    );
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, (given) => {
        const { line } = speechOf('Mara', '', given);
        assert.deepEqual(speechOf('Mara', 'x', line).line, line);
        const title = titleOf(given, 1);
        assert.equal(titleOf(title, 1), title);
        const letters = new Set(given);
        assert.ok(Array.from(line).every((letter) => letters.has(letter)));
      }),
    );
  });
});
