import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { writingSystemOf } from '../../../src/animatic/fonts/scripts.ts';
import { inMemory, readFace } from '../../../src/animatic/fonts/sfnt.ts';
import { SystemFonts } from '../../../src/animatic/fonts/system-fonts.ts';
import { Typeface } from '../../../src/animatic/fonts/typeface.ts';
import { setPages, share } from '../../../src/animatic/text/pages.ts';
import { setText } from '../../../src/animatic/text/set-text.ts';
import { wrap } from '../../../src/animatic/text/wrap.ts';
import { animaticAssets } from '../../../fixtures/animatic-assets.ts';
import { withCharacters } from './animatic-fonts.ts';

const bundled = animaticAssets.fonts.map((file) => new Uint8Array(readFileSync(file)));
const none = new SystemFonts([]);

function typefaceFor(text = ''): Typeface {
  return Typeface.for(text, bundled, none);
}

/** Words as people write them: several scripts, long ones, punctuation, spaces of all kinds. */
const prose = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(
        'the',
        'lamp',
        'Straße',
        'Ngọn đèn',
        'عربي',
        'Привет',
        '最後の灯り',
        'x'.repeat(90),
      ),
      fc.constantFrom(' ', '\n', '\t', '  ', '—', '-', '…', '🌊'),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('measuring text', () => {
  const face = readFace(inMemory(bundled[0] ?? new Uint8Array()));

  it('reads the widths that the font itself gives', () => {
    // DejaVu Sans: 2048 units per em; "i" is 569 wide, "W" 2025, the space 651.
    assert.equal(Math.round(face.advance(0x69) * 2048), 569);
    assert.equal(Math.round(face.advance(0x57) * 2048), 2025);
    assert.equal(Math.round(face.advance(0x20) * 2048), 651);
  });

  it('knows which characters the font has', () => {
    for (const character of 'Aếặữđ₫Жλא')
      assert.ok(face.has(character.codePointAt(0) ?? 0), character);
    for (const character of '灯ไक🌊')
      assert.ok(!face.has(character.codePointAt(0) ?? 0), character);
  });

  it('sees through a collection of fonts to the first one', () => {
    const font = Buffer.from(bundled[0] ?? []);
    const tables = font.readUInt16BE(4);
    const header = Buffer.alloc(16);
    header.write('ttcf', 'latin1');
    header.writeUInt32BE(0x00010000, 4);
    header.writeUInt32BE(1, 8);
    header.writeUInt32BE(16, 12);
    for (let i = 0; i < tables; i++) {
      const at = 12 + i * 16 + 8;
      font.writeUInt32BE(font.readUInt32BE(at) + 16, at);
    }
    const first = readFace(inMemory(Buffer.concat([header, font])));
    assert.equal(first.advance(0x57), face.advance(0x57));
  });

  it('refuses what is no font', () => {
    assert.throws(() => readFace(inMemory(Buffer.from('<html>not a font at all</html>'))));
    assert.throws(() => readFace(inMemory(new Uint8Array())));
  });
});

describe('breaking lines', () => {
  const typeface = typefaceFor();

  it('never lets a line be wider than its room, and loses no letter', () => {
    fc.assert(
      fc.property(
        prose,
        fc.integer({ min: 60, max: 900 }),
        fc.integer({ min: 12, max: 40 }),
        (text, width, size) => {
          const lines = wrap([{ text, style: 'regular' }], width, size, typeface);
          for (const line of lines) {
            const one = line.runs.map((run) => run.text).join('');
            // A single letter may be wider than the room: there is nothing left to break.
            const letters = [
              ...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(one),
            ];
            assert.ok(
              line.width <= width + 0.01 || letters.length === 1,
              `${line.width} > ${width}: ${one}`,
            );
            assert.ok(Math.abs(line.width - typeface.width(one, size, 'regular')) < 0.01);
          }
          const kept = lines.flatMap((line) => line.runs.map((run) => run.text)).join('');
          assert.equal(kept.replace(/\s/gu, ''), text.replace(/\s/gu, ''));
        },
      ),
    );
  });

  it('keeps the style of every word', () => {
    const lines = wrap(
      [
        { text: 'Mara  ', style: 'bold' },
        { text: '(low) ', style: 'italic' },
        { text: 'It has never gone out before.', style: 'regular' },
      ],
      200,
      20,
      typeface,
    );
    assert.deepEqual(lines[0]?.runs.slice(0, 2), [
      { text: 'Mara ', style: 'bold' },
      { text: '(low) ', style: 'italic' },
    ]);
    assert.ok(lines.length > 1);
  });

  it('breaks Japanese between words, and never before a full stop', () => {
    const lines = wrap(
      [{ text: 'もう一度だけ、あの光を見たいの。', style: 'regular' }],
      90,
      20,
      typeface,
    );
    assert.ok(lines.length > 1);
    for (const line of lines) assert.doesNotMatch(line.runs[0]?.text ?? '', /^[。、]/u);
  });
});

