import type { AnimaticKit } from './animatic.ts';
import { Typeface } from '../fonts/typeface.ts';
import { posterSize, sizes } from './frame-format.ts';
import { hex, lighter, ofHue } from '../picture/colour.ts';
import { seeded } from '../picture/random.ts';
import { setPages } from '../text/pages.ts';
import { leading, setText } from '../text/set-text.ts';

/** A quiet picture for a clip of which nothing else can be shown: number and title, as PNG. */
export function renderCard(number: number, title: string, kit: AnimaticKit): Uint8Array {
  const size = sizes['16:9'];
  const typeface = Typeface.for(title, kit.fonts, kit.systemFonts);
  const clean = typeface.withoutOrnaments(title);
  const shown = typeface.covers(clean) ? clean : typeface.coveredPart(clean);
  const base = ofHue(seeded(`card ${number}`)() * 360, 0.3, 0.05);
  const pages = setPages(
    [{ text: shown, style: 'bold' }],
    {
      width: size.width * 0.76,
      steps: [56, 46, 38, 30].map((step, i) => ({ size: step, lines: 2 + i })),
      pages: 1,
    },
    typeface,
  );
  const page = pages[0];
  const middle = size.width / 2;
  const svg =
    `<linearGradient id="g" x1="0" y1="0" x2="0.6" y2="1"><stop offset="0" stop-color="${hex(lighter(base, 0.1))}"/><stop offset="1" stop-color="${hex(lighter(base, -0.12))}"/></linearGradient>` +
    `<rect width="${size.width}" height="${size.height}" fill="url(#g)"/>` +
    `<text x="${middle}" y="300" font-family="DejaVu Sans" font-weight="bold" font-size="170" fill="#ffffff" fill-opacity="0.92" text-anchor="middle">${number}</text>` +
    `<rect x="${middle - 46}" y="344" width="92" height="5" fill="#ffffff" fill-opacity="0.55"/>` +
    (page
      ? setText(page.lines, {
          x: middle,
          y: 392 + page.size * leading * 0.5,
          size: page.size,
          fill: '#ffffff',
          anchor: 'middle',
        })
      : '');
  return kit.raster.png(svg, { x: 0, y: 0, ...size }, posterSize(size), typeface.buffers);
}
