import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AnimaticKit } from '../../../src/animatic/frames/animatic.ts';
import { renderDrawing } from '../../../src/animatic/frames/drawing.ts';
import { sizes } from '../../../src/animatic/frames/frame-format.ts';
import { opaquePng, readOpaquePng } from '../../../src/animatic/frames/png-file.ts';
import { loadKit } from '../../../src/animatic/frames/render-clip.ts';
import { readScene } from '../../../src/animatic/picture/reading.ts';
import { stageFor } from '../../../src/animatic/picture/scenery.ts';
import { fromEdges } from '../../../src/animatic/picture/stage.ts';
import { aspects } from '../../../src/script/script-model.ts';
import { animaticAssets } from '../../../fixtures/animatic-assets.ts';
import { requestFor } from '../../../fixtures/render-requests.ts';

describe('drawn pictures', () => {
  let kit: AnimaticKit;

  before(async () => {
    kit = await loadKit(animaticAssets);
  });

  /** The pixels of a PNG file, as a decoder that is not ours reads them. */
  function pixelsOf(png: Uint8Array, width: number, height: number): Uint8Array {
    const address = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
    const svg = `<image width="${width}" height="${height}" href="${address}" image-rendering="optimizeSpeed"/>`;
    return kit.raster.draw(svg, { x: 0, y: 0, width, height }, []).rgba;
  }

  it('are files with the very pixels that were drawn', () => {
    const size = fc.record({
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(size, fc.infiniteStream(fc.integer({ min: 0, max: 0xffffff })), (of, colours) => {
        const rgba = new Uint8Array(of.width * of.height * 4);
        for (const [i, colour] of [...colours.take(of.width * of.height)].entries()) {
          rgba.set([colour >> 16, (colour >> 8) & 255, colour & 255, 255], i * 4);
        }
        const png = opaquePng({ ...of, rgba });
        assert.deepEqual(readOpaquePng(png), { ...of, rgba });
        assert.deepEqual(pixelsOf(png, of.width, of.height), rgba);
      }),
      { numRuns: 40 },
    );
  });

  it('keep what shows through', () => {
    const box = { x: 0, y: 0, width: 4, height: 4 };
    const svg = '<rect width="4" height="2" fill="#ff0000" fill-opacity="0.4"/>';
    const [, , , alpha] = pixelsOf(kit.raster.png(svg, box, box, []), 4, 4);
    assert.equal(alpha, 102);
  });

  for (const kind of ['still', 'character', 'place'] as const) {
    it(`of a ${kind} are the same every time, and whole`, () => {
      for (const aspect of aspects) {
        const request = { ...requestFor({ cast: ['Mara'] }, { aspect }), kind, references: [] };
        const png = renderDrawing(request, kit);
        assert.deepEqual(renderDrawing(request, kit), png);
        const { width, height } = sizes[aspect];
        const pixels = pixelsOf(png, width, height);
        assert.ok(pixels.every((value, i) => i % 4 !== 3 || value === 255));
      }
    });
  }

  it('have a colour from their edges as if nothing were left out in the middle', () => {
    for (const aspect of aspects) {
      const box = { x: 0, y: 0, ...sizes[aspect] };
      const stage = stageFor(readScene(requestFor()), box, 80, 'k3x9aa');
      const edge = fromEdges(stage, {
        id: 'e',
        tint: '#fbf6ea',
        strength: 0.8,
        reach: 0.74,
        clear: 0.6,
      });
      const ground = '<rect width="2000" height="2000" fill="#345678"/>';
      const whole = edge.replace(/Z.*Z/, 'Z');
      assert.notEqual(whole, edge);
      assert.deepEqual(
        kit.raster.draw(ground + edge, box, []).rgba,
        kit.raster.draw(ground + whole, box, []).rgba,
      );
    }
  });
});
