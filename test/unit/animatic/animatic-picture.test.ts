import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-wasm';
import fc from 'fast-check';
import { Animatic } from '../../../src/animatic/frames/animatic.ts';
import { SystemFonts } from '../../../src/animatic/fonts/system-fonts.ts';
import { Typeface } from '../../../src/animatic/fonts/typeface.ts';
import { sizes } from '../../../src/animatic/frames/frame-format.ts';
import { overlay } from '../../../src/animatic/frames/overlay.ts';
import type { Box } from '../../../src/animatic/frames/raster.ts';
import { colour, hex, mix } from '../../../src/animatic/picture/colour.ts';
import { readScene } from '../../../src/animatic/picture/reading.ts';
import { scenery } from '../../../src/animatic/picture/scenery.ts';
import { VideoFrame, evenBox, halfStep, toLayer } from '../../../src/animatic/frames/planes.ts';
import { loadKit } from '../../../src/animatic/frames/render-clip.ts';
import { aspects } from '../../../src/script/script-model.ts';
import { animaticAssets } from '../../../fixtures/animatic-assets.ts';
import { requestFor } from '../../../fixtures/render-requests.ts';

const fonts = animaticAssets.fonts.map((file) => new Uint8Array(readFileSync(file)));
const typeface = Typeface.for('', fonts, new SystemFonts([]));

describe('reading a scene for its picture', () => {
  for (const [words, place] of [
    ['Lighthouse point', 'coast'],
    ['Lighthouse lamp room', 'coast'],
    ['the back seat', 'hills'],
    ['Kitchen of the old house', 'kitchen'],
    ['Rooftop over the city', 'city'],
    ['Bến thuyền', 'coast'],
    ['Rừng thông', 'forest'],
    ['東京の屋上', 'city'],
    ['Forêt de pins', 'forest'],
    ['Train station', 'hall'],
    ['Orbit of Mars', 'space'],
  ] as const) {
    it(`takes “${words}” for ${place}`, () => {
      assert.equal(readScene(requestFor({ place: words, title: '', action: '' })).place, place);
    });
  }

  for (const [words, time] of [
    ['night', 'night'],
    ['just before dawn', 'dawn'],
    ['late afternoon', 'golden'],
    ['afternoon', 'noon'],
    ['bình minh', 'dawn'],
    ['đêm khuya', 'night'],
    ['夕方', 'dusk'],
    ['', 'morning'],
  ] as const) {
    it(`takes “${words}” for ${time}`, () => {
      assert.equal(readScene(requestFor({ time: words, title: '', action: '' })).time, time);
    });
  }

  it('follows the heading before the prompt', () => {
    const reading = readScene(
      requestFor(
        { place: 'Forest', time: 'noon' },
        { prompt: 'a city street at night, film noir' },
      ),
    );
    assert.deepEqual([reading.place, reading.time, reading.look], ['forest', 'noon', 'noir']);
  });
});

