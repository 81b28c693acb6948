import type { DrawRequest } from '../../studios/port.ts';
import { Typeface } from '../fonts/typeface.ts';
import { hex, lighter, mix } from '../picture/colour.ts';
import { figure, heightOf, ownOf, type Stand } from '../picture/figures.ts';
import { readScene } from '../picture/reading.ts';
import { scenery, stageFor } from '../picture/scenery.ts';
import { rect } from '../picture/stage.ts';
import { lookIn, wornLook } from '../picture/worn-look.ts';
import type { AnimaticKit } from './animatic.ts';
import { sizes, type Size } from './frame-format.ts';

/** Draw a picture that was ordered by itself, as PNG: a scene without its words, a place, or how somebody looks. */
export function renderDrawing(request: DrawRequest, kit: AnimaticKit): Uint8Array {
  const size = sizes[request.aspect];
  const { scene } = request;
  const words = [scene.title, scene.place, scene.action, request.prompt, ...scene.cast].join('\n');
  const typeface = Typeface.for(words, kit.fonts, kit.systemFonts);
  const svg =
    request.kind === 'character'
      ? characterSheet(request, size)
      : scenery(request, size, 0, typeface)
          .flats.map((flat) => flat.svg)
          .join('');
  return kit.raster.png(svg, { x: 0, y: 0, ...size }, size, typeface.buffers);
}

/** Somebody in plain light: whole, from both sides, and close to. */
function characterSheet(request: DrawRequest, size: Size): string {
  const { width, height } = size;
  const name = request.scene.title;
  const { look } = readScene(request);
  const plain = {
    place: 'room',
    time: 'noon',
    weather: 'clear',
    shot: 'medium',
    words: '',
  } as const;
  const stage = stageFor({ ...plain, look }, size, 0, name);
  const worn = wornLook(lookIn(request.prompt, name));
  const paper = mix(stage.palette.sky[2], { l: 0.95, a: 0, b: 0 }, 0.7);
  const isWide = width > height;
  const tall = isWide ? height * 0.8 : Math.min(height * 0.5, width * 0.8);
  const feet = isWide ? height * 0.93 : height * 0.96;
  const whole = (x: number, side: 1 | -1): string =>
    figure(stage, name, worn, { x, feet, size: tall, side });
  // From the head to the chest, as large as there is room for.
  const side = Math.round(isWide ? height * 0.62 : Math.min(width * 0.62, height * 0.34));
  const left = isWide ? width * 0.95 - side : (width - side) / 2;
  const top = isWide ? (height - side) / 2 : height * 0.06;
  const large = side * 3.1;
  const stand: Stand = {
    x: side / 2,
    feet: large + side * 0.16,
    size: large / heightOf(ownOf(name), worn),
    side: 1,
  };
  const face = figure(stage, name, worn, stand);
  return (
    rect(0, 0, width, height, hex(paper)) +
    rect(0, feet - tall * 0.02, width, height * 0.3, hex(lighter(paper, -0.06))) +
    rect(left, top, side, side, hex(lighter(paper, -0.1))) +
    `<svg x="${left}" y="${top}" width="${side}" height="${side}" viewBox="0 0 ${side} ${side}">${face}</svg>` +
    (isWide
      ? whole(width * 0.2, 1) + whole(width * 0.45, -1)
      : whole(width * 0.3, 1) + whole(width * 0.7, -1))
  );
}
