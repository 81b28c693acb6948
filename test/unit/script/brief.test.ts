import assert from 'node:assert/strict';
import fc from 'fast-check';
import { validateBrief } from '../../../src/script/brief.ts';
import { formatDuration, parseDuration } from '../../../src/script/durations/duration-text.ts';
import { maxDuration } from '../../../src/script/script-model.ts';

describe('a length as people write it', () => {
  it('is read in every usual form', () => {
    for (const [text, seconds] of [
      ['180', 180],
      [' 90 s ', 90],
      ['90s', 90],
      ['3 min', 180],
      ['3m', 180],
      ['1.5 minutes', 90],
      ['1,5 Min.', 90],
      ['1h', 3600],
      ['1 hour 5 min', 3900],
      ['2 h, 30 s', 7230],
      ['3:00', 180],
      ['1:02:03', 3723],
      ['0:45', 45],
      ['0', 0],
      ['one minute', 60],
      ['a minute', 60],
      ['Two and a half minutes', 150],
      ['a minute and a half', 90],
      ['1 1/2 min', 90],
      ['1½ minutes', 90],
      ['half an hour', 1800],
      ['a quarter of an hour', 900],
      ['three quarters', undefined],
      ['ninety seconds', 90],
      ['twenty min', 1200],
      ['1 min 30', 90],
      ['1h30', 5400],
      ['3\'30"', 210],
      ['3′30″', 210],
      ['about 3 minutes', 180],
      ['~90s', 90],
      ['90 Sekunden', 90],
      ['eine halbe Stunde', 1800],
      ['anderthalb Minuten', 90],
      ['dos minutos y medio', 150],
      ['une minute et demie', 90],
      ['2 phút 30 giây', 150],
      ['một phút rưỡi', 90],
      ['3分30秒', 210],
      ['٩٠ s', 90],
    ] as const) {
      assert.equal(parseDuration(text), seconds, text);
    }
  });

  it('is not guessed from anything else', () => {
    for (const text of [
      '',
      'soon',
      '3 days',
      '-5',
      '3:75',
      '1:2:3:4',
      'min',
      '3 min or so',
      '1e3',
      'a half',
      'five',
      '30 s 1 min',
      '1 min 2 min',
      '2-3 min',
      'one two minutes',
      `${'1 '.repeat(5000)}min`,
    ]) {
      assert.equal(parseDuration(text), undefined, text);
    }
  });

  it('reads back as it is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: maxDuration }), (seconds) => {
        assert.equal(parseDuration(formatDuration(seconds)), seconds);
      }),
    );
    assert.deepEqual([45, 180, 200, 3900, 0].map(formatDuration), [
      '45 s',
      '3 min',
      '3 min 20 s',
      '1 h 5 min',
      '0 s',
    ]);
  });
});

describe('a brief', () => {
  it('needs an idea and a length only', () => {
    assert.deepEqual(validateBrief({ idea: ' A lamp\r\ngoes out ', duration: '3 min' }), {
      idea: 'A lamp\ngoes out',
      duration: 180,
      language: 'en',
      style: 'cinematic, natural light',
      aspect: '16:9',
      structure: 'three-act',
      instructions: '',
    });
  });

  it('says clearly what cannot be done', () => {
    const idea = 'A lamp';
    for (const [given, message] of [
      [{}, /no idea yet/],
      [{ idea: '  \n', duration: 60 }, /no idea yet/],
      [{ idea: 7, duration: 60 }, /idea has to be text/],
      [{ idea }, /No length was given\. Give whole seconds from 1 to 10800 \(3 h\)/],
      [{ idea, duration: 0 }, /“0” is no length/],
      [{ idea, duration: 100_000 }, /“100000” is no length/],
      [{ idea, duration: 1.5 }, /“1\.5” is no length/],
      [{ idea, duration: Number.NaN }, /is no length/],
      [{ idea, duration: 'soon' }, /“soon” is no length/],
      [{ idea, duration: 60, aspect: '4:3' }, /“4:3”.*aspect ratio.*16:9, 9:16 and 1:1/],
      [{ idea, duration: 60, structure: 'five-act' }, /“five-act”.*structure.*three-act/],
      [{ idea, duration: 60, style: {} }, /style has to be text/],
    ] as const) {
      assert.throws(() => validateBrief(given), { code: 'bad-input', message });
    }
  });
});