describe('drawing a scene', () => {
  const places = [
    'sea lighthouse',
    'harbour boat',
    'city',
    'street',
    'forest',
    'mountain',
    'desert',
    'field',
    'space',
    'underwater',
    'kitchen',
    'office',
    'station',
    'bedroom',
    'room',
    '',
  ];
  const styles = [
    '',
    'noir',
    'watercolour',
    'anime',
    'documentary',
    'neon',
    'pastel',
    'vintage',
    'horror',
    'comic',
  ];
  const times = ['dawn', 'morning', 'noon', 'golden hour', 'dusk', 'night'];
  const weathers = ['', 'rain', 'snow', 'fog', 'storm', 'overcast'];

  it('gives a sound picture for every place, time, weather and style', () => {
    for (const [i, place] of places.entries()) {
      for (const [j, style] of styles.entries()) {
        const time = `${times[(i + j) % times.length] ?? ''} ${weathers[(i * 3 + j) % weathers.length] ?? ''}`;
        const aspect = aspects[(i + j) % 3] ?? '16:9';
        const request = requestFor({ place, time, cast: ['Mara', 'Tom'] }, { style, aspect });
        const { flats, accent } = scenery(request, sizes[aspect], 80, typeface);
        const svg = flats.map((flat) => flat.svg).join('');
        assert.doesNotMatch(svg, /NaN|undefined|Infinity|null/, `${place}, ${time}, ${style}`);
        assert.match(accent, /^#[0-9a-f]{6}$/);
        const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map((hit) => hit[1]);
        assert.equal(new Set(ids).size, ids.length, `${place}: ids are not unique`);
        // The renderer gives each shape with an opacity of its own a picture of its own, and lays that over.
        assert.doesNotMatch(svg, /<(?!g )[^>]* opacity=/, `${place}, ${time}, ${style}`);
      }
    }
  });

  it('has the names of people before all that grows, falls or stands there, and before each other’s heads', () => {
    for (const place of places) {
      for (const weather of weathers) {
        const cast = ['Mara', 'Tom'];
        const request = requestFor({ place, time: `noon ${weather}`, cast });
        const { flats } = scenery(request, sizes['16:9'], 80, typeface);
        const named = flats.filter(({ svg }) => svg.includes('<text'));
        assert.equal(named.length, 1, place);
        const [names] = named;
        assert.ok(names && cast.every((name) => names.svg.includes(`>${name}<`)));
        // What lies over the whole picture, such as its grain, does not slide.
        const before = flats.slice(flats.indexOf(names) + 1);
        assert.ok(
          before.every(({ depth }) => depth === 0),
          `${place}, ${weather}`,
        );
      }
    }
  });

  it('draws a black-and-white film without colour', () => {
    const { flats } = scenery(
      requestFor({ place: 'street', cast: ['Cole', 'Ines'] }, { style: 'film noir' }),
      sizes['16:9'],
      80,
      typeface,
    );
    for (const [, digits = ''] of flats
      .map((f) => f.svg)
      .join('')
      .matchAll(/#([0-9a-f]{6})"/g)) {
      const channels = [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
      assert.ok(Math.max(...channels) - Math.min(...channels) < 40, digits);
    }
  });

  it('gives a person the same colours in every scene', () => {
    const scarf = (id: string, cast: readonly string[]): string | undefined => {
      const request = requestFor({ id, cast, place: 'field', time: 'noon' });
      const { flats } = scenery(request, sizes['16:9'], 80, typeface);
      const svg = flats.map((flat) => flat.svg).join('');
      // The dot in the name tag has the colour of the scarf.
      return /opacity="0\.7"\/><circle [^>]*fill="(#[0-9a-f]{6})"\/><text [^>]*>Mara</.exec(
        svg,
      )?.[1];
    };
    assert.ok(scarf('aaaaaa', ['Mara']));
    assert.equal(scarf('aaaaaa', ['Mara']), scarf('bbbbbb', ['Tom', 'Mara']));
  });
});

describe('the words over the picture', () => {
  const lorem =
    'The sea has its own patience and the keeper knows it better than anyone on this coast. '.repeat(
      26,
    );

  const cases = [
    {
      name: 'an ordinary scene',
      scene: { dialogue: [{ speaker: 'Mara', tone: 'low', line: 'Who is there?' }] },
    },
    { name: 'an empty scene', scene: { title: '', place: '', time: '', cast: [], action: '' } },
    {
      name: 'a speech of 400 words',
      scene: { action: lorem, dialogue: [{ speaker: 'Keeper', tone: '', line: lorem }] },
    },
    {
      name: 'a hundred short lines',
      scene: {
        dialogue: Array.from({ length: 100 }, (_, i) => ({
          speaker: `P${i}`,
          tone: '',
          line: 'Yes.',
        })),
      },
    },
    {
      name: 'a title without spaces',
      scene: { title: 'x'.repeat(400), place: 'y'.repeat(400), narration: 'z'.repeat(900) },
    },
    {
      name: 'a script that no font has',
      scene: { title: '最後の灯り', action: '灯りを見つめている。', narration: 'もう一度だけ。' },
    },
  ];
  const blank = Typeface.for(JSON.stringify(cases), fonts, new SystemFonts([]));

  for (const { name, scene } of cases) {
    for (const aspect of aspects) {
      it(`stay inside the frame: ${name}, ${aspect}`, () => {
        const size = sizes[aspect];
        const request = requestFor({ seconds: 8, ...scene }, { aspect });
        const { timed, bar, chrome } = overlay(request, size, '#ffcc66', blank);
        for (const plate of timed) {
          assert.ok(plate.box.x >= 0 && plate.box.y >= 0, JSON.stringify(plate.box));
          assert.ok(plate.box.x + plate.box.width <= size.width, JSON.stringify(plate.box));
          assert.ok(plate.box.y + plate.box.height <= size.height, JSON.stringify(plate.box));
          assert.ok(plate.from >= 0 && plate.to <= 96 && plate.from < plate.to);
          // Nothing is cut off by its plate: every baseline lies in it.
          for (const [, x = '', y = ''] of plate.svg.matchAll(
            /<text [^>]*x="([\d.]+)" y="([\d.]+)"/g,
          )) {
            assert.ok(Number(x) >= plate.box.x && Number(x) <= plate.box.x + plate.box.width + 1);
            assert.ok(
              Number(y) > plate.box.y && Number(y) < plate.box.y + plate.box.height,
              `${y} ${JSON.stringify(plate.box)}`,
            );
          }
        }
        assert.ok(bar.x > 0 && bar.x + bar.width < size.width);
        assert.doesNotMatch(chrome + timed.map((p) => p.svg).join(''), /NaN|undefined/);
      });
    }
  }

  it('say so where no font has the script, instead of showing empty boxes', () => {
    const request = requestFor({
      title: '最後の灯り',
      action: '灯りを見つめている。',
      narration: 'もう一度だけ。',
    });
    const { chrome, timed } = overlay(request, sizes['16:9'], '#ffcc66', blank);
    const all = chrome + timed.map((plate) => plate.svg).join('');
    assert.doesNotMatch(all, /[\p{Script=Han}\p{Script=Hiragana}]/u);
    assert.match(all.replace(/<[^>]+>/g, ' '), /written in Japanese/);
    assert.match(all, /\[narration in Japanese\]/);
  });

  it('show every word of the dialogue, one line after the other', () => {
    const lines = [
      'It has never gone out before.',
      'Then light the other one.',
      'There is no other one.',
    ];
    const request = requestFor({
      seconds: 8,
      dialogue: lines.map((line, i) => ({ speaker: `Voice ${i}`, tone: '', line })),
    });
    const { timed } = overlay(request, sizes['9:16'], '#ffcc66', blank);
    const shown = timed.map((plate) => ({
      ...plate,
      text: plate.svg.replace(/<\/text>/g, ' ').replace(/<[^>]+>/g, ''),
    }));
    const found = lines.map((line) =>
      shown.find((plate) => plate.text.replace(/\s+/g, ' ').includes(line)),
    );
    assert.ok(found.every((plate) => plate !== undefined));
    assert.equal(found[0]?.to, found[1]?.from);
    assert.equal(found[1]?.to, found[2]?.from);
    assert.equal(found[2]?.to, 96);
  });

  it('warn when there is more to say than time to say it', () => {
    const note = (seconds: number): boolean =>
      overlay(
        requestFor({ seconds, narration: 'word '.repeat(40) }),
        sizes['16:9'],
        '#fc6',
        blank,
      ).chrome.includes('of speech in');
    assert.ok(note(4));
    assert.ok(!note(30));
  });
});

describe('colours', () => {
  it('come back from the mixing space as they went in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
        const text = `#${value.toString(16).padStart(6, '0')}`;
        assert.equal(hex(colour(text)), text);
      }),
    );
  });

  it('mix from one end to the other', () => {
    const [from, to] = [colour('#203050'), colour('#ffcc88')];
    assert.equal(hex(mix(from, to, 0)), '#203050');
    assert.equal(hex(mix(from, to, 1)), '#ffcc88');
  });
});