describe('setting text on pages', () => {
  const typeface = typefaceFor();
  const setting = {
    width: 600,
    steps: [
      { size: 30, lines: 2 },
      { size: 20, lines: 4 },
    ],
    pages: 1,
  };

  it('takes the largest size that fits', () => {
    assert.deepEqual(
      setPages([{ text: 'Short.', style: 'regular' }], setting, typeface).map((page) => page.size),
      [30],
    );
    const longer = setPages([{ text: 'word '.repeat(40), style: 'regular' }], setting, typeface);
    assert.equal(longer[0]?.size, 20);
  });

  it('shows all of a text that is too long for one page, on pages of equal length', () => {
    const text = Array.from({ length: 300 }, (_, i) => `w${i}`).join(' ');
    const pages = setPages([{ text, style: 'regular' }], setting, typeface);
    const counts = pages.map((page) => page.lines.length);
    assert.ok(pages.length > 1 && counts.every((count) => count <= 4));
    assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, String(counts));
    const shown = pages.flatMap((page) => page.lines.flatMap((l) => l.runs.map((r) => r.text)));
    assert.equal(shown.join(' '), text);
  });

  it('leaves no single word on a last line', () => {
    const text = 'It has never gone out before, not once in forty years.';
    const [page] = setPages([{ text, style: 'regular' }], { ...setting, width: 560 }, typeface);
    const widths = page?.lines.map((line) => line.width) ?? [];
    assert.equal(widths.length, 2);
    assert.ok(Math.min(...widths) > Math.max(...widths) * 0.6, String(widths));
  });

  it('shares out the time completely, in order, in proportion', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 12, max: 360 }),
        (weights, frames) => {
          const spans = share(weights, frames);
          assert.equal(spans[0]?.from, 0);
          assert.equal(spans.at(-1)?.to, frames);
          spans.forEach((span, i) => {
            assert.ok(span.to > span.from);
            if (i > 0) assert.equal(span.from, spans[i - 1]?.to);
          });
          if (weights.length <= frames) assert.equal(spans.length, weights.length);
        },
      ),
    );
    assert.deepEqual(share([1, 3], 96), [
      { from: 0, to: 24 },
      { from: 24, to: 96 },
    ]);
  });
});

describe('text in the picture', () => {
  it('cannot break out of the drawing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const svg = setText([{ runs: [{ text, style: 'regular' }], width: 0 }], {
          x: 0,
          y: 0,
          size: 20,
          fill: '#fff',
        });
        const inner = /<tspan>([\s\S]*)<\/tspan>/.exec(svg)?.[1] ?? 'missing';
        assert.doesNotMatch(inner, /[<>]|&(?!amp;|lt;|gt;)/);
        // eslint-disable-next-line no-control-regex -- these are what XML forbids
        assert.doesNotMatch(inner, /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
      }),
    );
  });
});

describe('fonts for every script', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'scenewright-fonts-'));
    const font = bundled[0] ?? new Uint8Array();
    writeFileSync(
      path.join(folder, 'NotoSansJP-Regular.ttf'),
      withCharacters(font, '最後の灯りさくらもう一度だけ、。'),
    );
    writeFileSync(
      path.join(folder, 'NotoSansThai-Regular.ttf'),
      withCharacters(font, 'ไฟดวงสุดท้าย'),
    );
    writeFileSync(path.join(folder, 'NotoSansDevanagari-Regular.ttf'), 'damaged');
    writeFileSync(path.join(folder, 'Comic.ttf'), withCharacters(font, 'आखिरी दीया'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('names the script of a text', () => {
    assert.equal(writingSystemOf('最後の灯り')?.name, 'Japanese');
    assert.equal(writingSystemOf('最后的灯')?.name, 'Chinese');
    assert.equal(writingSystemOf('마지막 등불')?.name, 'Korean');
    assert.equal(writingSystemOf('ไฟดวงสุดท้าย')?.name, 'Thai');
    assert.equal(writingSystemOf('आखिरी दीया')?.name, 'Devanagari');
    assert.equal(writingSystemOf('The last lamp'), undefined);
  });

  it('needs no other font for Vietnamese, Greek, Cyrillic, Hebrew and Arabic', () => {
    const text =
      'Ngọn đèn cuối cùng · Το τελευταίο φως · Последний свет · האור האחרון · المصباح الأخير';
    const typeface = typefaceFor(text);
    assert.ok(typeface.covers(text));
    assert.equal(typeface.buffers.length, 3);
  });

  it('finds a font of the system for a script that its own font lacks', () => {
    const text = '最後の灯り · ไฟดวงสุดท้าย';
    const typeface = Typeface.for(text, bundled, new SystemFonts([folder]));
    assert.ok(typeface.covers(text));
    assert.equal(typeface.buffers.length, 5);
  });

  it('knows when no font has a script, and passes over damaged fonts', () => {
    const text = 'आखिरी दीया';
    const typeface = Typeface.for(text, bundled, new SystemFonts([folder, '/no/such/folder']));
    assert.ok(!typeface.covers(text));
    assert.equal(typeface.buffers.length, 3);
  });

  it('leaves out emoji that no font has', () => {
    const typeface = typefaceFor('She waves 👋🏽 back');
    assert.equal(
      typeface.withoutOrnaments('She waves 👋🏽 back').replace(/\s+/g, ' '),
      'She waves back',
    );
  });
});
