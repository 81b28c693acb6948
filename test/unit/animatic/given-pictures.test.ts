import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Resvg } from '@resvg/resvg-wasm';
import { Animatic, type AnimaticKit } from '../../../src/animatic/frames/animatic.ts';
import { renderDrawing } from '../../../src/animatic/frames/drawing.ts';
import { sizes } from '../../../src/animatic/frames/frame-format.ts';
import { isOpaque, reduced } from '../../../src/animatic/frames/pixels.ts';
import { readOpaquePng } from '../../../src/animatic/frames/png-file.ts';
import { loadKit } from '../../../src/animatic/frames/render-clip.ts';
import { animaticAssets } from '../../../fixtures/animatic-assets.ts';
import { requestFor } from '../../../fixtures/render-requests.ts';

const scene = { place: 'street', time: 'dusk', cast: ['Mara'] };

describe('a clip with pictures that were drawn here', () => {
  let kit: AnimaticKit;
  let still: Uint8Array;
  /** The same pixels as another program writes them, which only the renderer reads. */
  let foreign: Uint8Array;

  before(async () => {
    kit = await loadKit(animaticAssets);
    still = renderDrawing({ ...requestFor(scene), kind: 'still', references: [] }, kit);
    const { width, height } = sizes['16:9'];
    const address = `data:image/png;base64,${Buffer.from(still).toString('base64')}`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${address}"/></svg>`;
    foreign = new Resvg(svg).render().asPng();
    assert.equal(readOpaquePng(foreign), undefined);
  });

  function clipOf(bytes: Uint8Array, role: 'firstFrame' | 'lastFrame' | 'references'): Animatic {
    const picture = { name: 'scene-012.png', type: 'image/png', bytes } as const;
    const references = role === 'references' ? [{ ...picture, shows: 'Mara' }] : [];
    const frame = role === 'references' ? {} : { [role]: picture };
    return new Animatic(
      requestFor({ ...scene, seconds: 1 }, { pictures: { ...frame, references } }),
      kit,
    );
  }

  /** How far apart two pictures are, of 255, in the middle of all bytes. */
  function distance(one: Uint8Array, other: Uint8Array): number {
    assert.equal(one.length, other.length);
    return one.reduce((sum, value, i) => sum + Math.abs(value - (other[i] ?? 0)), 0) / one.length;
  }

  function pixelsOf(png: Uint8Array): Uint8Array {
    const read = readOpaquePng(png);
    assert.ok(read);
    return read.rgba;
  }

  for (const role of ['firstFrame', 'lastFrame'] as const) {
    it(`shows its ${role} as the renderer would, whoever has read it`, () => {
      const [ours, theirs] = [clipOf(still, role), clipOf(foreign, role)];
      for (const index of [0, ours.frameCount - 1]) {
        assert.deepEqual(ours.frameAt(index).bytes, theirs.frameAt(index).bytes);
      }
      assert.deepEqual(ours.poster(), theirs.poster());
    });
  }

  it('looks the same at every moment, whatever was drawn of it before', () => {
    const played = clipOf(still, 'firstFrame');
    for (let index = 0; index < played.frameCount; index++) {
      const frame = played.frameAt(index);
      if (index % 5 === 4) {
        assert.deepEqual(frame.bytes, clipOf(still, 'firstFrame').frameAt(index).bytes);
      }
    }
  });

  it('shows sheets beside it as if they had been reduced in one step', () => {
    const [ours, theirs] = [clipOf(still, 'references'), clipOf(foreign, 'references')];
    const [frame, wanted] = [ours.frameAt(3).bytes, theirs.frameAt(3).bytes];
    assert.ok(distance(frame, wanted) < 0.2, String(distance(frame, wanted)));
    const [poster, wish] = [pixelsOf(ours.poster()), pixelsOf(theirs.poster())];
    assert.ok(distance(poster, wish) < 0.2, String(distance(poster, wish)));
  });

  it('has a poster of its first frame at half its size', () => {
    const { rgba } = reduced({ ...sizes['16:9'], rgba: pixelsOf(still) }, 2);
    const poster = pixelsOf(clipOf(still, 'firstFrame').poster());
    assert.ok(isOpaque(poster));
    // Between heading and captions nothing lies over it.
    const row = 640 * 4;
    const [from, to] = [Math.round(360 * 0.45) * row, Math.round(360 * 0.5) * row];
    assert.deepEqual(poster.subarray(from, to), rgba.subarray(from, to));
  });

  it('is no worse for a picture that is cut off or spoilt', () => {
    const part = fc.integer({ min: 0, max: still.length - 1 });
    fc.assert(
      fc.property(part, fc.integer({ min: 0, max: 255 }), fc.boolean(), (at, value, isCut) => {
        const spoilt = isCut
          ? still.subarray(0, at)
          : Uint8Array.from(still).fill(value, at, at + 1);
        const read = readOpaquePng(spoilt);
        if (read === undefined) return;
        assert.equal(read.rgba.length, read.width * read.height * 4);
        assert.ok(isOpaque(read.rgba));
      }),
      { numRuns: 60 },
    );
  });

  it('means by a smaller picture the mean of the larger one', () => {
    const rgba = Uint8Array.from([0, 10, 20, 255, 2, 20, 40, 255, 4, 30, 60, 255, 6, 40, 81, 255]);
    const small = reduced({ width: 2, height: 2, rgba }, 2);
    assert.deepEqual([...small.rgba], [3, 25, 50, 255]);
  });
});