describe('putting pictures together', () => {
  /** Premultiplied pixels with runs of clear, half and full cover, as drawings have them. */
  const picture = fc
    .record({
      width: fc.integer({ min: 2, max: 60 }),
      height: fc.integer({ min: 2, max: 8 }),
      x: fc.integer({ min: -40, max: 40 }),
      y: fc.integer({ min: -6, max: 12 }),
      seed: fc.array(
        fc.tuple(
          fc.constantFrom(0, 0, 128, 255, 255),
          fc.integer({ min: 1, max: 40 }),
          fc.integer({ min: 0, max: 255 }),
        ),
        { minLength: 1, maxLength: 20 },
      ),
    })
    .map(({ width, height, x, y, seed }) => {
      const box = evenBox({ x, y, width, height });
      const rgba = new Uint8Array(box.width * box.height * 4);
      let i = 0;
      while (i < rgba.length) {
        for (const [alpha, length, grey] of seed) {
          for (let k = 0; k < length && i < rgba.length; k++, i += 4) {
            rgba.fill(Math.round((grey * alpha) / 255), i, i + 3);
            rgba[i + 3] = alpha;
          }
        }
      }
      return { box, rgba };
    });

  it('lays one over the other as exact arithmetic would, clipped at the edges', () => {
    fc.assert(
      fc.property(picture, fc.constantFrom(1, 0.5, 0), (top, opacity) => {
        const frame = new VideoFrame(48, 16);
        frame.bytes.fill(90);
        frame.add(toLayer(top), undefined, opacity);
        for (let y = 0; y < 16; y++) {
          for (let x = 0; x < 48; x++) {
            const [px, py] = [x - top.box.x, y - top.box.y];
            const inside = px >= 0 && py >= 0 && px < top.box.width && py < top.box.height;
            const at = (py * top.box.width + px) * 4;
            const alpha = inside ? ((top.rgba[at + 3] ?? 0) / 255) * opacity : 0;
            const grey = inside ? (top.rgba[at] ?? 0) : 0;
            const expected = 90 * (1 - alpha) + 16 * alpha + (grey * opacity * 219) / 255;
            assert.ok(Math.abs((frame.bytes[y * 48 + x] ?? 0) - expected) <= 3);
          }
        }
      }),
    );
  });

  it('moves by half a pixel as the mean of two neighbours', () => {
    const rgba = new Uint8Array(8 * 2 * 4).fill(255);
    rgba.fill(0, 0, 4 * 4);
    for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
    const layer = toLayer({ box: { x: 0, y: 0, width: 8, height: 2 }, rgba });
    const half = halfStep(layer);
    assert.deepEqual([...half.luma.values.subarray(0, 8)], [16, 16, 16, 126, 235, 235, 235, 235]);
  });
});

