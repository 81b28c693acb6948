import type { RenderRequest } from '../../studios/port.ts';
import { spokenSeconds } from '../../script/durations/spoken-seconds.ts';
import { framesPerSecond } from '../frames/frame-format.ts';
import type { Box } from '../frames/raster.ts';
import { type Sheet, type TimedPlate, wholeBox } from './sheet.ts';

/** Elapsed and total time over the bar's right end, a plate for each second. */
export function clockPlates(request: RenderRequest, sheet: Sheet, bar: Box): TimedPlate[] {
  const { size, unit, typeface } = sheet;
  const fontSize = unit * 2.2;
  const right = bar.x + bar.width;
  const width = typeface.width('00:00 / 00:00', fontSize, 'bold');
  const box = wholeBox(right - width, bar.y - unit * 3.8, width, unit * 3.4, size);
  return Array.from({ length: request.seconds }, (_, second) => ({
    from: second * framesPerSecond,
    to: (second + 1) * framesPerSecond,
    fades: false,
    box,
    svg:
      `<text xml:space="preserve" x="${right}" y="${(bar.y - unit * 1.3).toFixed(1)}" font-family="DejaVu Sans" font-size="${fontSize.toFixed(1)}" fill="#ffffffc8" text-anchor="end">` +
      `<tspan font-weight="bold" fill="#ffffff">${clock(second)}</tspan> / ${clock(request.seconds)}</text>`,
  }));
}

/**
 * A note beside the bar when the scene's words take clearly longer to say than the scene lasts: what
 * an animatic is there to show. Empty otherwise.
 */
export function speechNote(request: RenderRequest, sheet: Sheet, bar: Box): string {
  const { scene, seconds } = request;
  const words = [scene.narration, ...scene.dialogue.map((d) => d.line)].join('\n');
  // The language is not known here; the general speed of speech is near enough for a note.
  const needed = Math.round(spokenSeconds(words, ''));
  if (needed <= seconds * 1.15) return '';
  const size = sheet.unit * 2.2;
  return (
    `<text x="${bar.x}" y="${(bar.y - sheet.unit * 1.3).toFixed(1)}" font-family="DejaVu Sans" font-size="${size.toFixed(1)}" fill="#ffb65c">` +
    `≈ ${clock(needed)} of speech in ${clock(seconds)}</text>`
  );
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
