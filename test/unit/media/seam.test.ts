import assert from 'node:assert/strict';
import { animaticAssets } from '../../../fixtures/animatic-assets.ts';
import { requestFor } from '../../../fixtures/render-requests.ts';
import { Animatic, type AnimaticKit } from '../../../src/animatic/frames/animatic.ts';
import type { VideoFrame } from '../../../src/animatic/frames/planes.ts';
import { loadKit } from '../../../src/animatic/frames/render-clip.ts';
import { gridBytes, gridSide, seamDistance, seamStrength } from '../../../src/media/seam.ts';

/** What ffmpeg makes of a frame: of each cell the mean of what it covers. */
function gridOf({ bytes, width, height }: VideoFrame): Uint8Array {
  const grid = new Uint8Array(gridBytes);
  const size = width * height;
  for (let cell = 0; cell < gridSide * gridSide; cell++) {
    const left = Math.floor(((cell % gridSide) * width) / gridSide);
    const top = Math.floor((Math.floor(cell / gridSide) * height) / gridSide);
    const sums = [0, 0, 0];
    let count = 0;
    for (let y = top; y < top + Math.floor(height / gridSide); y += 4) {
      for (let x = left; x < left + Math.floor(width / gridSide); x += 4) {
        const at = (y >> 1) * (width >> 1) + (x >> 1);
        const luma = 1.164 * ((bytes[y * width + x] ?? 0) - 16);
        const blue = (bytes[size + at] ?? 0) - 128;
        const red = (bytes[size * 1.25 + at] ?? 0) - 128;
        const rgb = [luma + 1.596 * red, luma - 0.392 * blue - 0.813 * red, luma + 2.017 * blue];
        rgb.forEach((value, i) => (sums[i] = (sums[i] ?? 0) + value));
        count++;
      }
    }
    sums.forEach((sum, i) => (grid[cell * 3 + i] = clamped(sum / count)));
  }
  return grid;
}

function clamped(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}

/** A frame with each value changed, by the place of it: 0 red, 1 green, 2 blue. */
function changed(grid: Uint8Array, change: (value: number, part: number, i: number) => number) {
  return Uint8Array.from(grid, (value, i) => clamped(change(value, i % 3, i)));
}

const scenes = [
  { place: 'Lamp room', time: 'night', cast: ['Mara'], prompt: 'A woman lifts a lantern' },
  { place: 'Lamp room', time: 'night', cast: ['Mara'], prompt: 'Close up of a lantern, a hand' },
  { place: 'Beach', time: 'noon', cast: [], prompt: 'A wide beach in the sun, waves' },
  { place: 'Forest', time: 'dawn', cast: ['Tom'], prompt: 'A forest at dawn, an old man walks' },
  { place: 'Kitchen', time: 'evening', cast: ['Tom', 'Mara'], prompt: 'Two people at a table' },
  { place: 'Kitchen', time: 'morning', cast: ['Tom', 'Mara'], prompt: 'Two people at a table' },
  { place: 'Street', time: 'night', cast: [], prompt: 'A city street in the rain at night' },
];

describe('how plainly a cut is seen', function () {
  this.timeout(60_000);
  let kit: AnimaticKit;
  let clips: readonly { readonly first: Uint8Array; readonly last: Uint8Array }[];

  before(async () => {
    kit = await loadKit(animaticAssets);
    clips = scenes.map((scene, index) => {
      const request = requestFor({ ...scene, id: `scene${index}`, title: '', seconds: 2 });
      const animatic = new Animatic(request, kit);
      const first = gridOf(animatic.frameAt(0));
      return { first, last: gridOf(animatic.frameAt(animatic.frameCount - 1)) };
    });
  });

  const strength = (from: Uint8Array, to: Uint8Array): number =>
    seamStrength(seamDistance(from, to));

  it('is nothing between a frame and itself', () => {
    for (const { last } of clips) assert.ok(strength(last, last) < 1e-9);
  });

  it('stays far below what is told of for another encoding, a little noise, and a move of the camera', () => {
    for (const { first, last } of clips) {
      for (const other of [
        first,
        changed(last, (value) => value * 1.03),
        changed(last, (value, part) => (part === 0 ? value * 1.05 : value)),
        changed(last, (value, _, i) => value + ((i * 7919) % 9) - 4),
      ]) {
        assert.ok(strength(last, other) < 0.5, String(strength(last, other)));
      }
    }
  });

  it('is above it for any other shot, place or hour', () => {
    for (const [i, { last }] of clips.entries()) {
      for (const { first } of clips.slice(i + 1)) {
        assert.ok(strength(last, first) > 1, String(strength(last, first)));
      }
    }
  });

  it('is told for plain pictures by their colour alone, and against any other by their structure', () => {
    const plain = (value: number): Uint8Array => new Uint8Array(gridBytes).fill(value);
    const [grey, light, black] = [plain(120), plain(124), plain(0)];
    assert.ok(strength(grey, light) < 0.5);
    assert.ok(strength(grey, black) > 1);
    assert.deepEqual(seamDistance(black, plain(255)).colour.toFixed(1), '100.0');
    assert.equal(seamDistance(clips[0]?.last ?? grey, grey).structure, 1);
  });
});