describe('the poster of an animatic', () => {
  it('looks like the clip does a third of the way through, at half its size', async () => {
    const kit = await loadKit(animaticAssets);
    for (const aspect of ['16:9', '9:16', '1:1'] as const) {
      const scene = { place: 'street', time: 'dusk', cast: ['Mara', 'Jon'] };
      const animatic = new Animatic(requestFor({ ...scene, seconds: 1 }, { aspect }), kit);
      const poster = Buffer.from(animatic.poster()).toString('base64');
      const { width, height } = sizes[aspect];
      // A picture viewer's look at the file itself, blown up to the size of the clip.
      const seen = new Resvg(
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${poster}"/></svg>`,
      ).render();
      const whole: Box = { x: 0, y: 0, width, height };
      const { luma } = toLayer({ box: whole, rgba: seen.pixels });
      const { bytes } = animatic.frameAt(Math.floor(animatic.frameCount / 3));
      let off = 0;
      for (let i = 0; i < width * height; i++) {
        off += Math.abs((luma.values[i] ?? 0) - (bytes[i] ?? 0));
      }
      assert.ok(off / (width * height) < 4, `${aspect}: ${off / (width * height)} of 219 levels`);
      const size = Buffer.from(poster, 'base64');
      assert.deepEqual([size.readUInt32BE(16), size.readUInt32BE(20)], [width / 2, height / 2]);
    }
  });
});

describe('a moving picture', () => {
  it('moves through the scene and keeps its words still', async () => {
    const kit = await loadKit(animaticAssets);
    const animatic = new Animatic(requestFor({ seconds: 4, place: 'street', time: 'noon' }), kit);
    assert.equal(animatic.frameCount, 48);
    const first = Buffer.from(animatic.frameAt(4).bytes);
    const last = Buffer.from(animatic.frameAt(43).bytes);
    const row = (frame: Buffer, y: number): Buffer => frame.subarray(y * 1280, y * 1280 + 1280);
    assert.ok(!row(first, 360).equals(row(last, 360)));
    // The badge with the scene's number, top left.
    assert.ok(row(first, 87).subarray(44, 60).equals(row(last, 87).subarray(44, 60)));
  });

  it('fills the bar from the first frame to the last', async () => {
    const kit = await loadKit(animaticAssets);
    const animatic = new Animatic(requestFor({ seconds: 2, place: 'room' }), kit);
    const filled = (index: number): number => {
      const { bytes } = animatic.frameAt(index);
      const y = sizes['16:9'].height - 30;
      const line = bytes.subarray(y * 1280, y * 1280 + 1280);
      return line.filter((value) => value > 150).length;
    };
    const steps = [0, 6, 12, 18, 23].map(filled);
    assert.deepEqual(
      steps,
      steps.toSorted((a, b) => a - b),
    );
    assert.ok((steps[0] ?? 0) < 120 && (steps[4] ?? 0) > 1150, String(steps));
  });
});
